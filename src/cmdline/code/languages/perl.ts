import { joinBounded } from "../bounded.ts";
import { decoded, fromBase64, fromHex, fromUu, reversed, unpacked } from "../bytes.ts";
import { characters, code, each, emitProgram, loaded, named, pure, shellOrProgram, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import { formatted } from "../folding.ts";
import type { Handler, Language } from "../language.ts";
import { operandExpected, type Token } from "../lex.ts";
import { chosen, DOUBLE, type Literal, readLiteral, type Style, scriptQuoted, sigil } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { TEXT_METHODS } from "../texts.ts";
import { flatten, knownText, textOf, textValue, UNKNOWN } from "../values.ts";
import { perlNames } from "./renames.ts";

const RAW: Omit<Style, "close" | "open"> = { escapes: "quoteOnly" };
const FILLED: Omit<Style, "close" | "open"> = { escapes: "backslash", interpolation: sigil("$@") };
/** What a handle holds: `<STDIN>`, `<>`. */
const READ_LINE = /<\$?\w{0,32}>/y;
const QUOTE_WORD = /(qq|qx|qw|qr|q|m|tr|y|s)(\s*)([^\w\s,;=)])/y;

/** A function, after which an operand follows; no variable. */
const isWord = (token: Token | undefined): boolean => token?.kind === "name" && !/^[$@%]/.test(token.text);

function literal(text: string, at: number, before: Token | undefined): Literal | undefined {
  const quoted = scriptQuoted(text, at, FILLED);
  if (quoted) return quoted;
  const c = text[at]!;
  if (c === "/" && (operandExpected(before) || (before?.kind === "name" && before.text === "split")))
    return { ...readLiteral(text, at + 1, { ...DOUBLE, close: "/" }), as: "skip" };
  READ_LINE.lastIndex = at;
  if (c === "<" && (operandExpected(before) || isWord(before)) && READ_LINE.test(text))
    return { pieces: [], end: READ_LINE.lastIndex, as: "skip" };
  if (before?.kind === "op" && (before.text === "->" || before.text === "{")) return undefined;
  QUOTE_WORD.lastIndex = at;
  const match = QUOTE_WORD.exec(text);
  if (!match || (match[2] !== "" && match[3] === "#")) return undefined;
  return quoteWord(text, QUOTE_WORD.lastIndex, match[1]!, match[3]!);
}

function quoteWord(text: string, from: number, word: string, delimiter: string): Literal {
  const raw = word === "q" || word === "qw" || delimiter === "'";
  const first = readLiteral(text, from, chosen(delimiter, raw ? RAW : FILLED));
  if (word === "q" || word === "qq") return first;
  if (word === "qx") return { ...first, as: "shell" };
  if (word === "qw") return { ...first, as: "words" };
  if (word === "m" || word === "qr") return { ...first, as: "skip" };
  // s, tr and y have a second part: after the same delimiter, or between brackets of its own.
  const gap = /\s*([([{<])/y;
  gap.lastIndex = first.end;
  const own = "([{<".includes(delimiter) ? gap.exec(text)?.[1] : undefined;
  const second = readLiteral(text, own ? gap.lastIndex : first.end, chosen(own ?? delimiter, RAW));
  return { ...second, as: "skip" };
}

/** `exec {program} name, args`: the block names the program, the first argument only its name. */
const run: Handler = (call) => {
  const [block, ...rest] = call.args;
  if (block?.kind !== "object") return shellOrProgram(call);
  emitProgram(call, textOf(block.items[0]), flatten(rest).slice(1));
  return UNKNOWN;
};

/** `open`: a pipe to or from a command, or a file. */
const open: Handler = (call) => {
  const { args, sink } = call;
  const handle = args[0]?.kind === "text" && args.length === 1 ? 0 : 1;
  const mode = textOf(args[handle])?.trim();
  if (mode === undefined) return UNKNOWN;
  if (mode === "-|" || mode === "|-") {
    const rest = args.slice(handle + 1);
    const [name, ...following] = flatten(rest);
    if (rest.length === 1 && name !== undefined)
      return sink.emit({ role: "runs", what: "command", value: name, shell: true });
    emitProgram(call, name, following);
    return UNKNOWN;
  }
  if (mode.startsWith("|")) return sink.shell(mode.slice(1));
  if (mode.endsWith("|")) return sink.shell(mode.slice(0, -1));
  const [, sign = "", path = ""] = /^(\+?[<>]{0,2})(?::\S+)?\s*(.*)$/s.exec(mode) ?? [];
  const file = path !== "" ? path : textOf(args[handle + 1]);
  if (file === undefined || file.startsWith("&")) return UNKNOWN;
  return named(sign.includes(">") || sign.includes("+") ? "writes" : "reads")({
    ...call,
    args: [{ kind: "text", text: file, known: true }],
  });
};

/** `pack "H*", "6964"` and its relatives that make texts. */
const pack: Handler = ({ args, sink }) => {
  const [format = "", ...values] = flatten(args);
  if (/^H\*?$/.test(format)) return sink.decode(fromHex(values[0] ?? ""));
  if (/^[CUW]\*?$/.test(format))
    return sink.decode(String.fromCodePoint(...values.map(Number).filter((each) => each >= 0 && each <= 0x10ffff)));
  return /^A\d*\*?$/.test(format) ? sink.fold(values[0] ?? "") : UNKNOWN;
};

/** `unpack "u", "…"`: text out of a writing of bytes. */
const unpackText: Handler = (call) => {
  const [[key, value] = ["", call.args[1]]] = call.named;
  const format = textOf(call.args[0]) ?? key;
  return value && format.startsWith("u") ? decoded(fromUu)({ ...call, args: [value] }) : UNKNOWN;
};

/** `map {chr} 105, 100` as a list of characters. */
const map: Handler = (call) => {
  const [block, ...rest] = call.args;
  const [callee] = block?.kind === "object" ? block.items : [];
  if (callee?.kind !== "name" || callee.path !== "chr") return UNKNOWN;
  return {
    kind: "list",
    items: flatten(rest).map((text) => characters({ ...call, args: [textValue(text)] }) ?? UNKNOWN),
  };
};

const join: Handler = ({ args, sink }) => {
  const [separator = "", ...rest] = flatten(args);
  return rest.length === 0 ? UNKNOWN : sink.fold(joinBounded(rest, separator));
};

/** `split / /, "text"`: where it is split at blanks, as a command line is. */
const split: Handler = ({ args }) => {
  const text = knownText(args.at(-1));
  return text === undefined
    ? UNKNOWN
    : {
        kind: "list",
        items: text
          .trim()
          .split(/\s+/)
          .map((each) => textValue(each)),
      };
};

const CALLS = table(
  TEXT_METHODS,
  each("system exec CORE::system CORE::exec CORE::GLOBAL::system IPC::System::Simple::system", run),
  each("readpipe", shellOrProgram),
  each("open CORE::open", open),
  each("do", named("runs", "script")),
  each("require", loaded("script")),
  each("eval evalbytes", code("perl")),
  each("syscall", () => UNKNOWN),
  each("LWP::Simple::get LWP::Simple::getprint LWP::Simple::head", named("fetches")),
  each("get getprint", (call) => (/^\w{2,8}:\/\//.test(textOf(call.args[0]) ?? "") ? named("fetches")(call) : UNKNOWN)),
  each("getstore LWP::Simple::getstore mirror", (call) => {
    named("writes", undefined, 1)(call);
    return named("fetches")(call);
  }),
  each("DynaLoader::dl_load_file", named("runs", "library")),
  each("unlink rename", named("writes")),
  each("decode_base64 MIME::Base64::decode_base64 MIME::Base64::decode", decoded(fromBase64)),
  each("sprintf", formatted),
  each("reverse", decoded(reversed)),
  each(
    "lc",
    pure((text) => text.toLowerCase()),
  ),
  each(
    "uc",
    pure((text) => text.toUpperCase()),
  ),
  each("chr", (call) =>
    call.args.length === 0
      ? { kind: "name", path: "chr" }
      : pack({ ...call, args: [{ kind: "text", text: "U", known: true }, ...call.args] }),
  ),
  each("uncompress Compress::Zlib::uncompress memGunzip Compress::Zlib::memGunzip", unpacked("auto")),
  each("unpack", unpackText),
  each("map", map),
  { pack, join, split },
);

const PERL: Language = {
  name: "perl",
  lexicon: {
    lineComments: ["#"],
    blockComments: [],
    literal,
    name: /[$@%](?:\{\^?\w{1,64}\}|::|\^?\w+(?:::\w+)*|[!0&;,/|])|(?:[A-Za-z_]\w*)(?:(?:::|')[A-Za-z_]\w*)*/y,
  },
  joins: new Set(["."]),
  members: new Set(["->"]),
  prefixes: new Set([
    "my",
    "our",
    "local",
    "return",
    "print",
    "scalar",
    "not",
    "if",
    "unless",
    "while",
    "and",
    "or",
    "die",
    "warn",
    "BEGIN",
    "END",
  ]),
  bare: () => true,
  statement: perlNames,
  calls: CALLS,
  expression: (text) => text.replace(/[{}]/g, ""),
};

export const scanPerl = (text: string, sink: Sink): void => evaluate(text, PERL, sink);
