import { damaged } from "../../read.ts";

export interface Statement {
  readonly text: string;
  readonly line: number;
}

/** A profile as text. */
export interface ProfileText {
  readonly name: string;
  /** The path that it is attached to, as written; absent for one that others enter. */
  readonly path?: string;
  readonly flags: readonly string[];
  /** It is attached to files with certain attributes only. */
  readonly hasAttributes: boolean;
  readonly statements: readonly Statement[];
  readonly line: number;
  readonly comment: string;
  /** Profiles within it, and hats. */
  readonly inner: readonly ProfileText[];
}

export interface ProfileFile {
  /** What stands before the profiles: variables, aliases, files that are included. */
  readonly preamble: readonly Statement[];
  readonly profiles: readonly ProfileText[];
}

const HEAD =
  /^(?:profile\s+|hat\s+|(?=\^))?("(?:[^"\\]|\\.)*"|[^\s"(]+)(?:\s+("(?:[^"\\]|\\.)*"|[/@][^\s"(]*))?(\s+xattrs=\([^)]*\))?(?:\s*(?:flags=)?\(([^)]*)\))?$/;
const QUALIFIERS = /^(?:(?:audit|allow|deny|owner|priority=-?\d+)(?:\s+|$))+$/;

const isPath = (text: string) => /^"?[/@]/.test(text);
export const isHat = ({ name }: ProfileText): boolean => name.startsWith("^");

type Head = Pick<ProfileText, "name" | "path" | "flags" | "hasAttributes">;

function headOf(text: string, line: number): Head {
  const found = HEAD.exec(text);
  if (!found) damaged({ line }, `“${text.slice(0, 60)}” is no profile`);
  const [, first = "", second, attributes, flags = ""] = found;
  const path = second ?? (isPath(first) ? first : undefined);
  const name = first.replace(/^"(.*)"$/, "$1");
  return {
    name: /^hat\s/.test(text) ? `^${name}` : name,
    ...(path !== undefined && { path }),
    flags: flags.split(/[\s,]+/).filter(Boolean),
    hasAttributes: attributes !== undefined,
  };
}

interface Open extends Head {
  readonly statements: Statement[];
  readonly line: number;
  readonly comment: string;
  readonly inner: ProfileText[];
}

/** So deep profiles and blocks lie in each other at most. */
const MAX_DEPTH = 32;

/** What is open at a place: profiles, and blocks whose words hold for each rule in them. */
class Nest {
  readonly file = { preamble: [] as Statement[], profiles: [] as ProfileText[] };
  readonly #open: (Open | { readonly words: string; readonly line: number })[] = [];

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  get line(): number {
    return this.#open[0]?.line ?? 1;
  }

  #profile(): Open | undefined {
    return this.#open.findLast((one) => "inner" in one) as Open | undefined;
  }

  statement(text: string, line: number): void {
    const words = this.#open.flatMap((one) => ("words" in one ? [one.words] : [])).join(" ");
    const into = this.#profile()?.statements ?? this.file.preamble;
    into.push({ text: words === "" ? text : `${words} ${text}`, line });
  }

  open(head: string, line: number, comment: string): void {
    if (this.#open.length >= MAX_DEPTH) damaged({ line }, `more than ${MAX_DEPTH} profiles within each other`);
    if (this.#profile() && QUALIFIERS.test(head)) this.#open.push({ words: head, line });
    else this.#open.push({ ...headOf(head, line), statements: [], inner: [], line, comment });
  }

  close(line: number): void {
    const last = this.#open.pop() ?? damaged({ line }, "“}” closes nothing");
    if ("inner" in last) (this.#profile()?.inner ?? this.file.profiles).push(last);
  }
}

/** A statement that ends with its line. */
const ENDS_WITH_LINE = /(?:#?include\b|@\{)/y;
/** Letters of one statement. */
const LONGEST = 65_536;

/**
 * Takes a file of profiles apart: statements end in a comma (includes at the line's end), what is in quotes or in braces of a pattern
 * is their own.
 * @throws WhatranError `policy/damaged` with the line
 */
export function readProfiles(text: string): ProfileFile {
  const nest = new Nest();
  let held = "";
  // The last letter of what is held, and where it begins: looked up in it, it would be put together anew each time.
  let last = "";
  let from = 0;
  let start = 1;
  let line = 1;
  let comment = "";
  let inner = 0;
  const flush = () => {
    const statement = held.trim().replace(/\s+/g, " ");
    held = "";
    if (statement !== "") nest.statement(statement, start);
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (held === "") {
      if (letter === " " || letter === "\t" || letter === "\r") continue;
      start = line;
      from = at;
      last = "";
    } else if (held.length > LONGEST) damaged({ line: start }, `a statement of more than ${LONGEST} letters`);
    const before = last;
    last = letter;
    if (letter === "\n") {
      line++;
      ENDS_WITH_LINE.lastIndex = from;
      if (held !== "" && ENDS_WITH_LINE.test(text)) {
        inner = 0;
        flush();
      } else if (held !== "") held += " ";
    } else if (letter === "#" && /^\s?$/.test(before) && !/^#include\b/.test(text.slice(at, at + 9))) {
      const end = text.indexOf("\n", at);
      const whole = end < 0 ? text.length : end;
      if (held === "") comment = text.slice(at + 1, whole).trim();
      at = whole - 1;
      last = before;
    } else if (letter === "\\") {
      last = text.charAt(++at);
      held += letter + last;
    } else if (letter === '"') {
      const end = closing(text, at);
      if (end < 0) damaged({ line }, "a string that is not closed");
      held += text.slice(at, end + 1);
      at = end;
    } else if (letter === "(" || (letter === "{" && (inner > 0 || !/^[\s)]?$/.test(before)))) {
      // Alternatives, variables, flags: commas inside end nothing.
      inner++;
      held += letter;
    } else if ((letter === "}" || letter === ")") && inner > 0) {
      inner--;
      held += letter;
    } else if (letter === "{") {
      nest.open(held.trim().replace(/\s+/g, " "), start, comment);
      comment = "";
      held = "";
    } else if (letter === "}") {
      flush();
      nest.close(line);
    } else if (letter === "," && inner === 0) flush();
    else held += letter;
  }
  if (!nest.isEmpty) damaged({ line: nest.line }, "a profile that is not closed");
  return nest.file;
}

function closing(text: string, from: number): number {
  for (let at = from + 1; at < text.length && text.charAt(at) !== "\n"; at++) {
    if (text.charAt(at) === "\\") at++;
    else if (text.charAt(at) === '"') return at;
  }
  return -1;
}
