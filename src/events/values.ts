/** Texts and other values that words stand for. */
export interface Packed {
  readonly texts: readonly string[];
  readonly others: readonly unknown[];
}

/** What a word stands for is told by its last two bits; 0 as a whole is undefined. */
const TEXT = 1;
const NUMBER = 2;
const OTHER = 3;
const MOST = 0x4000_0000;

/** Bytes that a text takes beside its characters, and that any other value takes. */
const TEXT_COST = 40;
const OTHER_COST = 200;

/**
 * Values as 32-bit words: small whole numbers as they are, a text by its number (equal texts have one), anything else (lists,
 * objects, other numbers) by its number, too.
 */
export class Values {
  readonly texts: string[];
  readonly others: unknown[];
  readonly #words = new Map<string, number>();
  /** Bytes, roughly. */
  size = 0;

  constructor(packed?: Packed) {
    this.texts = [...(packed?.texts ?? [])];
    this.others = [...(packed?.others ?? [])];
    this.size = this.others.length * OTHER_COST;
    for (const text of this.texts) this.size += TEXT_COST + 2 * text.length;
  }

  /** The word for a value; `guess`, which any word may be, is cheaper to try than to look for a text. */
  put(value: unknown, guess = 0): number {
    if (value === undefined) return 0;
    if (typeof value === "string") {
      const isRight = (guess & 3) === TEXT && this.texts[guess >>> 2] === value;
      return isRight ? guess : this.#text(value);
    }
    if (typeof value === "number" && value >= 0 && value < MOST && Number.isInteger(value)) return value * 4 + NUMBER;
    this.others.push(value);
    this.size += OTHER_COST;
    return (this.others.length - 1) * 4 + OTHER;
  }

  /** The word for a text that is not known to be here yet: nobody looks. */
  append(text: string): number {
    this.texts.push(text);
    this.size += TEXT_COST + 2 * text.length;
    return (this.texts.length - 1) * 4 + TEXT;
  }

  get(word: number): unknown {
    const number = word >>> 2;
    switch (word & 3) {
      case TEXT:
        return this.texts[number];
      case NUMBER:
        return number;
      case OTHER:
        return this.others[number];
      default:
        return undefined;
    }
  }

  #text(text: string): number {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    const word = this.append(text);
    this.#words.set(text, word);
    return word;
  }
}

/**
 * Finds the words of one collection of values in another; values go over when they are asked for. The source grows no more. `isOnly`:
 * the other has nothing of elsewhere, so that no text has to be looked for in it.
 */
export class Translation {
  readonly #from: Packed;
  readonly #to: Values;
  readonly #texts: Uint32Array;
  readonly #others: Uint32Array;
  readonly #isOnly: boolean;

  constructor(from: Packed, to: Values, isOnly: boolean) {
    this.#isOnly = isOnly;
    this.#from = from;
    this.#to = to;
    this.#texts = new Uint32Array(from.texts.length);
    this.#others = new Uint32Array(from.others.length);
  }

  readonly word = (word: number): number => {
    const number = word >>> 2;
    const known = (word & 3) === TEXT ? this.#texts : this.#others;
    if ((word & 3) === TEXT) known[number] ||= this.#text(this.#from.texts[number]!);
    else if ((word & 3) === OTHER) known[number] ||= this.#to.put(this.#from.others[number]);
    else return word;
    return known[number]!;
  };

  #text(text: string): number {
    return this.#isOnly ? this.#to.append(text) : this.#to.put(text);
  }
}
