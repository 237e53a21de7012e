import { isUtf8 } from "node:buffer";
import { BACKSLASH, isSpace, OPEN_OBJECT } from "../bytes.ts";
import { createFinder, type FindPlaces, LINE_WORDS, PIECE, type Places } from "./places.ts";
import { Skeleton, type Telling } from "./skeleton.ts";

/** Skeletons of the same number of quotes; more of them are kinds of events that alternate wildly. */
const MAX_ALIKE = 8;
const MAX_SKELETONS = 512;
/** After so many lines in a row that had to be read, none is tried for the next LONG_REST. */
const PATIENCE = 64;
const LONG_REST = 2048;

interface Known<H> {
  readonly skeleton: Skeleton;
  readonly head: H;
}

const NOTHING: Places = { quotes: [], lines: [], lineCount: 0 };
const RECORD_INSIDE = Buffer.from("Event");

/**
 * Passes over lines of NDJSON that nobody wants, without reading them: lines like one that was read before and was not wanted.
 * What it passes over is sure to be one JSON object with the same head (see skeleton.ts); everything else is left to be read.
 */
export class Skimmer<H> {
  readonly #telling: Telling;
  readonly #skipped: (head: H) => void;
  readonly #find: FindPlaces;
  readonly #known = new Map<number, Known<H>[]>();
  #count = 0;
  #block: Buffer | undefined;
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** The piece that was looked at: where it begins in the block, its places, and how far its lines were used. */
  #base = 0;
  #places: Places = NOTHING;
  #line = 0;
  /** Where the next text stands that may hold a record. */
  #inside = -1;
  /** Lines in a row that had to be read, or (below 0) that will be without a try. */
  #failures = 0;
  #mayLearn = false;

  /** `skipped` is called for every line that is passed over. */
  constructor(telling: Telling, skipped: (head: H) => void, find = createFinder()) {
    this.#telling = telling;
    this.#skipped = skipped;
    this.#find = find;
  }

  /** Passes over lines from `at` on, where one begins with its object; says how many, and where the next begins. */
  skim(block: Buffer, at: number): { readonly lines: number; readonly end: number } {
    this.#mayLearn = false;
    if (this.#failures < 0) {
      this.#failures += 1;
      return { lines: 0, end: at };
    }
    let end = at;
    let lines = 0;
    while (this.#reaches(block, end)) {
      const next = this.#base + this.#places.lines[this.#line * LINE_WORDS + 1]! + 1;
      const known = this.#fitting(block, end);
      if (!known) break;
      this.#skipped(known.head);
      this.#line += 1;
      lines += 1;
      end = next;
    }
    if (lines > 0) this.#failures = 0;
    else if (++this.#failures > PATIENCE) this.#failures = -LONG_REST;
    return { lines, end };
  }

  /** Takes the line that was just read, and that nobody wanted, for an example; the next like it are passed over. */
  learn(line: Buffer, head: H): void {
    if (!this.#mayLearn || this.#count >= MAX_SKELETONS) return;
    const skeleton = Skeleton.of(line, this.#telling);
    if (!skeleton) return;
    const alike = this.#known.get(skeleton.quotes) ?? [];
    this.#known.set(skeleton.quotes, alike);
    if (alike.length === MAX_ALIKE) alike.pop();
    else this.#count += 1;
    alike.unshift({ skeleton, head });
  }

  /** Moves on to the line that begins at `at`; false where its end is not in sight, or its piece is no UTF-8. */
  #reaches(block: Buffer, at: number): boolean {
    if (block !== this.#block || at < this.#base) this.#look(block, at);
    const { lineCount } = this.#places;
    if (!this.#findLine(at)) {
      if (at === this.#base && lineCount === 0) return false;
      this.#look(block, at);
      if (!this.#findLine(at)) return false;
    }
    return true;
  }

  #findLine(at: number): boolean {
    const { lines, lineCount } = this.#places;
    while (this.#line < lineCount && this.#base + lines[this.#line * LINE_WORDS + 1]! < at) this.#line += 1;
    return this.#line < lineCount;
  }

  #look(block: Buffer, at: number): void {
    const piece = block.subarray(at, at + PIECE);
    if (block !== this.#block) this.#view = new DataView(block.buffer, block.byteOffset, block.length);
    this.#block = block;
    this.#base = at;
    this.#line = 0;
    this.#inside = -1;
    this.#places = this.#find(piece);
    const { lines, lineCount } = this.#places;
    const end = lineCount === 0 ? 0 : lines[(lineCount - 1) * LINE_WORDS + 1]!;
    if (!isUtf8(piece.subarray(0, end))) this.#places = { ...this.#places, lineCount: 0 };
  }

  #fitting(block: Buffer, at: number): Known<H> | undefined {
    const { quotes, lines } = this.#places;
    const word = this.#line * LINE_WORDS;
    const first = this.#line === 0 ? 0 : lines[word - LINE_WORDS]!;
    const count = lines[word]! - first;
    const start = at - this.#base;
    // A line that does not begin here, or in which something is odd, is read.
    if (block[at] !== OPEN_OBJECT || count === 0 || quotes[first]! < start || lines[word + 2]! >= start)
      return undefined;
    let end = lines[word + 1]!;
    while (isSpace(block[this.#base + end - 1]!)) end -= 1;
    const alike = this.#known.get(count) ?? [];
    for (let i = 0; i < alike.length; i++) {
      const known = alike[i]!;
      if (known.skeleton.fits(this.#view, this.#base, start, end, quotes, first, this.#isPlain)) {
        if (i > 0) alike.unshift(...alike.splice(i, 1));
        return known;
      }
    }
    this.#mayLearn = true;
    return undefined;
  }

  /** A text that begins like JSON, or that may have a Windows event in it as XML or as Splunk writes it, is read. */
  readonly #isPlain = (from: number, to: number): boolean => {
    const block = this.#block!;
    const first = block[from]!;
    if (from < to && (first <= 0x20 || first >= 0x80 || first === OPEN_OBJECT || first === BACKSLASH)) return false;
    if (this.#inside < from) {
      const next = block.indexOf(RECORD_INSIDE, from);
      this.#inside = next < 0 ? Number.POSITIVE_INFINITY : next;
    }
    return this.#inside >= to;
  };
}
