import type { Platform } from "../../model/event.ts";
import type { PayloadWhere } from "../../model/payload.ts";
import { Memory } from "../memory.ts";
import { normalClsid } from "./clsid.ts";
import { type DirectoryClass, posixPlace, windowsPlace } from "./directories.ts";
import type { Environment } from "./environment.ts";
import { identity, isInline } from "./identity.ts";
import { isPosixPath } from "./posix.ts";
import { normalRegistry } from "./registry.ts";
import { isShare } from "./remote.ts";
import { parseUrl } from "./url.ts";

/** What the text of a value alone tells of it. */
export interface ValueClass {
  readonly where: PayloadWhere;
  /** Lower case, with the dot; empty where there is none. */
  readonly extension: string;
  /** Name of the alternate data stream; empty where there is none. */
  readonly stream: string;
  readonly directoryClass: DirectoryClass;
  /** Whether a user without rights can usually put files there. */
  readonly userWritable: boolean;
}

function extensionOf(name: string): string {
  return /\.[^.\\/:\s]{1,16}$/.exec(name.slice(-32))?.[0].toLowerCase() ?? "";
}

function lastName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}

function ofPath(path: string, posix: boolean): ValueClass {
  const name = lastName(path);
  const colon = posix || /^[a-z]:$/.test(name.slice(0, 2)) ? -1 : name.indexOf(":");
  const file = colon < 0 ? name : name.slice(0, colon);
  const place = posix ? posixPlace(path) : windowsPlace(path);
  const where = !posix && isShare(path) ? "share" : "local";
  return { where, extension: extensionOf(file), stream: colon < 0 ? "" : name.slice(colon + 1), ...place };
}

function elsewhere(where: PayloadWhere, directoryClass: DirectoryClass, extension = ""): ValueClass {
  return { where, extension, stream: "", directoryClass, userWritable: where === "web" };
}

const known = new Memory<ValueClass>(1 << 18);

/** Tells where a value lies and what kind of folder that is, from its text alone. */
export function classifyValue(value: string, platform?: Platform, env?: Environment): ValueClass {
  const make = () => classify(value, platform, env);
  // Tests and signals ask again and again for the values of one line.
  return env ? make() : known.get(`${platform ?? ""}|${value}`, make);
}

function classify(value: string, platform: Platform | undefined, env: Environment | undefined): ValueClass {
  const url = parseUrl(value);
  if (url) return elsewhere("web", "web", extensionOf(lastName(url.path.split(/[?#]/, 1)[0]!)));
  if (isInline(value)) return elsewhere("inline", "other");
  if (normalClsid(value)) return elsewhere("clsid", "other");
  if (normalRegistry(value)) return elsewhere("registry", "other");
  const posix = platform ? platform !== "windows" : isPosixPath(value.trim());
  return ofPath(identity(value, platform, env), posix);
}
