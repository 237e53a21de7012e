import { MAX_FINDINGS } from "./types.ts";

const SCHEMES = new Set([
  "http",
  "https",
  "ftp",
  "ftps",
  "sftp",
  "scp",
  "tftp",
  "smb",
  "ldap",
  "ldaps",
  "dav",
  "davs",
  "ws",
  "wss",
  "git",
  "rsync",
  "gopher",
]);
/** Characters that end an address inside code. */
const STOP = /[\s"'`<>|{}^\x00-\x1f]/;
const MAX_ADDRESS = 4096;
/** Longest host and first letter of a share that are looked at. */
const MAX_HOST = 300;
const SHARE = /^(?:[A-Za-z0-9._~-]{1,253}(?:@(?:SSL|\d{1,5}))*|\[[0-9A-Fa-f:]{2,45}\])\\[^\\\s"'`<>|]/i;

/** Addresses of other machines in a text: URLs and UNC paths, each once, at most MAX_FINDINGS. Linear in the text. */
export function findUrls(text: string): string[] {
  const found = new Set<string>();
  for (let at = text.indexOf("://"); at >= 0 && found.size < MAX_FINDINGS; at = text.indexOf("://", at)) {
    const scheme = /[A-Za-z][A-Za-z0-9+.-]*$/.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? "";
    const start = at;
    at += 3;
    if (!SCHEMES.has(scheme.toLowerCase())) continue;
    const end = addressEnd(text, at);
    if (end > at) found.add(trim(text.slice(start - scheme.length, end)));
    at = end;
  }
  for (let at = text.indexOf("\\\\"); at >= 0 && found.size < MAX_FINDINGS; at = text.indexOf("\\\\", at)) {
    const before = text[at - 1] ?? "";
    let start = at;
    while (text[start] === "\\") start++;
    const doubled = start - at >= 4;
    at = start;
    const rest = text.slice(start, start + MAX_HOST);
    if (/[A-Za-z0-9:\\]/.test(before) || !SHARE.test(doubled ? rest.replaceAll("\\\\", "\\") : rest)) continue;
    at = addressEnd(text, start);
    const path = text.slice(start, at);
    found.add(`\\\\${trim(doubled ? path.replaceAll("\\\\", "\\") : path)}`);
  }
  return [...found];
}

function addressEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end < from + MAX_ADDRESS && !STOP.test(text[end]!)) end++;
  return end;
}

/** Drops what belongs to the code around: closing brackets without a partner, separators, escapes. */
function trim(address: string): string {
  let end = address.length;
  const opened = address.split("(").length - address.split(")").length;
  let surplus = -opened;
  while (end > 0) {
    const c = address[end - 1]!;
    if (c === ")" && surplus > 0) surplus--;
    else if (!",;.!\\]".includes(c)) break;
    end--;
  }
  return address.slice(0, end);
}
