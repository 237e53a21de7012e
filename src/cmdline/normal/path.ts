import { expandVariables, usual } from "./environment.ts";
import { isThisMachine } from "./host.ts";
import { withoutQuotes } from "./names.ts";
import { percentDecode } from "./percent.ts";
import { settle } from "./settle.ts";
import { isSettledPath } from "./settled.ts";

/** 8.3 names that are the same on nearly every machine, by the folder they stand in. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  "c:\\progra~1": "program files",
  "c:\\progra~2": "program files (x86)",
  "c:\\progra~3": "programdata",
  "c:\\docume~1": "documents and settings",
  "c:\\program files\\common~1": "common files",
  "c:\\program files\\intern~1": "internet explorer",
  "c:\\windows\\system32\\window~1": "windowspowershell",
  "c:\\windows\\syswow64\\window~1": "windowspowershell",
};

/** Folders that are links to others. */
const LINKS: Readonly<Record<string, string>> = {
  "c:\\windows\\sysnative": "c:\\windows\\system32",
  "c:\\users\\all users": "c:\\programdata",
};

const lastOf = (path: string): string => path.slice(path.lastIndexOf("\\") + 1);

/** Names that stand for others in some folder. */
const RENAMED = new Set([...Object.keys(SHORT_NAMES), ...Object.keys(LINKS)].map(lastOf));

/** Longest path that is read: twice what Windows allows. */
const MAX_PATH = 65_536;
const DEPTH_OF_NAMES = 4;

/** A name without what Windows leaves out of it at its end: dots, blanks, and the mark of a file's main stream (in lower case). */
export function trimName(name: string): string {
  let end = name.length;
  for (;;) {
    const before = end;
    while (end > 0 && (name[end - 1] === "." || name[end - 1] === " ")) end--;
    if (name.endsWith(":$data", end) && end > 6) end -= 6;
    else if (end > 2 && name[end - 1] === ":") end--;
    if (end === before) return name.slice(0, end);
  }
}

/** `file:` URLs as paths: two slashes or four and more name a host. */
function fromFileUrl(text: string): string {
  if (!/^file:/i.test(text)) return text;
  const decoded = percentDecode(text, (char) => char !== '"');
  const prefix = /^(?:\s*file:[\\/]*)*/i.exec(decoded)![0];
  let slashes = 0;
  while (/[\\/]/.test(prefix.at(-1 - slashes) ?? "")) slashes++;
  const path = decoded.slice(prefix.length).replace(/^localhost(?=[\\/])[\\/]*/i, "");
  if (/^[a-z][:|]/i.test(path)) return `${path[0]}:${path.slice(2)}`;
  if (slashes === 2 || slashes >= 4) return `\\\\${path}`;
  return slashes === 0 ? path : `\\${path}`;
}

/** Takes off device prefixes: `\\?\`, `\\.\`, `\??\`, `\\?\UNC\`, `\\?\GLOBALROOT`. Backslashes only, lower case. */
function withoutDevicePrefix(text: string): string {
  let path = text.replace(/^\\{2,}/, "\\\\");
  for (;;) {
    const prefix = /^\\[\\?][?.]\\+(?:unc\\+|globalroot\\+)?/.exec(path)?.[0];
    if (!prefix) return path;
    const inner = path.slice(prefix.length);
    if (/^[a-z]:/.test(inner) && !prefix.includes("unc")) path = inner;
    else if (prefix.includes("unc") || /^...\\{3,}$/.test(prefix)) path = `\\\\${inner}`;
    else if (prefix.includes("globalroot")) path = `\\${inner}`;
    else return `\\\\${prefix[2] === "." ? "." : "?"}\\${inner}`;
  }
}

/** `\\localhost\c$\x` is `c:\x`, and `\\localhost\admin$\x` is `c:\windows\x`. */
function fromLocalShare(path: string): string {
  const match = /^\\\\([^\\]{1,64})\\+(admin|[a-z])\$(?=\\|$)/.exec(path);
  if (!match || !isThisMachine(match[1]!)) return path;
  const [whole, , share] = match;
  return (share === "admin" ? "c:\\windows" : `${share}:`) + path.slice(whole.length);
}

interface Rooted {
  root: string;
  names: string;
}

/** Cuts off what `..` cannot climb over. */
function splitRoot(path: string): Rooted {
  const drive = /^[a-z]:\\*/.exec(path)?.[0];
  if (drive) return { root: drive.length > 2 ? `${drive.slice(0, 2)}\\` : drive, names: path.slice(drive.length) };
  const device = /^\\\\[?.]\\/.exec(path)?.[0];
  if (device) return { root: device, names: path.slice(device.length) };
  if (path.startsWith("\\\\")) return { root: "\\\\", names: path.slice(2) };
  return path.startsWith("\\") ? { root: "\\", names: path.slice(1) } : { root: "", names: path };
}

/** A folder's name without dots at its end; a blank there is a part of it. Source: RtlDosPathNameToNtPathName, and folders made by `\\\\?\\`. */
const trimFolder = (name: string): string => name.replace(/(?<![. ])\.+$/, "");

/** Resolves `.`, `..`, empty names, trailing dots and blanks, and known short names. */
function resolveNames({ root, names }: Rooted): string {
  const floor = root === "\\\\" ? 2 : 0;
  const climbs = root === "" || /^[a-z]:$/.test(root);
  const out: string[] = [];
  const all = names.split("\\");
  for (const [at, name] of all.entries()) {
    if (/^\.\. *$/.test(name)) {
      if (out.length > floor && out.at(-1) !== "..") out.pop();
      else if (climbs) out.push("..");
      continue;
    }
    const kept = at < all.length - 1 && name.trim() !== "" ? trimFolder(name) : trimName(name);
    if (kept === "") continue;
    out.push(kept);
    if (out.length <= DEPTH_OF_NAMES && root.length === 3 && RENAMED.has(kept)) renameLast(root, out);
  }
  return root + out.join("\\");
}

function renameLast(root: string, names: string[]): void {
  const soFar = root + names.join("\\");
  const long = SHORT_NAMES[soFar];
  if (long) names[names.length - 1] = long;
  const target = LINKS[soFar];
  if (target) names.splice(0, names.length, ...target.slice(3).split("\\"));
}

function normalOnce(path: string): string {
  const bare = withoutQuotes(path).trim();
  const expanded = expandVariables(fromFileUrl(bare).replace(/%{2,}/g, "%"), usual);
  const text = expanded
    .trim()
    .toLowerCase()
    .replaceAll("/", "\\")
    .replace(/^\\systemroot(?=\\|$)/, "c:\\windows");
  return resolveNames(splitRoot(fromLocalShare(withoutDevicePrefix(text))));
}

/**
 * A Windows path in the form in which paths are compared: lower case, backslashes, no device prefix, no `..`, no trailing dots,
 * known variables and short names expanded; an alternate stream stays. Idempotent. No disk is looked at.
 */
export function normalPath(path: string): string {
  const lower = path.toLowerCase();
  if (isSettledPath(lower)) return lower;
  return settle(path.slice(0, MAX_PATH), normalOnce);
}

/** A path in lower case, with the one folder of products for the other: they stand in either, by their width. */
export const ofAnyWidth = (path: string): string => path.replace("\\program files (x86)\\", "\\program files\\");
