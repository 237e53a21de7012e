import { isUtf8 } from "node:buffer";
import { NEWLINE } from "../bytes.ts";
import { LINES, NEXT, OUT_AT, PIECE } from "./layout.ts";
import { type Line, Unpacked } from "./line-object.ts";
import { giveBack, type Machine, takeMachine } from "./machine.ts";
import { type Pattern, patternOf, type Telling } from "./pattern.ts";
import { PatternTree } from "./tree.ts";

/** After so many lines in a row that had to be read, none is tried for the next LONG_REST. */
const PATIENCE = 64;
const LONG_REST = 2048;
/** An input of a few lines is not worth the memory. */
const WARM = 4;
/** Taking a pattern costs as much as reading ten lines: so many may be taken at once, and one more for so many lines that fit. */
const MOST_CREDIT = 512;
const LINES_PER_CREDIT = 64;

/** Who is told of the lines that fit a pattern, in the order of the input. */
export interface LineTaker<K> {
  /** Lines that pass were met, so many. */
  passed(count: number): void;
  /** A line of a pattern that does not pass. `line` may be kept as long as is needed. */
  fits(known: K, line: Line): void;
  /** Afterwards: what the lines were that passed. */
  counted(known: K, count: number): void;
}

/** What was made of the line that a pattern was taken from. */
export interface Learnt<K> {
  readonly known: K;
  /** Further such lines are only counted. */
  readonly passes: boolean;
}

interface Leaf<K> {
  readonly address: number;
  readonly slots: number;
  readonly known: K;
}

/** The memory of one reader, and the piece of its input that is there. */
interface Work<K> extends Machine {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly tree: PatternTree;
  readonly leaves: Map<number, Leaf<K>>;
}

/**
 * Lines of NDJSON that are like one that was read before, without reading them: those that nobody wants are counted, of others the
 * values are found. Each is sure to be one JSON object with the same keys, nesting and types of values, and the same
 * decisive values (see pattern.ts); every other line is left to be read.
 */
export class Skimmer<K> {
  /** Set after a try on a line in vain: the line, once it is read, may be learnt from. */
  mayLearn = false;
  readonly #telling: Telling;
  readonly #taker: LineTaker<K>;
  #work: Work<K> | undefined;
  #seen = 0;
  #credit = MOST_CREDIT * LINES_PER_CREDIT;
  /** The piece of the block that is in memory, and whether it is UTF-8. */
  #block: Buffer | undefined;
  #from = 0;
  #to = 0;
  #isText = false;
  #unpacked: Unpacked | undefined;
  #out = OUT_AT;
  /** Lines in a row that had to be read, or (below 0) that will be without a try. */
  #failures = 0;
  #uncounted = false;

  constructor(telling: Telling, taker: LineTaker<K>) {
    this.#telling = telling;
    this.#taker = taker;
  }

  /** Takes lines from `at` on, where one begins with its object; says how many, and where the next begins. */
  skim(block: Buffer, at: number): { readonly lines: number; readonly end: number } {
    this.mayLearn = false;
    if (this.#failures < 0) this.#failures += 1;
    const work = this.#work;
    if (this.#failures < 0 || !work) {
      this.mayLearn = this.#failures >= 0 && ++this.#seen > WARM;
      return { lines: 0, end: at };
    }
    let end = at;
    let lines = 0;
    while (this.#reaches(work, block, end)) {
      const leaf = work.engine.run(end - this.#from, this.#to - this.#from);
      const met = work.words[LINES >> 2]!;
      work.words[LINES >> 2] = 0;
      end = this.#from + work.words[NEXT >> 2]!;
      lines += met;
      const passed = leaf === 0 ? met : met - 1;
      if (passed > 0) {
        this.#uncounted = true;
        this.#taker.passed(passed);
      }
      if (leaf !== 0) this.#fits(work, work.leaves.get(leaf)!);
      else if (end < this.#to) {
        this.mayLearn = true;
        break;
      }
    }
    this.#credit = Math.min(this.#credit + lines, MOST_CREDIT * LINES_PER_CREDIT);
    if (lines > 0) this.#failures = 0;
    else if (++this.#failures > PATIENCE) this.#failures = -LONG_REST;
    return { lines, end };
  }

  /** Takes the line that was just read for an example. `make` says what it was; undefined where its like must be read. */
  learn(line: Buffer, make: (pattern: Pattern) => Learnt<K> | undefined): void {
    if (!this.mayLearn || this.#credit < LINES_PER_CREDIT || line.length > PIECE || !isUtf8(line)) return;
    this.#credit -= LINES_PER_CREDIT;
    const pattern = patternOf(line, this.#telling);
    const learnt = pattern && make(pattern);
    if (!learnt) return;
    this.#work ??= createWork();
    const { tree, leaves } = this.#work;
    const isFull = !tree.hasRoomFor(pattern.steps);
    if (isFull) {
      this.count();
      tree.clear();
      leaves.clear();
    }
    const address = tree.add(pattern.steps, learnt.passes);
    if (address !== undefined) leaves.set(address, { address, slots: pattern.slots, known: learnt.known });
  }

  /** Tells what the lines were that passed since the last time. */
  count(): void {
    if (!this.#uncounted || !this.#work) return;
    this.#uncounted = false;
    for (const { address, known } of this.#work.leaves.values()) {
      const count = this.#work.tree.takeCount(address);
      if (count > 0) this.#taker.counted(known, count);
    }
  }

  /** There is no more to come. */
  end(): void {
    this.count();
    this.#moveAway();
    if (this.#work) giveBack({ memory: this.#work.memory, engine: this.#work.engine });
    this.#work = undefined;
  }

  #fits({ engine, memory }: Work<K>, { slots, known }: Leaf<K>): void {
    this.#unpacked ??= new Unpacked(memory);
    const at = this.#out - OUT_AT;
    this.#out = engine.unpack(this.#out, slots);
    this.#taker.fits(known, { from: this.#unpacked, at, slots });
  }

  /** Whether the piece in memory has the line that begins at `at`, to its end; another is fetched where that helps. */
  #reaches(work: Work<K>, block: Buffer, at: number): boolean {
    if (block !== this.#block || at < this.#from || at >= this.#to) this.#look(work, block, at);
    return this.#isText && at < this.#to;
  }

  #look(work: Work<K>, block: Buffer, at: number): void {
    const end = Math.min(at + PIECE, block.length);
    const to = at + block.subarray(at, end).lastIndexOf(NEWLINE) + 1;
    this.#block = block;
    this.#from = at;
    this.#to = to;
    if (to === at) return;
    const piece = block.subarray(at, to);
    this.#isText = isUtf8(piece);
    this.#moveAway();
    work.bytes.set(piece);
    // No text of a pattern and no value goes beyond a line end.
    work.bytes[piece.length] = NEWLINE;
  }

  #moveAway(): void {
    this.#unpacked?.moveAway(this.#out - OUT_AT);
    this.#unpacked = undefined;
    this.#out = OUT_AT;
  }
}

function createWork<K>(): Work<K> {
  const machine = takeMachine();
  const { memory } = machine;
  const work = { bytes: new Uint8Array(memory), words: new Int32Array(memory), tree: new PatternTree(memory) };
  work.tree.clear();
  work.words[LINES >> 2] = 0;
  return { ...machine, ...work, leaves: new Map<number, Leaf<K>>() };
}
