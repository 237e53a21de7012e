import { decoded, fromBase64, fromHex, fromUu, unpacked } from "../bytes.ts";
import { code, each, emitProgram, loaded, named, opened, shellOrProgram, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import { formatted } from "../folding.ts";
import type { Call, Handler, Language } from "../language.ts";
import { operandExpected, type Token } from "../lex.ts";
import { bracketed, chosen, DOUBLE, type Literal, readLiteral, type Style, scriptQuoted } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { TEXT_METHODS } from "../texts.ts";
import { flatten, textOf, UNKNOWN, type Value } from "../values.ts";
import { rubyNames } from "./renames.ts";

const RAW: Omit<Style, "close" | "open"> = { escapes: "quoteOnly" };
const FILLED: Omit<Style, "close" | "open"> = { escapes: "backslash", interpolation: bracketed("#{", "}") };
const PERCENT = /%([qQxwWr]?)([^\w\s=])/y;

function literal(text: string, at: number, before: Token | undefined): Literal | undefined {
  const quoted = scriptQuoted(text, at, FILLED);
  if (quoted) return quoted;
  const c = text[at]!;
  if (c === "/" && operandExpected(before))
    return { ...readLiteral(text, at + 1, { ...DOUBLE, close: "/" }), as: "skip" };
  if (c !== "%" || (before?.kind !== "name" && !operandExpected(before))) return undefined;
  PERCENT.lastIndex = at;
  const match = PERCENT.exec(text);
  if (!match) return undefined;
  const kind = match[1]!;
  const read = readLiteral(text, PERCENT.lastIndex, chosen(match[2]!, kind === "q" || kind === "w" ? RAW : FILLED));
  if (kind === "x") return { ...read, as: "shell" };
  if (kind === "w" || kind === "W") return { ...read, as: "words" };
  return kind === "r" ? { ...read, as: "skip" } : read;
}

/** `exec({…}, …)` and `exec([program, name], …)` as Kernel takes them. */
const run: Handler = (call) => {
  const args = call.args.filter((value) => value.kind !== "object");
  const [first, ...rest] = args;
  if (first?.kind !== "list") return shellOrProgram({ ...call, args });
  emitProgram(call, textOf(first.items[0]), flatten(rest));
  return UNKNOWN;
};

/** IO.popen: a list is a program and its arguments. */
const popen: Handler = (call) => {
  const args = call.args.filter((value) => value.kind !== "object");
  const [first] = args;
  if (first?.kind !== "list") return shellOrProgram({ ...call, args: args.slice(0, 1) });
  const [name, ...rest] = flatten([first]);
  emitProgram(call, name, rest);
  return UNKNOWN;
};

/** Kernel#open and its relatives run what follows a bar. */
const open: Handler = (call) => {
  const text = textOf(call.args[0]) ?? "";
  if (text.startsWith("|")) return call.sink.shell(text.slice(1));
  return opened()(call);
};

/** `unpack`: text out of a writing of bytes. */
const unpackText = (text: string, { args }: Call): Uint8Array | undefined => {
  const format = textOf(args[0]) ?? "";
  if (format.startsWith("m")) return fromBase64(text);
  return format.startsWith("u") ? fromUu(text) : undefined;
};

const CALLS = table(
  TEXT_METHODS,
  each("exec system spawn Kernel.exec Kernel.system Kernel.spawn Process.spawn Process.exec", run),
  each(
    "PTY.spawn PTY.getpty Open3.capture2 Open3.capture3 Open3.capture2e Open3.popen3 Open3.popen2 Open3.popen2e Open3.pipeline",
    run,
  ),
  each("IO.popen popen Kernel.`", popen),
  each("sprintf format Kernel.sprintf Kernel.format", formatted),
  each("open Kernel.open URI.open IO.read IO.readlines IO.binread File.open File.new", open),
  each("File.read File.readlines", named("reads")),
  each("File.write IO.write File.binwrite", named("writes")),
  each("URI URI.parse Net.HTTP.get Net.HTTP.get_response", named("fetches")),
  each("IO.copy_stream", (call) => {
    named("reads")(call);
    return named("writes", undefined, 1)(call);
  }),
  each("load Kernel.load require_relative", named("runs", "script")),
  each("require Kernel.require autoload", loaded("script")),
  each("Fiddle.dlopen Fiddle::dlopen dlload DL.dlopen", named("runs", "library")),
  each("eval Kernel.eval instance_eval class_eval module_eval Object.class_eval", code("ruby")),
  each("Zlib.Inflate.inflate Zlib.inflate Zlib.gunzip", unpacked("auto")),
  each("Base64.decode64 Base64.strict_decode64 Base64.urlsafe_decode64", decoded(fromBase64)),
  {
    "*.unpack1": decoded(unpackText),
    "*.unpack": (call) => ({ kind: "list", items: [decoded(unpackText)(call) ?? UNKNOWN] }),
    "*.first": ({ receiver }) => (receiver?.kind === "list" ? receiver.items[0] : UNKNOWN),
    "*.hex": decoded(fromHex),
    method: (call) => ({ kind: "name", path: textOf(call.args[0]) ?? nameOf(call.args[0]) }),
    "*.call": (call) => CALLS.get(call.path.replace(/\.call$/, ""))?.(call),
    "*.send": (call) => methodByName(call),
    send: (call) => methodByName(call),
    "*.pack": (call) => {
      const codes = call.receiver ? flatten([call.receiver]) : [];
      const format = textOf(call.args[0]) ?? "";
      if (/^H/.test(format)) return call.sink.decode(fromHex(codes[0] ?? ""));
      if (/^m/.test(format)) return call.sink.fold(Buffer.from(codes[0] ?? "").toString("base64"));
      return /^[CcUu]\*/.test(format)
        ? call.sink.decode(String.fromCodePoint(...codes.map(Number).filter((each) => each >= 0 && each <= 0x10ffff)))
        : UNKNOWN;
    },
  },
);

/** The name that a symbol stands for. */
const nameOf = (value: Value | undefined): string => (value?.kind === "name" ? value.path.replace(/^:/, "") : "");

/** `Kernel.send(:system, "x")`: the call by the name of the method. */
function methodByName(call: Parameters<Handler>[0]): ReturnType<Handler> {
  const [method, ...args] = call.args;
  const name = textOf(method) ?? nameOf(method);
  return name === "send" ? UNKNOWN : CALLS.get(name)?.({ ...call, args });
}

const RUBY: Language = {
  name: "ruby",
  lexicon: {
    lineComments: ["#"],
    blockComments: [["=begin", "=end"]],
    literal,
    name: /(?::|@@?|\$)?[A-Za-z_]\w*[?!]?|\$[<_!0]/y,
  },
  joins: new Set(["+", "<<"]),
  members: new Set([".", "::", "&."]),
  prefixes: new Set([
    "return",
    "puts",
    "print",
    "p",
    "not",
    "if",
    "unless",
    "while",
    "and",
    "or",
    "do",
    "then",
    "begin",
    "fork",
    "Thread",
  ]),
  bare: () => true,
  juxtaposes: true,
  formats: true,
  statement: rubyNames,
  calls: CALLS,
  expression: (text) => text.slice(2, -1),
};

export const scanRuby = (text: string, sink: Sink): void => evaluate(text, RUBY, sink);
