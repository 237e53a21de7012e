import { fillBounded } from "../bounded.ts";
import { argument, code, each, emitProgram, loaded, named, opened, program, shell, table } from "../calls.ts";
import type { Cursor } from "../cursor.ts";
import { evaluate } from "../evaluate.ts";
import type { Call, Handler, Language, Name } from "../language.ts";
import { bracketed, type Literal, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { TEXT_METHODS } from "../texts.ts";
import { flatten, textOf, UNKNOWN, type Value } from "../values.ts";
import { PYTHON_DECODERS } from "./python-decoders.ts";

const STRING = /([A-Za-z]{0,2})("""|'''|"|')/y;

function literal(text: string, at: number): Literal | undefined {
  STRING.lastIndex = at;
  const match = STRING.exec(text);
  if (!match || !/^(?:|[rbuf]|br|rb|fr|rf)$/i.test(match[1]!)) return undefined;
  const prefix = match[1]!.toLowerCase();
  const close = match[2]!;
  const read = readLiteral(text, STRING.lastIndex, {
    close,
    escapes: prefix.includes("r") ? "none" : "backslash",
    keepsUnknown: true,
    multiline: close.length === 3,
    ...(prefix.includes("f") && { interpolation: bracketed("{", "}") }),
  });
  return prefix.includes("b") ? { ...read, as: "bytes" } : read;
}

/** subprocess.*: a list is a program and its arguments, a text is one program, unless `shell=True`. */
const subprocess: Handler = (call) => {
  const first = argument(call, 0);
  const flag = call.named.get("shell");
  const viaShell =
    flag !== undefined &&
    !(flag.kind === "name" && flag.path === "False") &&
    !(flag.kind === "number" && flag.value === 0);
  const [name, ...args] = first?.kind === "list" ? flatten([first]) : [textOf(first)];
  if (name === undefined) return UNKNOWN;
  if (viaShell) return shell()({ ...call, args: [{ kind: "text", text: name, known: true }] });
  emitProgram(
    call,
    textOf(call.named.get("executable")) ?? name,
    args.filter((arg) => arg !== undefined),
  );
  return UNKNOWN;
};

const spawn: Handler = program(0, { rest: false });

/** `__import__("a.b")` gives `a`, unless it is asked for members of it. */
const importModule: Handler = ({ args, named, path }) => {
  const module = textOf(args[0]);
  if (module === undefined) return UNKNOWN;
  const outer = path === "__import__" && args.length < 4 && !named.has("fromlist");
  return { kind: "name", path: outer ? module.replace(/\..*$/s, "") : module };
};

const getAttribute: Handler = ({ args: [object, name] }) => {
  const member = textOf(name);
  if (member === undefined || object === undefined) return UNKNOWN;
  return object.kind === "name"
    ? { kind: "name", path: `${object.path}.${member}` }
    : { kind: "method", receiver: object, name: member };
};

/** `"{} {0}".format(…)`; a place whose value is not constant stays as it is written. */
const formatMethod: Handler = ({ receiver, args, named: values, sink }) => {
  const template = textOf(receiver);
  if (template === undefined) return UNKNOWN;
  let nth = 0;
  let known = true;
  const text = fillBounded(template, /\{(\w{0,32})\}/g, (place, name) => {
    const value = textOf(name === "" ? args[nth++] : /^\d+$/.test(name) ? args[Number(name)] : values.get(name));
    known &&= value !== undefined;
    return value ?? place;
  });
  return sink.fold(text, known);
};

const same: Handler = ({ args }: Call): Value => args[0] ?? UNKNOWN;

const retrieve: Handler = (call) => {
  named("writes", undefined, 1)(call);
  return named("fetches")(call);
};

const connect: Handler = (call) => named("fetches", undefined, call.path.endsWith(".request") ? 1 : 0)(call);

const CALLS = table(
  TEXT_METHODS,
  each("os.system os.popen os.popen2 os.popen3 os.popen4 popen2.popen2 popen2.popen3", shell()),
  each(
    "commands.getoutput commands.getstatusoutput subprocess.getoutput subprocess.getstatusoutput platform.popen",
    shell(),
  ),
  each("asyncio.create_subprocess_shell asyncio.subprocess.create_subprocess_shell", shell()),
  each("os.execl os.execle os.execlp os.execlpe", program(0, { skip: 1 })),
  each("os.execv os.execve os.execvp os.execvpe", program(0, { rest: false, skip: 1 })),
  each("os.spawnl os.spawnle os.spawnlp os.spawnlpe", program(1, { skip: 1 })),
  each("os.spawnv os.spawnve os.spawnvp os.spawnvpe", program(1, { rest: false, skip: 1 })),
  each("os.posix_spawn os.posix_spawnp", program(0, { rest: false, skip: 1 })),
  each("subprocess.call subprocess.run subprocess.Popen subprocess.check_call subprocess.check_output", subprocess),
  each("asyncio.create_subprocess_exec", program()),
  each("pty.spawn", spawn),
  each("os.startfile webbrowser.open", named("runs")),
  each("pexpect.spawn pexpect.run", shell()),
  each("exec eval compile", code("python")),
  each("execfile runpy.run_path imp.load_source", (call) =>
    named("runs", "script", call.path === "imp.load_source" ? 1 : 0)(call),
  ),
  each(
    "ctypes.CDLL ctypes.cdll.LoadLibrary ctypes.WinDLL ctypes.windll.LoadLibrary ctypes.PyDLL ctypes.OleDLL",
    named("runs", "library"),
  ),
  each("importlib.util.spec_from_file_location", loaded("script", 1)),
  each("vars", same),
  { globals: () => ({ kind: "name", path: "__builtins__" }) },
  each("__import__ importlib.import_module", importModule),
  each("open io.open codecs.open", opened()),
  each("urllib.urlopen urllib.request.urlopen urllib2.urlopen urllib.request.Request urllib2.Request", connect),
  each("requests.get requests.post requests.put requests.head requests.request httpx.get httpx.post", connect),
  each("urllib.urlretrieve urllib.request.urlretrieve wget.download", retrieve),
  each("shutil.copy shutil.copyfile shutil.copy2 shutil.move", (call) => {
    named("reads")(call);
    return named("writes", undefined, 1)(call);
  }),
  PYTHON_DECODERS,
  each("str list tuple", same),
  { "*.format": formatMethod, getattr: getAttribute },
);

/** Ways to a member that change nothing about which it is. */
const INNER = /\.(?:__dict__|__wrapped__|__call__)(?=\.|$)/g;
const OUTER = /^(?:(?:__builtins__|builtins|__builtin__|sys\.modules)\.)+/;

const PYTHON: Language = {
  name: "python",
  lexicon: {
    lineComments: ["#"],
    blockComments: [],
    literal,
    name: /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y,
    continuation: "\\",
  },
  joins: new Set(["+"]),
  members: new Set(["."]),
  prefixes: new Set([
    "return",
    "await",
    "not",
    "print",
    "yield",
    "if",
    "elif",
    "while",
    "with",
    "in",
    "and",
    "or",
    "else",
    "for",
    "del",
    "assert",
    "raise",
  ]),
  bare: (path) => path === "exec",
  statement: importStatement,
  canonical: (path) => path.replace(INNER, "").replace(OUTER, ""),
  comprehends: true,
  juxtaposes: true,
  formats: true,
  calls: CALLS,
  expression: (code) => code.slice(1, -1).replace(/(?:![rsa])?(?::[^:{}()[\]]*)?$/, ""),
};

/** `import a as b` and `from a import b as c` give names to paths. */
function importStatement(cursor: Cursor, name: Name): boolean {
  const first = cursor.word(0);
  if (first !== "import" && first !== "from") return false;
  cursor.at++;
  const module = first === "from" ? path(cursor) : "";
  if (first === "from") cursor.at++;
  do {
    while (cursor.isOp(",", "(")) cursor.at++;
    if (cursor.isOp("*")) {
      for (const known of CALLS.keys()) if (known.startsWith(`${module}.`)) name(known.slice(module.length + 1), known);
      return true;
    }
    const what = path(cursor);
    const alias = cursor.word(0) === "as" ? cursor.word(1) : "";
    if (alias) cursor.at += 2;
    if (what && (alias || module)) name(alias || what, module ? `${module}.${what}` : what);
  } while (cursor.isOp(","));
  return true;
}

function path(cursor: Cursor): string {
  let text = cursor.word(0);
  if (text) cursor.at++;
  while (text && cursor.isOp(".") && cursor.word(1)) {
    text += `.${cursor.word(1)}`;
    cursor.at += 2;
  }
  return text;
}

/** `x[::-1]`, as the method call that it is as good as. */
const REVERSAL = /\[\s{0,8}:\s{0,8}:\s{0,8}-\s{0,8}1\s{0,8}\]/g;

export const scanPython = (text: string, sink: Sink): void =>
  evaluate(text.includes(":") ? text.replace(REVERSAL, ".__reversed__()") : text, PYTHON, sink);
