import { entryOf } from "../../model/entry.ts";
import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { GUID } from "../ids.ts";
import { oneLine, powershell, reg } from "../languages/escape.ts";
import { regText } from "../languages/reg.ts";
import type { Policy, Rule } from "../model.ts";
import type { PolicyFile, Target } from "../target.ts";
import { OMA_EXCLUSIONS } from "./asr/json.ts";
import { readAsr } from "./asr/read.ts";
import { ASR_RULES, warned } from "./asr/rules.ts";

const KEY = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR";
const OMA = "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionRules";
const stateOf = (rule: Rule, policy: Policy) => {
  if (policy.options?.includes(warned(rule.id))) return { number: 6, word: "Warn" };
  const isAudit = (rule.mode ?? policy.mode) === "audit";
  return isAudit ? { number: 2, word: "AuditMode" } : { number: 1, word: "Enabled" };
};

/** Paths that a rule leaves out beside what is built into it. */
function pathsOf({ id, exceptions = [] }: Rule): readonly string[] {
  const built = entryOf(ASR_RULES, id)?.exceptions ?? [];
  return exceptions.flatMap(({ path }) => (path === undefined || built.some((one) => one.path === path) ? [] : [path]));
}

/** Whether a star in what is left out stands for several folders. */
const isAmongStars = (rule: Rule) => {
  const own = new Set(pathsOf(rule));
  return rule.exceptions?.some(({ path = "", inFolder }) => own.has(path) && !inFolder && /\*./.test(path)) ?? false;
};

/** What all rules leave out is left out of all of them at once, as every notation can say it. */
function exclusionsOf({ rules }: Policy) {
  const [first, ...others] = rules.map(pathsOf);
  // One rule is not all of them: what it leaves out would be left out of rules of other policies, too.
  const shared = others.length === 0 ? [] : (first ?? []).filter((path) => others.every((ours) => ours.includes(path)));
  const own = new Map<string, readonly string[]>();
  for (const rule of rules) {
    const paths = pathsOf(rule).filter((path) => !shared.includes(path));
    if (paths.length > 0) own.set(rule.id, paths);
  }
  return { shared, own };
}

const section = (name: string, values: readonly (readonly [string, string])[]) =>
  values.length === 0
    ? []
    : [{ key: `${KEY}\\${name}`, lines: values.map(([left, right]) => `${reg(left)}=${reg(right)}`) }];

function regFile(policy: Policy): PolicyFile {
  const { shared, own } = exclusionsOf(policy);
  const text = regText([
    {
      key: KEY,
      lines: [
        // A list without the setting that it belongs to is one that is not configured.
        `${reg("ExploitGuard_ASR_Rules")}=dword:00000001`,
        ...(shared.length > 0 ? [`${reg("ExploitGuard_ASR_ASROnlyExclusions")}=dword:00000001`] : []),
        ...(own.size > 0 ? [`${reg("ExploitGuard_ASR_ASROnlyPerRuleExclusions")}=dword:00000001`] : []),
      ],
    },
    ...section(
      "Rules",
      policy.rules.map((rule) => [rule.id, String(stateOf(rule, policy).number)]),
    ),
    ...section(
      "ASROnlyExclusions",
      shared.map((path) => [path, "0"]),
    ),
    ...section(
      "ASROnlyPerRuleExclusions",
      [...own].map(([id, paths]) => [id, paths.join(">")]),
    ),
  ]);
  return { name: "asr.reg", text };
}

function scriptFile(policy: Policy): PolicyFile {
  const { shared, own } = exclusionsOf(policy);
  const lines = policy.rules.flatMap((rule) => [
    `# ${oneLine(entryOf(ASR_RULES, rule.id)?.title ?? "")}`,
    `Add-MpPreference -AttackSurfaceReductionRules_Ids ${powershell(rule.id)} -AttackSurfaceReductionRules_Actions ${stateOf(rule, policy).word}`,
    ...(own.get(rule.id) ?? []).map(
      (path) =>
        `Add-MpPreference -AttackSurfaceReductionRules_RuleSpecificExclusions_Id ${powershell(rule.id)} -AttackSurfaceReductionRules_RuleSpecificExclusions ${powershell(path)}`,
    ),
  ]);
  lines.push(...shared.map((path) => `Add-MpPreference -AttackSurfaceReductionOnlyExclusions ${powershell(path)}`));
  return { name: "asr.ps1", text: lines.map((line) => `${line}\n`).join("") };
}

/** A custom profile. It has no place for exclusions from one rule: such a rule is but noted, and stopped by nobody. */
function intuneFile(policy: Policy): PolicyFile {
  const { shared, own } = exclusionsOf(policy);
  const states = policy.rules.map((rule) => `${rule.id}=${own.has(rule.id) ? 2 : stateOf(rule, policy).number}`);
  const setting = (displayName: string, omaUri: string, value: string) => ({
    "@odata.type": "#microsoft.graph.omaSettingString",
    displayName,
    omaUri,
    value,
  });
  const profile = {
    "@odata.type": "#microsoft.graph.windows10CustomConfiguration",
    displayName: policy.name,
    omaSettings: [
      setting("Attack surface reduction rules", OMA, states.join("|")),
      ...(shared.length === 0
        ? []
        : [setting("Exclusions from attack surface reduction rules", OMA_EXCLUSIONS, shared.join("|"))]),
    ],
  };
  return { name: "asr.intune.json", text: `${JSON.stringify(profile, null, 2)}\n` };
}

const write = (policy: Policy): readonly PolicyFile[] => [regFile(policy), scriptFile(policy), intuneFile(policy)];

/** Each rule has a state of its own; what none denies is not their business. */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: ENVIRONMENT_VARIABLES,
  reach: (policy) => ({ mode: policy.mode, otherwise: undefined }),
};

export const asr: Target = {
  id: "asr",
  title: "Attack surface reduction rules",
  cannot: [
    "The set of rules is fixed; none names rundll32, regsvr32 or another binary of T1218, and only exclusions can be added.",
    "Prevalence, age, origin by mail and the verdict on scripts are known to Defender only: such decisions cannot be replayed.",
    "They need Microsoft Defender Antivirus as the active antivirus.",
    "Intune’s custom profiles have no exclusions from a single rule: in that file such a rule is audited; Intune’s own policy for these rules, group policy and PowerShell have them.",
  ],
  hasRuleModes: true,
  semantics,
  sniff: (head) =>
    /\\ASR\\Rules\]|AttackSurfaceReductionRules/i.test(head) ||
    (/^\s*[[{]/.test(head) && /d4f940ab-401b-4efc/i.test(head))
      ? 1
      : 0,
  read: readAsr,
  write,
  refuses: (rule) =>
    !GUID.test(rule.id) || !entryOf(ASR_RULES, rule.id.toLowerCase())
      ? "there is no such rule in the fixed set"
      : rule.exceptions?.some(({ path }) => /[<>|"\r\n]/.test(path ?? ""))
        ? "exclusions are paths of files and folders"
        : isAmongStars(rule)
          ? "a star in an exclusion stands for the name of one folder"
          : undefined,
};
