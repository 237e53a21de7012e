import { type EvtxField, VALUE_TYPE } from "./types.ts";

/** 100 ns ticks between 1601 and 1970. */
const EPOCH_TICKS = 116444736000000000n;

/** Milliseconds since 1970 as a FILETIME. */
export function filetime(ms: number): bigint {
  const whole = Math.floor(ms);
  return BigInt(whole) * 10000n + BigInt(Math.round((ms - whole) * 10000)) + EPOCH_TICKS;
}

/** Writes `{…}` text as the 16 bytes of a GUID; returns their number. */
export function writeGuid(out: Buffer, at: number, text: string): number {
  const hex = text.replace(/[{}-]/g, "");
  out.write(hex, at, 16, "hex");
  out.subarray(at, at + 4).swap32();
  out.subarray(at + 4, at + 8).swap16();
  return 16;
}

function writeSid(out: Buffer, at: number, text: string): number {
  const [, revision = "1", authority = "0", ...subs] = text.split("-");
  out.writeUInt8(Number(revision), at);
  out.writeUInt8(subs.length, at + 1);
  out.writeUIntBE(Number(authority), at + 2, 6);
  subs.forEach((sub, i) => {
    out.writeUInt32LE(Number(sub), at + 8 + 4 * i);
  });
  return 8 + 4 * subs.length;
}

type Writer = (out: Buffer, at: number, value: never) => number;

const WRITERS: Record<EvtxField["type"], Writer> = {
  string: (out, at, value: string) => out.write(value, at, "utf16le"),
  uint8: (out, at, value: number) => out.writeUInt8(value, at) - at,
  int16: (out, at, value: number) => out.writeInt16LE(value, at) - at,
  uint16: (out, at, value: number) => out.writeUInt16LE(value, at) - at,
  int32: (out, at, value: number) => out.writeInt32LE(value, at) - at,
  uint32: (out, at, value: number) => out.writeUInt32LE(value, at) - at,
  int64: (out, at, value: number | bigint) => out.writeBigInt64LE(BigInt(value), at) - at,
  uint64: (out, at, value: number | bigint) => out.writeBigUInt64LE(BigInt(value), at) - at,
  float64: (out, at, value: number) => out.writeDoubleLE(value, at) - at,
  boolean: (out, at, value: boolean) => out.writeUInt32LE(value ? 1 : 0, at) - at,
  binary: (out, at, value: Uint8Array) => {
    out.set(value, at);
    return value.length;
  },
  guid: writeGuid,
  filetime: (out, at, value: number) => out.writeBigUInt64LE(filetime(value), at) - at,
  sid: writeSid,
  hex32: (out, at, value: number) => out.writeUInt32LE(value, at) - at,
  hex64: (out, at, value: number | bigint) => out.writeBigUInt64LE(BigInt(value), at) - at,
  stringArray: (out, at, value: readonly string[]) => out.write(value.map((s) => `${s}\0`).join(""), at, "utf16le"),
};

/** Writes a value's bytes and returns their number; the buffer throws a RangeError when they do not fit. */
export function writeValue(out: Buffer, at: number, type: EvtxField["type"], value: EvtxField["value"]): number {
  if (value === undefined) return 0;
  return (WRITERS[type] as (out: Buffer, at: number, value: unknown) => number)(out, at, value);
}

export function typeCode(field: EvtxField): number {
  return field.value === undefined ? 0 : VALUE_TYPE[field.type];
}
