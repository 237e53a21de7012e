import { emitProgram, named, table } from "../../calls.ts";
import { evaluate } from "../../evaluate.ts";
import type { Handler, Language } from "../../language.ts";
import { DOUBLE, type Literal, readLiteral, SINGLE } from "../../literals.ts";
import type { Scanner } from "../../sink.ts";
import { TEXT_METHODS } from "../../texts.ts";
import { flatten, textOf, UNKNOWN } from "../../values.ts";

export function quoted(text: string, at: number): Literal | undefined {
  if (text[at] === '"') return readLiteral(text, at + 1, DOUBLE);
  return text[at] === "'" ? readLiteral(text, at + 1, SINGLE) : undefined;
}

export const doubleOnly = (text: string, at: number): Literal | undefined =>
  text[at] === '"' ? readLiteral(text, at + 1, DOUBLE) : undefined;

/** What stands in backticks, as it is written. */
export const backticks = (text: string, at: number, as?: "shell" | "argv"): Literal | undefined =>
  text[at] === "`" ? { ...readLiteral(text, at + 1, { close: "`", escapes: "none" }), ...(as && { as }) } : undefined;

/** What the languages of this folder have in common where they say nothing else. */
export const BASE: Omit<Language, "name" | "calls"> = {
  lexicon: { lineComments: ["#"], blockComments: [], literal: quoted, name: /[A-Za-z_]\w*/y },
  joins: new Set(),
  members: new Set(["."]),
  prefixes: new Set(["return", "if", "not"]),
};

/** The program and the list of its arguments. */
export const programAndList: Handler = (call) => {
  const [name, args] = call.args;
  emitProgram(call, textOf(name), args ? flatten([args]) : []);
  return UNKNOWN;
};

/** An address, and the file that what it brings is put into. */
export const download: Handler = (call) => {
  named("writes", undefined, 1)(call);
  return named("fetches")(call);
};

export function scanner(language: Language): Scanner {
  let whole: Language | undefined;
  return (text, sink) => {
    whole ??= { ...language, calls: table(TEXT_METHODS, Object.fromEntries(language.calls)) };
    evaluate(text, whole, sink);
  };
}

const BANG = /^\s*:?!/;

/** A line that begins with `!` (`:!` in GHCi) is for the shell; the rest is read by the language. */
export function withBangs(language: Language): Scanner {
  const plain = scanner(language);
  return (text, sink) => {
    const lines = text.split("\n");
    for (const line of lines) if (BANG.test(line)) sink.shell(line.replace(BANG, ""));
    plain(lines.filter((line) => !BANG.test(line)).join("\n"), sink);
  };
}
