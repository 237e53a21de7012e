import { u16, u32, utf16 } from "./bytes.ts";

const NO_NAME = "";

/** A part of a definition that depends on the chunk: a name's offset (with the name itself where it stands here), or a size. */
export interface Hole {
  readonly at: number;
  readonly size: number;
  readonly name: boolean;
}

export interface Holes {
  readonly list: Hole[];
  /** False where how the definition is read depends on more of the chunk than the names. */
  isPortable: boolean;
}

/** A bounded walk over a chunk's bytes. Reading past `end` sets `broken` and yields zeros. */
export class Cursor {
  readonly bytes: Buffer;
  readonly end: number;
  at: number;
  broken = false;
  /** Where asked for: what differs from chunk to chunk in one and the same definition (see print.ts). */
  readonly holes: Holes | undefined;

  constructor(bytes: Buffer, at: number, end: number, holes?: Holes) {
    this.bytes = bytes;
    this.at = at;
    this.holes = holes;
    this.end = Math.min(end, bytes.length);
  }

  /** Takes `length` bytes and says where they start; -1 where there are not so many. */
  take(length: number): number {
    const start = this.at;
    if (start + length > this.end) {
      this.broken = true;
      this.at = this.end;
      return -1;
    }
    this.at = start + length;
    return start;
  }

  u8(): number {
    const at = this.take(1);
    return at < 0 ? 0 : this.bytes[at]!;
  }

  u16(): number {
    const at = this.take(2);
    return at < 0 ? 0 : u16(this.bytes, at);
  }

  u32(): number {
    const at = this.take(4);
    return at < 0 ? 0 : u32(this.bytes, at);
  }

  /** Length-prefixed UTF-16 text. */
  text(): string {
    const length = this.u16() * 2;
    const at = this.take(length);
    return at < 0 ? "" : utf16(this.bytes, at, length);
  }

  /** A name by its offset in the chunk; at its first use in a chunk it stands right here. */
  name(): string {
    const start = this.at;
    const offset = this.u32();
    if (offset === this.at) this.take(8 + nameLength(this.bytes, offset) * 2 + 2);
    const name = nameAt(this.bytes, offset);
    if (name === NO_NAME) this.broken = true;
    this.holes?.list.push({ at: start, size: this.at - start, name: true });
    return name;
  }

  /** The size of an element or of its attributes: the tokens tell it anyway. */
  skipSize(): void {
    this.holes?.list.push({ at: this.at, size: 4, name: false });
    this.take(4);
  }
}

/** Characters of the name at a chunk offset: `next` u32, hash u16, length u16, UTF-16 text, NUL. */
function nameLength(bytes: Buffer, offset: number): number {
  return offset + 8 <= bytes.length ? u16(bytes, offset + 6) : 0;
}

/** The name at a chunk offset; empty where there is none. */
function nameAt(bytes: Buffer, offset: number): string {
  const length = nameLength(bytes, offset) * 2;
  return offset + 8 + length > bytes.length ? NO_NAME : utf16(bytes, offset + 8, length);
}

/** Whether a name stands at a chunk offset: its hash must fit its text. */
export function isName(bytes: Buffer, offset: number): boolean {
  const length = nameLength(bytes, offset);
  if (length === 0 || length > 256 || offset + 8 + length * 2 > bytes.length) return false;
  let hash = 0;
  for (let i = 0; i < length; i++) hash = (Math.imul(hash, 65599) + u16(bytes, offset + 8 + i * 2)) >>> 0;
  return (hash & 0xffff) === u16(bytes, offset + 4);
}
