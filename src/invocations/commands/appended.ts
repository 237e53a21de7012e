import type { Draft } from "../draft.ts";
import type { State } from "../state.ts";
import type { SimpleCommand } from "./dialects.ts";

/** What stands for a word of the input where no other mark is said. */
const MARK = "{}";

/** Options by which a mark is said, as xargs and its relatives have them. */
const SAYS_MARK = /^(?:-[iI]|--replace=?)(.*)$/s;

/** The mark that is replaced by words of the input. */
function markIn(words: readonly string[]): string {
  for (const [at, word] of words.entries()) {
    const given = SAYS_MARK.exec(word)?.[1];
    if (given !== undefined) return given || (word === "-I" ? (words[at + 1] ?? MARK) : MARK);
  }
  return MARK;
}

/** A word of options that ends in the one behind which code stands. */
const CODE = /^-\w*c$/;

/** Whether what stands behind `-c` of a shell comes as a whole from the input: `xargs sh -c`, `xargs -I % sh -c %`. */
function takesCode(words: readonly string[]): boolean {
  const at = words.findLastIndex((word) => CODE.test(word));
  if (at < 2) return false;
  const code = words[at + 1]?.trim();
  return code === undefined || code === markIn(words.slice(0, at));
}

/** The shell that a command starts with words of its input as the code to carry out. */
export function shellOfWords({ argv = [] }: SimpleCommand, index: number, state: State): Draft | undefined {
  const starter = state.invocations[index];
  if (!starter?.entry?.grammar.keepsInput || !takesCode(argv)) return undefined;
  return state.invocations.slice(index + 1).find(({ entry }) => entry?.category === "shell");
}
