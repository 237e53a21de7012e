/** More than the units of a character: a place and a unit make one key. */
const UNITS = 0x1_0000;

/**
 * Which of many pieces stand in a text, in one pass over it, however many they are and however much they have in common.
 * @see Aho, Corasick, Efficient string matching, Communications of the ACM 18 (1975)
 */
export class Within {
  /** From a place (0 is the root) by a unit to the next. */
  readonly #next = new Map<number, number>();
  /** Where the longest end of what led to a place begins anew. */
  readonly #fallback: number[] = [0];
  /** The piece that ends at a place. */
  readonly #piece: (string | undefined)[] = [undefined];
  /** The nearest place by way of `#fallback` at which a piece ends; 0 where there is none. */
  readonly #shorter: number[] = [0];

  /** @param pieces none of them empty */
  constructor(pieces: Iterable<string>) {
    const parent: number[] = [0];
    const unit: number[] = [0];
    const depths: number[][] = [];
    for (const piece of pieces) {
      let place = 0;
      for (let at = 0; at < piece.length; at++) {
        const key = place * UNITS + piece.charCodeAt(at);
        let to = this.#next.get(key);
        if (to === undefined) {
          to = parent.length;
          this.#next.set(key, to);
          parent.push(place);
          unit.push(piece.charCodeAt(at));
          this.#piece.push(undefined);
          if (at === depths.length) depths.push([]);
          depths[at]!.push(to);
        }
        place = to;
      }
      this.#piece[place] = piece;
    }
    for (const places of depths) for (const place of places) this.#link(place, parent[place]!, unit[place]!);
  }

  #link(place: number, parent: number, unit: number): void {
    const to = parent === 0 ? 0 : this.#step(this.#fallback[parent]!, unit);
    this.#fallback[place] = to;
    this.#shorter[place] = this.#piece[to] === undefined ? this.#shorter[to]! : to;
  }

  #step(from: number, unit: number): number {
    for (let place = from; ; place = this.#fallback[place]!) {
      const to = this.#next.get(place * UNITS + unit);
      if (to !== undefined) return to;
      if (place === 0) return 0;
    }
  }

  /** Each piece that stands in a text, once. */
  *of(text: string): Generator<string> {
    const seen = new Set<number>();
    let place = 0;
    for (let at = 0; at < text.length; at++) {
      place = this.#step(place, text.charCodeAt(at));
      let found = this.#piece[place] === undefined ? this.#shorter[place]! : place;
      // What has been told has told the shorter ones, too.
      for (; found !== 0 && !seen.has(found); found = this.#shorter[found]!) {
        seen.add(found);
        yield this.#piece[found]!;
      }
    }
  }
}
