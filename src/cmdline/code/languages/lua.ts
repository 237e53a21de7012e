import { decoded, reversed } from "../bytes.ts";
import { characters, code, each, loaded, named, opened, shell, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import { formatted } from "../folding.ts";
import type { Language } from "../language.ts";
import { type Literal, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { TEXT_METHODS } from "../texts.ts";

const LONG = /\[(=*)\[/y;

function literal(text: string, at: number): Literal | undefined {
  const c = text[at]!;
  if (c === '"' || c === "'")
    return readLiteral(text, at + 1, { close: c, escapes: "backslash", decimalEscapes: true });
  LONG.lastIndex = at;
  const match = LONG.exec(text);
  return match ? readLiteral(text, LONG.lastIndex, { close: `]${match[1]}]`, escapes: "none" }) : undefined;
}

const CALLS = table(
  TEXT_METHODS,
  each("os.execute io.popen *.popen", shell()),
  each("dofile loadfile", named("runs", "script")),
  each("require", loaded("script")),
  each("package.loadlib", named("runs", "library")),
  each("load loadstring", code("lua")),
  each("io.open", opened()),
  each("io.lines io.input", named("reads")),
  each("io.output", named("writes")),
  each("string.char", characters),
  each("string.format", formatted),
  each("string.reverse", decoded(reversed)),
  // Hosts of Lua that have a way to run commands of their own.
  each("vim.fn.system vim.fn.systemlist vim.fn.termopen vim.fn.jobstart", shell()),
  each("vim.cmd vim.api.nvim_command vim.api.nvim_exec", code("vim")),
  each("posix.exec posix.execp rpm.execute tex.execute", (call) => shell()(call)),
  each("os.remove os.rename", named("writes")),
);

const LUA: Language = {
  name: "lua",
  lexicon: {
    lineComments: ["--"],
    blockComments: [
      ["--[[", "]]"],
      ["--[=[", "]=]"],
    ],
    literal,
    name: /[A-Za-z_]\w*/y,
  },
  joins: new Set([".."]),
  members: new Set([".", ":"]),
  prefixes: new Set(["return", "local", "not", "if", "while", "and", "or", "then", "do", "else"]),
  bare: () => true,
  calls: CALLS,
};

export const scanLua = (text: string, sink: Sink): void => evaluate(text, LUA, sink);
