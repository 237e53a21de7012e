import { joinBounded } from "../../bounded.ts";
import { code, each, named, opened, program, shell, table } from "../../calls.ts";
import type { Handler, Language } from "../../language.ts";
import { RAW_SINGLE, readLiteral } from "../../literals.ts";
import type { Scanner } from "../../sink.ts";
import { flatten, knownText, textOf, UNKNOWN } from "../../values.ts";
import { BASE, backticks, doubleOnly, download, programAndList, quoted, scanner, withBangs } from "./base.ts";

const paste: Handler = ({ args, named: options, sink, path }) => {
  const texts = args.map(knownText);
  const separator = knownText(options.get("sep")) ?? (path === "paste" ? " " : "");
  return texts.includes(undefined) ? UNKNOWN : sink.fold(joinBounded(flatten(args), separator));
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
    "download.file": download,
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
    urlwrite: download,
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
  lexicon: { ...BASE.lexicon, literal: (text, at) => backticks(text, at, "shell") ?? quoted(text, at) },
  joins: new Set(["."]),
  prefixes: new Set(["set"]),
  bare: () => true,
  calls: table(
    each("system shell", shell()),
    each("load call plot splot output stats", plotted),
    each("eval evaluate", code("gnuplot")),
  ),
};

/** The backticks of Julia are a command in words, not text for a shell. */
const JULIA: Language = {
  ...BASE,
  name: "julia",
  lexicon: {
    ...BASE.lexicon,
    blockComments: [["#=", "=#"]],
    literal: (text, at) => backticks(text, at, "argv") ?? doubleOnly(text, at),
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
    ...each("download Downloads.download", download),
    Cmd: ({ args }) => args[0],
    ...each("dlopen Libdl.dlopen", named("runs", "library")),
  }),
};

/** Languages in which people compute and plot. */
export const NUMERIC: Readonly<Record<string, Scanner>> = {
  r: scanner(R),
  octave: withBangs(OCTAVE),
  scilab: scanner(SCILAB),
  gnuplot: withBangs(GNUPLOT),
  julia: scanner(JULIA),
};
