import type { Rule } from "../model.ts";
import type { Act } from "./act.ts";
import { FileIndex } from "./file-index.ts";
import type { Variables } from "./paths.ts";

/** Rules and files of theirs, of which each is asked: to make an index of so few takes longer. */
const FEW = 8;

/**
 * Rules by the files that they can fit, so that of a list of many thousands a few are asked. What it leaves out cannot fit, or is open
 * for the reason for which an earlier rule is that would say the same; the order of the rules is kept. A rule for several files is
 * taken as several rules.
 */
export class RuleIndex {
  readonly #rules: readonly Rule[];
  /** Places of rules that may fit any file. */
  readonly #general: number[] = [];
  /** Undefined where all are general. */
  readonly #objects: FileIndex<number> | undefined;
  readonly #subjects: FileIndex<number> | undefined;

  constructor(rules: readonly Rule[], variables: Variables) {
    let size = rules.length;
    for (const { object, subject } of rules) size += (object?.length ?? 0) + (subject?.length ?? 0);
    const isFew = size <= FEW;
    const objects = isFew ? undefined : new FileIndex<number>(variables);
    const subjects = isFew ? undefined : new FileIndex<number>(variables);
    const single: Rule[] = [];
    const said = new Numbers();
    for (const rule of rules) {
      const { object, subject } = rule;
      const besideObject = objects && object && said.of(meaningOf(rule, "object"));
      const besideBoth = subjects && subject && said.of(meaningOf({ ...rule, object: [] }, "subject"));
      for (const one of object && object.length > 1 ? object.map((file) => ({ ...rule, object: [file] })) : [rule]) {
        const at = single.push(one) - 1;
        const isPlaced =
          (one.object && objects?.add(one.object, at, besideObject)) ||
          (subject && subjects?.add(subject, at, `${besideBoth} ${JSON.stringify(one.object)}`));
        if (!isPlaced) this.#general.push(at);
      }
    }
    this.#rules = single;
    this.#objects = objects;
    this.#subjects = subjects;
  }

  /** Rules that may fit an act, in their order. */
  of({ object, subject }: Act): readonly Rule[] {
    const objects = this.#objects;
    const subjects = this.#subjects;
    if (!objects || !subjects || this.#general.length === this.#rules.length) return this.#rules;
    const places = new Set([...this.#general, ...objects.of(object), ...subjects.of(subject)]);
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
