import type { PeerPattern } from "../../model.ts";

const FAMILIES: ReadonlyMap<string, string> = new Map([
  ["inet", "0.0.0.0/0"],
  ["inet6", "::/0"],
]);
/** Types of sockets and protocols, as what goes over them is logged. */
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ["stream", "tcp"],
  ["tcp", "tcp"],
  ["dgram", "udp"],
  ["udp", "udp"],
]);
const OTHER_TYPES = /^(?:seqpacket|rdm|raw|packet|icmp)$/;

/**
 * The connections that a network rule is about; undefined where it is about none that logs tell, and a text where it asks for more
 * than family, type and protocol.
 */
export function networkOf(words: string): PeerPattern | undefined | string {
  let addresses: readonly string[] | undefined;
  let protocol: string | undefined;
  let isOther = false;
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const family = FAMILIES.get(word);
    const type = PROTOCOLS.get(word);
    if (family !== undefined) addresses = [family];
    else if (type !== undefined) protocol ??= type;
    else if (OTHER_TYPES.test(word) || /^[a-z][a-z0-9]*$/.test(word)) isOther = true;
    else return `“network ${words.slice(0, 40)}”`;
  }
  return isOther ? undefined : { ...(addresses && { addresses }), ...(protocol !== undefined && { protocol }) };
}
