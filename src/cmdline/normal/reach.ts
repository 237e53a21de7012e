import { ipv4, isThisMachine } from "./host.ts";
import { isWebDav } from "./remote.ts";
import { parseUrl } from "./url.ts";

/** Names that no public name server answers: RFC 6762, RFC 8375, RFC 6761, and what companies use. */
const PRIVATE_SUFFIX = /\.(?:local|lan|corp|internal|intranet|intra|home|home\.arpa|localdomain|localhost|ad|private)$/;
/** RFC 1918, loopback, link-local, unique local. */
const PRIVATE_ADDRESS =
  /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|239\.|\[?(?:::1|fe80:|f[cd][0-9a-f]{2}:))/;

/** The host that a URL or UNC path names, lower case; undefined for anything else. */
export function hostOf(value: string): string | undefined {
  const url = parseUrl(value);
  if (url) return url.host;
  const unc = /^[\\/]{2}(?![?.][\\/])([^\\/@\s]+)/.exec(value.trim().replace(/^"/, ""));
  const server = unc?.[1]?.toLowerCase();
  return server === undefined ? undefined : (ipv4(server) ?? server);
}

/** A machine that is called by its number. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f]*:[\da-f:.]+\]?)$/i;

/** Whether a host is called by its number and by no name. */
export const isNumbered = (host: string | undefined): boolean => host !== undefined && ADDRESS.test(host);

const PLAIN = /^(?:http|ftp):\/\//i;

/** Whether anybody on the way may change what an address brings. */
export const isPlain = (address: string): boolean => PLAIN.test(address);

/** The domain of a host that logs call by its full name, `files.example.org` for `pc7.files.example.org`; undefined for a short name. */
export function domainOfHost(host: string | undefined): string | undefined {
  const domain = /^[^.]+\.((?:[\w-]+\.)+[a-z][\w-]*)\.?$/i.exec(host ?? "")?.[1];
  return domain?.toLowerCase();
}

/** Whether a server is called by a name in the domain of the host that asks it. */
export function isOfDomain(host: string, domain: string | undefined): boolean {
  return domain !== undefined && (host === domain || host.endsWith(`.${domain}`));
}

/** The machine from which somebody has opened a remote session, whose drives are lent to it: wherever it stands. */
const SESSION = "tsclient";

/**
 * Whether a host answers within the site only: a name without a dot, a private suffix, a private address, or a name in `domain`, that
 * of the machine which asks.
 */
function isInternalHost(host: string, domain?: string): boolean {
  const name = host.toLowerCase();
  if (name === SESSION) return false;
  if (isOfDomain(name, domain)) return true;
  if (PRIVATE_ADDRESS.test(name) || PRIVATE_SUFFIX.test(name)) return true;
  return !name.includes(".") && !name.includes(":");
}

/** `name@server`, `@server`, `name@server:path`: how finger, scp and sftp call their server. */
const ACCOUNT = /^[\w.$%-]{0,64}@([\w.-]{1,255}|\[[\da-f:]{2,45}\])(?::|$)/i;

/** A machine that is asked by its number, without a scheme; in any spelling of the number for a page of its own. */
const ASKED = /^(\d{1,3}(?:\.\d{1,3}){3}|(?:0x[\da-f]{8}|\d{8,10})(?=[:/]))(?::\d{1,5})?(?:$|\/)/i;

/** The machine that a value names, be it an address, a share, an account with its server, or nothing but the machine's number. */
export function machineOf(value: string): string | undefined {
  const known = hostOf(value) ?? ACCOUNT.exec(value)?.[1]?.toLowerCase();
  const asked = known === undefined ? ASKED.exec(value)?.[1] : undefined;
  return asked === undefined ? known : ipv4(asked.toLowerCase());
}

/** Where a remote value comes from; undefined for values of this machine. */
export function reachOf(value: string, domain?: string): "internal" | "external" | undefined {
  const host = machineOf(value);
  if (host === undefined) return undefined;
  return isInternalHost(host, domain) ? "internal" : "external";
}

/** Whether a path is a share of a file server of the site that is called by its name: not by a number, and not over WebDAV. */
export function isSiteShare(value: string, domain?: string): boolean {
  const host = /^[\\/]{2}([a-z][\w.-]*)[\\/]/i.exec(value.trim().replace(/^"/, ""))?.[1];
  return host !== undefined && isInternalHost(host, domain);
}

/**
 * Whether a path is a share of a machine that is called by its name, as file servers are, and that nothing shows to stand outside the
 * site: companies use the full names of their servers, too, which only the machine's own domain tells from those of others.
 */
export function isNamedShare(value: string, domain?: string): boolean {
  const path = /^[\\/]{2}([a-z][\w.-]*[\\/].*)$/i.exec(value.trim().replace(/^"/, ""))?.[1];
  const host = path && hostOf(value.trim());
  if (!path || !host || host === SESSION || isThisMachine(host) || isWebDav(value)) return false;
  return domain === undefined || isInternalHost(host, domain);
}

/** Labels by which companies tell their inner names from those that all may ask for: `files.corp.example.org`. */
const INNER = /^(?:corp|int|internal|intranet|intra|lan|ad|hq)$/;
/** What the servers are for that serve a site alone, by what they are called, with or without a number. */
const SERVES_SITE =
  /^(?:intranet|sccm|mecm|wsus|sharepoint|artifactory|nexus|jenkins|gitlab|tfs|proget|deploy|fileserver|nas|pki)-?\d{0,3}$/;

/** Whether a host stands in a domain under a name that sites give to what is their own; whose domain it is no line says. */
export function isCalledAsOfSite(host: string): boolean {
  const labels = host.toLowerCase().split(".").slice(0, -2);
  return (
    labels.length > 0 && !isNumbered(host) && (labels.some((one) => INNER.test(one)) || SERVES_SITE.test(labels[0]!))
  );
}

/** Whether a web address is one of the machine's own domain. */
export function isSiteAddress(value: string, domain: string | undefined): boolean {
  const host = parseUrl(value.trim().replace(/^"/, ""))?.host;
  return host !== undefined && isOfDomain(host.toLowerCase(), domain);
}
