/** Little-endian reads. Callers check bounds; a read beyond the end yields 0 bits, never an exception. */
export function u16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

/** A 64-bit unsigned number as a double: exact up to 2^53, which holds every record id in practice. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at + 4) * 0x1_0000_0000 + u32(bytes, at);
}

/** A 64-bit number, exactly. */
export function big64(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32(bytes, at + 4)) << 32n) | BigInt(u32(bytes, at));
}

let viewed: Uint8Array | undefined;
let view = new DataView(new ArrayBuffer(0)) as DataView;

/** The same bytes, of which a word is read at once. What lies beyond their end throws. */
export function viewOf(bytes: Uint8Array): DataView {
  if (viewed !== bytes) {
    viewed = bytes;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return view;
}

/** A copy of the bytes between two offsets. */
export function copyOf(bytes: Buffer, start: number, end: number): DataView {
  return new DataView(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + Math.min(end, bytes.length)));
}

/** Whether `length` bytes are the same. A loop: they are few as a rule, and a native call takes longer then. */
export function isSame(one: DataView, at: number, other: DataView, from: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (one.getInt32(at + i) !== other.getInt32(from + i)) return false;
  for (; i < length; i++) if (one.getInt8(at + i) !== other.getInt8(from + i)) return false;
  return true;
}

/** What `toString("utf16le", …)` comes to, without its checks: a record has dozens of texts, most of them short. */
type Sliced = { readonly ucs2Slice: (start: number, end: number) => string };

/** UTF-16LE text of `length` bytes, up to its first NUL, as Windows reads it. */
export function utf16(bytes: Buffer, at: number, length: number): string {
  const end = Math.min(at + (length & ~1), bytes.length);
  if (end <= at) return "";
  const text = (bytes as Buffer & Sliced).ucs2Slice(at, end);
  const nul = text.indexOf("\0");
  return nul < 0 ? text : text.slice(0, nul);
}
