/** An element of a grammar with its number. */
export interface Named {
  readonly name: string;
  readonly element: number;
}

/** Numbers below this have a bit each, as many as a number of V8 holds without more ado. */
const BITS = 30;

/** The bit of an element, by which many questions are answered at once; 0 where it has none. */
export const bitOf = (element: number): number => (element >= 0 && element < BITS ? 1 << element : 0);

/**
 * Numbers for the elements of one program, in the order in which they are asked for: what stands on a line is told apart by them, so that
 * names are compared only while an entry is made ready.
 */
export class Numbering {
  readonly #known = new Map<string, Named>();

  /** An element, which gets the next number where it has none. */
  of(name: string): Named {
    let known = this.#known.get(name);
    if (!known) {
      known = { name, element: this.#known.size };
      this.#known.set(name, known);
    }
    return known;
  }

  /** An element that is named while a line is read; undefined where nobody asks for it, as for what the line itself names. */
  find(name: string): Named | undefined {
    return this.#known.get(name);
  }
}
