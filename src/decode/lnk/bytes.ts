/** A structure that does not fit: where it stands, how many bytes it takes, how many are there. */
export interface Damage {
  readonly what: string;
  readonly offset: number;
  readonly need: number;
  readonly have: number;
}

const CP1252 = new TextDecoder("windows-1252");
const MAX_DAMAGES = 64;

/**
 * A window on a file, for structures that say their own sizes. A read outside the window answers 0 or "" and is noted;
 * nothing throws. Offsets are relative to the window; damages bear offsets in the file.
 */
export class Bytes {
  readonly length: number;
  private readonly buffer: Buffer;
  private readonly base: number;
  private readonly damages: Damage[];

  constructor(buffer: Buffer, damages: Damage[], base = 0) {
    this.buffer = buffer;
    this.length = buffer.length;
    this.base = base;
    this.damages = damages;
  }

  /** Whether `size` bytes stand at `offset`; notes the damage where they do not. */
  has(offset: number, size: number, what: string): boolean {
    if (size <= 0 || (offset >= 0 && offset + size <= this.length)) return true;
    if (this.damages.length < MAX_DAMAGES) {
      const have = Math.max(0, Math.min(size, this.length - offset));
      this.damages.push({ what, offset: this.base + offset, need: size, have });
    }
    return false;
  }

  u8(offset: number): number {
    return this.buffer[offset] ?? 0;
  }
  u16(offset: number, what: string): number {
    return this.has(offset, 2, what) ? this.buffer.readUInt16LE(offset) : 0;
  }
  u32(offset: number, what: string): number {
    return this.has(offset, 4, what) ? this.buffer.readUInt32LE(offset) : 0;
  }
  u64(offset: number, what: string): bigint {
    return this.has(offset, 8, what) ? this.buffer.readBigUInt64LE(offset) : 0n;
  }

  /** A part of the window; what goes beyond its end is cut, and noted. */
  window(offset: number, size: number, what: string): Bytes {
    this.has(offset, size, what);
    const start = Math.min(Math.max(0, offset), this.length);
    return new Bytes(this.buffer.subarray(start, Math.min(start + size, this.length)), this.damages, this.base + start);
  }

  /** `{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}`, in capitals. */
  guid(offset: number, what: string): string {
    if (!this.has(offset, 16, what)) return "";
    const hex = (start: number, count: number, reverse: boolean) => {
      const part = Buffer.from(this.buffer.subarray(offset + start, offset + start + count));
      return (reverse ? part.reverse() : part).toString("hex").toUpperCase();
    };
    return `{${hex(0, 4, true)}-${hex(4, 2, true)}-${hex(6, 2, true)}-${hex(8, 2, false)}-${hex(10, 6, false)}}`;
  }

  /** Text of the ANSI code page (read as Windows-1252) up to a NUL, or to `size` bytes. */
  ansi(offset: number, size = this.length - offset): string {
    const part = this.part(offset, size);
    const end = part.indexOf(0);
    return CP1252.decode(end < 0 ? part : part.subarray(0, end));
  }

  /** UTF-16LE text up to a NUL, or to `size` bytes. */
  utf16(offset: number, size = this.length - offset): string {
    const text = this.part(offset, size - (size % 2)).toString("utf16le");
    const end = text.indexOf("\0");
    return end < 0 ? text : text.slice(0, end);
  }

  private part(offset: number, size: number): Buffer {
    if (offset < 0 || size <= 0) return Buffer.alloc(0);
    return this.buffer.subarray(Math.min(offset, this.length), Math.min(offset + size, this.length));
  }
}

const EPOCH_1601 = 11_644_473_600_000n;

/** A FILETIME as milliseconds since 1970; undefined for 0 and for what no file was made at. */
export function fileTime(ticks: bigint): number | undefined {
  if (ticks <= 0n || ticks >= 1n << 63n) return undefined;
  return Number(ticks / 10_000n - EPOCH_1601);
}
