import { identity } from "../../cmdline/normal/identity.ts";
import { hostOf } from "../../cmdline/normal/reach.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Platform } from "../../model/event.ts";

/** Most pieces of one argument that are compared. */
const MAX_PARTS = 32;

/** An argument's pieces that may be a name, the whole first: without braces and entry, then its words. */
export function partsOf(text: string): readonly string[] {
  const bare = text.replace(/^[{(["'@<]+/, "").replace(/(?<![)}\]"',;>])[)}\]"',;>]+$/, "");
  const parts = [bare];
  const comma = bare.indexOf(",");
  if (comma > 0) parts.push(bare.slice(0, comma));
  if (/[\s"'`=,;|&<>(){}]/.test(bare)) parts.push(...bare.split(/[\s"'`=,;|&<>(){}!]+/, MAX_PARTS));
  return parts.filter((part) => part !== "");
}

/** Whether a component of a path in its 8.3 form stands for a longer one: `datase~1.dll`, or with a hash, `da1f3c~1.dll`. */
function isShortOf(short: string, long: string): boolean {
  const match = /^([^~.]{1,6})~\d{1,6}(?:\.([^.~]{1,3}))?$/.exec(short);
  if (!match) return false;
  const [, prefix = "", extension = ""] = match;
  const dot = long.lastIndexOf(".");
  const name = (dot > 0 ? long.slice(0, dot) : long).replace(/[ .+,;=[\]]/g, "");
  if ((dot > 0 ? long.slice(dot + 1, dot + 4) : "") !== extension) return false;
  return name.startsWith(prefix) || (/^.{2}[0-9a-f]{4}$/.test(prefix) && name.startsWith(prefix.slice(0, 2)));
}

const isSameName = (wanted: string, found: string) => wanted === found || isShortOf(wanted, found);

/** Whether two paths in normal form are one, or end alike: component by component, from the last. */
function endsAlike(wanted: readonly string[], found: readonly string[]): boolean {
  return (
    wanted.length <= found.length &&
    wanted.every((name, index) => isSameName(name, found[found.length - wanted.length + index] as string))
  );
}

/** 32-bit programs are shown another folder under the name of System32. */
const oneSystem = (path: string) =>
  path.replace("\\syswow64\\", "\\system32\\").replace("\\sysnative\\", "\\system32\\");

export interface Naming {
  readonly platform: Platform;
  readonly cwd: string | undefined;
  /** Ending that the program adds to a name without one. */
  readonly implied: string;
}

/** Whether a text names a file: by its path, by a path from the working directory, or by its name where it says no folder. */
export function namesFile(text: string, path: string, { platform, cwd, implied }: Naming): boolean {
  const wanted = oneSystem(identity(text, platform));
  if (wanted === "" || wanted.length > 1024) return false;
  const found = oneSystem(identity(path, platform));
  if (wanted === found || wanted + implied === found) return true;
  const base = baseName(found);
  if (!/[\\/]/.test(wanted))
    // A name must say more than a word does, or it would be found by chance.
    return /\.\w/.test(wanted)
      ? isSameName(wanted, base)
      : wanted.length > 2 && (wanted + implied === base || (implied !== "" && wanted === base));
  if (/^\\[^\\]/.test(wanted) && found.slice(2) === wanted) return true;
  const separator = platform === "windows" ? "\\" : "/";
  if (/^(?:[a-z]:|[\\/]|%)/.test(wanted)) {
    if (!wanted.includes("~")) return false;
    const [left, right] = [wanted.split(separator), found.split(separator)];
    return left.length === right.length && endsAlike(left, right);
  }
  if (cwd !== undefined && oneSystem(identity(`${cwd}${separator}${text}`, platform)) === found) return true;
  const tail = wanted.split(separator).filter((name) => name !== "." && name !== "..");
  return tail.length > 0 && endsAlike(tail, found.split(separator));
}

/** The host that a text names, as an address, a share or by itself; undefined where it names none. */
export function hostNamed(text: string, hosts: readonly string[]): boolean {
  const host = hostOf(text) ?? (/[.:]/.test(text) ? text.toLowerCase().replace(/^[^@]*@|:\d{1,5}$/g, "") : undefined);
  return host !== undefined && hosts.includes(host);
}
