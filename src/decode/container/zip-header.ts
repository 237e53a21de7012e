/** Signatures of APPNOTE 4.3, as little-endian numbers. */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const DESCRIPTOR = 0x08074b50;
export const END = 0x06054b50;
export const END64 = 0x06064b50;
export const LOCATOR64 = 0x07064b50;
/** Length of a local header without name and extra field. */
export const LOCAL_SIZE = 30;

const FULL = 0xffffffff;
const FLAG_ENCRYPTED = 1;
const FLAG_DESCRIPTOR = 8;

/** A member's local header. */
export interface ZipHeader {
  readonly method: number;
  readonly encrypted: boolean;
  /** True where sizes and checksum stand behind the data instead. */
  readonly described: boolean;
  readonly crc: number;
  /** Sizes in bytes; 0 where they stand behind the data. */
  readonly compressed: number;
  readonly size: number;
  readonly name: Buffer;
}

/** Lengths of the name and the extra field that follow the fixed part of a local header. */
export function variableSize(fixed: Buffer): { readonly name: number; readonly extra: number } {
  return { name: fixed.readUInt16LE(26), extra: fixed.readUInt16LE(28) };
}

/** APPNOTE 4.3.7, with the sizes of Zip64 (4.5.3) where they are there. */
export function parseLocal(fixed: Buffer, name: Buffer, extra: Buffer): ZipHeader {
  const flags = fixed.readUInt16LE(6);
  let compressed = fixed.readUInt32LE(18);
  let size = fixed.readUInt32LE(22);
  const wide = zip64(extra);
  if (wide && size === FULL && wide.length >= 8) size = exact(wide.readBigUInt64LE(0));
  if (wide && compressed === FULL && wide.length >= 16) compressed = exact(wide.readBigUInt64LE(8));
  return {
    method: fixed.readUInt16LE(8),
    encrypted: (flags & FLAG_ENCRYPTED) !== 0,
    described: (flags & FLAG_DESCRIPTOR) !== 0,
    crc: fixed.readUInt32LE(14),
    compressed,
    size,
    name,
  };
}

/** What stands behind the data of a `described` member. */
export interface ZipDescriptor {
  readonly crc: number;
  readonly bytes: number;
}

/** The most that a descriptor and the first bytes of the next signature take. */
export const DESCRIPTOR_SIZE = 26;

/**
 * Reads the descriptor of data that were `compressed` bytes: with or without signature, with sizes of 4 or 8 bytes. Where
 * both sizes would do, the next header tells.
 */
export function parseDescriptor(bytes: Buffer, compressed: number): ZipDescriptor | undefined {
  const signed = bytes.length >= 4 && bytes.readUInt32LE(0) === DESCRIPTOR ? 4 : 0;
  const narrow = signed + 12;
  const wide = signed + 20;
  if (bytes.length < narrow) return undefined;
  const crc = bytes.readUInt32LE(signed);
  const isWide = bytes.length >= wide && bytes.readBigUInt64LE(signed + 4) === BigInt(compressed);
  if (isWide && !isNextHeader(bytes, narrow)) return { crc, bytes: wide };
  return bytes.readUInt32LE(signed + 4) === compressed % 2 ** 32 ? { crc, bytes: narrow } : undefined;
}

function isNextHeader(bytes: Buffer, at: number): boolean {
  return bytes.toString("latin1", at, at + 2) === "PK";
}

function zip64(extra: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}

function exact(value: bigint): number {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Number.MAX_SAFE_INTEGER;
}
