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
/** Words of the plan for each string and the gap before it. */
const WORDS = 4;
/** In place of a gap's only byte: the gap is longer. */
const LONG = -1;
/** Any whole number may stand where the skeleton has this. */
const NUMBER = 0x30;
const MINUS = 0x2d;

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
  readonly #bytes: DataView;
  /** Of each string: the byte of the gap before it or LONG, how it compares, and where and how long its bytes are. */
  readonly #plan: Int32Array;
  /** Of each gap, one more than strings: how it compares, and where and how long its bytes are. */
  readonly #gaps: readonly Gap[];

  private constructor(quotes: number, { bytes, strings, gaps }: SkeletonReader) {
    this.quotes = quotes;
    this.#bytes = new DataView(Uint8Array.from(bytes).buffer);
    this.#gaps = gaps;
    this.#plan = Int32Array.from(
      strings.flatMap(({ mode, from, length }, i) => {
        const gap = gaps[i]!;
        return [gap.length === 1 ? bytes[gap.from]! : LONG, mode, from, length];
      }),
    );
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
    return new Skeleton(quotes.length, reader);
  }

  /**
   * Whether the line from `start` to `end` fits. `quotes[first]` is its first quote; quotes and `start` and `end` are counted from
   * `base` on.
   */
  fits(
    block: DataView,
    base: number,
    start: number,
    end: number,
    quotes: Uint32Array | readonly number[],
    first: number,
    isPlain: IsPlain,
  ): boolean {
    const plan = this.#plan;
    const bytes = this.#bytes;
    let from = base + start;
    let quote = first;
    for (let word = 0; word < plan.length; word += WORDS) {
      const open = base + quotes[quote]!;
      const close = base + quotes[quote + 1]!;
      quote += 2;
      const gap = plan[word]!;
      if (gap === LONG) {
        if (!fitsGap(bytes, this.#gaps[word / WORDS]!, block, from, open)) return false;
      } else if (open - from !== 1 || block.getUint8(from) !== gap) return false;
      const mode = plan[word + 1]!;
      if (mode === SAME) {
        const length = plan[word + 3]!;
        if (close - open - 1 !== length || !isSame(bytes, plan[word + 2]!, block, open + 1, length)) return false;
      } else if (mode === TEXT && !isPlain(open + 1, close)) return false;
      from = close + 1;
    }
    return fitsGap(bytes, this.#gaps.at(-1)!, block, from, base + end);
  }
}

/** A piece of the skeleton's bytes. */
interface Part {
  readonly from: number;
  readonly length: number;
}

interface Gap extends Part {
  /** Its numbers decide something. */
  readonly isExact: boolean;
}

function fitsGap(bytes: DataView, gap: Gap, block: DataView, from: number, to: number): boolean {
  if (gap.isExact) return to - from === gap.length && isSame(bytes, gap.from, block, from, gap.length);
  let at = from;
  for (let i = gap.from; i < gap.from + gap.length; i++) {
    const wanted = bytes.getUint8(i);
    if (wanted === NUMBER) {
      at = behindNumber(block, at, to);
      if (at < 0) return false;
    } else if (at >= to || block.getUint8(at++) !== wanted) return false;
  }
  return at === to;
}

/** Four bytes at a time; the last four overlap. */
function isSame(one: DataView, at: number, other: DataView, from: number, length: number): boolean {
  if (length < 4) {
    for (let i = 0; i < length; i++) if (one.getUint8(at + i) !== other.getUint8(from + i)) return false;
    return true;
  }
  const last = length - 4;
  for (let i = 0; i < last; i += 4) if (one.getInt32(at + i) !== other.getInt32(from + i)) return false;
  return one.getInt32(at + last) === other.getInt32(from + last);
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Behind the whole number at `at`, as JSON has it; -1 where there is none. */
function behindNumber(bytes: DataView, at: number, to: number): number {
  let next = at < to && bytes.getUint8(at) === MINUS ? at + 1 : at;
  const first = next;
  while (next < to && isDigit(bytes.getUint8(next))) next++;
  return next === first || (next > first + 1 && bytes.getUint8(first) === NUMBER) ? -1 : next;
}

/** Follows keys and nesting, to know under which keys a value stands. */
class SkeletonReader {
  readonly bytes: number[] = [];
  readonly strings: (Part & { readonly mode: number })[] = [];
  readonly gaps: Gap[] = [];
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
    this.gaps.push({ isExact, from: start, length: this.bytes.length - start });
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
  const view = new DataView(text.buffer, text.byteOffset, text.length);
  const bytes: number[] = [];
  let isWhole = true;
  for (let at = 0; at < text.length; ) {
    const behind: number =
      isWhole && (text[at] === MINUS || isDigit(text[at]!)) ? behindNumber(view, at, text.length) : -1;
    // What follows a point or an exponent is a part of the number before.
    isWhole = behind < 0 && (isWhole || text[at] === COMMA || text[at] === COLON || text[at] === OPEN_ARRAY);
    bytes.push(behind < 0 ? text[at]! : NUMBER);
    at = behind < 0 ? at + 1 : behind;
  }
  return bytes;
}
