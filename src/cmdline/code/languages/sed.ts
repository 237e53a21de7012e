import { kindOfName } from "../kinds.ts";
import type { Sink } from "../sink.ts";

/** Reads a sed script as GNU sed does: addresses, commands, and what `e`, `r`, `w` and the flags of `s` name. */
export function scanSed(code: string, sink: Sink): void {
  walkSed(code, sink, []);
}

/** The texts that a sed script puts in: of `a`, `i` and `c`, and what `s` puts in the place of a match, where it refers to none. */
export function insertedBySed(code: string): readonly string[] {
  const inserted: string[] = [];
  walkSed(code, undefined, inserted);
  return inserted;
}

function walkSed(code: string, sink: Sink | undefined, inserted: string[]): void {
  let at = 0;
  while (at < code.length) {
    at = skipAddresses(code, at);
    const command = code[at++];
    if (command === undefined) break;
    if (command === "s" || command === "y") at = substitute(code, at, command === "s", sink, inserted);
    else if (command === "e" || command === "r" || command === "R" || command === "w" || command === "W") {
      const end = lineEnd(code, at);
      emit(command, code.slice(at, end).trim(), sink);
      at = end;
    } else if (command === "a" || command === "i" || command === "c") {
      const end = textEnd(code, at);
      // One line: the text stands right behind the command, or behind a backslash and the end of the line.
      const text = code.slice(at, end).replace(/^[ \t]*(?:\\\n?)?[ \t]*/, "");
      inserted.push(text.replace(/\\\n/g, "\n"));
      at = end;
    } else if (command === "#") at = lineEnd(code, at);
    else if (":btT".includes(command)) at = labelEnd(code, at);
  }
}

const SPECIAL = /^\/dev\/std(?:in|out|err)$/;

function emit(command: string, value: string, sink: Sink | undefined): void {
  if (!sink || value === "" || SPECIAL.test(value)) return;
  if (command === "e") sink.emit({ role: "runs", what: "command", value, shell: true });
  else sink.emit({ role: command.toLowerCase() === "r" ? "reads" : "writes", what: kindOfName(value), value });
}

function lineEnd(code: string, at: number): number {
  const end = code.indexOf("\n", at);
  return end < 0 ? code.length : end;
}

/** GNU sed ends a label at a blank, a semicolon or a brace: what comes after is a command again. */
function labelEnd(code: string, from: number): number {
  let end = from;
  while (code[end] === " " || code[end] === "\t") end++;
  while (end < code.length && !/[\s;}]/.test(code[end]!)) end++;
  return end;
}

/** The text of `a`, `i` and `c` goes on over lines that end in a backslash. */
function textEnd(code: string, from: number): number {
  let end = lineEnd(code, from);
  while (end < code.length && code[end - 1] === "\\") end = lineEnd(code, end + 1);
  return end;
}

function skipAddresses(code: string, from: number): number {
  let at = from;
  while (at < code.length) {
    const c = code[at]!;
    if (/[\s;{},!~+$0-9]/.test(c)) at++;
    else if (c === "/") at = regexFlags(code, delimited(code, at + 1, "/").end);
    else if (c === "\\" && at + 1 < code.length) at = regexFlags(code, delimited(code, at + 2, code[at + 1]!).end);
    else return at;
  }
  return at;
}

function regexFlags(code: string, at: number): number {
  let end = at;
  while (code[end] === "I" || code[end] === "M") end++;
  return end;
}

/** Text up to an unescaped delimiter outside brackets; `end` is after it. */
function delimited(code: string, from: number, delimiter: string): { text: string; end: number } {
  let at = from;
  while (at < code.length && code[at] !== delimiter) at += code[at] === "\\" ? 2 : 1;
  return { text: code.slice(from, at), end: Math.min(at + 1, code.length) };
}

function substitute(code: string, from: number, flags: boolean, sink: Sink | undefined, inserted: string[]): number {
  const delimiter = code[from];
  if (delimiter === undefined) return from;
  const pattern = delimited(code, from + 1, delimiter);
  const replacement = delimited(code, pattern.end, delimiter);
  let at = replacement.end;
  if (!flags) return at;
  const refers = /(?<!\\)&|\\\d/.test(replacement.text);
  const plain = replacement.text.replace(/\\(.)/gs, (all, c: string) =>
    c === delimiter || c === "&" || c === "\\" ? c : all,
  );
  // A piece of a line is no line: only what replaces a whole one, or brings others with it, is known to the end.
  const whole = /^(?:\^.*(?:\$|\.\*)|\.\*\$?)$/s.test(pattern.text) || plain.includes("\\n");
  if (whole && !refers && plain !== "") inserted.push(plain.replaceAll("\\n", "\n"));
  for (; at < code.length && /[0-9gpiImMe]/.test(code[at]!); at++) {
    if (code[at] !== "e") continue;
    // The pattern space is run: what is put in is its constant part, unless it refers to what was matched.
    if (!refers) emit("e", plain.trim(), sink);
  }
  if (code[at] !== "w") return at;
  const end = lineEnd(code, at);
  emit("w", code.slice(at + 1, end).trim(), sink);
  return end;
}
