import type { Rule } from "../model.ts";
import type { Act } from "./act.ts";
import { FileIndex } from "./file-index.ts";
import type { Variables } from "./paths.ts";

/**
 * Rules by the files that they can fit, so that of a list of many thousands a few are asked. What it leaves out cannot fit; the order
 * of the rules is kept.
 */
export class RuleIndex {
  readonly #rules: readonly Rule[];
  /** Places of rules that may fit any file. */
  readonly #general: number[] = [];
  readonly #objects: FileIndex<number>;
  readonly #subjects: FileIndex<number>;

  constructor(rules: readonly Rule[], variables: Variables) {
    this.#rules = rules;
    this.#objects = new FileIndex(variables);
    this.#subjects = new FileIndex(variables);
    for (const [at, { object, subject }] of rules.entries()) {
      const isPlaced = (object && this.#objects.add(object, at)) || (subject && this.#subjects.add(subject, at));
      if (!isPlaced) this.#general.push(at);
    }
  }

  /** Rules that may fit an act, in their order. */
  of({ object, subject }: Act): readonly Rule[] {
    if (this.#general.length === this.#rules.length) return this.#rules;
    const places = new Set([...this.#general, ...this.#objects.of(object), ...this.#subjects.of(subject)]);
    return [...places].sort((a, b) => a - b).map((at) => this.#rules[at]!);
  }
}
