import { obfuscation } from "../cmdline/normal/distance.ts";
import { decodedBy } from "../cmdline/shell/output.ts";
import type { Obfuscation } from "../model/invocation.ts";
import type { SimpleCommand } from "./dialects.ts";
import { baseName } from "./glob.ts";
import type { State } from "./state.ts";

/** Most commands that are looked at on the way to the one that decodes. */
const MAX_STEPS = 8;

/** Longest piece of the encoded text that is shown. */
const MAX_SHOWN = 48;

/** That the text which a shell carries out, or the name of a program, stands on the line in a form that nobody reads. */
export function encodedFor(
  commands: readonly SimpleCommand[],
  command: SimpleCommand,
  name: string,
  state: State,
): Obfuscation | undefined {
  const { speaker, words = [] } = command;
  if (speaker === undefined && words.length === 0) return undefined;
  const isShell = state.catalog.byName(baseName(name), state.platform)?.category === "shell";
  const ways: number[] = isShell && speaker !== undefined ? [speaker, ...words] : [...words];
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
