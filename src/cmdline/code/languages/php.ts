import { replaceBounded } from "../bounded.ts";
import { decoded, fromBase64, fromHex, fromUu, reversed, rot13, unpacked } from "../bytes.ts";
import { characters, code, each, named, opened, program, pure, shell, shellOrProgram, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import { formatted } from "../folding.ts";
import type { Call, Handler, Language } from "../language.ts";
import { scriptQuoted, sigil } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { percentDecoded, TEXT_METHODS } from "../texts.ts";
import { knownText, textOf, textValue, UNKNOWN } from "../values.ts";
import { phpNames } from "./renames.ts";

const FILLED = { escapes: "backslash", keepsUnknown: true, interpolation: sigil("$") } as const;

/** A callable given as text: `call_user_func("system", "x")`, `array_map("system", ["x"])`. */
const byName: Handler = (call) => {
  const [callable, ...rest] = call.args;
  const args = rest.flatMap((value) => (value.kind === "list" ? value.items : [value]));
  const name = knownText(callable)?.replace(/^\\/, "").toLowerCase() ?? "";
  return name.startsWith("call_user") || name.startsWith("array_") ? UNKNOWN : CALLS.get(name)?.({ ...call, args });
};

const replace: Handler = ({ args, sink }) => {
  const [from, to, text] = args.map(knownText);
  return text === undefined ? UNKNOWN : sink.fold(replaceBounded(text, from, to));
};

/** The standard input, by the name that every program has for it. */
const withInput = (call: Call): Call =>
  textOf(call.args[0])?.toLowerCase() === "php://stdin" ? { ...call, args: [textValue("/dev/stdin")] } : call;

const readFile: Handler = (call) => named("reads")(withInput(call));

const CALLS = table(
  TEXT_METHODS,
  each("system passthru exec shell_exec popen", shell()),
  each("proc_open", (call) => shellOrProgram({ ...call, args: call.args.slice(0, 1) })),
  each("pcntl_exec", program(0, { rest: false })),
  each("include include_once require require_once", (call) => named("runs", "script")(withInput(call))),
  each("eval assert create_function", code("php")),
  each("dl", named("runs", "library")),
  each("ffi.cdef", named("runs", "library", 1)),
  each("call_user_func call_user_func_array array_map array_filter register_shutdown_function", byName),
  each("fopen", opened()),
  each("file_get_contents readfile file show_source highlight_file", readFile),
  each("file_put_contents touch unlink", named("writes")),
  each("copy rename", (call) => {
    named("writes", undefined, 1)(call);
    return named("reads")(call);
  }),
  each("curl_init", named("fetches")),
  each("base64_decode", decoded(fromBase64)),
  each("hex2bin", decoded(fromHex)),
  each("gzinflate", unpacked("deflate")),
  each("gzuncompress gzdecode zlib_decode", unpacked("auto")),
  each("convert_uudecode", decoded(fromUu)),
  each("sprintf", formatted),
  each("str_rot13", decoded(rot13)),
  each("strrev", decoded(reversed)),
  each("urldecode rawurldecode", pure(percentDecoded)),
  each(
    "strtolower",
    pure((text) => text.toLowerCase()),
  ),
  each(
    "strtoupper",
    pure((text) => text.toUpperCase()),
  ),
  each("str_replace", replace),
  each("implode join", (call) => {
    const list = call.args.find((value) => value.kind === "list");
    return TEXT_METHODS["*.join"]!({ ...call, args: [call.args[0] ?? UNKNOWN], ...(list && { receiver: list }) });
  }),
  { chr: characters },
);

const PHP: Language = {
  name: "php",
  lexicon: {
    lineComments: ["#", "//"],
    blockComments: [["/*", "*/"]],
    literal: (text, at) => scriptQuoted(text, at, FILLED),
    name: /\$?[A-Za-z_\x80-\uffff][\w\x80-\uffff]*/y,
  },
  joins: new Set(["."]),
  members: new Set(["->", "::"]),
  prefixes: new Set(["echo", "return", "print", "new", "and", "or", "die", "exit", "if", "while", "isset"]),
  bare: (path) => /^(?:include|require)(?:_once)?$/.test(path),
  ignoresCase: true,
  callsTexts: true,
  statement: phpNames,
  calls: CALLS,
  expression: (text) => text.replace(/[{}]/g, ""),
};

export const scanPhp = (text: string, sink: Sink): void => evaluate(text, PHP, sink);
