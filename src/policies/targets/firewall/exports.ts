import { delimiterOf, splitCells } from "../../../decode/csv/cells.ts";
import { entryOf } from "../../../model/entry.ts";
import { oneLine } from "../../languages/escape.ts";
import { damaged } from "../../read.ts";
import type { Fields } from "./fields.ts";

/** A rule as a listing or an export has it: fields by their names in small letters without spaces. */
interface Listed {
  readonly fields: ReadonlyMap<string, string>;
  readonly line: number;
}

/** How PowerShell writes its enumerations where it writes numbers. */
const DIRECTIONS: Readonly<Record<string, string>> = { "1": "in", "2": "out" };
const ACTIONS: Readonly<Record<string, string>> = { "0": "", "2": "allow", "4": "block" };
const ENABLED: Readonly<Record<string, string>> = { "1": "true", "2": "false" };
const PROFILES: Readonly<Record<string, string>> = { "0": "any", "7": "any", "2147483647": "any" };
/** Conditions of rules that no log can answer. */
const BEYOND = [
  "localip",
  "localaddress",
  "localport",
  "interfacetypes",
  "interfacealias",
  "localuser",
  "remoteuser",
  "remotemachine",
];
const ANY = /^(?:any|all|notrequired|\*|)$/i;

const nameOf = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");

export const isListing = (text: string): boolean =>
  /^(?:rule name|name)\s*:/im.test(text) && /^direction\s*:\s*(?:in|out)/im.test(text);
export const isTable = (text: string): boolean => {
  const header = tableHeader(text)?.cells.map(nameOf) ?? [];
  return ["direction", "action", "enabled"].every((name) => header.includes(name));
};
export const isJson = (text: string): boolean =>
  /^\s*[[{]/.test(text) && /"Direction"\s*:/.test(text) && /"Action"\s*:/.test(text);

function tableHeader(text: string): { readonly cells: readonly string[]; readonly at: number } | undefined {
  const lines = text.slice(0, 8192).split(/\r?\n/);
  const at = lines.findIndex((line) => line.trim() !== "" && !/^(?:#TYPE |sep=)/i.test(line));
  const line = lines[at];
  return line === undefined ? undefined : { cells: splitCells(line, delimiterOf(line)), at };
}

/** What `netsh advfirewall firewall show rule` and PowerShell’s lists print: `Name : value`, a rule from its name on. */
function* listed(text: string): Generator<Listed> {
  let fields: Map<string, string> | undefined;
  let line = 0;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const [, name = "", value = ""] = /^([A-Za-z][A-Za-z ]{1,30}?)\s*:(?:\s(.*))?$/.exec(raw) ?? [];
    if (name === "") continue;
    const key = nameOf(name);
    if (key === "rulename" || key === "name") {
      if (fields) yield { fields, line };
      fields = new Map();
      line = at + 1;
    }
    fields?.set(key, value.trim());
  }
  if (fields) yield { fields, line };
}

function* tabled(text: string): Generator<Listed> {
  const header = tableHeader(text);
  if (!header) return;
  const names = header.cells.map(nameOf);
  const lines = text.split(/\r?\n/);
  const delimiter = delimiterOf(lines[header.at] ?? "");
  for (const [at, line] of lines.entries()) {
    if (at <= header.at || line.trim() === "") continue;
    const cells = splitCells(line, delimiter);
    yield { fields: new Map(names.map((name, column) => [name, cells[column] ?? ""])), line: at + 1 };
  }
}

function* objects(text: string): Generator<Listed> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    damaged({ line: 1 }, `no JSON: ${(error as Error).message}`);
  }
  for (const item of Array.isArray(value) ? value : [value]) {
    if (item === null || typeof item !== "object") continue;
    const entries = Object.entries(item as Record<string, unknown>).map(
      ([name, one]) => [nameOf(name), textOf(one)] as const,
    );
    yield { fields: new Map(entries), line: 1 };
  }
}

/** Lists with commas; an enumeration that was written with its name and number by its name. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(",");
  if (value !== null && typeof value === "object") {
    const { Value, value: inner } = value as { readonly Value?: unknown; readonly value?: unknown };
    return textOf(Value ?? inner ?? "");
  }
  return value === null || value === undefined ? "" : String(value);
}

/** The rules of a listing, a table or JSON; a text in place of one whose conditions are not in it. */
export function* exportedRules(text: string): Generator<{ readonly line: number; readonly rule: Fields | string }> {
  const items = isJson(text) ? objects(text) : isListing(text) ? listed(text) : tabled(text);
  for (const { fields, line } of items) yield { line, rule: fieldsOf(fields, line) };
}

function fieldsOf(fields: ReadonlyMap<string, string>, line: number): Fields | string {
  const get = (...names: readonly string[]) => names.map((name) => fields.get(name)).find((one) => one !== undefined);
  const title = get("displayname", "rulename");
  const name = get("name", "instanceid", "rulename", "displayname") ?? `line ${line}`;
  const isListed = fields.has("rulename");
  // Get-NetFirewallRule alone leaves out what a rule is about; netsh names a program where there is one.
  if (!isListed && !fields.has("program") && !fields.has("app"))
    return `the rule ${oneLine(title ?? name)}, whose program is not in this export (Get-NetFirewallApplicationFilter has it)`;
  const profile = get("profiles", "profile");
  const split = (text: string | undefined) => text?.split(",").map((one) => one.trim());
  const action = get("action") ?? "";
  const direction = get("direction") ?? "";
  const enabled = get("enabled");
  return {
    name,
    title,
    action: entryOf(ACTIONS, action) ?? action,
    direction: entryOf(DIRECTIONS, direction) ?? direction,
    enabled: enabled === undefined ? undefined : (entryOf(ENABLED, enabled) ?? enabled),
    program: get("program", "app"),
    service: get("service", "servicename"),
    profile: profile === undefined ? undefined : (entryOf(PROFILES, profile) ?? profile),
    protocol: get("protocol"),
    addresses: split(get("remoteip", "remoteaddress")),
    ports: split(get("remoteport")),
    other: BEYOND.find((one) => !ANY.test(fields.get(one) ?? "")),
  };
}
