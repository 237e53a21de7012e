import { described, type LogicalLine, logicalLines, splitEscaped } from "../../languages/lines.ts";
import type { FilePattern, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { type Manner, mannerOf, patternOf } from "./command.ts";

/** The pattern of the program that starts what sudo starts. */
export const SUDO = "*/sudo";
/** The file grants commands: what it does not name is refused. */
export const GRANTS = "grants";

const ALIAS = /^(Cmnd|Cmd|User|Runas|Host)_Alias\s+(.*)$/;
/** `Defaults` with the list that they hold for behind one of these signs. */
const DEFAULTS = /^Defaults(?:([!@:>])((?:\\.|[^\s\\]|,\s+)+))?\s+(.*)$/;
/** Kinds of defaults, the last that are set first; of each kind the last one holds. Tags stand above them all. */
const KINDS = ["!", ">", ":", "@", ""] as const;
const BY_SUDO = { startedBy: SUDO } as const;
const FOR_WHOM = "for whom sudo acts is not logged";

/** Who is granted what, or refused it. */
interface Grant {
  readonly line: number;
  readonly comment: string;
  readonly scope: readonly string[] | undefined;
  readonly pattern: FilePattern;
  readonly not: boolean;
  readonly manner: Manner;
}

const isGeneral = ({ path }: FilePattern) => path === undefined || /[*?]/.test(path);
const mayBeSame = (a: FilePattern, b: FilePattern) => a.path === b.path || isGeneral(a) || isGeneral(b);

class SudoersReader {
  readonly unknown: UnknownPart[] = [];
  readonly #aliases = new Map<string, readonly string[]>();
  readonly #defaults = new Map<string, Rule[]>(KINDS.map((kind) => [kind, []]));
  readonly #granted: Grant[] = [];
  grants = false;

  take(entry: LogicalLine): void {
    // A user by number stands at the beginning or behind a comma.
    const text = entry.text.replace(/([^,\s])\s+#.*$/, "$1");
    const alias = ALIAS.exec(text);
    const defaults = DEFAULTS.exec(text);
    if (alias) this.#alias(alias[2] ?? "");
    else if (defaults) this.#default(defaults, entry);
    else if (/^[@#]include(?:dir)?\s/.test(text)) this.#cannot("what another file adds", entry.line);
    else if (!this.#grant({ ...entry, text })) this.#cannot("an entry", entry.line);
  }

  /** The first that fits decides in the model: tags, defaults by their kinds, and what sudo may start, each from behind. */
  get rules(): readonly Rule[] {
    const defaults = KINDS.flatMap((kind) => [...(this.#defaults.get(kind) ?? [])].reverse());
    const granted = this.#granted.map(
      ({ line, comment, scope, pattern, not }): Rule => ({
        id: `line ${line}`,
        action: not ? "deny" : "allow",
        on: ["execute"],
        subject: [{ path: SUDO }],
        ...(Object.keys(pattern).length > 0 && { object: [pattern] }),
        ...(scope && { scope }),
        ...described(comment),
      }),
    );
    return [...this.#tags(defaults.length > 0).reverse(), ...defaults, ...granted.reverse()];
  }

  #tags(hasDefaults: boolean): Rule[] {
    const tags: Rule[] = [];
    for (const [at, { line, scope, pattern, not, manner }] of this.#granted.entries()) {
      if (not) continue;
      const { noexec, intercept } = manner;
      const isBehind = () =>
        this.#granted
          .slice(0, at)
          .some((other) => other.manner.noexec !== undefined && mayBeSame(other.pattern, pattern));
      if (noexec === undefined && !intercept && !isBehind()) continue;
      const whom = scope ? FOR_WHOM : undefined;
      const open = intercept
        ? "what sudo asks of what it starts is not worked out"
        : noexec === undefined && hasDefaults
          ? "which default holds for it is not worked out"
          : undefined;
      const beyond = pattern.beyond ?? whom ?? open;
      tags.push({
        id: `line ${line}`,
        action: noexec || intercept ? "deny" : "allow",
        on: ["execute"],
        subject: [{ ...pattern, ...BY_SUDO, ...(beyond !== undefined && { beyond }) }],
      });
    }
    return tags;
  }

  #cannot(what: string, line: number): void {
    this.unknown.push({ what, line, on: ["execute"] });
  }

  #alias(text: string): void {
    for (const one of text.split(/(?<!\\):(?=\s*[A-Z]\w*\s*=)/)) {
      const at = one.indexOf("=");
      this.#aliases.set(one.slice(0, at).trim(), splitEscaped(one.slice(at + 1), /,/));
    }
  }

  /** Aliases are written out, a sign of negation before a name is kept before each of its members. */
  #members(list: readonly string[], depth = 0): readonly { readonly text: string; readonly not: boolean }[] {
    return list.flatMap((one) => {
      const [marks = ""] = /^[!\s]*/.exec(one) ?? [];
      const text = one.slice(marks.length);
      const not = marks.replace(/\s/g, "").length % 2 === 1;
      const members = depth < 8 ? this.#aliases.get(text) : undefined;
      if (!members) return [{ text, not }];
      return this.#members(members, depth + 1).map((member) => ({ text: member.text, not: member.not !== not }));
    });
  }

  #default([, sign = "", list = "", settings = ""]: RegExpExecArray, { line, comment }: LogicalLine): void {
    const setting = splitEscaped(settings, /,/).findLast((one) => /^!?\s*(?:noexec|intercept)$/.test(one));
    if (setting === undefined) return;
    const isIntercept = setting.endsWith("intercept");
    const isOff = setting.startsWith("!");
    if (isIntercept && isOff) return;
    const open = isIntercept ? "what sudo asks of what it starts is not worked out" : undefined;
    const beyond = sign === "" || sign === "!" ? open : FOR_WHOM;
    const rest = { ...BY_SUDO, ...(beyond !== undefined && { beyond }) };
    const base = { id: sign === "!" && /^\w+$/.test(list) ? list : `line ${line}`, on: ["execute"] } as const;
    const into = this.#defaults.get(sign);
    if (sign !== "!") into?.push({ ...base, action: isOff ? "allow" : "deny", subject: [rest], ...described(comment) });
    else {
      const members = this.#members(splitEscaped(list, /,/)).map(({ text, not }) => ({
        not,
        pattern: patternOf(text),
      }));
      // What is taken out of the list has not what is set for it.
      for (const isOut of [false, true]) {
        const subject = members.flatMap(({ not, pattern }) =>
          not === isOut && pattern ? [{ ...pattern, ...rest }] : [],
        );
        if (subject.length > 0)
          into?.push({ ...base, action: isOff !== isOut ? "allow" : "deny", subject, ...described(comment) });
      }
      if (members.some(({ pattern }) => pattern === undefined)) this.#cannot("a command", line);
    }
  }

  /** `who host = (as whom) OPTIONS TAGS: commands : host = …`. */
  #grant({ text, line, comment }: LogicalLine): boolean {
    const found = /^((?:\\.|[^\s\\=]|,\s+)+)\s+(.+)$/.exec(text);
    if (!found) return false;
    const users = this.#members(splitEscaped(found[1] ?? "", /,/));
    const scope =
      users.every(({ text: user, not }) => user !== "ALL" || not) || users.some(({ not }) => not)
        ? users.map(({ text: user, not }) =>
            not ? `not ${user}` : user.replace(/^#(?=\d)/, "uid=").replace(/^"(.*)"$/, "$1"),
          )
        : undefined;
    const rest = found[2] ?? "";
    const at = rest.indexOf("=");
    // Several hosts with lists of their own in one entry are not taken apart.
    if (at < 1 || /\s:[^,:()]*[^\\]=/.test(rest.slice(at + 1))) return false;
    const isHere = this.#members(splitEscaped(rest.slice(0, at), /,/)).some(({ text: host }) => host === "ALL");
    let manner: Manner = {};
    const grants: Grant[] = [];
    for (const raw of splitEscaped(rest.slice(at + 1), /,/)) {
      let command: string;
      [command, manner] = mannerOf(raw, manner);
      for (const { text: one, not } of this.#members([command])) {
        if (/^sudo(?:edit|\s+-)|^list\b/.test(one)) continue;
        const known = patternOf(one);
        if (!known) return false;
        const beyond = isHere ? (known.beyond ?? manner.beyond) : "whether the entry is for this host is not known";
        const pattern = { ...known, ...(beyond !== undefined && { beyond }) };
        grants.push({ line, comment, scope, pattern, not, manner });
      }
    }
    for (const one of grants) this.#granted.push(one);
    this.grants = true;
    return true;
  }
}

/** Reads sudoers as it stands in the field. @throws WhatranError `policy/damaged` where nothing in it is an entry */
export function readSudoers(text: string, name: string): Policy {
  const reader = new SudoersReader();
  const lines = logicalLines(text);
  // Aliases hold wherever they stand.
  const isAlias = ({ text: one }: LogicalLine) => ALIAS.test(one);
  for (const line of [...lines.filter(isAlias), ...lines.filter((one) => !isAlias(one))]) reader.take(line);
  if (lines.length === 0) damaged({ line: 1 }, "there is no entry");
  const { unknown, rules, grants } = reader;
  return { target: "sudoers", name, mode: "enforce", rules, unknown, ...(grants && { options: [GRANTS] }) };
}
