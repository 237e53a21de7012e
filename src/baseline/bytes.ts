/** Grows as it is written to. Numbers are LEB128 varints, up to 2^53 − 1. */
export class ByteWriter {
  #buffer = Buffer.alloc(1024);
  #length = 0;

  #room(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const bigger = Buffer.alloc(Math.max(this.#buffer.length * 2, this.#length + more));
    this.#buffer.copy(bigger, 0, 0, this.#length);
    this.#buffer = bigger;
  }

  varint(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest > 127) {
      this.#buffer[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#length++] = rest;
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Length, then the bytes. */
  block(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.bytes(bytes);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written so far; the writer starts anew. */
  take(): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }
}

/** Reads what ByteWriter wrote. Past the end it throws a RangeError, which callers turn into “the file is damaged”. */
export class ByteReader {
  readonly #buffer: Uint8Array;
  #at: number;
  constructor(buffer: Uint8Array, at = 0) {
    this.#buffer = buffer;
    this.#at = at;
  }

  /** Where the next byte stands. */
  get at(): number {
    return this.#at;
  }

  skip(length: number): void {
    if (length > this.#buffer.length - this.#at) throw new RangeError("a block is cut");
    this.#at += length;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.#buffer[this.#at++];
      if (byte === undefined) break;
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw new RangeError("a number is cut or too large");
  }

  bytes(length: number): Uint8Array {
    this.skip(length);
    return this.#buffer.subarray(this.#at - length, this.#at);
  }

  block(): Uint8Array {
    return this.bytes(this.varint());
  }

  /** A block that is text, in UTF-8. */
  text(): string {
    const { buffer, byteOffset, length } = this.block();
    return Buffer.from(buffer, byteOffset, length).toString("utf8");
  }

  /** Passes over a block; true where it is this text in UTF-8. */
  passes(text: Uint8Array): boolean {
    const length = this.varint();
    const from = this.#at;
    this.skip(length);
    if (length !== text.length) return false;
    // What differs mostly differs at its end: keys are sorted.
    for (let at = length - 1; at >= 0; at--) if (this.#buffer[from + at] !== text[at]) return false;
    return true;
  }

  get done(): boolean {
    return this.#at >= this.#buffer.length;
  }
}
