import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT } from "../bytes.ts";
import { byteByByte } from "./places.ts";

/** Keys by which lines of one skeleton are told apart further. */
export interface Telling {
  /** What stands under these keys, at any depth, decides what a record is: it must be the same. */
  readonly decisive: ReadonlySet<string>;
  /** Texts under these keys are looked into for records inside. */
  readonly texts: ReadonlySet<string>;
}

/** How a string of a line compares with the one in its skeleton. */
const ANY = 0;
const SAME = 1;
const TEXT = 2;
/** Any whole number may stand where the skeleton has this. */
const NUMBER = 0x30;
const MINUS = 0x2d;

/** A piece of the skeleton's bytes. */
interface Part {
  readonly mode: number;
  readonly from: number;
  readonly length: number;
}

/** Says whether a text, from its first byte to behind its last, surely holds no record. */
export type IsPlain = (from: number, to: number) => boolean;

/**
 * What lines of one exporter and kind of event have in common: keys, nesting, types of values, and the values that decide what the
 * record is. A line that fits is one JSON object, as the line was from which the skeleton was made: strings may differ where
 * they decide nothing, and whole numbers; escapes and control characters are up to `Places`.
 */
export class Skeleton {
  /** Quotes in the line. */
  readonly quotes: number;
  readonly #bytes: Uint8Array;
  readonly #strings: readonly Part[];
  readonly #gaps: readonly Part[];

  private constructor(quotes: number, bytes: Uint8Array, strings: readonly Part[], gaps: readonly Part[]) {
    this.quotes = quotes;
    this.#bytes = bytes;
    this.#strings = strings;
    this.#gaps = gaps;
  }

  /** Of a line that is one JSON object; undefined where something in it is unusual. */
  static of(line: Uint8Array, telling: Telling): Skeleton | undefined {
    const { quotes, lines, lineCount } = byteByByte(Buffer.concat([line, Buffer.from("\n")]));
    if (lineCount !== 1 || lines[2] !== -1 || quotes.length % 2 !== 0) return undefined;
    const reader = new SkeletonReader(line, telling);
    for (let i = 0, from = 0; i <= quotes.length; i += 2) {
      const open = quotes[i] ?? line.length;
      reader.gap(from, open);
      if (i === quotes.length) break;
      from = quotes[i + 1]! + 1;
      reader.string(open + 1, from - 1);
    }
    return new Skeleton(quotes.length, Uint8Array.from(reader.bytes), reader.strings, reader.gaps);
  }

  /**
   * Whether the line from `start` to `end` fits. `quotes[first]` is its first quote; quotes and `start` and `end` are counted from
   * `base` on.
   */
  fits(
    block: Uint8Array,
    base: number,
    start: number,
    end: number,
    quotes: Uint32Array | readonly number[],
    first: number,
    isPlain: IsPlain,
  ): boolean {
    let from = base + start;
    const count = this.#strings.length;
    for (let i = 0; i < count; i++) {
      const open = base + quotes[first + 2 * i]!;
      if (!this.#isGap(this.#gaps[i]!, block, from, open)) return false;
      const close = base + quotes[first + 2 * i + 1]!;
      const part = this.#strings[i]!;
      if (part.mode === SAME) {
        if (close - open - 1 !== part.length || !this.#isSame(part.from, block, open + 1, close)) return false;
      } else if (part.mode === TEXT && !isPlain(open + 1, close)) return false;
      from = close + 1;
    }
    return this.#isGap(this.#gaps[count]!, block, from, base + end);
  }

  #isGap(part: Part, block: Uint8Array, from: number, to: number): boolean {
    if (part.length === 1 && to - from === 1) return block[from] === this.#bytes[part.from];
    if (part.mode === SAME) return to - from === part.length && this.#isSame(part.from, block, from, to);
    let at = from;
    for (let i = part.from; i < part.from + part.length; i++) {
      const wanted = this.#bytes[i]!;
      if (wanted === NUMBER) {
        at = behindNumber(block, at, to);
        if (at < 0) return false;
      } else if (at >= to || block[at++] !== wanted) return false;
    }
    return at === to;
  }

  #isSame(mine: number, block: Uint8Array, from: number, to: number): boolean {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) if (bytes[mine++] !== block[at]) return false;
    return true;
  }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Behind the whole number at `at`, as JSON has it; -1 where there is none. */
function behindNumber(bytes: Uint8Array, at: number, to: number): number {
  let next = bytes[at] === MINUS ? at + 1 : at;
  const isZero = bytes[next] === 0x30;
  const first = next;
  while (next < to && isDigit(bytes[next])) next++;
  return next === first || (isZero && next > first + 1) ? -1 : next;
}

/** Follows keys and nesting, to know under which keys a value stands. */
class SkeletonReader {
  readonly bytes: number[] = [];
  readonly strings: Part[] = [];
  readonly gaps: Part[] = [];
  readonly #line: Uint8Array;
  readonly #telling: Telling;
  /** The key of each open object or array, and the last string: a key as soon as a colon follows. */
  readonly #open: string[] = [];
  #key = "";
  #last = "";

  constructor(line: Uint8Array, telling: Telling) {
    this.#line = line;
    this.#telling = telling;
  }

  /** What stands between strings: structure, numbers, words. */
  gap(from: number, to: number): void {
    const text = this.#line.subarray(from, to);
    let isExact = false;
    for (const byte of text) {
      if (byte === COLON) this.#isKey();
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        this.#open.push(this.#key);
        this.#key = "";
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#key = this.#open.pop() ?? "";
      else if (isDigit(byte) && this.#isDecisive()) isExact = true;
    }
    const start = this.bytes.length;
    this.bytes.push(...(isExact ? text : withoutNumbers(text)));
    this.gaps.push({ mode: isExact ? SAME : ANY, from: start, length: this.bytes.length - start });
  }

  string(from: number, to: number): void {
    const bytes = this.#line.subarray(from, to);
    this.#last = Buffer.from(bytes).toString();
    const mode = this.#isDecisive() ? SAME : this.#telling.texts.has(this.#key) ? TEXT : ANY;
    this.strings.push({ mode, from: this.bytes.length, length: bytes.length });
    if (mode === SAME) this.bytes.push(...bytes);
  }

  /** The string before was a key, and must be the same in every line. */
  #isKey(): void {
    const { length } = this.strings;
    const bytes = Buffer.from(this.#last);
    this.strings[length - 1] = { mode: SAME, from: this.bytes.length, length: bytes.length };
    this.bytes.push(...bytes);
    this.#key = this.#last;
  }

  #isDecisive(): boolean {
    const { decisive } = this.#telling;
    return decisive.has(this.#key) || this.#open.some((key) => decisive.has(key));
  }
}

/** Whole numbers as one `0` each; others stay as they are. */
function withoutNumbers(text: Uint8Array): number[] {
  const bytes: number[] = [];
  let isWhole = true;
  for (let at = 0; at < text.length; ) {
    const behind: number =
      isWhole && (text[at] === MINUS || isDigit(text[at])) ? behindNumber(text, at, text.length) : -1;
    // What follows a point or an exponent is a part of the number before.
    isWhole = behind < 0 && (isWhole || text[at] === COMMA || text[at] === COLON || text[at] === OPEN_ARRAY);
    bytes.push(behind < 0 ? text[at]! : NUMBER);
    at = behind < 0 ? at + 1 : behind;
  }
  return bytes;
}
