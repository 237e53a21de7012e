import { obfuscation } from "../../cmdline/normal/distance.ts";
import { decodedBy } from "../../cmdline/shell/output.ts";
import type { Obfuscation } from "../../model/invocation.ts";
import type { SimpleCommand } from "./dialects.ts";
import type { Running } from "./running.ts";
import { startsShell } from "./shells.ts";

/** Most commands that are looked at on the way to the one that decodes. */
const MAX_STEPS = 8;

/** Longest piece of the encoded text that is shown. */
const MAX_SHOWN = 48;

/** That the text which a shell carries out, or the name of a program, stands on the line in a form that nobody reads. */
export function encodedFor(
  { commands, state }: Running,
  command: SimpleCommand,
  name: string,
): Obfuscation | undefined {
  const { speaker, words = [] } = command;
  if (speaker === undefined && words.length === 0) return undefined;
  const isShell = startsShell(name, command.argv?.slice(1) ?? [], state);
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
