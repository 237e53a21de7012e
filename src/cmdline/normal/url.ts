import { normalHost } from "./host.ts";
import { withoutQuotes } from "./names.ts";
import { isUnreserved, percentDecode } from "./percent.ts";
import { settle } from "./settle.ts";

/** A web address taken apart; host and scheme in normal form. */
export interface WebAddress {
  readonly scheme: string;
  /** Name and password before the host, which make one host look like another. */
  readonly userinfo: string;
  readonly host: string;
  /** Without the scheme's own port. */
  readonly port: string;
  /** Path, query and fragment, beginning with `/`. */
  readonly path: string;
}

const DEFAULT_PORT: ReadonlyMap<string, string> = new Map(
  Object.entries({ http: "80", https: "443", ftp: "21", ws: "80", wss: "443" }),
);

/** Wrappers that load what the address behind them names. */
const MONIKER =
  /^(?:(?:script|url|mhtml|view-source|feed|ms-appinstaller:\?source|search-ms:query)[:=]|(?:git|hg|svn|bzr)\+)+/i;
const WEB = /^(https?|ftps?|wss?|webdavs?|ldaps?|tftp|sftp|rtsps?|rtmps?|rsync|tcp|udp):[\\/]*/i;

function splitOnce(text: string, at: number): [string, string] {
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

/** Resolves `.` and `..` (also written `%2e`) of a path that begins with a slash. */
function resolveDots(path: string): string {
  const out: string[] = [];
  const names = path.split("/").slice(1);
  names.forEach((name, index) => {
    const last = index === names.length - 1;
    if (name === "..") out.pop();
    if (name !== "." && name !== "..") out.push(name);
    else if (last) out.push("");
  });
  return `/${out.join("/")}`;
}

/** What was taken apart last: of three questions in four that is what the next one is about, too. */
let latest: { readonly text: string; readonly address: WebAddress | undefined } = { text: "", address: undefined };

/** Takes a web address apart; undefined for anything else. `hxxp` stays what it is: text that nothing opens. */
export function parseUrl(text: string): WebAddress | undefined {
  // Every scheme has two letters or more before its colon; a drive has one.
  if (text.indexOf(":", 2) < 0) return undefined;
  if (text !== latest.text) latest = { text, address: addressIn(text) };
  return latest.address;
}

function addressIn(text: string): WebAddress | undefined {
  const bare = withoutQuotes(text.trim()).trim().replace(MONIKER, "");
  const match = WEB.exec(bare);
  if (!match) return undefined;
  const scheme = match[1]!.toLowerCase();
  const behind = bare.slice(match[0].length);
  const [authority, tail] = splitOnce(behind, behind.search(/[\\/?#]/));
  const at = authority.lastIndexOf("@");
  const [name, colonPort] = splitOnce(authority.slice(at + 1), authority.slice(at + 1).search(/:[0-9]*$/));
  const port = colonPort.slice(1).replace(/^0+(?=.)/, "");
  const [path, query] = splitOnce(tail, tail.search(/[?#]/));
  const slashed = percentDecode(path.replaceAll("\\", "/"), isUnreserved);
  return {
    scheme,
    userinfo: authority.slice(0, Math.max(at, 0)),
    host: normalHost(name),
    port: port === DEFAULT_PORT.get(scheme) ? "" : port,
    path: resolveDots(slashed === "" ? "/" : slashed) + percentDecode(query, isUnreserved),
  };
}

function normalOnce(text: string): string {
  const address = parseUrl(text);
  if (!address) return text.trim();
  return `${address.scheme}://${address.host}${address.port && `:${address.port}`}${address.path}`;
}

/**
 * A web address in the form in which addresses are compared; other text comes back trimmed. The userinfo is left out:
 * `parseUrl` has it. Idempotent.
 */
export function normalUrl(url: string): string {
  return settle(url, normalOnce);
}
