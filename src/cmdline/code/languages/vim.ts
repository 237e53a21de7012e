import { kindOfName } from "../kinds.ts";
import type { Sink } from "../sink.ts";
import { scanVimExpression } from "./vim-expression.ts";

type Options = Map<string, string>;
type Reader = (text: string, sink: Sink, options: Options) => void;

interface Command {
  readonly read: Reader;
  /** The argument takes in every bar. Source: Vim's `:help :bar`. */
  readonly takesBars?: boolean;
  /** The rest is another command. */
  readonly prefix?: boolean;
  /** `!` before or after the blanks makes the argument a command of the shell. */
  readonly shell?: "after" | "both";
}

const fileOf = (text: string): string => text.replace(/^(?:\+\+?\S+\s+)+/, "").replace(/\\ /g, " ");
const shell: Reader = (value, sink) => sink.shell(value);

const file =
  (role: "reads" | "writes"): Reader =>
  (text, sink) => {
    const value = fileOf(text).replace(/^>>?\s*/, "");
    sink.emit({ role, what: kindOfName(value), value });
  };

const source: Reader = (text, sink) => void sink.emit({ role: "runs", what: "script", value: fileOf(text) });

const nested = (language: string): Command => ({ takesBars: true, read: (text, sink) => sink.nested(language, text) });

const terminal: Reader = (text, sink, options) => {
  sink.program((fileOf(text) || (options.get("shell") ?? "")).split(/\s+/));
};

/** `:make` and `:grep` run what their options name. */
const optionProgram =
  (option: string): Reader =>
  (text, sink, options) => {
    const program = options.get(option);
    if (program !== undefined) shell(`${program} ${text}`, sink, options);
  };

const OPTION_NAMES: ReadonlyMap<string, string> = new Map([
  ["sh", "shell"],
  ["shell", "shell"],
  ["mp", "makeprg"],
  ["makeprg", "makeprg"],
  ["gp", "grepprg"],
  ["grepprg", "grepprg"],
]);

const setOptions: Reader = (text, _, options) => {
  for (const [, name, value] of text.matchAll(/(?:^|\s)([a-z]{2,12})[=:]((?:\\.|[^\s\\]){0,1024})/g)) {
    const full = OPTION_NAMES.get(name!);
    if (full) options.set(full, value!.replace(/\\(.)/g, "$1"));
  }
};

const expression: Reader = (text, sink) => scanVimExpression(text, sink);

const letOption: Reader = (text, sink, options) => {
  const match = /^&(?:[gl]:)?([a-z]+)\s*=\s*(["'])([^"']*)\2\s*$/.exec(text.slice(0, 2048));
  const full = OPTION_NAMES.get(match?.[1] ?? "");
  if (full) options.set(full, match![3]!);
  else expression(text, sink, options);
};

/** `:redir > file`; other forms name registers, or end it. */
const redirect: Reader = (text, ...rest) => {
  if (text.startsWith(">")) file("writes")(text, ...rest);
};

const autocmd: Reader = (text, sink) => sink.nested("vim", text.replace(/^(?:\S+\s+){2}(?:\+\+\w+\s+)*/, ""));
const execute: Reader = (text, sink) => scanVimExpression(`execute(${text})`, sink);

/** Keys that open the command line type a command there. */
const normal: Reader = (text, sink) => {
  if (text.startsWith(":")) sink.nested("vim", text.replace(/(?:\r|\n|\^M|<CR>)+$/i, ""));
};

const read = { read: file("reads"), shell: "both" } as const;
const write = { read: file("writes"), shell: "after" } as const;
const edit = { read: file("reads") };
const prefix = { prefix: true, read: expression };

/** `full`, which may be shortened to `least` characters; the first that fits counts. */
const COMMANDS: readonly (readonly [full: string, least: number, command: Command])[] = [
  ["read", 1, read],
  ["write", 1, write],
  ["wq", 2, write],
  ["xit", 1, write],
  ["saveas", 3, write],
  ["edit", 1, edit],
  ["split", 2, edit],
  ["vsplit", 2, edit],
  ["tabedit", 4, edit],
  ["view", 3, edit],
  ["source", 2, { read: source }],
  ["pyfile", 3, { read: source }],
  ["py3file", 4, { read: source }],
  ["pyxfile", 4, { read: source }],
  ["luafile", 4, { read: source }],
  ["rubyfile", 5, { read: source }],
  ["perldo", 5, nested("perl")],
  ["pydo", 4, nested("python")],
  ["python", 2, nested("python")],
  ["py3", 3, nested("python")],
  ["python3", 7, nested("python")],
  ["pyx", 3, nested("python")],
  ["pythonx", 7, nested("python")],
  ["lua", 3, nested("lua")],
  ["ruby", 3, nested("ruby")],
  ["perl", 2, nested("perl")],
  ["tcl", 2, nested("tcl")],
  ["mzscheme", 2, nested("lisp")],
  ["terminal", 3, { read: terminal }],
  ["shell", 2, { read: (_, ...rest) => terminal("", ...rest) }],
  ["set", 2, { read: setOptions }],
  ["setlocal", 4, { read: setOptions }],
  ["setglobal", 4, { read: setOptions }],
  ["make", 3, { read: optionProgram("makeprg") }],
  ["grep", 2, { read: optionProgram("grepprg") }],
  ["call", 3, { read: expression }],
  ["echo", 2, { read: expression }],
  ["let", 3, { read: letOption }],
  ["execute", 3, { read: execute }],
  ["silent", 3, prefix],
  ["vertical", 4, prefix],
  ["botright", 2, prefix],
  ["topleft", 2, prefix],
  ["tab", 3, prefix],
  ["bufdo", 5, prefix],
  ["windo", 5, prefix],
  ["tabdo", 4, prefix],
  ["argdo", 5, prefix],
  ["noautocmd", 3, prefix],
  ["autocmd", 2, { read: autocmd, takesBars: true }],
  ["redir", 4, { read: redirect }],
  ["normal", 4, { read: normal, takesBars: true }],
];

const OTHER: Command = { read: expression };
const MAX_PREFIXES = 16;
const RANGE = /^[\s:]*(?:[%$.,;+\-0-9]|'[a-z<>]|\/[^/\n]{0,256}\/)*[\s:]*/;

/** Reads Ex commands of Vim: one a line, or several with bars between them. */
export function scanVim(code: string, sink: Sink): void {
  const options: Options = new Map();
  for (const line of code.split("\n")) {
    let rest: string | undefined = line;
    while (rest !== undefined) rest = readCommand(rest, sink, options, 0);
  }
}

/** Reads one command, and gives what stands after its bar. */
function readCommand(line: string, sink: Sink, options: Options, depth: number): string | undefined {
  const text = line.slice(RANGE.exec(line)?.[0].length ?? 0);
  if (text === "" || text.startsWith('"')) return undefined;
  if (text.startsWith("!")) {
    shell(text.slice(1), sink, options);
    return undefined;
  }
  const name = /^[A-Za-z]+\d?/.exec(text.slice(0, 32))?.[0] ?? "";
  const [, , command] = COMMANDS.find(([full, least]) => name.length >= least && full.startsWith(name)) ?? [
    name,
    0,
    OTHER,
  ];
  const bang = command !== OTHER && text[name.length] === "!";
  const tail = command === OTHER ? text : text.slice(name.length + (bang ? 1 : 0));
  if (command.prefix && depth < MAX_PREFIXES) return readCommand(tail, sink, options, depth + 1);
  const argument = tail.trim();
  if (command.shell && (argument.startsWith("!") || (bang && command.shell === "both"))) {
    shell(argument.replace(/^!/, ""), sink, options);
    return undefined;
  }
  const bar = command.takesBars ? -1 : barOf(tail);
  command.read((bar < 0 ? tail : tail.slice(0, bar)).trim(), sink, options);
  return bar < 0 ? undefined : tail.slice(bar + 1);
}

/** Place of the bar that ends a command: not escaped, not in quotes. */
function barOf(text: string): number {
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (c === "\\") at++;
    else if (quote) quote = c === quote ? "" : quote;
    else if (c === "'" || c === '"') quote = c;
    else if (c === "|" && text[at + 1] === "|") at++;
    else if (c === "|") return at;
  }
  return -1;
}
