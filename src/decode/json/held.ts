/** Growth stops being kept once a value this large (bytes) has been let go. */
const KEEP = 1 << 20;

/** Bytes that are kept from block to block. Doubles, so that blocks of one byte cost no more than one large block. */
export class Held {
  private bytes = Buffer.allocUnsafe(4096);
  length = 0;

  append(part: Uint8Array): void {
    const length = this.length + part.length;
    if (length > this.bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, this.bytes.length * 2));
      this.bytes.copy(grown, 0, 0, this.length);
      this.bytes = grown;
    }
    this.bytes.set(part, this.length);
    this.length = length;
  }

  /** What was appended; valid until the next `append`. */
  view(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** Lets go of the first `count` bytes. */
  discard(count: number): void {
    if (count > 0) this.bytes.copyWithin(0, count, this.length);
    this.length -= count;
  }

  clear(): void {
    this.length = 0;
    if (this.bytes.length > KEEP) this.bytes = Buffer.allocUnsafe(4096);
  }
}
