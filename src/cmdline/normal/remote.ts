import { Memory } from "../memory.ts";
import { normalPath } from "./path.ts";
import { isSettledPath, isSettledUrl } from "./settled.ts";
import { parseUrl } from "./url.ts";

/** Letters and digits of ASCII, and a few marks between them, come behind this. */
const SLASH = 0x2f;
const LAST_LETTER = 0x7a;
const BACKSLASH = 0x5c;

/** A scheme, or two slashes (or the device prefix `\??\`) that come first: what has neither lies here. */
function mayBeRemote(head: string): boolean {
  if (head.indexOf(":", 2) >= 0) return true;
  const first = head.charCodeAt(0);
  if (first > SLASH && first <= LAST_LETTER && first !== BACKSLASH) return false;
  return /^[\s"]*[\\/]"*[\\/?]/.test(head);
}

const known = new Memory<boolean>(1 << 15);

/** How much of a value decides where it lies. */
const HEAD = 2048;

/** Whether a path in normal form names another machine's share: `\\host\share`, `\\host@ssl\davwwwroot\…`. */
export function isShare(normal: string): boolean {
  return /^\\\\[^\\?.][^\\]*(?:\\|$)/.test(normal);
}

const WEB_DAV =
  /^\s{0,8}"?[\\/]{2}(?:[^\\/@]{1,255}@(?:ssl|\d{1,5})(?:@\d{1,5})?|[^\\/]{1,255}[\\/]davwwwroot)(?:[\\/]|$)/i;

/** Whether a share is reached by WebDAV: its host has `SSL` or a port behind an `@`, or its first folder is DavWWWRoot. Else it is by SMB. */
export const isWebDav = (path: string): boolean => WEB_DAV.test(path);

/** Whether a value comes from another machine: a web address or a UNC path, but not `\\localhost\c$`, `\\.\pipe` or `\\?\C:`. */
export function isRemote(value: string): boolean {
  const head = value.slice(0, HEAD);
  if (!mayBeRemote(head)) return false;
  if (isSettledUrl(head)) return true;
  const lower = head.toLowerCase();
  if (isSettledPath(lower)) return lower.startsWith("\\");
  return known.get(head, () => looksRemote(head));
}

/** The same, told by all that the value is. */
export const looksRemote = (value: string): boolean => parseUrl(value) !== undefined || isShare(normalPath(value));
