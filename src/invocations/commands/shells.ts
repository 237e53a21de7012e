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

/** What a command starts that only hands on, as `setsid`, `nohup` and `sudo` do, one behind the other; the last may do more. */
export function handedOn(index: number | undefined, { invocations }: State): readonly Draft[] {
  const chain: Draft[] = [];
  let at = index;
  while (at !== undefined && chain.length < MAX_WRAPPERS) {
    const outer = at;
    const draft = invocations[outer];
    if (chain.length > 0 && draft?.entry?.category === "shell") break;
    if (!draft?.behaviours.some(({ behaviour }) => behaviour.wrapper)) break;
    // What a program starts stands right behind it.
    const inner = invocations[outer + 1];
    if (inner?.parent !== outer) break;
    chain.push(inner);
    at = outer + 1;
  }
  return chain;
}
