import type { Semantics } from "../decide/engine.ts";
import type { Met } from "../decide/match.ts";
import { packagedApp } from "../decide/packaged.ts";
import { APPLOCKER_VARIABLES, PACKAGES, plainPath } from "../decide/paths.ts";
import { isSystem } from "../decide/scope.ts";
import type { Operation, Policy } from "../model.ts";
import type { Target } from "../target.ts";
import { COLLECTIONS, servicesOption, systemAppsOption } from "./applocker/names.ts";
import { areNames, readAppLocker } from "./applocker/read.ts";
import { writeAppLocker } from "./applocker/write.ts";

/** File types that the documentation gives each collection; another file is none of its business. */
const COVERED: Readonly<Record<string, RegExp>> = {
  load: /\.(?:dll|ocx)$/i,
  script: /\.(?:ps1|bat|cmd|vbs|js)$/i,
  install: PACKAGES,
};

/** What the rules of a policy are for, of policies of which it was asked. */
const ruled = new WeakMap<Policy, ReadonlySet<Operation>>();

function hasRules(policy: Policy, on: Operation): boolean {
  const known = ruled.get(policy) ?? new Set(policy.rules.flatMap((rule) => rule.on));
  ruled.set(policy, known);
  return known.has(on);
}

const modeOf = (policy: Policy, on: Operation) => policy.collections?.find((one) => one.on === on)?.mode;

/** Once programs are ruled on, no packaged app starts that no rule of theirs allows, be there rules for them or not. */
const blocksPackaged = (policy: Policy) =>
  hasRules(policy, "execute") && ["enforce", "off"].includes(modeOf(policy, "execute") ?? "");

/** Accounts of services; what they run is not in a user’s context. */
const SERVICES = /^(?:s-1-5-(?:19|20)|s-1-5-80-.*|nt service\\.*|(?:.*\\)?(?:local|network) ?service)$/i;

function isNobody(user: string | undefined): Met {
  return user !== undefined && SERVICES.test(user) ? true : isSystem(user);
}

/**
 * Deny before allow, whatever their order; once a collection has a rule, what no rule allows is denied; a collection without rules
 * denies nothing, and one that is not configured is enforced as soon as it has rules. Packaged apps are ruled on apart from other
 * programs. What services run is not ruled on, unless the collection is extended to them.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/understanding-applocker-allow-and-deny-actions-on-rules
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/working-with-applocker-rules
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/manage-packaged-apps-with-applocker
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/rule-collection-extensions
 */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: APPLOCKER_VARIABLES,
  reach(policy, act) {
    const implied = act.on === "packagedApp" && blocksPackaged(policy) ? "enforce" : undefined;
    const type = COLLECTIONS.find(([, on]) => on === act.on)?.[0];
    const isUnknown = policy.unknown.some(({ on }) => on === undefined || on.includes(act.on));
    // What is not understood may be the collection that is missed.
    const mode = modeOf(policy, act.on) ?? implied ?? (isUnknown ? "enforce" : undefined);
    if (mode === undefined || type === undefined || !(isUnknown || implied || hasRules(policy, act.on)))
      return undefined;
    if (act.on === "execute" && packagedApp(act.object)) return undefined;
    const { path } = act.object;
    const covered = COVERED[act.on];
    if (covered && (path === undefined || !covered.test(path) || /^[a-z]+:\/\//i.test(path))) return undefined;
    const nobody = isNobody(act.user);
    const isExtended = policy.options?.includes(servicesOption(type)) ?? false;
    const system = isExtended ? false : nobody;
    const reason = "AppLocker does not rule on processes of the system’s accounts";
    const always = { decision: "allow", rule: "", reason } as const;
    const mayBeWindows =
      isExtended &&
      policy.options?.includes(systemAppsOption(type)) &&
      plainPath(path ?? "").startsWith("c:\\windows\\");
    return {
      mode: mode === "audit" ? "audit" : "enforce",
      otherwise: "block",
      ...(system === true && { always }),
      ...(typeof system === "string" && { doubt: `${system}, and AppLocker does not rule on the system’s accounts` }),
      ...(mayBeWindows && { doubt: "code of Windows is allowed, and whether it is some is not logged" }),
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
    "It does not rule on what services run, and code that an allowed program interprets is not seen.",
    "PowerShell runs a script that no rule allows all the same, in constrained language.",
    "Its script rules know .ps1, .bat, .cmd, .vbs and .js only; .hta, .sct, .wsf, .chm and .xsl are not ruled on.",
    // https://seclists.org/fulldisclosure/2026/Mar/5
    "Windows Script Host asks it no more where a user sets UseWINSAFER to 0 for himself, unless IgnoreUserSettings is set for the machine.",
  ],
  semantics,
  sniff: (head) => (/<AppLockerPolicy\b/.test(head) ? 1 : 0),
  read: readAppLocker,
  write: writeAppLocker,
  frame(rules, mode, audited) {
    const ons = [...new Set(rules.flatMap(({ on }) => on))];
    return { collections: ons.map((on) => ({ on, mode: audited.has(on) ? "audit" : mode })) };
  },
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
    if (!files.every(areNames))
      return "AppLocker has no wildcards in names of publishers and products, nor at one end of a file’s";
    return undefined;
  },
};
