import { each, named, program, shell, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import { kindOfName } from "../kinds.ts";
import type { Language } from "../language.ts";
import { DOUBLE, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";

/** Calls of the C library in what a debugger evaluates, and the system calls of tracing languages. */
const C: Language = {
  name: "c",
  lexicon: {
    lineComments: ["//"],
    blockComments: [["/*", "*/"]],
    literal: (text, at) => (text[at] === '"' ? readLiteral(text, at + 1, DOUBLE) : undefined),
    name: /[A-Za-z_$@]\w*/y,
  },
  joins: new Set(),
  members: new Set([".", "->", "::"]),
  prefixes: new Set(["return", "if"]),
  juxtaposes: true,
  calls: table(
    each("system popen", shell()),
    each("execl execle execlp", program(0, { skip: 1 })),
    each("execv execve execvp", program(0, { rest: false, skip: 1 })),
    each("dlopen __libc_dlopen_mode LoadLibraryA LoadLibraryW", named("runs", "library")),
    each("fopen open cat", named("reads")),
  ),
};

export const scanC = (text: string, sink: Sink): void => evaluate(text, C, sink);

type Reader = (rest: string, sink: Sink) => void;

const runs: Reader = (value, sink) => void sink.emit({ role: "runs", what: "command", value, shell: true });
const script: Reader = (value, sink) => void sink.emit({ role: "runs", what: "script", value: unquoted(value) });
const file =
  (role: "runs" | "reads" | "writes"): Reader =>
  (value, sink) => {
    const name = unquoted(value);
    sink.emit({ role, what: kindOfName(name), value: name });
  };
const nested =
  (language: string): Reader =>
  (text, sink) =>
    sink.nested(language, text);

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text.split(/\s+/)[0] ?? "";

/** `pipe command | shell command`: what stands after the bar is for the shell. */
const pipe: Reader = (rest, sink) => {
  const bar = rest.indexOf("|");
  if (bar >= 0) runs(rest.slice(bar + 1).trim(), sink);
};

/** `dump [format] value|memory file …` */
const dump: Reader = (rest, sink) => {
  const name = /^(?:\w+\s+){0,2}?(?:value|memory)\s+(\S+)/.exec(rest)?.[1];
  if (name) file("writes")(name, sink);
};

const target: Reader = (rest, sink) => {
  const piped = /^(?:extended-)?remote\s*\|\s*(.+)$/s.exec(rest)?.[1];
  if (piped) runs(piped, sink);
  const program = /^(?:exec|core)\s+(\S+)/.exec(rest)?.[1];
  if (program) file("reads")(program, sink);
};

const COMMANDS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["shell", runs],
  ["make", (rest, sink) => void sink.emit({ role: "runs", what: "command", value: `make ${rest}`, shell: true })],
  ...["python", "py", "python-interactive", "pi", "script"].map((name): [string, Reader] => [name, nested("python")]),
  ...["guile", "gu"].map((name): [string, Reader] => [name, nested("lisp")]),
  ["source", script],
  ...["call", "print", "p", "inspect", "output", "expression", "expr", "compile", "eval", "set"].map(
    (name): [string, Reader] => [name, scanC],
  ),
  ...["file", "exec-file", "symbol-file", "add-symbol-file", "core-file", "core"].map((name): [string, Reader] => [
    name,
    file("reads"),
  ]),
  ...["dump", "append"].map((name): [string, Reader] => [name, dump]),
  ["restore", file("reads")],
  ["pipe", pipe],
  ["|", pipe],
  ["target", target],
]);

/** Reads commands of gdb, and those of lldb that differ. */
export function scanGdb(code: string, sink: Sink): void {
  for (const line of code.split("\n")) {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) continue;
    if (text.startsWith("!")) {
      runs(text.slice(1).trim(), sink);
      continue;
    }
    const lldb = /^(?:platform\s+shell|command\s+(?:script\s+import|source)|plugin\s+load)\s+/.exec(text);
    if (lldb) {
      const rest = text.slice(lldb[0].length);
      if (lldb[0].startsWith("platform")) runs(rest.replace(/^-\S+\s+/, ""), sink);
      else if (lldb[0].startsWith("plugin")) sink.emit({ role: "runs", what: "library", value: unquoted(rest) });
      else script(rest, sink);
      continue;
    }
    const logging = /^set\s+logging\s+file\s+(\S+)/.exec(text)?.[1];
    if (logging) file("writes")(logging, sink);
    const [, name = "", rest = ""] = /^([A-Za-z-]+|\|)(?:\/\S*)?\s*(.*)$/s.exec(text) ?? [];
    if (rest !== "") COMMANDS.get(name)?.(rest, sink);
  }
}
