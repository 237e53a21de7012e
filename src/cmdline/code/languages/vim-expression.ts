import { code, each, named, program, shellOrProgram, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import type { Language } from "../language.ts";
import { type Literal, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";

function literal(text: string, at: number): Literal | undefined {
  if (text[at] === '"') return readLiteral(text, at + 1, { close: '"', escapes: "backslash", multiline: false });
  return text[at] === "'" ? readLiteral(text, at + 1, { close: "'", escapes: "doubled", multiline: false }) : undefined;
}

const EXPRESSION: Language = {
  name: "vim expression",
  lexicon: { lineComments: [], blockComments: [], literal, name: /(?:[abglstvw]:|&)?[A-Za-z_]\w*/y },
  joins: new Set([".", "..", "+"]),
  members: new Set(),
  prefixes: new Set(["let", "call", "echo", "return", "if"]),
  calls: table(
    each("system systemlist", shellOrProgram),
    each("term_start job_start", program(0, { rest: false })),
    each("termopen jobstart", shellOrProgram),
    each("execute feedkeys", code("vim")),
    each("libcall libcallnr", named("runs", "library")),
    each("readfile readblob", named("reads")),
    each("writefile", named("writes", undefined, 1)),
    each("delete", named("writes")),
    each("luaeval", code("lua")),
    each("py3eval pyeval pyxeval", code("python")),
    each("rubyeval", code("ruby")),
    each("perleval", code("perl")),
    each("expand", ({ args }) => args[0]),
  ),
};

/** Reads an expression of Vim's own script language. */
export const scanVimExpression = (text: string, sink: Sink): void => evaluate(text, EXPRESSION, sink);
