import { entryOf } from "../../../model/entry.ts";
import { joinBounded } from "../bounded.ts";
import { bytesOfList, decoded, fromBase64, fromHex, unpacked } from "../bytes.ts";
import { argument, characters, code, each, emitProgram, loaded, named, pure, shell, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import type { Call, Handler, Language } from "../language.ts";
import { operandExpected, type Token } from "../lex.ts";
import { bracketed, type Literal, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { addressCode, percentDecoded, TEXT_METHODS } from "../texts.ts";
import { flatten, textOf, UNKNOWN } from "../values.ts";
import { COM_CALLS, withObject } from "./com.ts";
import { javaScriptNames } from "./renames.ts";

/** No bell and no escape character: `\\a` is a letter. Source: ECMAScript, "String Literals". */
const ESCAPED = { escapes: "backslash", unescaped: "ae" } as const;

function literal(text: string, at: number, before: Token | undefined): Literal | undefined {
  const c = text[at];
  if (c === '"' || c === "'") return readLiteral(text, at + 1, { ...ESCAPED, close: c });
  if (c === "`") return readLiteral(text, at + 1, { ...ESCAPED, close: "`", interpolation: bracketed("${", "}") });
  if (c !== "/" || !operandExpected(before)) return undefined;
  return { ...readLiteral(text, at + 1, { close: "/", escapes: "backslash", multiline: false }), as: "skip" };
}

/** A module of node by its name; a path is a script of its own. */
const load: Handler = (call) => {
  const name = textOf(call.args[0]);
  if (name === undefined) return UNKNOWN;
  if (!/^[./\\]|^[A-Za-z]:[\\/]/.test(name)) return { kind: "name", path: name.replace(/^node:/, "") };
  if (name.endsWith(".json")) return named("reads", "config")(call);
  return loaded(name.endsWith(".node") ? "library" : "script")(call);
};

/** spawn(program, args, options): `shell` in the options joins them to one text. */
const spawn: Handler = (call) => {
  const [first, second] = call.args;
  const options = call.args.find((value) => value.kind === "object");
  const flag = options?.kind === "object" ? options.entries.get("shell") : undefined;
  const file = textOf(first);
  if (file === undefined) return UNKNOWN;
  const args = second?.kind === "list" ? flatten([second]) : [];
  const viaShell = flag !== undefined && !(flag.kind === "name" && flag.path === "false");
  if (!viaShell) emitProgram(call, file, args);
  else shell()({ ...call, args: [{ kind: "text", text: joinBounded([file, ...args], " ") ?? file, known: true }] });
  return UNKNOWN;
};

/** spawn({file, args}) of node's internals, {cmd} of other runtimes, and `Bun.spawn([…])`. */
const spawnObject: Handler = (call) => {
  const [first] = call.args;
  if (first?.kind === "list") {
    const [name, ...args] = flatten([first]);
    emitProgram(call, name, args);
  }
  if (first?.kind !== "object") return UNKNOWN;
  const list = first.entries.get("cmd");
  if (list) return spawnObject({ ...call, args: [list] });
  const args = first.entries.get("args");
  emitProgram(call, textOf(first.entries.get("file")), args ? flatten([args]).slice(1) : []);
  return UNKNOWN;
};

const command: Handler = (call) => {
  const options = call.args[1];
  const args = options?.kind === "object" ? options.entries.get("args") : undefined;
  emitProgram(call, textOf(argument(call, 0)), args ? flatten([args]) : []);
  return UNKNOWN;
};

/** A function that is handed over by its name is called with what the promise gives; where it is no more than read, that goes on. */
const then: Handler = (call) => {
  const { receiver, args } = call;
  if (receiver?.kind !== "source") return UNKNOWN;
  for (const given of args)
    if (given.kind === "name") entryOf(SHARED, given.path)?.({ ...call, path: given.path, args: [receiver] });
  return receiver;
};

const PREFIX = /^(?:this|window|globalThis|global|self|top|parent|process\.mainModule)\./;

const NODE: Readonly<Record<string, Handler>> = {
  ...each("require import process.getBuiltinModule", load),
  ...each("child_process.exec child_process.execSync execSync", shell()),
  ...each("child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync", spawn),
  ...each("spawn spawnSync execFile execFileSync", spawn),
  ...each("child_process.fork fork Worker worker_threads.Worker", named("runs", "script")),
  ...each("process.binding process.dlopen", (call: Call) =>
    call.path.endsWith("dlopen") ? named("runs", "library", 1)(call) : load(call),
  ),
  ...each("spawn_sync.spawn Bun.spawn Bun.spawnSync Deno.run", spawnObject),
  ...each("Deno.Command", command),
  ...each("fs.readFileSync fs.readFile fs.createReadStream fs.promises.readFile Deno.readTextFile", named("reads")),
  ...each(
    "fs.writeFileSync fs.writeFile fs.createWriteStream fs.appendFileSync fs.promises.writeFile",
    named("writes"),
  ),
  ...each("fetch http.get https.get http.request https.request axios.get", named("fetches")),
  ...each("vm.runInThisContext vm.runInNewContext vm.runInContext eval", code("javascript")),
  Function: (call) => code("javascript", call.args.length - 1)(call),
  // Most often they are given a function.
  ...each("setTimeout setInterval", (call) => (call.args[0]?.kind === "text" ? code("javascript")(call) : UNKNOWN)),
  ...each("String.fromCharCode String.fromCodePoint", characters),
  atob: decoded(fromBase64),
  ...each("Buffer.from Buffer", (call) => {
    const encoding = textOf(call.args[1]);
    if (call.args[0]?.kind === "list") return bytesOfList(call);
    if (encoding?.startsWith("base64")) return decoded(fromBase64)(call);
    return encoding === "hex" ? decoded(fromHex)(call) : call.args[0];
  }),
  ...each("zlib.inflateSync zlib.unzipSync zlib.gunzipSync", unpacked("auto")),
  ...each("zlib.inflateRawSync", unpacked("deflate")),
  ...each("zlib.brotliDecompressSync", unpacked("brotli")),
  ...each("unescape decodeURIComponent decodeURI", pure(percentDecoded)),
  String: ({ args }) => args[0],
  "*.then": then,
};

/** Programs of the Java host: `java.lang.Runtime.getRuntime().exec`, ProcessBuilder, jrunscript's own functions. */
const JAVA: Readonly<Record<string, Handler>> = {
  ...each("java.lang.Runtime.getRuntime Runtime.getRuntime", () => ({ kind: "name", path: "Runtime" })),
  ...each("Runtime.exec", (call) => runtimeExec(call)),
  ...each("java.lang.ProcessBuilder ProcessBuilder", (call) =>
    spawnObject({ ...call, args: call.args[0]?.kind === "list" ? call.args : [{ kind: "list", items: call.args }] }),
  ),
  "Java.type": (call) => ({ kind: "name", path: textOf(call.args[0]) ?? "" }),
  ...each("java.io.FileReader java.io.FileInputStream java.util.Scanner java.io.RandomAccessFile", named("reads")),
  ...each("java.io.FileWriter java.io.FileOutputStream java.io.PrintWriter", named("writes")),
  ...each("java.net.URL URL", named("fetches")),
  ...each("System.load java.lang.System.load", named("runs", "library")),
  ...each("load", named("runs", "script")),
};

/** Runtime.exec splits a text at blanks, with no quoting. */
const runtimeExec: Handler = (call) => {
  const [first] = call.args;
  if (first?.kind === "list") return spawnObject(call);
  const text = textOf(first)?.trim();
  const [name, ...args] = text?.split(/\s+/) ?? [];
  emitProgram(call, name, args);
  return UNKNOWN;
};

const SHARED: Readonly<Record<string, Handler>> = { ...NODE, ...JAVA, ...COM_CALLS, ...TEXT_METHODS };

const JAVASCRIPT: Language = {
  name: "javascript",
  lexicon: {
    lineComments: ["//"],
    blockComments: [["/*", "*/"]],
    literal,
    name: /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y,
  },
  joins: new Set(["+"]),
  members: new Set([".", "?."]),
  prefixes: new Set([
    "new",
    "return",
    "var",
    "let",
    "const",
    "await",
    "void",
    "typeof",
    "throw",
    "yield",
    "if",
    "while",
    "else",
  ]),
  foldsMembers: true,
  statement: (cursor, name) => javaScriptNames(cursor, name) || withObject(cursor, name),
  calls: table(SHARED, each("exec", shell())),
  expression: (text) => text.slice(2, -1),
  canonical: (path) => path.replace(PREFIX, ""),
};

/** What jrunscript reads: its `exec` gives the text to the system, which splits it at blanks. */
const JRUNSCRIPT: Language = {
  ...JAVASCRIPT,
  calls: table(SHARED, {
    exec: runtimeExec,
    ...each("cat", named("reads")),
    ...each("cp", (call) => {
      named("writes", undefined, 1)(call);
      return named("reads")(call);
    }),
  }),
};

export const scanJavaScript = (text: string, sink: Sink): void => evaluate(addressCode(text), JAVASCRIPT, sink);
export const scanJRunScript = (text: string, sink: Sink): void => evaluate(text, JRUNSCRIPT, sink);

const GROOVY_CALLS = table(SHARED, {
  ...each("*.execute", (call: Call) => runtimeExec({ ...call, args: call.receiver ? [call.receiver] : [] })),
  ...each("evaluate Eval.me GroovyShell.evaluate", code("groovy")),
  ...each("*.toURL *.toURI", ({ receiver }) => receiver),
  ...each("File", named("reads")),
});

const GROOVY: Language = {
  ...JAVASCRIPT,
  name: "groovy",
  prefixes: new Set(["new", "return", "def", "println", "print", "if", "while"]),
  calls: GROOVY_CALLS,
};

export const scanGroovy = (text: string, sink: Sink): void => evaluate(text, GROOVY, sink);
