import { joinBounded, replaceBounded } from "../bounded.ts";
import { decoded, reversed } from "../bytes.ts";
import { characters, code, each, pure, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import type { Handler, Language } from "../language.ts";
import { type Literal, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { addressCode } from "../texts.ts";
import { flatten, knownText, numberOf, textValue, UNKNOWN, type Value } from "../values.ts";
import { COM_CALLS } from "./com.ts";

function literal(text: string, at: number): Literal | undefined {
  return text[at] === '"' ? readLiteral(text, at + 1, { close: '"', escapes: "doubled", multiline: false }) : undefined;
}

const replace: Handler = ({ args, sink }) => {
  const [text, from, to] = args.map(knownText);
  return text === undefined ? UNKNOWN : sink.fold(replaceBounded(text, from, to));
};

const join: Handler = ({ args, sink }) => {
  const [list, separator] = args;
  return list?.kind === "list" ? sink.fold(joinBounded(flatten(list.items), knownText(separator) ?? " ")) : UNKNOWN;
};

const split: Handler = ({ args }) => {
  const text = knownText(args[0]);
  if (text === undefined) return UNKNOWN;
  return { kind: "list", items: text.split(knownText(args[1]) ?? " ", 4096).map((piece) => textValue(piece)) };
};

const CALLS = table(
  COM_CALLS,
  each("execute executeglobal eval *.addcode *.executestatement", code("vbscript")),
  each("chr chrw chrb", characters),
  each("strreverse", decoded(reversed)),
  each(
    "lcase",
    pure((text) => text.toLowerCase()),
  ),
  each(
    "ucase",
    pure((text) => text.toUpperCase()),
  ),
  each(
    "trim ltrim rtrim",
    pure((text) => text.trim()),
  ),
  each("cstr", ({ args }) => args[0]),
  each(
    "mid",
    pure((text, { args }) => text.substr((numberOf(args[1]) ?? 1) - 1, numberOf(args[2]) ?? text.length)),
  ),
  each(
    "left",
    pure((text, { args }) => text.slice(0, numberOf(args[1]) ?? 0)),
  ),
  each(
    "right",
    pure((text, { args }) => text.slice(-(numberOf(args[1]) ?? 0) || text.length)),
  ),
  each("array", ({ args }) => ({ kind: "list", items: args })),
  { replace, join, split },
);

const GLOBALS = new Map<string, Value>(
  Object.entries({ vbcrlf: "\r\n", vbcr: "\r", vblf: "\n", vbnewline: "\r\n", vbtab: "\t", vbnullstring: "" }).map(
    ([name, text]) => [name, textValue(text)],
  ),
);

const VBSCRIPT: Language = {
  name: "vbscript",
  lexicon: {
    lineComments: ["'"],
    blockComments: [],
    literal,
    name: /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|\[[^\]\n]{1,64}\]/y,
    continuation: "_",
  },
  joins: new Set(["&", "+"]),
  members: new Set(["."]),
  prefixes: new Set([
    "set",
    "call",
    "if",
    "then",
    "else",
    "elseif",
    "not",
    "dim",
    "const",
    "return",
    "let",
    "do",
    "while",
    "until",
    "loop",
    "select",
    "case",
    "with",
  ]),
  ignoresCase: true,
  foldsMembers: true,
  bare: () => true,
  calls: CALLS,
  globals: GLOBALS,
  canonical: (path) => path.replace(/^(?:window|me|self|top)\./, ""),
};

export const scanVbScript = (text: string, sink: Sink): void => evaluate(addressCode(text), VBSCRIPT, sink);
