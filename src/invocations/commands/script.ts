import { echoed } from "../../cmdline/cmd/kept-lines.ts";
import { literalOutput } from "../../cmdline/shell/output.ts";
import { splitProgram } from "../../cmdline/windows/program.ts";
import { promptOf } from "../../decode/text/cmd-set.ts";
import type { Payload } from "../../model/payload.ts";
import type { Draft } from "../draft.ts";
import { runsLater } from "../payloads/later.ts";
import { commandPayload, inlinePayload, namedPayload, placePayload } from "../payloads/payload.ts";
import { carriedBy } from "../payloads/written.ts";
import { type Context, copyOf, type Source, type State } from "../state.ts";
import type { ResolvedBehaviour } from "../types.ts";
import { shellOfWords } from "./appended.ts";
import { Connections } from "./connections.ts";
import { type Dialect, isOutput, type SimpleCommand, split } from "./dialects.ts";
import { encodedFor, tellEncoded } from "./encoded.ts";
import { Exports, joined } from "./environment.ts";
import { Folder, startsIn } from "./folder.ts";
import { implyShell, needsOwnShell } from "./implied.ts";
import { joinsConnection, tellJoined } from "./joined.ts";
import { keepsMade, madeRoles, noteUnpacked, runsMade } from "./made.ts";
import { OptionNames } from "./option-names.ts";
import { behindPrefixes, isPrefixAlone, isSilent, STARTING, wordOf } from "./own-words.ts";
import { sourceOf } from "./piped.ts";
import { fillsFrom, hides, joinWrapped, outputOf, redirectBehaviour, shellBehaviour } from "./redirects.ts";
import { Removed, removalOf } from "./removed.ts";
import type { Running } from "./running.ts";

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

/** Whether what it prints ends a line. */
const endsLine = ({ argv, text, stdin }: SimpleCommand): boolean =>
  argv ? literalOutput(argv, stdin?.text)?.endsWith("\n") === true : promptOf(text ?? "") === undefined;

/** Keeps text that a command writes to a file. Text that goes to a hidden place is there to be run, and is read at once. */
function note(command: SimpleCommand, text: string | undefined, state: State, context: Context): void {
  const into = command.redirects.find(isOutput);
  if (into === undefined || text === undefined) return;
  const { target } = into;
  state.files.write(target, text, into.op === ">>", endsLine(command));
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
/** A command that a variable names, which may hold what another one prints. */
const VARIABLE = /^\$(?:\w+|\{\w+\})$/;

/** A shell that carries out, as its commands, what another command brings or decodes. */
function carriesOut({ fetched, decoded, unread, kept }: Source, shell: Draft, state: State): void {
  const script = (value: string, where?: "web"): Payload => namedPayload(value, { what: "script", where }, state);
  const behaviour =
    fetched !== undefined
      ? shellBehaviour("downloaded", shell, state, { runs: [script(fetched, "web")] })
      : unread !== undefined
        ? shellBehaviour("decoded", shell, state, { runs: [inlinePayload(unread)] })
        : kept !== undefined
          ? shellBehaviour("kept-code", shell, state, {
              runs: [placePayload(kept, { what: "script", where: "environment" })],
            })
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
  const given = parameters ? withoutParameters(outer) : outer;
  const { commands, cut, overfull, files } = split(
    script,
    dialect,
    parameters ? { ...given.env, ...numbered(parameters) } : given.env,
  );
  if (cut !== undefined && overfull) state.overfill(cut);
  else if (cut !== undefined) state.cut ??= cut;
  for (const [file, made] of files ?? []) state.files.write(file, made, false);
  const payloads: Payload[] = [];
  const context = needsOwnShell(dialect, commands, shellAround(given.parent, state))
    ? within(implyShell(dialect, script, state, given.depth, given.parent), given)
    : given;
  const shell = shellAround(context.parent, state);
  const exports = new Exports();
  const connections = new Connections();
  const optionNames = new OptionNames();
  const outside = state.files.folder;
  const folder = new Folder(state.platform, outside);
  const removed = new Removed();
  const running: Running = { commands, connections, state, context };
  for (const command of commands) {
    exports.note(command);
    connections.note(command);
    const { name, args } = commandName(command);
    folder.note(name, args);
    if (dialect === "cmd") state.files.noteDrive(name, args);
    state.files.folder = (dialect === "cmd" ? startsIn(command) : undefined) ?? folder.path;
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
    const isPrinted = command.argv !== undefined && OUTPUT.test(name);
    const isMade = isPrinted || (command.words?.length && VARIABLE.test(name));
    if (isMade && shell && piped) carriesOut(piped(), shell, state);
    if (isPrinted) continue;
    const inner = copyOf(context);
    const word = wordOf(name);
    const silent = isSilent(word, state) || isPrefixAlone(command, name);
    const steers = silent && !STARTING.has(word);
    // No loader reads the environment for what cmd does by itself.
    inner.assigned = steers && dialect === "cmd" ? command.assigned : joined(exports.variables, command.assigned);
    inner.stdin = command.stdin ?? context.stdin;
    inner.piped = piped;
    inner.output = outputOf(command);
    inner.typed = dialect === "cmd";
    const encoded = encodedFor(running, command, name);
    inner.obfuscation = encoded ? [...command.obfuscation, encoded] : command.obfuscation;
    const index = command.argv
      ? state.resolver.argv(optionNames.put(command.argv), state, inner)
      : state.resolver.line(command.text ?? "", state, inner);
    if (encoded) tellEncoded(index, command, state);
    const told = command.feeds?.length && piped ? shellOfWords(command, index, state) : undefined;
    if (told && piped) carriesOut(piped(), told, state);
    if (isJoined) tellJoined(command, index, shell, state);
    if (redirected && command.redirects.some((redirect) => connections.of(redirect) !== undefined))
      joinWrapped(redirected, index, shell, state);
    else if (redirected) fillsFrom(redirected, index, shell, state);
    keepsMade(running, command);
    if (command.feeds?.length) noteUnpacked(state.invocations[index], piped, state);
    optionNames.note(command, name, args);
    if (steers) continue;
    const payload = commandPayload(name, args, state);
    if (!silent) payloads.push(payload, ...carriedBy(state.invocations[index]).map((found) => found.payload));
    const made = shell && runsMade(name, payload, index, state);
    const ran = made && shellBehaviour(made.id, shell, state, madeRoles(made, folder, dialect, state));
    if (ran) shell.behaviours.push(ran);
    else if (command.argv) removed.note(name, payload);
    const gone = command.argv && shell ? removed.by(name, args) : [];
    const hidden = shell && gone.length > 0 && shellBehaviour(removalOf(gone), shell, state, { runs: gone });
    if (hidden) shell.behaviours.push(hidden);
  }
  state.files.folder = outside;
  return payloads;
}

/** Who carries out the text: where that is a script that the line has written, the shell around it. */
function shellAround(parent: number | undefined, { invocations }: State): Draft | undefined {
  let at = parent;
  while (at !== undefined && invocations[at]?.entry === undefined && invocations[at]?.parent !== undefined)
    at = invocations[at]?.parent;
  return at === undefined ? undefined : invocations[at];
}

/** The same place behind another program. */
function within(parent: number, context: Context): Context {
  const inner = copyOf(context);
  inner.parent = parent;
  inner.depth++;
  return inner;
}

/** What a text is given as its parameters, the texts within it are not. */
function withoutParameters(context: Context): Context {
  const inner = copyOf(context);
  inner.parameters = undefined;
  return inner;
}

function memoised<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
