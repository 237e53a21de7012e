import { charge, type State } from "./state.ts";
import type { ShellInput } from "./types.ts";

/** Most commands of a group that are named as writers of its pipe. */
const MAX_WRITERS = 64;

/**
 * The input of the next command of a pipeline.
 * @param output what the commands since `first` print, if that is known
 * @param mark how many known texts had been printed before them
 */
export function handedOn(
  output: string | undefined,
  first: number,
  mark: number,
  state: State,
): ShellInput | undefined {
  const from = writer(state, first);
  if (output !== undefined) return { kind: "text", text: output, ...(from >= 0 && { from }) };
  if (from < 0) return undefined;
  return { kind: "pipe", from, ...besides(first, from, state), ...knownSince(mark, state) };
}

/** The texts among what has been printed since the mark, of which the rest is not known. */
function knownSince(mark: number, state: State): { readonly known?: string } {
  const known = state.printed.slice(mark).join("");
  return known !== "" && charge(state, known.length) ? { known } : {};
}

/** Commands of the same group that stand before the last one and print into its pipe. */
function besides(first: number, last: number, state: State): { readonly others?: readonly number[] } {
  const others: number[] = [];
  for (let at = first; at < last && others.length < MAX_WRITERS; at++)
    if (outermost(at, first, state) === at && state.drafts[at + 1]?.op[0] !== "|") others.push(at);
  return others.length > 0 ? { others } : {};
}

/** The last command since `first` that is not in a substitution of another one; -1 where there is none. */
function writer(state: State, first: number): number {
  const at = outermost(state.drafts.length - 1, first, state);
  return at >= first ? at : -1;
}

/** The command since `first` that hands on what the one at that index prints: itself, or the one whose words hold it. */
function outermost(index: number, first: number, state: State): number {
  let at = index;
  for (let each = index; ; ) {
    const parent = state.drafts[each]?.parent;
    if (parent === undefined || parent < first) return at;
    // What a function or an evaluated text prints goes where its own commands print.
    if (!state.drafts[parent]?.contains) at = parent;
    each = parent;
  }
}
