import { Within } from "./within.ts";

/** What a text has where a pattern fits it: it is that text, begins or ends with it, or has it anywhere. */
export interface Mark {
  readonly at: "whole" | "start" | "end" | "within";
  readonly text: string;
}

/** So few lengths of pieces are looked up at each place of a text; more are looked for all at once. */
const FEW = 3;

/** Longer ones are cut: a text is asked for its ends of each length that a mark has. */
const LONGEST = 128;

function keyOf({ at, text }: Mark): string {
  if (at === "whole") return text;
  return at === "end" ? text.slice(-LONGEST) : text.slice(0, LONGEST);
}

/** What must be there for a pattern to fit: both of its ends and the longest of its pieces, the longest first; none where it has none. */
export function marksOf(pattern: string): readonly Mark[] {
  const first = pattern.search(/[*?]/);
  if (first < 0) return [{ at: "whole", text: pattern }];
  const last = Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?"));
  let within = "";
  for (const piece of pattern.slice(first, last).split(/[*?]/)) if (piece.length > within.length) within = piece;
  const marks: Mark[] = [
    { at: "start", text: pattern.slice(0, first) },
    { at: "end", text: pattern.slice(last + 1) },
    { at: "within", text: within },
  ];
  return marks.filter(({ text }) => text !== "").sort((a, b) => b.text.length - a.text.length);
}

/** Values by what a text must have: how many there are is of no account, but only of how many lengths. */
export class TextIndex<V> {
  readonly #marked = {
    whole: new Map<string, V[]>(),
    start: new Map<string, V[]>(),
    end: new Map<string, V[]>(),
    within: new Map<string, V[]>(),
  };
  readonly #lengths = { start: new Set<number>(), end: new Set<number>(), within: new Set<number>() };
  #within: Within | undefined;

  /** Under that one of a pattern's marks which fewest values have so far: thousands may have one end in common. */
  add(marks: readonly Mark[], value: V): void {
    let least: Mark | undefined;
    let count = Number.POSITIVE_INFINITY;
    for (const mark of marks) {
      const held = this.#marked[mark.at].get(keyOf(mark))?.length ?? 0;
      if (held >= count) continue;
      least = mark;
      count = held;
    }
    if (!least) return;
    const { at } = least;
    const key = keyOf(least);
    if (at !== "whole") this.#lengths[at].add(key.length);
    const list = this.#marked[at].get(key);
    if (list) list.push(value);
    else {
      this.#marked[at].set(key, [value]);
      if (at === "within") this.#within = undefined;
    }
  }

  /** Those whose mark a text has. */
  *of(text: string): Generator<V> {
    const { whole, start, end, within } = this.#marked;
    yield* whole.get(text) ?? [];
    for (const length of this.#lengths.start) if (length <= text.length) yield* start.get(text.slice(0, length)) ?? [];
    for (const length of this.#lengths.end)
      if (length <= text.length) yield* end.get(text.slice(text.length - length)) ?? [];
    if (within.size === 0) return;
    const { within: lengths } = this.#lengths;
    if (lengths.size > FEW) {
      this.#within ??= new Within(within.keys());
      for (const piece of this.#within.of(text)) yield* within.get(piece) ?? [];
      return;
    }
    for (const length of lengths)
      for (let from = 0; from + length <= text.length; from++) yield* within.get(text.slice(from, from + length)) ?? [];
  }
}
