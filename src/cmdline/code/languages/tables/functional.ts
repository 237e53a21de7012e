import { code, each, loaded, named, program, shell, table } from "../../calls.ts";
import type { Language } from "../../language.ts";
import { RAW_SINGLE, readLiteral } from "../../literals.ts";
import type { Scanner } from "../../sink.ts";
import { UNKNOWN } from "../../values.ts";
import { BASE, backticks, doubleOnly, programAndList, quoted, scanner, withBangs } from "./base.ts";

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
    literal: (text, at) => backticks(text, at) ?? doubleOnly(text, at),
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

/** Languages of functions and clauses, and Go. */
export const FUNCTIONAL: Readonly<Record<string, Scanner>> = {
  elixir: scanner(ELIXIR),
  erlang: scanner(ERLANG),
  haskell: withBangs(HASKELL),
  ocaml: scanner(OCAML),
  prolog: scanner(PROLOG),
  go: scanner(GO),
};
