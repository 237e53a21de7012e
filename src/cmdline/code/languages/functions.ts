import { joinBounded } from "../bounded.ts";
import { code, each, emitProgram, loaded, named, opened, program, shell, table } from "../calls.ts";
import { evaluate } from "../evaluate.ts";
import type { Handler, Language } from "../language.ts";
import { DOUBLE, type Literal, RAW_SINGLE, readLiteral, SINGLE } from "../literals.ts";
import type { Scanner } from "../sink.ts";
import { TEXT_METHODS } from "../texts.ts";
import { flatten, knownText, textOf, UNKNOWN } from "../values.ts";

function quoted(text: string, at: number): Literal | undefined {
  if (text[at] === '"') return readLiteral(text, at + 1, DOUBLE);
  return text[at] === "'" ? readLiteral(text, at + 1, SINGLE) : undefined;
}

const doubleOnly = (text: string, at: number): Literal | undefined =>
  text[at] === '"' ? readLiteral(text, at + 1, DOUBLE) : undefined;

function backticks(text: string, at: number): Literal | undefined {
  return text[at] === "`" ? { ...readLiteral(text, at + 1, { close: "`", escapes: "none" }), as: "shell" } : undefined;
}

const BASE: Omit<Language, "name" | "calls"> = {
  lexicon: { lineComments: ["#"], blockComments: [], literal: quoted, name: /[A-Za-z_]\w*/y },
  joins: new Set(),
  members: new Set(["."]),
  prefixes: new Set(["return", "if", "not"]),
};

const paste: Handler = ({ args, named: options, sink, path }) => {
  const texts = args.map(knownText);
  const separator = knownText(options.get("sep")) ?? (path === "paste" ? " " : "");
  return texts.includes(undefined) ? UNKNOWN : sink.fold(joinBounded(flatten(args), separator));
};

/** The program and the list of its arguments. */
const programAndList: Handler = (call) => {
  const [name, args] = call.args;
  emitProgram(call, textOf(name), args ? flatten([args]) : []);
  return UNKNOWN;
};

/** `open([function,] name, mode)`, or the output of a command. */
const juliaOpen: Handler = (call) => {
  if (call.args[0]?.kind === "list") return program()({ ...call, args: call.args.slice(0, 1) });
  const first = call.args.findIndex((value) => value.kind === "text");
  return first < 0 ? UNKNOWN : opened()({ ...call, args: call.args.slice(first) });
};

const R: Language = {
  ...BASE,
  name: "r",
  lexicon: { ...BASE.lexicon, name: /[A-Za-z.][\w.]*(?:::[\w.]+)?/y },
  members: new Set(["$"]),
  calls: table({
    ...each("system shell base::system pipe", shell()),
    ...each("system2 processx::run sys::exec_wait", programAndList),
    ...each("shell.exec", named("runs")),
    ...each("source sys.source", named("runs", "script")),
    ...each("dyn.load library.dynam", named("runs", "library")),
    ...each("file", opened()),
    ...each("readLines readRDS read.csv read.table scan", named("reads")),
    ...each("writeLines sink saveRDS", named("writes")),
    ...each("url", named("fetches")),
    "download.file": (call) => {
      named("writes", undefined, 1)(call);
      return named("fetches")(call);
    },
    ...each("paste paste0", paste),
    c: ({ args }) => ({ kind: "list", items: args }),
  }),
};

const OCTAVE: Language = {
  ...BASE,
  name: "octave",
  lexicon: {
    ...BASE.lexicon,
    lineComments: ["#", "%"],
    // Only texts in double quotes have escapes.
    literal: (text, at) => (text[at] === "'" ? readLiteral(text, at + 1, RAW_SINGLE) : doubleOnly(text, at)),
  },
  calls: table({
    ...each("system shell_cmd unix dos popen", shell()),
    ...each("exec popen2", programAndList),
    ...each("source run", named("runs", "script")),
    ...each("fopen", opened()),
    ...each("eval evalc", code("octave")),
    ...each("urlread", named("fetches")),
    urlwrite: (call) => {
      named("writes", undefined, 1)(call);
      return named("fetches")(call);
    },
  }),
};

const SCILAB: Language = {
  ...BASE,
  name: "scilab",
  lexicon: { ...BASE.lexicon, lineComments: ["//"] },
  joins: new Set(["+"]),
  calls: table(
    each("unix unix_g unix_s unix_w unix_x dos host", shell()),
    each("exec", named("runs", "script")),
    each("link", named("runs", "library")),
    each("execstr evstr", code("scilab")),
    each("http_get getURL", named("fetches")),
  ),
};

/** What gnuplot reads from a name that begins with `<` is the output of a command. */
const plotted: Handler = (call) => {
  const text = textOf(call.args[0]) ?? "";
  const piped = /^[<|]\s*(.+)$/s.exec(text)?.[1];
  if (piped !== undefined) return call.sink.emit({ role: "runs", what: "command", value: piped, shell: true });
  return call.path === "load" || call.path === "call"
    ? named("runs", "script")(call)
    : call.path === "output"
      ? named("writes")(call)
      : named("reads")(call);
};

const GNUPLOT: Language = {
  ...BASE,
  name: "gnuplot",
  lexicon: { ...BASE.lexicon, literal: (text, at) => backticks(text, at) ?? quoted(text, at) },
  joins: new Set(["."]),
  prefixes: new Set(["set"]),
  bare: () => true,
  calls: table(
    each("system shell", shell()),
    each("load call plot splot output stats", plotted),
    each("eval evaluate", code("gnuplot")),
  ),
};

const ELIXIR: Language = {
  ...BASE,
  name: "elixir",
  joins: new Set(["<>", "++"]),
  members: new Set([".", ":"]),
  lexicon: { ...BASE.lexicon, name: /:?[A-Za-z_]\w*[?!]?/y },
  calls: table({
    ...each("System.cmd Port.open", programAndList),
    ...each("System.shell :os.cmd os.cmd", shell()),
    ...each("Code.eval_string", code("elixir")),
    ...each("File.read! File.read file.read_file file.consult", named("reads")),
    ...each("Code.require_file Code.load_file", named("runs", "script")),
  }),
};

const ERLANG: Language = { ...ELIXIR, name: "erlang", lexicon: { ...BASE.lexicon, lineComments: ["%"] } };

const HASKELL: Language = {
  ...BASE,
  name: "haskell",
  lexicon: { lineComments: ["--"], blockComments: [["{-", "-}"]], literal: doubleOnly, name: /[A-Za-z_][\w']*/y },
  joins: new Set(["++"]),
  bare: () => true,
  spaced: true,
  calls: table({
    ...each(
      "*.callCommand callCommand *.spawnCommand spawnCommand *.system system *.shell shell *.readCreateProcess",
      shell(),
    ),
    ...each(
      "*.callProcess callProcess *.rawSystem rawSystem *.readProcess readProcess *.spawnProcess spawnProcess *.proc proc",
      programAndList,
    ),
    ...each("*.executeFile executeFile", (call) =>
      programAndList({ ...call, args: [call.args[0], call.args[2] ?? call.args[1]].map((value) => value ?? UNKNOWN) }),
    ),
    ...each("readFile *.readFile", named("reads")),
    ...each("writeFile *.writeFile", named("writes")),
  }),
};

const OCAML: Language = {
  ...BASE,
  name: "ocaml",
  lexicon: { lineComments: [], blockComments: [["(*", "*)"]], literal: doubleOnly, name: /[A-Za-z_][\w']*/y },
  joins: new Set(["^"]),
  bare: () => true,
  spaced: true,
  calls: table(
    each("Sys.command Unix.system Unix.open_process_in Unix.open_process", shell()),
    each("Unix.execv Unix.execvp", program(0, { rest: false, skip: 1 })),
  ),
};

const PROLOG: Language = {
  ...BASE,
  name: "prolog",
  lexicon: {
    lineComments: ["%"],
    blockComments: [["/*", "*/"]],
    literal: (text, at) => (text[at] === "'" ? readLiteral(text, at + 1, RAW_SINGLE) : quoted(text, at)),
    name: /[A-Za-z_]\w*/y,
  },
  calls: table(
    each("shell system exec", shell()),
    each("process_create", programAndList),
    each("consult load_files", named("runs", "script")),
    each("load_foreign_library", loaded("library")),
  ),
};

/** The list behind the program's name in `syscall.Exec` begins with the name again. */
const GO: Language = {
  ...BASE,
  name: "go",
  lexicon: {
    lineComments: ["//"],
    blockComments: [["/*", "*/"]],
    literal: (text, at) =>
      text[at] === "`" ? readLiteral(text, at + 1, { close: "`", escapes: "none" }) : doubleOnly(text, at),
    name: /[A-Za-z_]\w*/y,
  },
  joins: new Set(["+"]),
  calls: table({
    ...each("exec.Command", program()),
    "exec.CommandContext": program(1),
    ...each("syscall.Exec os.StartProcess syscall.ForkExec unix.Exec", program(0, { rest: false, skip: 1 })),
    ...each("http.Get", named("fetches")),
    ...each("os.ReadFile ioutil.ReadFile os.Open", named("reads")),
    "os.OpenFile": named("writes"),
    ...each("os.WriteFile ioutil.WriteFile os.Create", named("writes")),
    ...each("plugin.Open", named("runs", "library")),
  }),
};

/** The backticks of Julia are a command in words, not text for a shell. */
const JULIA: Language = {
  ...BASE,
  name: "julia",
  lexicon: {
    ...BASE.lexicon,
    blockComments: [["#=", "=#"]],
    literal: (text, at) =>
      text[at] === "`"
        ? { ...readLiteral(text, at + 1, { close: "`", escapes: "none" }), as: "argv" }
        : doubleOnly(text, at),
  },
  joins: new Set(["*"]),
  calls: table({
    ...each("run success readchomp pipeline Base.run", (call) => {
      for (const value of call.args) if (value.kind === "list") program()({ ...call, args: [value] });
      return UNKNOWN;
    }),
    ...each("read open eachline readlines", juliaOpen),
    ...each("include evalfile", named("runs", "script")),
    ...each("write", named("writes")),
    ...each("download Downloads.download", (call) => {
      named("writes", undefined, 1)(call);
      return named("fetches")(call);
    }),
    Cmd: ({ args }) => args[0],
    ...each("dlopen Libdl.dlopen", named("runs", "library")),
  }),
};

function scanner(language: Language): Scanner {
  let whole: Language | undefined;
  return (text, sink) => {
    whole ??= { ...language, calls: table(TEXT_METHODS, Object.fromEntries(language.calls)) };
    evaluate(text, whole, sink);
  };
}

const BANG = /^\s*:?!/;

/** A line that begins with `!` (`:!` in GHCi) is for the shell; the rest is read by the language. */
function withBangs(language: Language): Scanner {
  const plain = scanner(language);
  return (text, sink) => {
    const lines = text.split("\n");
    for (const line of lines) if (BANG.test(line)) sink.shell(line.replace(BANG, ""));
    plain(lines.filter((line) => !BANG.test(line)).join("\n"), sink);
  };
}

/** Languages that need a table of calls and little else. */
export const FUNCTION_SCANNERS: Readonly<Record<string, Scanner>> = {
  r: scanner(R),
  octave: withBangs(OCTAVE),
  scilab: scanner(SCILAB),
  gnuplot: withBangs(GNUPLOT),
  elixir: scanner(ELIXIR),
  erlang: scanner(ERLANG),
  haskell: withBangs(HASKELL),
  ocaml: scanner(OCAML),
  prolog: scanner(PROLOG),
  julia: scanner(JULIA),
  go: scanner(GO),
};
