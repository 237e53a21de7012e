import { viewOf } from "./bytes.ts";
import type { Chunk, RecordHead } from "./chunk.ts";
import { type Head, Heads } from "./heads.ts";
import { InstanceHeads, SHORTEST_INSTANCE } from "./instance-heads.ts";
import { MIN_RECORD_SIZE, RECORD_HEADER_SIZE } from "./layout.ts";

/** Whether anybody wants a record; with `count` nothing is asked, so many more unwanted records like this are only counted. */
export type Wants = (head: RecordHead, count?: number) => boolean;

const SHORTEST = MIN_RECORD_SIZE + SHORTEST_INSTANCE;

/** Passes over records that nobody wants. Each kind of record is asked about once; then it costs a few loads. */
export class Sieve {
  readonly #wants: Wants;
  readonly #heads = new Heads();
  readonly #instances = new InstanceHeads();
  /** What was passed over since the last count. */
  readonly #counted: Head[] = [];
  /** How many records the latest {@link pass} passed over. */
  passed = 0;
  /** Where the last of those begins. */
  last = -1;
  /** Where it stopped at a record that is wanted; -1 where it cannot tell, or came to the end. */
  chosen = -1;
  /** What tells that record apart. */
  head: RecordHead | undefined;

  constructor(wants: Wants) {
    this.#wants = wants;
  }

  /** Passes over the records from chunk offset `at` on that begin before `until`, as long as each is sound and nobody wants it. */
  pass(chunk: Chunk, at: number, until: number): number {
    const { bytes } = chunk;
    const view = viewOf(bytes);
    const limit = view.byteLength;
    this.passed = 0;
    this.chosen = -1;
    while (at < until && at + SHORTEST <= limit) {
      const size = view.getUint32(at + 4, true);
      const next = at + size;
      if (view.getUint32(at) !== 0x2a2a0000 || size < SHORTEST || next > limit) break;
      if (view.getUint32(next - 4, true) !== size) break;
      const start = at + RECORD_HEADER_SIZE;
      if (view.getUint8(start) !== 0x0f) break;
      const isInstance = view.getUint8(start + 4) === 0x0c;
      const known = isInstance
        ? this.#instances.at(chunk, view, start, next - 4)
        : this.#heads.at(bytes, start, next - 4);
      if (known === undefined) break;
      if (!this.#drops(known)) {
        this.chosen = at;
        this.head = known.head;
        break;
      }
      this.passed++;
      this.last = at;
      at = next;
    }
    return at;
  }

  #drops(known: Head): boolean {
    if (known.isUnwanted) {
      if (known.count++ === 0) this.#counted.push(known);
      return true;
    }
    known.isUnwanted = !this.#wants(known.head);
    return known.isUnwanted;
  }

  /** Has everything counted that was passed over. */
  settle(): void {
    for (const known of this.#counted) {
      this.#wants(known.head, known.count);
      known.count = 0;
    }
    this.#counted.length = 0;
  }

  /** Forgets the templates. */
  clear(): void {
    this.#instances.clear();
  }
}
