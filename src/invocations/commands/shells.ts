import type { Draft } from "../draft.ts";
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

/** Most programs that only start the next one. */
const MAX_WRAPPERS = 8;

/** What a command starts in the end that only hands on, as `setsid`, `nohup` and `sudo` do; undefined where it does more, or starts nothing. */
export function handedTo(index: number | undefined, { invocations }: State): Draft | undefined {
  let at = index;
  for (let step = 0; at !== undefined && step < MAX_WRAPPERS; step++) {
    const outer = at;
    const draft = invocations[outer];
    const isLast = draft?.entry?.category === "shell" || !draft?.behaviours.some(({ behaviour }) => behaviour.wrapper);
    if (isLast) return step > 0 ? draft : undefined;
    const inner = invocations.findIndex(({ parent }, i) => i > outer && parent === outer);
    at = inner < 0 ? undefined : inner;
  }
  return undefined;
}
