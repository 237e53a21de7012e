import { entryOf } from "../../../model/entry.ts";
import { oneLine } from "../../languages/escape.ts";
import type { FilePattern, Policy, PolicyMode, Rule, UnknownPart } from "../../model.ts";
import { asrRule, excluded, warned } from "./rules.ts";

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
  // Words of Intune’s catalogue of settings.
  off: "off",
  block: "enforce",
  audit: "audit",
};
/** Names of Get-MpPreference and of the parameters of Set-MpPreference, lower case. */
export const IDS = "attacksurfacereductionrules_ids";
const STATES = "attacksurfacereductionrules_actions";
const EXCLUSIONS = "attacksurfacereductiononlyexclusions";
const OWN_IDS = "attacksurfacereductionrules_rulespecificexclusions_id";
const OWN = "attacksurfacereductionrules_rulespecificexclusions";

/** What the antivirus leaves out. */
const PATHS = "exclusionpath";
const EXTENSIONS = "exclusionextension";
const PROCESSES = "exclusionprocess";

/** More than anybody lists. */
const MAX_EXCLUSIONS = 50_000;
const TOO_MANY: UnknownPart = { what: `one of more than ${MAX_EXCLUSIONS} exclusions` };

/** Parts of lists: texts or numbers. */
export type Listed = (name: string) => readonly (string | number)[];

const plainGuid = (text: string) => text.replace(/[{}]/g, "").trim().toLowerCase();

/** What all formats say: states by GUID, exclusions from all rules, and from one. */
export class AsrReader {
  readonly #states = new Map<string, { readonly state: string; readonly line: number }>();
  readonly #exclusions = new Set<string>();
  readonly #own = new Map<string, string[]>();
  /** What the antivirus leaves out. */
  readonly #files = new Map<string, FilePattern>();
  readonly #processes = new Set<string>();
  readonly unknown: UnknownPart[] = [];
  /** Group policy has switched all of them off. */
  isOff = false;

  state(guid: string, state: string | number, line: number): void {
    this.#states.set(plainGuid(guid), { state: String(state).trim().toLowerCase(), line });
  }

  /** States as `guid=1|guid=2`. */
  stated(text: string, line: number): void {
    for (const [, guid = "", state = ""] of text.matchAll(
      /\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?=(\d{1,3})/gi,
    ))
      this.state(guid, state, line);
  }

  get isEmpty(): boolean {
    return this.#states.size === 0;
  }

  exclude(paths: readonly string[]): void {
    for (const path of paths) if (path !== "" && this.#hasRoom(this.#exclusions)) this.#exclusions.add(path);
  }

  excludePaths(paths: readonly string[]): void {
    for (const path of paths) if (this.#hasRoom(this.#files)) this.#files.set(path, excluded(path));
  }

  /** What there is no room for is said once: whether it is left out is not known. */
  #hasRoom({ size }: { readonly size: number }): boolean {
    if (size === MAX_EXCLUSIONS && !this.unknown.includes(TOO_MANY)) this.unknown.push(TOO_MANY);
    return size < MAX_EXCLUSIONS;
  }

  excludeExtensions(all: readonly string[]): void {
    for (const one of all) this.#files.set(one, { extension: `.${one.replace(/^\./, "").toLowerCase()}` });
  }

  excludeProcesses(all: readonly string[]): void {
    for (const one of all) this.#processes.add(one);
  }

  /** Takes back what lists name; of what they have no parts, all of it. */
  remove(get: Listed, isWhole = false): void {
    const has = (name: string) => get(name).length > 0;
    const drop = (
      name: string,
      from: { delete(key: string): unknown; clear(): void },
      key: (one: string | number) => string = String,
    ) => {
      if (isWhole && has(name)) from.clear();
      else for (const one of get(name)) from.delete(key(one));
    };
    drop(IDS, this.#states, (one) => plainGuid(String(one)));
    drop(EXCLUSIONS, this.#exclusions);
    drop(OWN_IDS, this.#own, (one) => plainGuid(String(one)));
    drop(PATHS, this.#files);
    drop(EXTENSIONS, this.#files);
    drop(PROCESSES, this.#processes);
  }

  /** Paths of one rule: group policy parts them by `>`, Get-MpPreference by `|`; a path has neither. */
  excludeFrom(guid: string, paths: string): void {
    const known = this.#own.get(plainGuid(guid)) ?? [];
    for (const path of paths.split(/[>|]/))
      if (path.trim() !== "" && this.#hasRoom({ size: known.length })) known.push(path.trim());
    this.#own.set(plainGuid(guid), known);
  }

  /** Lists as Get-MpPreference and the parameters of Set-MpPreference have them. */
  lists(get: Listed, line: number): void {
    const states = get(STATES);
    for (const [at, id] of get(IDS).entries()) this.state(String(id), states[at] ?? "", line);
    this.exclude(get(EXCLUSIONS).map(String));
    this.excludePaths(get(PATHS).map(String));
    this.excludeExtensions(get(EXTENSIONS).map(String));
    this.excludeProcesses(get(PROCESSES).map(String));
    const own = get(OWN);
    const owners = get(OWN_IDS);
    for (const [at, id] of owners.entries()) this.excludeFrom(String(id), String(own[at] ?? ""));
    // Several paths behind one rule are that rule’s.
    if (owners.length === 1) for (const path of own.slice(1)) this.excludeFrom(String(owners[0]), String(path));
  }

  policy(name: string): Policy {
    const rules: Rule[] = [];
    const options: string[] = [];
    const files = [...this.#files.values()];
    const processes = [...this.#processes];
    for (const [guid, { state, line }] of this.#states) {
      const action = this.isOff ? "off" : entryOf(ACTIONS, state);
      if (action === "off") continue;
      const paths = [...new Set([...this.#exclusions, ...(this.#own.get(guid) ?? [])])];
      const rule = action && asrRule(guid, action === "audit" ? "audit" : "enforce", { paths, files, processes });
      if (rule) rules.push(rule);
      else this.unknown.push({ what: `the rule ${oneLine(guid)} = ${oneLine(state)}`, line });
      if (action === "warn") options.push(warned(guid));
    }
    const mode = rules.some((rule) => rule.mode === "enforce") ? "enforce" : "audit";
    return { target: "asr", name, mode, rules, unknown: this.unknown, ...(options.length > 0 && { options }) };
  }
}
