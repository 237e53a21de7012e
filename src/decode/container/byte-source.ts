/**
 * Blocks of bytes as they come, with a look ahead and a way to give back. All containers read through this, so that files,
 * pipes and members of other containers are alike.
 */
export class ByteSource {
  private readonly blocks: AsyncIterator<Uint8Array>;
  private pending: Uint8Array = Buffer.alloc(0);
  private ended = false;
  /** Bytes taken so far. */
  offset = 0;

  constructor(blocks: AsyncIterable<Uint8Array>) {
    this.blocks = blocks[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them: at least `count`, or all that are left. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.pending.length >= count || this.ended) return this.pending;
    const parts = this.pending.length === 0 ? [] : [this.pending];
    let have = this.pending.length;
    while (have < count && !this.ended) {
      const { done, value } = await this.blocks.next();
      if (done) this.ended = true;
      else {
        parts.push(value);
        have += value.length;
      }
    }
    this.pending = parts.length === 1 ? parts[0]! : Buffer.concat(parts, have);
    return this.pending;
  }

  /** The next bytes, at least one and at most `most`, in whatever portion they come; undefined at the end. */
  async take(most = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    const have = await this.peek(1);
    if (have.length === 0) return undefined;
    return this.consume(Math.min(most, have.length));
  }

  /** Exactly `count` bytes, or fewer at the end. `count` must be small: all of it is held. */
  async read(count: number): Promise<Uint8Array> {
    const have = await this.peek(count);
    return this.consume(Math.min(count, have.length));
  }

  /** Passes over `count` bytes; false where the end comes first. */
  async skip(count: number): Promise<boolean> {
    for (let left = count; left > 0; ) {
      const block = await this.take(left);
      if (!block) return false;
      left -= block.length;
    }
    return true;
  }

  /** Gives back bytes that were taken too many; they come next. */
  unread(bytes: Uint8Array): void {
    this.pending = Buffer.concat([bytes, this.pending]);
    this.offset -= bytes.length;
  }

  /** All that is left, block by block. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (let block = await this.take(); block; block = await this.take()) yield block;
  }

  /** Lets go of what the blocks come from. */
  async close(): Promise<void> {
    this.ended = true;
    await this.blocks.return?.();
  }

  private consume(count: number): Uint8Array {
    const taken = this.pending.subarray(0, count);
    this.pending = this.pending.subarray(count);
    this.offset += count;
    return taken;
  }
}
