const V4 = /^(?:\[?::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})\]?\.?$/;

/**
 * A host under its short name, so that the spellings of two collectors meet: lower case, without domain. An address is whole, an IPv4
 * address that is written as an IPv6 one is the former. Undefined where the log names no host.
 */
export function shortHost(host: string): string;
export function shortHost(host: string | undefined): string | undefined;
export function shortHost(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  if (host !== latest.host) latest = { host, short: shortOf(host) };
  return latest.short;
}

/** What was asked for last: events of one host come in a row. */
let latest = { host: "", short: "" };

function shortOf(host: string): string {
  const name = host.toLowerCase();
  const first = name.charCodeAt(0);
  const isColon = name.includes(":");
  // Names of four numbers do not exist: the last label of a domain is never one.
  const v4 = isColon || (first >= 48 && first <= 57) ? V4.exec(name)?.[1] : undefined;
  if (v4 !== undefined) return v4;
  // No name holds a colon.
  if (isColon) return name.replace(/^\[([^\]]*)\]$/, "$1");
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.slice(0, dot);
}
