import { obfuscation } from "../../cmdline/normal/distance.ts";
import { decodedBy } from "../../cmdline/shell/output.ts";
import type { Obfuscation } from "../../model/invocation.ts";
import { inlinePayload } from "../payloads/payload.ts";
import type { State } from "../state.ts";
import type { SimpleCommand } from "./dialects.ts";
import { shellBehaviour } from "./redirects.ts";
import type { Running } from "./running.ts";
import { isShell, startsShell } from "./shells.ts";

/** Most commands that are looked at on the way to the one that decodes. */
const MAX_STEPS = 8;

/** Longest piece of the encoded text that is shown. */
const MAX_SHOWN = 48;

/** The file that a shell is told to carry out. */
function scriptOf(argv: readonly string[], state: State): string | undefined {
  const at = argv.findIndex((word) => isShell(word, state));
  return argv.slice(at + 1).find((word) => !word.startsWith("-"));
}

/** That the text which a shell carries out, or the name of a program, stands on the line in a form that nobody reads. */
export function encodedFor(
  { commands, state }: Running,
  command: SimpleCommand,
  name: string,
): Obfuscation | undefined {
  const { argv = [], speaker, words = [] } = command;
  const isWritten = state.files.hasWritten && state.files.hasMade;
  if (speaker === undefined && words.length === 0 && !isWritten) return undefined;
  const isShell = startsShell(name, argv.slice(1), state);
  const script = isShell && isWritten ? scriptOf(argv, state) : undefined;
  const kept = script === undefined ? undefined : state.files.origin(script, "encoded");
  if (kept !== undefined) return obfuscation("encodedCommand", kept.slice(0, MAX_SHOWN));
  const outputs = words.map((index) => lastOf(commands, index));
  const ways = isShell && speaker !== undefined ? [speaker, ...outputs] : outputs;
  for (let step = 0; step < ways.length && step < MAX_STEPS; step++) {
    const before: SimpleCommand | undefined = commands[ways[step] ?? -1];
    if (!before?.argv) continue;
    const text = decodedBy(before.argv, before.stdin?.text);
    if (text !== undefined && (isShell || text.trimStart().startsWith(name)))
      return obfuscation("encodedCommand", before.stdin?.text?.trim().slice(0, MAX_SHOWN) ?? "");
    if (before.speaker !== undefined) ways.push(before.speaker);
  }
  return undefined;
}

/** The command at the end of the pipe that begins at this one. */
function lastOf(commands: readonly SimpleCommand[], first: number): number {
  let last = first;
  for (let at = first + 1; at <= first + MAX_STEPS; at++) if (commands[at]?.speaker === last) last = at;
  return last;
}

/** Behaviours of a shell by which it carries out a text. */
const CARRIES_OUT = /\/(?:command|script|script-on-stdin|script-from-file)$/;

/** Techniques of code that is decoded before it runs. */
const DECODING = ["T1140", "T1027"];

/** Behaviours of a shell that carries out its words, which it mostly does with words that anybody can read. */
const BY_WORDS = /\/command$/;

/** The words of a command that a shell puts together and carries out. */
const textOf = ({ argv = [] }: SimpleCommand): string => argv.slice(1).join(" ");

/**
 * Tells of a shell that what it carries out stood on the line in such a form.
 * @param index where the command is that starts the shell
 */
export function tellEncoded(index: number, command: SimpleCommand, state: State): void {
  const shell = state.invocations.slice(Math.max(index, 0)).find(({ entry }) => entry?.category === "shell");
  if (!shell) return;
  shell.behaviours = shell.behaviours.map((told) =>
    CARRIES_OUT.test(told.id) ? { ...told, techniques: [...new Set([...told.techniques, ...DECODING])] } : told,
  );
  if (!command.words?.length || !shell.behaviours.every(({ id }) => BY_WORDS.test(id))) return;
  const runs = shell.behaviours[0]?.runs ?? [inlinePayload(textOf(command))];
  const decoded = shellBehaviour("decoded", shell, state, { runs });
  if (decoded) shell.behaviours.push(decoded);
}
