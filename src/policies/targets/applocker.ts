import type { Semantics } from "../decide/engine.ts";
import { APPLOCKER_VARIABLES } from "../decide/paths.ts";
import { isSystem } from "../decide/scope.ts";
import type { Target } from "../target.ts";
import { COLLECTIONS, servicesOption } from "./applocker/names.ts";
import { readAppLocker } from "./applocker/read.ts";
import { writeAppLocker } from "./applocker/write.ts";

/** File types that the documentation gives each collection; another file is none of its business. */
const COVERED: Readonly<Record<string, RegExp>> = {
  load: /\.(?:dll|ocx)$/i,
  script: /\.(?:ps1|bat|cmd|vbs|js)$/i,
  install: /\.(?:msi|msp|mst)$/i,
};

/**
 * Deny before allow, whatever their order; once a collection has a rule, what no rule allows is denied; a collection without rules
 * denies nothing, and one that is not configured is enforced as soon as it has rules. Processes of the system account are not
 * ruled on, unless the collection is extended to services.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/understanding-applocker-allow-and-deny-actions-on-rules
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/understand-applocker-enforcement-settings
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/security-considerations-for-applocker
 */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: APPLOCKER_VARIABLES,
  reach(policy, act) {
    const mode = policy.collections?.find(({ on }) => on === act.on)?.mode;
    const type = COLLECTIONS.find(([, on]) => on === act.on)?.[0];
    const isUnknown = policy.unknown.some(({ on }) => on === undefined || on.includes(act.on));
    if (mode === undefined || type === undefined || !(isUnknown || policy.rules.some(({ on }) => on.includes(act.on))))
      return undefined;
    const { path } = act.object;
    const covered = COVERED[act.on];
    if (covered && (path === undefined || !covered.test(path))) return undefined;
    const system = policy.options?.includes(servicesOption(type)) ? false : isSystem(act.user);
    const reason = "AppLocker does not rule on processes of the system account";
    const always = { decision: "allow", rule: "", reason } as const;
    return {
      mode: mode === "audit" ? "audit" : "enforce",
      otherwise: "block",
      ...(system === true && { always }),
      ...(typeof system === "string" && { doubt: `${system}, and AppLocker does not rule on the system account` }),
    };
  },
};

const SID = /^S-1(?:-\d{1,20}){1,15}$/i;

export const applocker: Target = {
  id: "applocker",
  title: "AppLocker",
  cannot: [
    "AppLocker does not read arguments: a program is denied or allowed whatever it is given.",
    "It has no rule for a module inside one program only: a DLL rule holds for every process.",
    "Path rules do not follow a copy of a program; publisher rules do, for signed files.",
    "It does not rule on processes of the system account, and code that an allowed program interprets is not seen.",
    "Its script rules know .ps1, .bat, .cmd, .vbs and .js only; .hta, .sct, .wsf, .chm and .xsl are not ruled on.",
  ],
  semantics,
  sniff: (head) => (/<AppLockerPolicy\b/.test(head) ? 1 : 0),
  read: readAppLocker,
  write: writeAppLocker,
  refuses(rule) {
    if (rule.subject) return "AppLocker has no rules for what one program loads or starts";
    if (!rule.on.every((on) => COLLECTIONS.some(([, ours]) => ours === on)))
      return "AppLocker rules on files that run only";
    if (rule.scope?.some((one) => !SID.test(one))) return "AppLocker takes users and groups by SID only";
    if (rule.action === "audit") return "AppLocker audits whole collections only";
    const files = [...(rule.object ?? []), ...(rule.exceptions ?? [])];
    if (files.some((file) => file.path === undefined && file.hash === undefined && file.publisher === undefined))
      return "AppLocker names files by path, hash or publisher";
    if (files.some((file) => file.beyond ?? file.internalName ?? file.trusted ?? file.fileType ?? file.extension))
      return "AppLocker has no such condition";
    return undefined;
  },
};
