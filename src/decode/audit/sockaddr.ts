import { isHex } from "./hex.ts";

export interface SocketAddress {
  readonly family: "inet" | "inet6" | "unix" | "netlink";
  readonly ip?: string;
  readonly port?: number;
  /** Path of a unix socket; an abstract one begins with `@`. */
  readonly path?: string;
}

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const AF_NETLINK = 16;

/** Decodes `saddr`, a sockaddr in hex: family in the machine's order (all that matter are little-endian), port in network order. */
export function decodeSockaddr(saddr: string): SocketAddress | undefined {
  if (!isHex(saddr)) return undefined;
  const bytes = Buffer.from(saddr.slice(0, 512), "hex");
  if (bytes.length < 2) return undefined;
  const family = bytes.readUInt16LE(0);
  if (family === AF_INET && bytes.length >= 8) {
    return { family: "inet", ip: bytes.subarray(4, 8).join("."), port: bytes.readUInt16BE(2) };
  }
  if (family === AF_INET6 && bytes.length >= 24) {
    return { family: "inet6", ip: ipv6(bytes.subarray(8, 24)), port: bytes.readUInt16BE(2) };
  }
  if (family === AF_UNIX) return { family: "unix", path: unixPath(bytes.subarray(2)) };
  return family === AF_NETLINK ? { family: "netlink" } : undefined;
}

function unixPath(bytes: Buffer): string {
  const abstract = bytes[0] === 0;
  const body = bytes.subarray(abstract ? 1 : 0);
  const end = body.indexOf(0);
  return (abstract ? "@" : "") + body.subarray(0, end < 0 ? body.length : end).toString("utf8");
}

/** RFC 5952: the longest run of zero groups becomes `::`; an IPv4 address in IPv6 is written as one. */
function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  const text = groups.join(":");
  if (text.startsWith("0:0:0:0:0:ffff:")) return `::ffff:${bytes.subarray(12).join(".")}`;
  const runs = text.match(/(?:^|(?<=:))0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (longest === "") return text;
  const at = `:${text}:`.indexOf(`:${longest}:`);
  const before = text.slice(0, Math.max(0, at - 1));
  const after = text.slice(at + longest.length + 1);
  return `${before}::${after}`;
}
