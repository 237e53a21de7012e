import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { readCommands } from "../languages/commands.ts";
import { oneLine, powershell, reg } from "../languages/escape.ts";
import { isReg, readReg, regText } from "../languages/reg.ts";
import type { Policy, PolicyMode, Rule, UnknownPart } from "../model.ts";
import { damaged } from "../read.ts";
import type { PolicyFile, Target } from "../target.ts";
import { ASR_RULES, asrRule } from "./asr/rules.ts";

const KEY = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR";
const OMA = "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionRules";
const OMA_EXCLUSIONS = "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionOnlyExclusions";
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ACTIONS: Readonly<Record<string, "off" | PolicyMode | "warn">> = {
  "0": "off",
  "1": "enforce",
  "2": "audit",
  "5": "off",
  "6": "warn",
  disabled: "off",
  enabled: "enforce",
  auditmode: "audit",
  notconfigured: "off",
  warn: "warn",
};
/** Option for a rule that its user may let pass. */
const warned = (guid: string) => `Warn:${guid}`;

/** What all formats say: states by GUID, and exclusions. */
class AsrReader {
  readonly #states = new Map<string, { readonly state: string; readonly line: number }>();
  readonly exclusions: string[] = [];
  readonly unknown: UnknownPart[] = [];

  state(guid: string, state: string | number, line: number): void {
    this.#states.set(guid.replace(/[{}]/g, "").toLowerCase(), { state: String(state).trim().toLowerCase(), line });
  }

  policy(name: string): Policy {
    const rules: Rule[] = [];
    const options: string[] = [];
    for (const [guid, { state, line }] of this.#states) {
      const action = ACTIONS[state];
      if (action === "off") continue;
      const rule = action && asrRule(guid, action === "audit" ? "audit" : "enforce", this.exclusions);
      if (rule) rules.push(rule);
      else this.unknown.push({ what: `the rule ${oneLine(guid)} = ${oneLine(state)}`, line });
      if (action === "warn") options.push(warned(guid));
    }
    const mode = rules.some((rule) => rule.mode === "enforce") ? "enforce" : "audit";
    return { target: "asr", name, mode, rules, unknown: this.unknown, ...(options.length > 0 && { options }) };
  }
}

function readRegistry(text: string, reader: AsrReader): void {
  const { values, unread } = readReg(text);
  for (const { key, name, value, line } of values) {
    if (/\\ASR\\Rules$/i.test(key)) reader.state(name, value, line);
    else if (/\\ASR\\ASROnlyExclusions$/i.test(key)) reader.exclusions.push(name);
  }
  reader.unknown.push(...unread.map((line) => ({ what: "a line", line })));
}

function readPowershell(text: string, reader: AsrReader): void {
  const { commands, unread } = readCommands(text);
  for (const { name, parameters, line } of commands) {
    if (!/^(?:add|set)-mppreference$/i.test(name)) continue;
    const ids = parameters.get("attacksurfacereductionrules_ids") ?? [];
    const actions = parameters.get("attacksurfacereductionrules_actions") ?? [];
    for (const [at, id] of ids.entries()) reader.state(id, actions[at] ?? "", line);
    reader.exclusions.push(...(parameters.get("attacksurfacereductiononlyexclusions") ?? []));
  }
  reader.unknown.push(...unread.map((line) => ({ what: "a command", line })));
}

/** Values `guid=1|guid=2`, wherever they stand in what Intune exports, and exclusions beside the name of their setting. */
function readJson(text: string, reader: AsrReader): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    damaged({ line: 1 }, `no JSON: ${(error as Error).message}`);
  }
  const visit = (item: unknown, depth: number): void => {
    if (depth > 32) return;
    if (typeof item === "string") {
      for (const [, guid = "", state = ""] of item.matchAll(
        /\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?=(\d)/gi,
      ))
        reader.state(guid, state, 1);
    } else if (item !== null && typeof item === "object") {
      const { omaUri, value: text } = item as Readonly<Record<string, unknown>>;
      if (omaUri === OMA_EXCLUSIONS && typeof text === "string") reader.exclusions.push(...text.split("|"));
      for (const one of Object.values(item)) visit(one, depth + 1);
    }
  };
  visit(value, 0);
}

function read(text: string, name: string): Policy {
  const reader = new AsrReader();
  if (isReg(text)) readRegistry(text, reader);
  else if (/^\s*[[{]/.test(text)) readJson(text, reader);
  else readPowershell(text, reader);
  return reader.policy(name);
}

const stateOf = (rule: Rule, policy: Policy) => {
  if (policy.options?.includes(warned(rule.id))) return { number: 6, word: "Warn" };
  const isAudit = (rule.mode ?? policy.mode) === "audit";
  return isAudit ? { number: 2, word: "AuditMode" } : { number: 1, word: "Enabled" };
};

const exclusion = (path: string) => `Add-MpPreference -AttackSurfaceReductionOnlyExclusions ${powershell(path)}\n`;

const excluding = (paths: readonly string[]) => ({
  "@odata.type": "#microsoft.graph.omaSettingString",
  displayName: "Exclusions from attack surface reduction rules",
  omaUri: OMA_EXCLUSIONS,
  value: paths.join("|"),
});

/** Exclusions hold for all rules: those that a rule has beside what is built into it. */
function exclusionsOf({ rules }: Policy): readonly string[] {
  const paths = rules.flatMap(({ id, exceptions = [] }) => {
    const built = ASR_RULES[id]?.exceptions ?? [];
    return exceptions.flatMap(({ path }) =>
      path === undefined || built.some((one) => one.path === path) ? [] : [path],
    );
  });
  return [...new Set(paths)];
}

function write(policy: Policy): readonly PolicyFile[] {
  const states = policy.rules.map((rule) => ({
    guid: rule.id,
    title: ASR_RULES[rule.id]?.title ?? "",
    ...stateOf(rule, policy),
  }));
  const values = states.map(({ guid, number }) => `${reg(guid)}=${reg(String(number))}`);
  const commands = states.map(
    ({ guid, word, title }) =>
      `# ${oneLine(title)}\nAdd-MpPreference -AttackSurfaceReductionRules_Ids ${powershell(guid)} -AttackSurfaceReductionRules_Actions ${word}\n`,
  );
  const exclusions = exclusionsOf(policy);
  const intune = {
    "@odata.type": "#microsoft.graph.windows10CustomConfiguration",
    displayName: policy.name,
    omaSettings: [
      {
        "@odata.type": "#microsoft.graph.omaSettingString",
        displayName: "Attack surface reduction rules",
        omaUri: OMA,
        value: states.map(({ guid, number }) => `${guid}=${number}`).join("|"),
      },
      ...(exclusions.length === 0 ? [] : [excluding(exclusions)]),
    ],
  };
  return [
    {
      name: "asr.reg",
      text: regText([
        { key: KEY, lines: [`${reg("ExploitGuard_ASR_Rules")}=dword:00000001`] },
        { key: `${KEY}\\Rules`, lines: values },
        ...(exclusions.length === 0
          ? []
          : [{ key: `${KEY}\\ASROnlyExclusions`, lines: exclusions.map((path) => `${reg(path)}=${reg("0")}`) }]),
      ]),
    },
    { name: "asr.ps1", text: [...commands, ...exclusions.map(exclusion)].join("") },
    { name: "asr.intune.json", text: `${JSON.stringify(intune, null, 2)}\n` },
  ];
}

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
  ],
  semantics,
  sniff: (head) =>
    /\\ASR\\Rules\]|AttackSurfaceReductionRules/i.test(head) ||
    (/^\s*[[{]/.test(head) && /d4f940ab-401b-4efc/i.test(head))
      ? 1
      : 0,
  read,
  write,
  refuses: (rule) =>
    GUID.test(rule.id) && ASR_RULES[rule.id.toLowerCase()] ? undefined : "there is no such rule in the fixed set",
};
