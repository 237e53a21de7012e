import type { NetworkConnection } from "../../model/event.ts";
import { shown } from "../../signals/text.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { type Site, UNTOLD } from "../site/site.ts";
import { factOf, isDocumented, shownBy } from "./fact.ts";

/** Addresses that do not leave the site: private, loopback, link-local, multicast. */
const INTERNAL =
  /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|22[4-9]\.|23\d\.|255\.|0\.|::1$|::ffff:(?:10|127)\.|fe80:|f[cd]|ff)/i;

const isInternal = (address: string): boolean => INTERNAL.test(address);

/** All that a connection says of its far end: names and addresses. */
export function farNames({ initiated, sourceIp, destinationIp, destinationHost, query }: NetworkConnection): string[] {
  const names = initiated === false ? [sourceIp] : [destinationHost, query, destinationIp];
  return names.filter((name) => name !== undefined);
}

/** The far end of a connection to or from a host that is neither of the site nor trusted by it; undefined for others. */
export function farEnd(event: NetworkConnection, site: Site = UNTOLD): string | undefined {
  const inbound = event.initiated === false;
  const address = inbound ? event.sourceIp : event.destinationIp;
  const where = inbound ? address : (event.destinationHost ?? event.query ?? address);
  if (where === undefined) return undefined;
  const names = farNames(event);
  if (site.isListed(names)) return where;
  if (site.isTrusted(names) || (address !== undefined && isInternal(address))) return undefined;
  // A question for a name without a dot stays on the site.
  if (address === undefined && !where.includes(".")) return undefined;
  return where;
}

/** A connection of the process itself with the outside. */
export function fromNetwork(pending: Pending, event: NetworkConnection, site: Site): Corroboration | undefined {
  const where = farEnd(event, site);
  if (where === undefined) return undefined;
  const inbound = event.initiated === false;
  return factOf({
    id: inbound ? "inbound-connection" : "external-connection",
    group: "network",
    text: inbound ? `${shown(where)} then connected to it.` : `It then reached out to ${shown(where)}.`,
    ...shownBy(event, pending),
    ordinary: isDocumented(pending),
  });
}
