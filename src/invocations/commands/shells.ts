import { baseName } from "../glob.ts";
import type { State } from "../state.ts";

/** Most words of a command among which a shell is looked for. */
const MAX_WORDS = 16;

/** Whether a command is a shell, or hands its input on to one: `sudo bash`. */
export function startsShell(name: string, args: readonly string[], { catalog, platform }: State): boolean {
  const isShell = (word: string) => catalog.byName(baseName(word), platform)?.category === "shell";
  const entry = catalog.byName(baseName(name), platform);
  const hands = entry !== undefined && !entry.grammar.keepsInput && entry.behaviours.some(({ wrapper }) => wrapper);
  return isShell(name) || (hands && args.slice(0, MAX_WORDS).some(isShell));
}
