import type { Act, Decision } from "../decide/act.ts";
import type { Reach, Semantics } from "../decide/engine.ts";
import { packagedApp } from "../decide/packaged.ts";
import { APPCONTROL_VARIABLES } from "../decide/paths.ts";
import type { Policy, Rule } from "../model.ts";
import type { Target } from "../target.ts";
import { IN_PROCESS, RULED } from "./appcontrol/names.ts";
import { readAppControl } from "./appcontrol/read.ts";
import { writeAppControl } from "./appcontrol/write.ts";

/** Hosts that ask App Control, by the files they run; cmd and others do not ask. */
const ENFORCED = /\.(?:ps1|psm1|psd1|vbs|vbe|js|jse|wsf|wsc|hta|xsl|xslt)$/i;
/** With script enforcement these do not run whatever the rules say, in audit mode too. */
const NEVER = /\.(?:hta|xsl|xslt)$/i;
const POWERSHELL = /\.ps(?:m|d)?1$/i;
const MSHTA = /(?:^|[\\/])mshta\.exe$/i;

/** Options by which others than the rules may allow a file. */
const VOUCHING: readonly (readonly [option: string, doubt: string])[] = [
  ["Enabled:Managed Installer", "a managed installer may have put it there"],
  ["Enabled:Intelligent Security Graph Authorization", "its reputation may be known to be good"],
];
const STORE = "Required:Enforce Store Applications";

function scriptReach(policy: Policy, act: Act, reach: Reach): Reach | undefined {
  if (policy.options?.includes("Disabled:Script Enforcement")) return undefined;
  const path = act.object.path ?? "";
  const isMshta = [act.subject.path, act.subject.originalName].some((name) => name !== undefined && MSHTA.test(name));
  if (isMshta || NEVER.test(path)) {
    const reason = "script enforcement stops MSHTA and MSXML, even in audit mode";
    const always: Decision = { decision: "block", rule: "", reason };
    return { ...reach, always };
  }
  if (!ENFORCED.test(path)) return undefined;
  return POWERSHELL.test(path) ? { ...reach, doubt: "PowerShell runs it in constrained language mode" } : reach;
}

/**
 * Deny before allow; what no rule allows is denied. User mode is ruled on with Enabled:UMCI only. FileName is the original name of
 * the version resource. Of files that no rule is for, a managed installer or the reputation service may vouch; packaged apps are ruled on
 * by option. A path that is allowed holds only where none but administrators may write. A supplemental policy only adds to what its base policy allows.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/select-types-of-rules-to-create
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/create-appcontrol-deny-policy
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/script-enforcement
 */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: APPCONTROL_VARIABLES,
  reach(policy, act) {
    if (!RULED.includes(act.on) || !policy.options?.includes("Enabled:UMCI") || policy.identity?.onlyTags)
      return undefined;
    const otherwise = policy.identity?.isSupplemental ? undefined : "block";
    const vouched = VOUCHING.find(([option]) => policy.options?.includes(option))?.[1];
    const isStored = packagedApp(act.object) !== undefined && !policy.options.includes(STORE);
    const reach: Reach = {
      mode: policy.mode,
      otherwise,
      ...(vouched !== undefined && { unlisted: vouched }),
      ...(isStored && { doubt: "store applications are ruled on where the policy enforces them" }),
    };
    return act.on === "script" || act.on === "install" ? scriptOrPackage(policy, act, reach) : reach;
  },
};

function scriptOrPackage(policy: Policy, act: Act, reach: Reach): Reach | undefined {
  if (act.on === "script") return scriptReach(policy, act, reach);
  return policy.options?.includes("Disabled:Script Enforcement") ? undefined : reach;
}

const ALLOW_ALL: Rule = {
  id: "ID_ALLOW_ALL",
  action: "allow",
  on: RULED,
  object: [{ originalName: "*" }],
  description: "Allow all that is not denied",
};
/** Script enforcement is left off: it is not silent in audit mode, and planned rules need it not. */
const PLANNED_OPTIONS: readonly string[] = [
  "Enabled:Unsigned System Integrity Policy",
  "Enabled:UMCI",
  "Enabled:Update Policy No Reboot",
  "Disabled:Script Enforcement",
];

export const appcontrol: Target = {
  id: "appcontrol",
  title: "App Control for Business (WDAC)",
  triesNoRule: true,
  cannot: [
    "App Control does not read arguments: a program or module is denied whatever it is given, so a denied pair of program and module stops ordinary uses of that pair, too.",
    "It cannot be limited to users or groups: a rule holds for the whole machine.",
    "Script enforcement stops MSHTA and MSXML even in audit mode, and puts PowerShell into constrained language mode once a policy is enforced; audit mode is not silent there.",
    "Windows 10 and Windows Server up to 2022 take one * in a path, at its beginning or its end; others, and ?, are for Windows 11.",
    "Scripts of cmd, and of interpreters that do not ask, are not ruled on.",
    "A name of the version resource can be changed by whoever can change the file: such a file is another, unsigned one, which only an allow list stops.",
  ],
  semantics,
  sniff: (head) => (/<SiPolicy\b/.test(head) ? 1 : 0),
  read: readAppControl,
  write: writeAppControl,
  frame: (rules) => ({
    // A file rule holds for whatever is done with the file.
    rules: [ALLOW_ALL, ...rules.map((rule) => (rule.subject ? rule : { ...rule, on: RULED }))],
    options: PLANNED_OPTIONS,
  }),
  refuses(rule) {
    if (rule.scope) return "App Control cannot be limited to users or groups";
    if (rule.exceptions) return "a file rule of App Control has no exceptions";
    if (rule.action === "audit") return "App Control audits whole policies only";
    const wanted = rule.subject ? IN_PROCESS : RULED;
    if (!rule.on.every((on) => wanted.includes(on)))
      return rule.subject ? "rules for one program hold for what it loads only" : "App Control rules on code only";
    if (rule.subject?.some((app) => app.originalName === undefined))
      return "App Control names programs by their original name";
    if (rule.object?.some((file) => file.publisher ?? file.extension ?? file.trusted ?? file.fileType ?? file.beyond))
      return "such a rule needs a certificate or what App Control does not know";
    return undefined;
  },
};
