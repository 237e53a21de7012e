/** Bytes are kept in pieces of this size. */
const PIECE = 1 << 20;

/** A file that comes in blocks and is read anywhere: pieces are made as bytes come, and never put together into one. */
export class Pieces {
  readonly #pieces: Buffer[] = [];
  readonly #limit: number;
  /** Bytes that are kept, and that came. */
  kept = 0;
  size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(block: Uint8Array): void {
    this.size += block.length;
    for (let at = 0; at < block.length && this.kept < this.#limit; ) {
      const within = this.kept % PIECE;
      if (within === 0) this.#pieces.push(Buffer.allocUnsafe(PIECE));
      const part = block.subarray(at, at + Math.min(PIECE - within, this.#limit - this.kept));
      this.#pieces.at(-1)!.set(part, within);
      at += part.length;
      this.kept += part.length;
    }
  }

  /** The bytes from `offset` on, fewer than `length` where the file ends. */
  at(offset: number, length: number): Buffer {
    const end = Math.min(offset + length, this.kept);
    if (offset < 0 || offset >= end) return Buffer.alloc(0);
    const first = Math.floor(offset / PIECE);
    const within = offset % PIECE;
    if (within + end - offset <= PIECE) return this.#pieces[first]!.subarray(within, within + end - offset);
    const whole = this.#pieces.slice(first, Math.ceil(end / PIECE));
    return Buffer.concat(whole).subarray(within, within + end - offset);
  }
}
