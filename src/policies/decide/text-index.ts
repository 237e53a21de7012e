/** What a text has where a pattern fits it: it is that text, begins or ends with it. */
export interface Mark {
  readonly at: "whole" | "start" | "end";
  readonly text: string;
}

/** Longer ends are cut: a text is asked for its ends of each length that a mark has. */
const LONGEST = 128;

/** The longer of the two ends of a pattern that have no `*` and `?`; undefined where it has none. */
export function markOf(pattern: string): Mark | undefined {
  const first = pattern.search(/[*?]/);
  if (first < 0) return { at: "whole", text: pattern };
  const start = pattern.slice(0, first);
  const end = pattern.slice(Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?")) + 1);
  if (start === "" && end === "") return undefined;
  return start.length >= end.length ? { at: "start", text: start } : { at: "end", text: end };
}

/** Values by what a text must have: how many there are is of no account, but only of how many lengths. */
export class TextIndex<V> {
  readonly #marked = { whole: new Map<string, V[]>(), start: new Map<string, V[]>(), end: new Map<string, V[]>() };
  readonly #lengths = { whole: new Set<number>(), start: new Set<number>(), end: new Set<number>() };

  add({ at, text }: Mark, value: V): void {
    const key = at === "whole" ? text : at === "start" ? text.slice(0, LONGEST) : text.slice(-LONGEST);
    this.#lengths[at].add(key.length);
    const list = this.#marked[at].get(key);
    if (list) list.push(value);
    else this.#marked[at].set(key, [value]);
  }

  /** Those whose mark a text has. */
  *of(text: string): Generator<V> {
    const { whole, start, end } = this.#marked;
    yield* whole.get(text) ?? [];
    for (const length of this.#lengths.start) if (length <= text.length) yield* start.get(text.slice(0, length)) ?? [];
    for (const length of this.#lengths.end)
      if (length <= text.length) yield* end.get(text.slice(text.length - length)) ?? [];
  }

  /** Those whose whole text stands anywhere in a longer one. */
  *within(longer: string): Generator<V> {
    for (const length of this.#lengths.whole)
      for (let at = 0; at + length <= longer.length; at++)
        yield* this.#marked.whole.get(longer.slice(at, at + length)) ?? [];
  }
}
