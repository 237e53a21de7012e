import { described, type LogicalLine, logicalLines, splitEscaped } from "../../languages/lines.ts";
import type { FilePattern, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";

/** The pattern of the program that starts what sudo starts. */
export const SUDO = "*/sudo";
/** The file grants commands: what it does not name is refused. */
export const GRANTS = "grants";

const TAGS = /^(NO)?(EXEC|FOLLOW|INTERCEPT|LOG_INPUT|LOG_OUTPUT|MAIL|PASSWD|SETENV):\s*/;
const ALIAS = /^(Cmnd|Cmd|User|Runas|Host)_Alias\s+(.*)$/;
/** `Defaults` with the list that they hold for behind one of these signs. */
const DEFAULTS = /^Defaults(?:([!@:>])((?:\\.|[^\s\\]|,\s+)+))?\s+(.*)$/;

const plain = (text: string) => text.replace(/\\(.)/g, "$1");

/** A command as the model names programs; `beyond` for what no log answers. */
function patternOf(command: string): FilePattern | undefined {
  if (command === "ALL") return {};
  const [path = "", ...args] = splitEscaped(command, /\s/);
  if (!path.startsWith("/")) return undefined;
  // A folder means the files in it; what is escaped is no pattern.
  const isFolder = path.endsWith("/");
  const isPattern = /(?:^|[^\\])(?:\\\\)*[[\]?]/.test(path) || path.startsWith("^");
  return {
    path: plain(path) + (isFolder ? "*" : ""),
    ...(args.length > 0 && { beyond: "the arguments that sudo asks for are not compared" }),
    ...(isPattern && { beyond: "the pattern is not compared" }),
  };
}

class SudoersReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly #aliases = new Map<string, readonly string[]>();
  grants = false;

  take(entry: LogicalLine): void {
    const { text, line } = entry;
    const alias = ALIAS.exec(text);
    const defaults = DEFAULTS.exec(text);
    if (alias) this.#alias(alias[2] ?? "");
    else if (defaults) this.#defaults(defaults, entry);
    else if (/^[@#]include(?:dir)?\s/.test(text)) this.#cannot("what another file adds", line);
    else if (!this.#grant(entry)) this.#cannot("an entry", line);
  }

  #cannot(what: string, line: number): void {
    this.unknown.push({ what, line, on: ["execute"] });
  }

  #alias(text: string): void {
    for (const one of splitEscaped(text, /:/)) {
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

  #defaults([, sign, list = "", settings = ""]: RegExpExecArray, { line, comment }: LogicalLine): void {
    const noexec = splitEscaped(settings, /,/).find((one) => /^!?\s*noexec$/.test(one));
    if (noexec === undefined) return;
    const action = noexec.startsWith("!") ? "allow" : "deny";
    const bySudo = { startedBy: SUDO };
    const base = { id: sign === "!" && /^\w+$/.test(list) ? list : `line ${line}`, action, on: ["execute"] } as const;
    if (sign === undefined) this.rules.push({ ...base, subject: [bySudo], ...described(comment) });
    else if (sign === "!") {
      const members = this.#members(splitEscaped(list, /,/)).map(({ text }) => patternOf(text));
      if (members.some((one) => one === undefined)) this.#cannot("a command", line);
      else this.rules.push({ ...base, subject: members.map((one) => ({ ...one, ...bySudo })), ...described(comment) });
    } else this.rules.push({ ...base, subject: [{ ...bySudo, beyond: "for whom sudo acts is not logged" }] });
  }

  /** `who host = (as whom) TAGS: commands : host = …`. */
  #grant({ text, line, comment }: LogicalLine): boolean {
    const found = /^((?:\\.|[^\s\\=]|,\s+)+)\s+(.+)$/.exec(text);
    if (!found) return false;
    const users = this.#members(splitEscaped(found[1] ?? "", /,/));
    const scope = users.some((user) => user.text === "ALL" && !user.not)
      ? undefined
      : users.map(({ text: user, not }) => (not ? `not ${user}` : user.replace(/^#(?=\d)/, "uid=")));
    const rest = found[2] ?? "";
    const at = rest.indexOf("=");
    // Several hosts with lists of their own in one entry are not taken apart.
    if (at < 1 || /\s:[^,:()]*[^\\]=/.test(rest.slice(at + 1))) return false;
    const isHere = this.#members(splitEscaped(rest.slice(0, at), /,/)).some(({ text: host }) => host === "ALL");
    let isNoexec = false;
    for (const raw of splitEscaped(rest.slice(at + 1), /,/)) {
      let command = raw.replace(/^\([^)]*\)\s*/, "");
      for (let tag = TAGS.exec(command); tag; tag = TAGS.exec(command)) {
        if (tag[2] === "EXEC") isNoexec = tag[1] === "NO";
        command = command.slice(tag[0].length);
      }
      for (const member of this.#members([command]))
        if (!this.#command(member, { line, comment, scope, isHere, isNoexec })) return false;
    }
    this.grants = true;
    return true;
  }

  #command(
    { text, not }: { readonly text: string; readonly not: boolean },
    entry: {
      readonly line: number;
      readonly comment: string;
      readonly scope: readonly string[] | undefined;
      readonly isHere: boolean;
      readonly isNoexec: boolean;
    },
  ): boolean {
    if (/^sudo(?:edit|\s+-)|^list\b/.test(text)) return true;
    const pattern = patternOf(text);
    if (!pattern) return false;
    const here = entry.isHere ? {} : { beyond: "whether the entry is for this host is not known" };
    const isAll = Object.keys(pattern).length === 0 && entry.isHere;
    const id = `line ${entry.line}`;
    this.rules.push({
      id,
      action: not ? "deny" : "allow",
      on: ["execute"],
      subject: [{ path: SUDO }],
      ...(!isAll && { object: [{ ...pattern, ...here }] }),
      ...(entry.scope && { scope: entry.scope }),
      ...described(entry.comment),
    });
    if (entry.isNoexec && !not) {
      const whom = entry.scope ? { beyond: "for whom sudo acts is not logged" } : {};
      this.rules.push({
        id,
        action: "deny",
        on: ["execute"],
        subject: [{ ...pattern, ...here, ...whom, startedBy: SUDO }],
      });
    }
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
  const { unknown } = reader;
  const options = reader.grants ? { options: [GRANTS] } : {};
  return { target: "sudoers", name, mode: "enforce", rules: reader.rules.reverse(), unknown, ...options };
}
