import { isIP } from "node:net";
import { isWebDav } from "../../cmdline/normal/remote.ts";
import { glob } from "../../invocations/glob.ts";
import { entryOf } from "../../model/entry.ts";
import type { PeerPattern } from "../model.ts";
import type { Act } from "./act.ts";
import { every, type Met, some } from "./match.ts";

/** Address as bytes; IPv4 inside IPv6 is IPv4. undefined for what is no address. */
function bytesOf(address: string): number[] | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  const kind = isIP(plain);
  if (kind === 4) return plain.split(".").map(Number);
  if (kind !== 6) return undefined;
  const [head = "", tail] = plain.split("::");
  const words = (text: string) => (text === "" ? [] : text.split(":"));
  const left = words(head);
  const right = tail === undefined ? [] : words(tail);
  const filled = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return filled.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]);
}

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return 0;
};

function inPrefix(address: readonly number[], network: readonly number[], bits: number): boolean {
  return address.every((byte, i) => {
    const mask = (0xff00 >> Math.min(8, Math.max(0, bits - i * 8))) & 255;
    return (byte & mask) === ((network[i] ?? 0) & mask);
  });
}

/** Ranges of private networks, and what is no one machine of the internet. */
export const PRIVATE: readonly string[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
  // To all or many on the own network segment.
  "224.0.0.0/4",
  "255.255.255.255/32",
  "ff00::/8",
];

/** Whether an address lies outside of the private ranges and is one machine’s. */
export function isInternet(address: string): boolean | undefined {
  const bytes = bytesOf(address);
  return bytes && !PRIVATE.some((range) => addressMet(range, address) === true);
}

/** An address against one address, prefix, range or keyword of the Windows firewall. */
export function addressMet(pattern: string, address: string): Met {
  const wanted = pattern.trim().toLowerCase();
  if (wanted === "any" || wanted === "*") return true;
  const bytes = bytesOf(address);
  if (!bytes) return "the address is not logged";
  if (wanted === "internet") return isInternet(address) ?? false;
  if (wanted === "intranet") return !(isInternet(address) ?? true);
  if (!/[\d:]/.test(wanted) || /^[g-z]/.test(wanted)) return `which addresses ${pattern} are is not known`;
  const [first = "", last] = wanted.split("-");
  const [network = "", prefix] = first.split("/");
  const low = bytesOf(network);
  if (!low) return `${pattern} is not understood`;
  if (low.length !== bytes.length) return false;
  if (last !== undefined) {
    const high = bytesOf(last);
    if (!high || high.length !== bytes.length) return `${pattern} is not understood`;
    return compare(bytes, low) >= 0 && compare(bytes, high) <= 0;
  }
  if (prefix === undefined) return compare(bytes, low) === 0;
  const mask = bytesOf(prefix);
  const bits = mask ? mask.reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0) : Number(prefix);
  return Number.isInteger(bits) ? inPrefix(bytes, low, bits) : `${pattern} is not understood`;
}

function portMet(pattern: string, port: number): Met {
  if (/^any$/i.test(pattern)) return true;
  if (!/^\s*\d{1,5}\s*(?:-\s*\d{1,5}\s*)?$/.test(pattern)) return `which port ${pattern} is is not known`;
  const [low = 0, high = low] = pattern.split("-").map(Number);
  return port >= low && port <= high;
}

const PROTOCOLS: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmpv4", "256": "any" };
const protocolOf = (text: string) => entryOf(PROTOCOLS, text) ?? text.toLowerCase();

const OF_SCHEME: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/** The port of a URL: as it says, else that of its scheme. */
export const portOf = (scheme: string, said: string | undefined): number | undefined =>
  said === undefined ? entryOf(OF_SCHEME, scheme.toLowerCase()) : Number(said);

/** Protocols above TCP and UDP by the ports at which they are at home. */
const SPOKEN: Readonly<Record<string, readonly number[]>> = {
  http: [80, 8080],
  tls: [443, 8443],
  smb: [139, 445],
  dns: [53, 853],
  ftp: [21],
  ssh: [22],
  webdav: [],
};
/** The program in which Windows speaks WebDAV for all others. */
const REDIRECTOR = /(?:^|\\)svchost\.exe$/i;

/** The protocol that a URL or a share on a command line says; undefined where it says none. */
function saidIn(path: string): string | undefined {
  if (path.startsWith("\\\\")) return isWebDav(path) ? "webdav" : "smb";
  const scheme = /^([a-z]+):\/\//i.exec(path)?.[1]?.toLowerCase();
  return scheme === "https" ? "tls" : scheme;
}

/** Whether a protocol above TCP is spoken: a URL says it, else the port, which for most ports says nothing. */
function spokenMet(protocol: string, ports: readonly number[], { peer, object, subject }: Act): Met {
  const said = saidIn(object.path ?? "");
  if (said !== undefined) return said === protocol;
  if (protocol === "webdav")
    return REDIRECTOR.test(subject.path ?? "svchost.exe") ? "whether WebDAV is spoken is not logged" : false;
  if (peer?.port === undefined) return "the port is not logged";
  if (ports.includes(peer.port)) return true;
  const isOthers = Object.values(SPOKEN).some((others) => others.includes(peer.port ?? 0));
  return isOthers ? false : `which protocol is spoken on port ${peer.port} is not logged`;
}

function* testsOf(pattern: PeerPattern, act: Act, peer: NonNullable<Act["peer"]>): Generator<Met> {
  if (pattern.inbound !== undefined)
    yield peer.inbound === undefined ? "the direction is not logged" : peer.inbound === pattern.inbound;
  const spoken = entryOf(SPOKEN, pattern.protocol ?? "");
  if (spoken) yield spokenMet(pattern.protocol ?? "", spoken, act);
  else if (pattern.protocol !== undefined && protocolOf(pattern.protocol) !== "any")
    yield peer.protocol === undefined
      ? "the protocol is not logged"
      : protocolOf(peer.protocol) === protocolOf(pattern.protocol);
  const { port } = peer;
  if (pattern.ports) {
    yield port === undefined ? "the port is not logged" : some(pattern.ports.map((one) => portMet(one, port)));
  }
  if (pattern.addresses) {
    yield some(pattern.addresses.map((one) => endMet(one, peer)));
  }
}

/**
 * An address, or a host by its name as browsers take it: `example.com` with all below it, `*` for any; `=example.com` is that name
 * alone and `=*.example.com` all below it, as DNS and proxies tell them apart.
 */
function endMet(pattern: string, { address, host }: NonNullable<Act["peer"]>): Met {
  if (/^\*$/.test(pattern)) return true;
  if (pattern.startsWith("=")) {
    if (host === undefined) return "the host is not logged";
    return glob(pattern.slice(1).toLowerCase(), host.toLowerCase());
  }
  if (!/^(?:\*|[\w-]+)(?:\.[\w-]+)*\.[a-z][\w-]*$/i.test(pattern))
    return address === undefined ? "the address is not logged" : addressMet(pattern, address);
  if (host === undefined) return "the host is not logged";
  const wanted = pattern.toLowerCase().replace(/^\*?\./, "");
  const name = host.toLowerCase();
  return name === wanted || name.endsWith(`.${wanted}`);
}

/** Whether the other end of a connection is the one that a rule names. */
export function peerMet(pattern: PeerPattern, act: Act): Met {
  return act.peer ? every(testsOf(pattern, act, act.peer)) : "the connection is not logged";
}
