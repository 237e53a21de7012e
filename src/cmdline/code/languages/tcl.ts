import { fillBounded } from "../bounded.ts";
import { kindOfName } from "../kinds.ts";
import { DOUBLE, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { MAX_NESTING } from "../types.ts";

interface Word {
  readonly text: string;
  /** Between braces: nothing in it is put in, and it may be a body. */
  readonly braced: boolean;
}

/** Commands whose words between braces are scripts. */
const BODIES = new Set([
  "if",
  "while",
  "for",
  "foreach",
  "proc",
  "catch",
  "after",
  "time",
  "try",
  "switch",
  "namespace",
  "uplevel",
  "expect",
  "else",
  "elseif",
  "bind",
  "subst",
]);

/** Switches and redirections of `exec`. */
const EXEC_NOISE = /^(?:-(?:ignorestderr|keepnewline|-)|&|[<>|&]{1,2}|2>@1|\d?>[@&>]?.*|<[@<]?.*)$/;

/** Reads Tcl and Expect. */
export function scanTcl(code: string, sink: Sink): void {
  script(code, sink, new Map(), 0);
}

function script(code: string, sink: Sink, variables: Map<string, string>, depth: number): void {
  if (depth >= MAX_NESTING || (depth > 0 && !sink.affords(code.length))) return;
  let at = 0;
  let words: Word[] = [];
  const finish = (): void => {
    command(words, sink, variables, depth);
    words = [];
  };
  while (at < code.length) {
    const c = code[at]!;
    if (c === "\n" || c === ";") {
      finish();
      at++;
    } else if (/\s/.test(c)) at++;
    else if (c === "\\" && code[at + 1] === "\n") at += 2;
    else if (c === "#" && words.length === 0) {
      const end = code.indexOf("\n", at);
      at = end < 0 ? code.length : end;
    } else {
      const word = readWord(code, at, sink, variables, depth);
      words.push(word);
      at = Math.max(word.end, at + 1);
    }
  }
  finish();
}

function readWord(
  code: string,
  at: number,
  sink: Sink,
  variables: Map<string, string>,
  depth: number,
): Word & { end: number } {
  if (code[at] === "{") {
    const end = partner(code, at, "{", "}");
    return { text: code.slice(at + 1, end), braced: true, end: end + 1 };
  }
  if (code[at] === '"') {
    const { pieces, end } = readLiteral(code, at + 1, DOUBLE);
    const text = fill(pieces.join(""), sink, variables, depth);
    return { text, braced: false, end };
  }
  let end = at;
  while (end < code.length && !/[\s;]/.test(code[end]!)) {
    if (code[end] === "[") end = partner(code, end, "[", "]");
    end += code[end] === "\\" ? 2 : 1;
  }
  return { text: fill(code.slice(at, end), sink, variables, depth), braced: false, end };
}

/** Place of the bracket that closes the one at `from`; the end of the text where none does. */
function partner(code: string, from: number, open: string, close: string): number {
  let nesting = 0;
  for (let at = from; at < code.length; at++) {
    const c = code[at]!;
    if (c === "\\") at++;
    else if (c === open) nesting++;
    else if (c === close && --nesting === 0) return at;
  }
  return code.length;
}

/** Puts known variables in, and reads the commands between square brackets. */
function fill(text: string, sink: Sink, variables: Map<string, string>, depth: number): string {
  for (let at = text.indexOf("["); at >= 0; ) {
    const end = partner(text, at, "[", "]");
    script(text.slice(at + 1, end), sink, variables, depth + 1);
    at = text.indexOf("[", end + 1);
  }
  return fillBounded(text, /\$\{?(\w{1,64})\}?/g, (place, name) => variables.get(name) ?? place) ?? text;
}

function command(words: readonly Word[], sink: Sink, variables: Map<string, string>, depth: number): void {
  const [head, ...rest] = words;
  const args = rest.map(({ text }) => text);
  const name = head?.text.replace(/^::/, "") ?? "";
  if (name === "exec") sink.program(args.filter((arg) => !EXEC_NOISE.test(arg)));
  else if (name === "spawn" || name === "exp_spawn")
    sink.program(args.slice(args.findIndex((arg) => !arg.startsWith("-"))));
  else if (name === "system") sink.emit({ role: "runs", what: "command", value: args.join(" "), shell: true });
  else if (name === "open") open(args, sink);
  else if (name === "source") sink.emit({ role: "runs", what: "script", value: args.at(-1) ?? "" });
  else if (name === "load") sink.emit({ role: "runs", what: "library", value: args[0] ?? "" });
  else if (name === "set" && args.length === 2) variables.set(args[0]!, args[1]!);
  else if (name === "eval") script(args.join(" "), sink, variables, depth + 1);
  else if (BODIES.has(name)) {
    for (const word of rest) if (word.braced) script(word.text, sink, variables, depth + 1);
  }
}

function open([name = "", mode = "r"]: readonly string[], sink: Sink): void {
  if (name.startsWith("|")) sink.program(name.slice(1).trim().split(/\s+/));
  else sink.emit({ role: /[wa+]/i.test(mode) ? "writes" : "reads", what: kindOfName(name), value: name });
}
