import { big64, u16, u32 } from "./bytes.ts";
import { interned } from "./interned.ts";
import { filetimeText, systemtimeText } from "./time.ts";

/** Value types of BinXML ([MS-EVEN6] 2.2.12, BinXmlVar types) that the code names; 0x80 marks an array of them. */
export const TYPE = {
  null: 0x00,
  string: 0x01,
  uint16: 0x06,
  uint64: 0x0a,
  fileTime: 0x11,
  systemTime: 0x12,
  binXml: 0x21,
} as const;
export const ARRAY = 0x80;

/** Bytes of each type of fixed size, by type; undefined where the size is in the value's descriptor only. */
const SIZES: readonly (number | undefined)[] = [
  0,
  undefined,
  undefined,
  1,
  1,
  2,
  2,
  4,
  4,
  8,
  8,
  4,
  8,
  4,
  undefined,
  16,
  undefined,
  8,
  16,
  undefined,
  4,
  8,
];

export function sizeOfType(type: number): number | undefined {
  return SIZES[type];
}

/**
 * A value as Windows and other readers show it: integers decimal, hexadecimal types as `0x…` in lower case, GUIDs in
 * upper case within braces, times as RFC 3339, SIDs as `S-1-…`, binary as upper-case hexadecimal, booleans as words.
 * `size` is what is really there: a value cut short is read as far as it goes, as binary.
 */
export function scalarText(bytes: Buffer, type: number, at: number, size: number): string {
  const fixed = SIZES[type];
  if (fixed !== undefined && size < fixed) return hexText(bytes, at, size);
  switch (type) {
    case 0x00:
      return "";
    case 0x01:
    case 0x23:
      return interned.text(bytes, at, size);
    case 0x02:
      return ansiText(bytes, at, size);
    case 0x03:
      return String(bytes.readInt8(at));
    case 0x04:
      return String(bytes[at]!);
    case 0x05:
      return String(bytes.readInt16LE(at));
    case 0x06:
      return String(u16(bytes, at));
    case 0x07:
      return String(u32(bytes, at) | 0);
    case 0x08:
      return String(u32(bytes, at));
    case 0x09:
      return String(BigInt.asIntN(64, big64(bytes, at)));
    case 0x0a:
      return u32(bytes, at + 4) === 0 ? String(u32(bytes, at)) : String(big64(bytes, at));
    case 0x0b:
      return floatText(bytes.readFloatLE(at));
    case 0x0c:
      return String(bytes.readDoubleLE(at));
    case 0x0d:
      return boolText(u32(bytes, at) | 0);
    case 0x0f:
      return interned.guid(bytes, at);
    case 0x10:
    case 0x20:
      return sizedHexText(bytes, at, size);
    case 0x11:
      return filetimeText(bytes, at);
    case 0x12:
      return systemtimeText(bytes, at);
    case 0x13:
      return sidText(bytes, at, size);
    case 0x14:
      return hex32Text(bytes, at);
    case 0x15:
      return hex64Text(bytes, at);
    default:
      return hexText(bytes, at, size);
  }
}

/** Windows-1252 is what ANSI means on most systems; the log does not say. NULs are padding. */
function ansiText(bytes: Buffer, at: number, size: number): string {
  return ANSI.decode(bytes.subarray(at, at + size)).replaceAll("\0", "");
}

const ANSI = new TextDecoder("windows-1252");

/** Windows keeps bit masks in some boolean slots: what is neither 0 nor 1 stays a number. */
function boolText(value: number): string {
  if (value === 0) return "false";
  return value === 1 ? "true" : String(value);
}

/** The shortest decimal that is this 32-bit float again. */
function floatText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

function hexText(bytes: Buffer, at: number, size: number): string {
  return bytes.toString("hex", at, at + size).toUpperCase();
}

function hex32Text(bytes: Buffer, at: number): string {
  return `0x${u32(bytes, at).toString(16)}`;
}

function hex64Text(bytes: Buffer, at: number): string {
  const high = u32(bytes, at + 4);
  if (high === 0) return hex32Text(bytes, at);
  return `0x${high.toString(16)}${u32(bytes, at).toString(16).padStart(8, "0")}`;
}

function sizedHexText(bytes: Buffer, at: number, size: number): string {
  if (size === 4) return hex32Text(bytes, at);
  return size === 8 ? hex64Text(bytes, at) : hexText(bytes, at, size);
}

/** Bytes of the SID at `at`: revision, count of sub-authorities, authority (48 bits, big-endian), sub-authorities. */
export function sidSize(bytes: Uint8Array, at: number): number {
  return 8 + 4 * (bytes[at + 1] ?? 0);
}

function sidText(bytes: Buffer, at: number, size: number): string {
  if (size < 8 || sidSize(bytes, at) > size) return hexText(bytes, at, size);
  let text = `S-${bytes[at]!}-${bytes.readUIntBE(at + 2, 6)}`;
  for (let i = 0; i < bytes[at + 1]!; i++) text += `-${u32(bytes, at + 8 + i * 4)}`;
  return text;
}
