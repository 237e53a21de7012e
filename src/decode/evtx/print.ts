import { copyOf, isSame, u16, u32, viewOf } from "./bytes.ts";
import type { Hole } from "./cursor.ts";

/** What a hole holds: the text of a name as it stands in a chunk (hash u16, length u16, UTF-16), or nothing that counts. */
interface Filling {
  /** Offset in the definition, and of what follows. */
  readonly at: number;
  readonly next: number;
  readonly name: DataView | undefined;
}

/**
 * How a template's definition looks, but for what depends on the chunk it stands in: where names stand, and sizes. A log defines
 * its few templates anew in every chunk; to compare is much cheaper than to read.
 */
export class Print {
  readonly #bytes: DataView;
  readonly #fillings: readonly Filling[];

  /** `holes` in rising order, by chunk offsets; all bytes from `start` to `end` count otherwise. */
  constructor(chunk: Buffer, start: number, end: number, holes: readonly Hole[]) {
    this.#bytes = copyOf(chunk, start, end);
    this.#fillings = holes.map(({ at, size, name }) => ({
      at: at - start,
      next: at + size - start,
      name: name ? nameBytes(chunk, u32(chunk, at)) : undefined,
    }));
  }

  /** Bytes that it takes, roughly. */
  get size(): number {
    return this.#bytes.byteLength;
  }

  /** Whether the definition at `start` is this one; it must not reach beyond `end`. */
  fits(chunk: Buffer, start: number, end: number): boolean {
    const view = viewOf(chunk);
    let at = start;
    let mine = 0;
    for (const filling of this.#fillings) {
      const length = filling.at - mine;
      if (at + length + 4 > end || !isSame(this.#bytes, mine, view, at, length)) return false;
      at += length + 4;
      mine = filling.next;
      const { name } = filling;
      if (name === undefined) continue;
      const offset = u32(chunk, at - 4);
      if (offset + 4 + name.byteLength > chunk.length || !isSame(name, 0, view, offset + 4, name.byteLength))
        return false;
      if (offset === at) at += 4 + name.byteLength + 2;
    }
    const length = this.#bytes.byteLength - mine;
    return at + length <= end && isSame(this.#bytes, mine, view, at, length);
  }
}

function nameBytes(chunk: Buffer, offset: number): DataView {
  return copyOf(chunk, offset + 4, offset + 8 + u16(chunk, offset + 6) * 2);
}
