import type { Rule } from "../model.ts";
import type { Act } from "./act.ts";
import { FileIndex } from "./file-index.ts";
import type { Variables } from "./paths.ts";

/**
 * Rules by the files that they can fit, so that of a list of many thousands a few are asked. What it leaves out cannot fit, or is open
 * for the reason for which an earlier rule is that would say the same; the order of the rules is kept. A rule for several files is
 * taken as several rules.
 */
export class RuleIndex {
  readonly #rules: readonly Rule[];
  /** Places of rules that may fit any file. */
  readonly #general: number[] = [];
  readonly #objects: FileIndex<number>;
  readonly #subjects: FileIndex<number>;

  constructor(rules: readonly Rule[], variables: Variables) {
    this.#objects = new FileIndex(variables);
    this.#subjects = new FileIndex(variables);
    const single: Rule[] = [];
    const said = new Numbers();
    for (const rule of rules) {
      const { object, subject } = rule;
      const besideObject = object && said.of(meaningOf(rule, "object"));
      const besideBoth = subject && said.of(meaningOf({ ...rule, object: [] }, "subject"));
      for (const one of object && object.length > 1 ? object.map((file) => ({ ...rule, object: [file] })) : [rule]) {
        const at = single.push(one) - 1;
        const isPlaced =
          (one.object && this.#objects.add(one.object, at, besideObject)) ||
          (subject && this.#subjects.add(subject, at, `${besideBoth} ${JSON.stringify(one.object)}`));
        if (!isPlaced) this.#general.push(at);
      }
    }
    this.#rules = single;
  }

  /** Rules that may fit an act, in their order. */
  of({ object, subject }: Act): readonly Rule[] {
    if (this.#general.length === this.#rules.length) return this.#rules;
    const places = new Set([...this.#general, ...this.#objects.of(object), ...this.#subjects.of(subject)]);
    return [...places].sort((a, b) => a - b).map((at) => this.#rules[at]!);
  }
}

/** What a rule says beside one of its parts, whatever it is called. */
const meaningOf = ({ id: _, description: __, measure: ___, ...rule }: Rule, part: "object" | "subject") =>
  JSON.stringify({ ...rule, [part]: part });

/** Texts, which may be long, as numbers. */
class Numbers {
  readonly #known = new Map<string, string>();

  of(text: string): string {
    const number = this.#known.get(text) ?? `${this.#known.size}`;
    this.#known.set(text, number);
    return number;
  }
}
