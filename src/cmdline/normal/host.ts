import { isUnreserved, percentDecode } from "./percent.ts";

/** One part of an IPv4 address as Windows reads it: decimal, octal with a leading 0, hexadecimal with 0x. */
function part(text: string): number | undefined {
  if (/^0x[0-9a-f]{0,12}$/.test(text)) return text.length === 2 ? 0 : Number.parseInt(text.slice(2), 16);
  if (/^0[0-7]{1,14}$/.test(text)) return Number.parseInt(text, 8);
  return /^[0-9]{1,12}$/.test(text) ? Number(text) : undefined;
}

/** Dotted form of an IPv4 address in any of its spellings (`3232235777`, `0xC0A80101`, `192.168.257`); undefined for names. */
export function ipv4(host: string): string | undefined {
  if (host.length > 64 || !/^[0-9]/.test(host)) return undefined;
  const parts = host.split(".").map(part);
  if (parts.length > 4 || parts.some((value) => value === undefined)) return undefined;
  const numbers = parts as number[];
  const last = numbers.pop()!;
  const room = 256 ** (4 - numbers.length);
  if (last >= room || numbers.some((value) => value > 255)) return undefined;
  const sum = numbers.reduce((total, value, index) => total + value * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(sum / 2 ** shift) % 256).join(".");
}

/** A host in the form in which hosts are compared: lower case, escapes decoded, no trailing dot, dotted IPv4. */
export function normalHost(host: string): string {
  const decoded = percentDecode(host, isUnreserved)
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/g, ".");
  const name = decoded.endsWith(".") && decoded.length > 1 ? decoded.slice(0, -1) : decoded;
  return ipv4(name) ?? name;
}

/** The machine itself over its own network: RFC 6761, RFC 1122 and RFC 4291, and how a UNC path writes `::1`. */
const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0--1\.ipv6-literal\.net)$/i;

/** Whether a host, or the server of a share, is the machine that asks. */
export const isThisMachine = (host: string): boolean => THIS_MACHINE.test(host);
