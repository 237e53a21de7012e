import { echoed } from "../../cmdline/cmd/kept-lines.ts";
import { hostOf, isNumbered } from "../../cmdline/normal/reach.ts";
import { literalOutput } from "../../cmdline/shell/output.ts";
import { splitProgram } from "../../cmdline/windows/program.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import type { Draft } from "../draft.ts";
import { runsLater } from "../payloads/later.ts";
import { commandPayload, namedPayload } from "../payloads/payload.ts";
import { carriedBy } from "../payloads/written.ts";
import { type Context, copyOf, type Source, type State } from "../state.ts";
import type { ResolvedBehaviour } from "../types.ts";
import { Connections } from "./connections.ts";
import { type Dialect, isOutput, type SimpleCommand, split } from "./dialects.ts";
import { encodedFor } from "./encoded.ts";
import { Exports, joined } from "./environment.ts";
import { Folder } from "./folder.ts";
import { joinsConnection, tellJoined } from "./joined.ts";
import { OptionNames } from "./option-names.ts";
import { printedBy, sourceOf } from "./piped.ts";
import { fillsFrom, hides, joinWrapped, redirectBehaviour, shellBehaviour } from "./redirects.ts";
import type { Running } from "./running.ts";

/** Words of a shell that only steer it are no payloads. */
const SILENT = new Set([
  ..."echo set setlocal endlocal cd chdir pushd popd rem if for exit title color mode prompt path ver vol cls pause break".split(
    " ",
  ),
  ..."shift goto call chcp timeout true false : test [ export unset printf read return local declare readonly wait trap".split(
    " ",
  ),
  ..."umask ulimit alias unalias type hash help history jobs fg bg let pwd sleep".split(" "),
]);

/** Words of a POSIX shell that only say how it finds or starts the program behind them. */
const PREFIXES = new Set(["command", "builtin", "exec"]);

/** The program and its arguments behind such words and their options. */
function behindPrefixes(argv: readonly string[]): readonly string[] {
  let at = 0;
  while (PREFIXES.has(argv[at] ?? "")) {
    at++;
    // `command -v NAME` asks where a program is, and starts none.
    if (argv[at - 1] === "command" && /^-p?[vV]$/.test(argv[at] ?? "")) return [];
    while (/^-[acl]+$/.test(argv[at] ?? "") || argv[at] === "-p" || argv[at] === "--")
      at += argv[at]?.includes("a") ? 2 : 1;
  }
  return at < argv.length ? argv.slice(at) : argv;
}

function commandName(command: SimpleCommand): { name: string; args: readonly string[] } {
  if (command.argv) {
    const [name = "", ...args] = behindPrefixes(command.argv);
    return { name, args };
  }
  const cut = splitProgram(command.text ?? "", undefined, true);
  return { name: cut.program.value, args: cut.args.map((arg) => arg.value) };
}

/** The literal text that a command prints. */
function printed({ argv, text, stdin }: SimpleCommand): string | undefined {
  return argv ? literalOutput(argv, stdin?.text)?.replace(/\n$/, "") : echoed(text ?? "");
}

/** Keeps text that a command writes to a file. Text that goes to a hidden place is there to be run, and is read at once. */
function note(command: SimpleCommand, text: string | undefined, state: State, context: Context): void {
  const into = command.redirects.find(isOutput);
  if (into === undefined || text === undefined) return;
  const { target } = into;
  state.files.write(target, text, into.op === ">>");
  if (command.argv || !hides(target, state)) return;
  const inner = copyOf(context);
  inner.depth++;
  resolveScript(text, "cmd", state, inner);
}

/** A redirection with what will run, where it writes a text into a file that is carried out some day. */
function startsLater(
  behaviour: ResolvedBehaviour,
  text: string | undefined,
  state: State,
  { depth, parent, env }: Context,
): ResolvedBehaviour {
  const runs = runsLater(behaviour.writes, text, state, { depth: depth + 1, parent, env });
  return runs.length > 0 ? { ...behaviour, runs: [...behaviour.runs, ...runs] } : behaviour;
}

/** Words as the variables that a shell gives them: `0`, `1`, … */
const numbered = (words: readonly string[]) => Object.fromEntries(words.map((word, i) => [`${i}`, word]));

/** A command whose words are what another one prints: nobody knows its name. */
const OUTPUT = /^(?:\$\((?!\()|`)/;

/** A shell that carries out, as its commands, what another command brings or decodes. */
function carriesOut({ fetched, decoded }: Source, shell: Draft, state: State): void {
  const script = (value: string, where?: "web"): Payload => namedPayload(value, { what: "script", where }, state);
  const behaviour =
    fetched !== undefined
      ? shellBehaviour("downloaded", shell, state, { runs: [script(fetched, "web")] })
      : decoded && shellBehaviour("decoded", shell, state, { runs: decoded.map((file) => script(file)) });
  const known = ({ id, runs }: ResolvedBehaviour) =>
    id === behaviour?.id && runs[0]?.value === behaviour.runs[0]?.value;
  if (behaviour && !shell.behaviours.some(known)) shell.behaviours.push(behaviour);
}

/**
 * Resolves shell text: each simple command becomes an invocation below `context.parent`, redirections become behaviours of the
 * shell itself. Returns the commands as payloads.
 */
export function resolveScript(script: string, dialect: Dialect, state: State, outer: Context): readonly Payload[] {
  if (!state.allows(outer.depth, script.length)) return [];
  const { parameters } = outer;
  const context = parameters ? withoutParameters(outer) : outer;
  const { commands, cut, files } = split(
    script,
    dialect,
    parameters ? { ...context.env, ...numbered(parameters) } : context.env,
  );
  if (cut !== undefined) state.cut ??= cut;
  for (const [file, made] of files ?? []) state.files.write(file, made, false);
  const payloads: Payload[] = [];
  const shell = context.parent === undefined ? undefined : state.invocations[context.parent];
  const exports = new Exports();
  const connections = new Connections();
  const optionNames = new OptionNames();
  const outside = state.files.folder;
  const folder = new Folder(state.platform, outside);
  const running: Running = { commands, connections, state, context };
  for (const command of commands) {
    exports.note(command);
    connections.note(command);
    const { name, args } = commandName(command);
    folder.note(name, args);
    state.files.folder = folder.path;
    const { redirects } = command;
    const text = redirects.length > 0 ? printed(command) : undefined;
    const behaviour = shell && redirectBehaviour({ redirects, name, args }, text, shell, running);
    const redirected = behaviour && startsLater(behaviour, text, state, context);
    if (redirected) shell.behaviours.push(redirected);
    const isJoined = joinsConnection(running, command);
    note(command, text, state, context);
    const handed = command.feeds?.length || command.words?.length;
    // What a builtin carries out stands in its words alone: its input goes to the commands that they make.
    const source = name === "eval" ? { ...command, feeds: [] } : command;
    const piped = handed ? memoised(() => sourceOf(running, source)) : context.piped;
    if (name === "") continue;
    if (command.argv && OUTPUT.test(name)) {
      if (shell && piped) carriesOut(piped(), shell, state);
      continue;
    }
    const inner = copyOf(context);
    const word = wordOf(name);
    const isSilent = SILENT.has(word) && !STARTING.has(word);
    // No loader reads the environment for what cmd does by itself.
    inner.assigned = isSilent && dialect === "cmd" ? command.assigned : joined(exports.variables, command.assigned);
    inner.stdin = command.stdin ?? context.stdin;
    inner.piped = piped;
    inner.output = outputOf(command);
    inner.typed = dialect === "cmd";
    const encoded = encodedFor(running, command, name);
    inner.obfuscation = encoded ? [...command.obfuscation, encoded] : command.obfuscation;
    const index = command.argv
      ? state.resolver.argv(optionNames.put(command.argv), state, inner)
      : state.resolver.line(command.text ?? "", state, inner);
    if (isJoined) tellJoined(command, index, shell, state);
    if (redirected && command.redirects.some((redirect) => connections.of(redirect) !== undefined))
      joinWrapped(redirected, index, shell, state);
    else if (redirected) fillsFrom(redirected, index, shell, state);
    keepsMade(running, command);
    optionNames.note(command, name, args);
    if (isSilent) continue;
    const payload = commandPayload(name, args, state);
    if (!SILENT.has(word)) payloads.push(payload, ...carriedBy(state.invocations[index]).map((found) => found.payload));
    const made = shell && runsMade(name, payload, state.invocations[index], state);
    const told = made && shellBehaviour(made.id, shell, state, madeRoles(made, folder, state));
    if (told) shell.behaviours.push(told);
  }
  state.files.folder = outside;
  return payloads;
}

/** What a text is given as its parameters, the texts within it are not. */
function withoutParameters(context: Context): Context {
  const inner = copyOf(context);
  inner.parameters = undefined;
  return inner;
}

/** Files into which what a command prints goes; undefined where none does. */
function outputOf({ redirects }: SimpleCommand): readonly string[] | undefined {
  if (redirects.length === 0) return undefined;
  const into = redirects.filter(isOutput);
  return into.length > 0 ? into.map(({ target }) => target) : undefined;
}

interface Made {
  /** The shell's behaviour. */
  readonly id: string;
  readonly runs: readonly Payload[];
  /** Where the file comes from. */
  readonly origin?: string;
  /** Whether what comes from there is an archive, which holds it. */
  readonly inArchive?: boolean;
}

/** What runs that the line itself has decoded, fetched or written: the program, or files that the program is given to carry out. */
function runsMade(name: string, program: Payload, invocation: Draft | undefined, state: State): Made | undefined {
  const { files } = state;
  if (!files.any && !files.anyMade) return undefined;
  const given = invocation?.behaviours.flatMap(({ runs }) => runs) ?? [];
  const fileOf = (payload: Payload) => (payload.what === "command" ? resolvedOf(payload) : payload.value);
  const file = files.program(name);
  const starts = STARTING.has(wordOf(name));
  const started = [
    ...(file === undefined ? [] : [{ payload: program, file }]),
    ...(starts ? given.map((payload) => ({ payload, file: fileOf(payload) })) : []),
  ];
  const decoded = started.find((one) => files.origin(one.file, "decoded") !== undefined);
  if (decoded) return { id: "decoded-program", runs: [decoded.payload] };
  const origin = file === undefined ? undefined : files.origin(file, "fetched");
  if (origin !== undefined) return { id: "fetched-program", runs: [program], origin };
  const archive = invocation?.entry ? undefined : files.unpacked(name);
  if (archive !== undefined) return { id: "fetched-program", runs: [program], origin: archive };
  for (const one of started) {
    const original = files.disguised(one.file);
    if (original !== undefined)
      return { id: "disguised-program", runs: [one.payload, namedPayload(original, { what: "executable" }, state)] };
  }
  const carried = carriedBy(invocation).map(({ payload }) => payload);
  if (carried.length > 0) return { id: "written-program", runs: [program, ...carried] };
  const originOf = (one: Payload) => files.origin(fileOf(one), "fetched") ?? files.unpacked(fileOf(one));
  const runs = given.filter((one) => originOf(one) !== undefined);
  const [first] = runs;
  if (!first) return undefined;
  const inArchive = files.origin(first.value, "fetched") === undefined;
  // Whoever hands on to a program starts it: a script is carried out by another one.
  const isStarted = (starts || state.platform !== "windows") && /^(?:executable|command)$/.test(first.what);
  return { id: isStarted ? "fetched-program" : "fetched-file", runs, origin: originOf(first) ?? "", inArchive };
}

/** The longest of a shell's own words. */
const LONGEST = Math.max(...Array.from(SILENT, ({ length }) => length));

/** A shell's own word, as cmd knows it: the sign that keeps a line from being shown is not a part of it. Empty for a longer name. */
function wordOf(name: string): string {
  const from = name.startsWith("@") ? 1 : 0;
  return name.length - from > LONGEST ? "" : name.slice(from).toLowerCase();
}

/** Words with which cmd starts a program itself. */
const STARTING = new Set(["start", "call"]);

/** What runs, and the machine that it comes from, where that has no name: whoever publishes software has one. */
function madeRoles({ id, runs, origin = "", inArchive = false }: Made, folder: Folder, state: State) {
  // A script that lies in a file on its way to a shell is as much from the web as one that goes through a pipe.
  if (id === "fetched-file" && !inArchive && state.platform !== "windows" && /^(?:https?|ftp):\/\//i.test(origin))
    return {
      runs: [namedPayload(origin, { what: "script", where: "web" }, state)],
      reads: runs.map((file) => folder.whole(file)),
    };
  const fetches = isNumbered(hostOf(origin)) ? [namedPayload(origin, { what: "auto" }, state)] : [];
  return { runs: runs.map((file) => folder.whole(file)), fetches };
}

/** Notes the file into which a command's output goes that comes from another machine or is decoded. */
function keepsMade(running: Running, command: SimpleCommand): void {
  const { connections, state } = running;
  const into = outputOf(command)?.[0];
  if (into === undefined || state.files.writtenTo(into) !== undefined) return;
  if (command.redirects.some((redirect) => redirect.op.startsWith("<") && connections.of(redirect) !== undefined))
    state.files.make(into, "fetched");
  const { fetched, decoded } = printedBy(running, { ...command, redirects: [] });
  if (fetched !== undefined) state.files.make(into, "fetched", fetched);
  else if (decoded) state.files.make(into, "decoded");
}

function memoised<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
