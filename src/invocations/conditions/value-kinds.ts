import { classifyValue } from "../../cmdline/normal/classify.ts";
import { normalClsid } from "../../cmdline/normal/clsid.ts";
import { isInline } from "../../cmdline/normal/identity.ts";
import { hostOf, isNamedShare, isOfDomain, isSiteAddress, isSiteShare, reachOf } from "../../cmdline/normal/reach.ts";
import { isWebDav } from "../../cmdline/normal/remote.ts";
import { splitProgram } from "../../cmdline/windows/program.ts";

/** An address or a share inside a text, also right behind a switch of one letter; a doubled backslash within a path begins no share. */
const ADDRESS = /(?:https?:|(?<![\w:.)\\])\\\\|(?<=(?:^|\s)[/-]\w)\\\\)[^\s"]*/i;

/** A share of a machine that is called by its number, which Windows takes in one piece and as hexadecimal, too. */
const NUMBERED = /^"?[\\/]{2}(?:(?:\d{1,3}\.){3}\d{1,3}|\d{8,10}|0x[\da-f]{6,8})(?:@\w{1,8})?(?:[\\/]|"?$)/i;

/** The same of another machine of the site; the machine's own shares are its folders. */
const isNumberedSite = (text: string): boolean =>
  NUMBERED.test(text.trim()) && !/@|^\s*"?[\\/]{2}127\./.test(text) && !isExternal(text, undefined);

const isExternal = (text: string, domain: string | undefined): boolean =>
  reachOf(ADDRESS.exec(text)?.[0] ?? "", domain) === "external";

/**
 * Out of doubt not of the site, whose servers are called neither by WebDAV nor by their numbers: the name alone tells it where the
 * machine's own domain is known.
 */
const isOutside = (text: string, domain: string | undefined): boolean =>
  isExternal(text, domain) && (domain !== undefined || isWebDav(text) || NUMBERED.test(text.trim()));

/** Whether an address in a text is that of one of some machines, or of one below them: what else it is called by says nothing of who answers. */
export function isAt(hosts: readonly string[], text: string): boolean {
  const host = hostOf(ADDRESS.exec(text)?.[0] ?? text);
  return host !== undefined && hosts.some((one) => isOfDomain(host, one));
}

/** Shares of a domain, to which only its administrators write, on a server that is called by its name. */
const isDomainShare = (text: string, domain: string | undefined): boolean =>
  /^\s{0,8}"?[\\/]{2}[^\\/]+[\\/](?:netlogon|sysvol)[\\/]/i.test(text) && isNamedShare(text, domain);

/** Kinds of value that a test may ask for. `domain` is that of the machine. */
export const VALUE_KINDS: Readonly<Record<string, (text: string, domain: string | undefined) => boolean>> = {
  url: (text) => classifyValue(text).where === "web",
  share: (text) => classifyValue(text).where === "share",
  external: isExternal,
  internal: (text, domain) => reachOf(ADDRESS.exec(text)?.[0] ?? "", domain) === "internal",
  outside: isOutside,
  // A server of the site has a name; one that is called by its number is most often somebody's own machine.
  numbered: (text) => NUMBERED.test(text.trim()),
  "numbered-site": isNumberedSite,
  site: (text, domain) =>
    (classifyValue(text).where === "share" && isSiteShare(text, domain)) || isSiteAddress(text, domain),
  "named-share": isNamedShare,
  "domain-share": isDomainShare,
  guid: (text) => normalClsid(text) !== undefined,
  registry: (text) => classifyValue(text).where === "registry",
  number: (text) => /^[+-]?\d+$/.test(text),
  inline: isInline,
  path: (text) => /[\\/]/.test(text),
  relative: (text) => !/^(?:[a-z]:|[\\/]|\w{2,}:)/i.test(text),
  stream: (text) => classifyValue(text).stream !== "",
  streamed: (text) => classifyValue(splitProgram(text).program.value).stream !== "",
  empty: (text) => text === "",
  file: (text) => !/^[-/]/.test(text) && !isInline(text) && /[^\s]/.test(text),
};
