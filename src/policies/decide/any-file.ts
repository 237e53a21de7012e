import type { FilePattern } from "../model.ts";
import type { FileFacts } from "./act.ts";
import { FileIndex } from "./file-index.ts";
import { fileMet, type Met, some } from "./match.ts";
import type { Variables } from "./paths.ts";

/** Of fewer, each is asked. */
const MANY = 16;

/** Patterns of a long list by the files that they can fit. */
class PatternIndex {
  readonly #general: number[] = [];
  readonly #index: FileIndex<number>;

  constructor(patterns: readonly FilePattern[], variables: Variables) {
    this.#index = new FileIndex(variables);
    for (const [at, pattern] of patterns.entries()) if (!this.#index.add([pattern], at, "")) this.#general.push(at);
  }

  of(facts: FileFacts): readonly number[] {
    return [...new Set([...this.#general, ...this.#index.of(facts)])].sort((a, b) => a - b);
  }
}

const known = new WeakMap<readonly FilePattern[], { readonly variables: Variables; readonly index: PatternIndex }>();

function candidates(patterns: readonly FilePattern[], facts: FileFacts, variables: Variables): readonly FilePattern[] {
  if (patterns.length < MANY) return patterns;
  let ready = known.get(patterns);
  if (ready?.variables !== variables) {
    ready = { variables, index: new PatternIndex(patterns, variables) };
    known.set(patterns, ready);
  }
  return ready.index.of(facts).map((at) => patterns[at]!);
}

/** Whether a file is any of those. */
export function anyFileMet(patterns: readonly FilePattern[], facts: FileFacts, variables: Variables): Met {
  return some(candidates(patterns, facts, variables).map((pattern) => fileMet(pattern, facts, variables)));
}
