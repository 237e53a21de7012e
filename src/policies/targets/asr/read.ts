import { readCommands } from "../../languages/commands.ts";
import { oneLine } from "../../languages/escape.ts";
import { isReg, readReg } from "../../languages/reg.ts";
import type { Policy, PolicyMode, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { asrRule, warned } from "./rules.ts";

/** Where Intune’s custom profiles have the exclusions that hold for all rules. */
export const OMA_EXCLUSIONS = "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionOnlyExclusions";
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
/** Names of Get-MpPreference and of the parameters of Set-MpPreference, lower case. */
const IDS = "attacksurfacereductionrules_ids";
const STATES = "attacksurfacereductionrules_actions";
const EXCLUSIONS = "attacksurfacereductiononlyexclusions";
const OWN_IDS = "attacksurfacereductionrules_rulespecificexclusions_id";
const OWN = "attacksurfacereductionrules_rulespecificexclusions";

const plainGuid = (text: string) => text.replace(/[{}]/g, "").trim().toLowerCase();

/** What all formats say: states by GUID, exclusions from all rules, and from one. */
class AsrReader {
  readonly #states = new Map<string, { readonly state: string; readonly line: number }>();
  readonly #exclusions: string[] = [];
  readonly #own = new Map<string, string[]>();
  readonly unknown: UnknownPart[] = [];

  state(guid: string, state: string | number, line: number): void {
    this.#states.set(plainGuid(guid), { state: String(state).trim().toLowerCase(), line });
  }

  exclude(paths: readonly string[]): void {
    for (const path of paths) this.#exclusions.push(path);
  }

  /** Paths of one rule: group policy parts them by `>`, Get-MpPreference by `|`; a path has neither. */
  excludeFrom(guid: string, paths: string): void {
    const known = this.#own.get(plainGuid(guid)) ?? [];
    this.#own.set(plainGuid(guid), [...known, ...paths.split(/[>|]/).flatMap((path) => path.trim() || [])]);
  }

  /** Lists as Get-MpPreference and the parameters of Set-MpPreference have them. */
  lists(get: (name: string) => readonly (string | number)[], line: number): void {
    const states = get(STATES);
    for (const [at, id] of get(IDS).entries()) this.state(String(id), states[at] ?? "", line);
    this.exclude(get(EXCLUSIONS).map(String));
    const own = get(OWN);
    const owners = get(OWN_IDS);
    for (const [at, id] of owners.entries()) this.excludeFrom(String(id), String(own[at] ?? ""));
    // Several paths behind one rule are that rule’s.
    if (owners.length === 1) for (const path of own.slice(1)) this.excludeFrom(String(owners[0]), String(path));
  }

  policy(name: string): Policy {
    const rules: Rule[] = [];
    const options: string[] = [];
    for (const [guid, { state, line }] of this.#states) {
      const action = ACTIONS[state];
      if (action === "off") continue;
      const paths = [...new Set([...this.#exclusions, ...(this.#own.get(guid) ?? [])])];
      const rule = action && asrRule(guid, action === "audit" ? "audit" : "enforce", paths);
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
    else if (/\\ASR\\ASROnlyExclusions$/i.test(key)) reader.exclude([name]);
    else if (/\\ASR\\ASROnlyPerRuleExclusions$/i.test(key)) reader.excludeFrom(name, String(value));
  }
  for (const line of unread) reader.unknown.push({ what: "a line", line });
}

function readPowershell(text: string, reader: AsrReader): void {
  const { commands, unread } = readCommands(text);
  for (const { name, parameters, line } of commands)
    if (/^(?:add|set)-mppreference$/i.test(name)) reader.lists((one) => parameters.get(one) ?? [], line);
  for (const line of unread) reader.unknown.push({ what: "a command", line });
}

/** `Name : {a, b}`, as Get-MpPreference prints itself; what is too long for it ends in dots. */
function readPrinted(text: string, reader: AsrReader): void {
  const found = new Map<string, readonly string[]>();
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const [, name = "", value = ""] = /^(AttackSurfaceReduction\w+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (name === "") continue;
    if (/(?:\.\.\.|…)\}?\s*$/.test(value))
      reader.unknown.push({ what: `the rest of ${name}, which is cut`, line: at + 1 });
    const items = value.replace(/^\{|\}\s*$/g, "").split(",");
    found.set(
      name.toLowerCase(),
      items.map((one) => one.trim()).filter((one) => one !== "" && !/^(?:\.\.\.|…)$/.test(one)),
    );
  }
  reader.lists((name) => found.get(name) ?? [], 1);
}

const MAX_DEPTH = 32;

/** Get-MpPreference as JSON, or values `guid=1|guid=2`, wherever they stand in what Intune exports. */
function readJson(text: string, reader: AsrReader): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    damaged({ line: 1 }, `no JSON: ${(error as Error).message}`);
  }
  const visit = (item: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (typeof item === "string") {
      for (const [, guid = "", state = ""] of item.matchAll(
        /\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?=(\d)/gi,
      ))
        reader.state(guid, state, 1);
    } else if (item !== null && typeof item === "object") {
      const { omaUri, value: text } = item as Readonly<Record<string, unknown>>;
      if (omaUri === OMA_EXCLUSIONS && typeof text === "string") reader.exclude(text.split("|"));
      const lists = new Map(Object.entries(item).map(([name, one]) => [name.toLowerCase(), one]));
      if (lists.has(IDS)) reader.lists((name) => listOf(lists.get(name)), 1);
      for (const one of Object.values(item)) visit(one, depth + 1);
    }
  };
  visit(value, 0);
}

/** What ConvertTo-Json makes of a list: an array, or the one value that is in it. */
function listOf(value: unknown): readonly (string | number)[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((one) => typeof one === "string" || typeof one === "number");
}

/** @throws WhatranError `policy/damaged` with the place */
export function readAsr(text: string, name: string): Policy {
  const reader = new AsrReader();
  if (isReg(text)) readRegistry(text, reader);
  else if (/^\s*[[{]/.test(text)) readJson(text, reader);
  else if (/^AttackSurfaceReduction\w+\s*:/m.test(text)) readPrinted(text, reader);
  else readPowershell(text, reader);
  return reader.policy(name);
}
