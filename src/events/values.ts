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
  readonly #numbers = new Map<string, number>();
  /** Bytes, roughly. */
  size = 0;

  constructor(packed?: Packed) {
    this.texts = [...(packed?.texts ?? [])];
    this.others = [...(packed?.others ?? [])];
  }

  put(value: unknown): number {
    if (value === undefined) return 0;
    if (typeof value === "string") return this.#text(value) * 4 + TEXT;
    if (typeof value === "number" && value >= 0 && value < MOST && Number.isInteger(value)) return value * 4 + NUMBER;
    this.others.push(value);
    this.size += OTHER_COST;
    return (this.others.length - 1) * 4 + OTHER;
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
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.texts.push(text);
    this.#numbers.set(text, number);
    this.size += TEXT_COST + 2 * text.length;
    return number;
  }
}

/** Finds the words of one collection of values in another, as long as more values come to it. */
export class Translation {
  readonly #to: Values;
  readonly #texts: number[] = [];
  readonly #others: number[] = [];

  constructor(to: Values) {
    this.#to = to;
  }

  /** More values of the source; their numbers go on where those before ended. */
  extend({ texts, others }: Packed): void {
    for (const text of texts) this.#texts.push(this.#to.put(text));
    for (const other of others) this.#others.push(this.#to.put(other));
  }

  readonly word = (word: number): number => {
    const kind = word & 3;
    if (kind === TEXT) return this.#texts[word >>> 2]!;
    return kind === OTHER ? this.#others[word >>> 2]! : word;
  };
}
