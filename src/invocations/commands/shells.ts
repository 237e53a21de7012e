import { baseName } from "../glob.ts";
import type { State } from "../state.ts";

/** Most words of a command among which a shell is looked for. */
const MAX_WORDS = 16;

/** Whether a program is a shell. */
export const isShell = (program: string, { catalog, platform }: State): boolean =>
  catalog.byName(baseName(program), platform)?.category === "shell";

/** Whether a command is a shell, or hands its input on to one: `sudo bash`. */
export function startsShell(name: string, args: readonly string[], state: State): boolean {
  const entry = state.catalog.byName(baseName(name), state.platform);
  const hands = entry !== undefined && !entry.grammar.keepsInput && entry.behaviours.some(({ wrapper }) => wrapper);
  return isShell(name, state) || (hands && args.slice(0, MAX_WORDS).some((word) => isShell(word, state)));
}
