import { isIP } from "node:net";
import { entryOf } from "../../../model/entry.ts";

/** Names of ports as nft writes them, those that rules are often about. */
const SERVICES: Readonly<Record<string, string>> = {
  ftp: "21",
  ssh: "22",
  telnet: "23",
  smtp: "25",
  domain: "53",
  http: "80",
  pop3: "110",
  "netbios-ssn": "139",
  imap2: "143",
  ldap: "389",
  https: "443",
  "microsoft-ds": "445",
  ldaps: "636",
  imaps: "993",
  pop3s: "995",
};

/** The members of a set in braces, or the one value. */
export function values(word: string): readonly string[] {
  if (!word.startsWith("{")) return [word];
  const members = word.slice(1, -1).split(",");
  return members.map((one) => one.trim()).filter(Boolean);
}

/** Ports as numbers and ranges; undefined where one is none. */
export function portsOf(written: readonly string[]): readonly string[] | undefined {
  const ports = written.map((one) => entryOf(SERVICES, one) ?? one);
  return ports.every((one) => /^\d{1,5}(?:-\d{1,5})?$/.test(one)) ? ports : undefined;
}

type Range = readonly [bigint, bigint];

/** What lies between ranges, from 0 to the highest. */
function between(ranges: readonly Range[], highest: bigint): Range[] {
  const gaps: Range[] = [];
  let next = 0n;
  for (const [low, high] of [...ranges].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (low > next) gaps.push([next, low - 1n]);
    if (high >= next) next = high + 1n;
  }
  if (next <= highest) gaps.push([next, highest]);
  return gaps;
}

/** All ports but these. */
export function otherPorts(ports: readonly string[]): readonly string[] {
  const ranges = ports.map((one): Range => {
    const [low = "0", high = low] = one.split("-");
    return [BigInt(low), BigInt(high)];
  });
  return between(ranges, 65_535n).map(([low, high]) => `${low}-${high}`);
}

function numberOf(address: string): bigint {
  if (isIP(address) === 4) return address.split(".").reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const words = [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
  return words.reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
}

function addressOf(number: bigint, version: 4 | 6): string {
  const [count, bits, base] = version === 4 ? [4, 8n, 10] : [8, 16n, 16];
  const parts = Array.from(
    { length: count },
    (_, at) => (number >> (BigInt(count - 1 - at) * bits)) & ((1n << bits) - 1n),
  );
  return parts.map((part) => part.toString(base)).join(version === 4 ? "." : ":");
}

/** All addresses of a family but these (addresses, prefixes, ranges); undefined where one is none of the family. */
export function otherAddresses(addresses: readonly string[], version: 4 | 6): readonly string[] | undefined {
  const size = version === 4 ? 32 : 128;
  const ranges: Range[] = [];
  for (const one of addresses) {
    const [first = "", last] = one.split("-");
    const [low = "", length = `${size}`] = first.split("/");
    // IPv4 within IPv6 is written in a way of its own.
    const isOne = (address: string) => isIP(address) === version && !(version === 6 && address.includes("."));
    if (!isOne(low) || (last !== undefined && !isOne(last)) || !/^\d{1,3}$/.test(length) || Number(length) > size)
      return undefined;
    const rest = (1n << BigInt(size - Number(length))) - 1n;
    const start = numberOf(low) & ~rest;
    ranges.push([start, last === undefined ? start | rest : numberOf(last)]);
  }
  return between(ranges, (1n << BigInt(size)) - 1n).map(
    ([low, high]) => `${addressOf(low, version)}-${addressOf(high, version)}`,
  );
}
