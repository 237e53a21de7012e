import { isIPv4, isIPv6 } from "node:net";

/** An internet address, or all that begin with the same bits. */
export interface Range {
  /** 4 or 6; an IPv4 address that is written as an IPv6 one is 4. */
  readonly version: 4 | 6;
  /** The bits that are given, without those behind them. */
  readonly prefix: bigint;
  /** How many bits are given: 32 or 128 for a single address. */
  readonly length: number;
}

const BITS = { 4: 32, 6: 128 } as const;
const MAPPED = 0xffffn << 32n;

function ofV4(text: string): bigint {
  return text.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** @param text a valid IPv6 address without a zone */
function ofV6(text: string): bigint {
  const [, head = text, tail] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  const v4 = tail === undefined ? undefined : ofV4(tail);
  const whole = v4 === undefined ? text : `${head}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  const [left = "", right] = whole.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const before = groups(left);
  const after = right === undefined ? [] : groups(right);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** An address as logs write it, with or without brackets and zone; undefined for a name. */
export function addressOf(text: string): Range | undefined {
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (isIPv4(bare)) return { version: 4, prefix: ofV4(bare), length: 32 };
  if (!isIPv6(bare)) return undefined;
  const value = ofV6(bare);
  if (value >> 32n === MAPPED >> 32n) return { version: 4, prefix: value & 0xffffffffn, length: 32 };
  return { version: 6, prefix: value, length: 128 };
}

/** The first `length` bits of an address or range. */
export const cut = ({ version, prefix, length }: Range, to: number): Range => ({
  version,
  prefix: prefix >> BigInt(Math.max(0, length - to)),
  length: Math.min(length, to),
});

/** `192.0.2.0/24`, or an address; a text says what is wrong with it, undefined that it is neither. */
export function rangeOf(text: string): Range | string | undefined {
  const [, base = text, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = addressOf(base);
  if (!address || bits === undefined) return address;
  const length = Number(bits);
  if (length > BITS[address.version]) return `no IPv${address.version} address has ${length} bits`;
  const range = cut(address, length);
  return range.prefix << BigInt(address.length - length) === address.prefix
    ? range
    : `bits are set behind the first ${length}`;
}
