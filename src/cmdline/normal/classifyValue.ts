import type { Platform } from "../../model/event.ts";
import type { PayloadWhere } from "../../model/payload.ts";
import { memoryOf } from "../memory.ts";
import { normalClsid } from "./clsid.ts";
import { type DirectoryClass, type Place, posixPlace, windowsPlace } from "./directories.ts";
import type { Environment } from "./environment.ts";
import { identity, isInline, settledForm } from "./identity.ts";
import { isPosixPath } from "./posix.ts";
import { normalRegistry } from "./registry.ts";
import { isShare } from "./remote.ts";
import { isSettledUrl } from "./settled.ts";
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
  return name.lastIndexOf(".") < 0 ? "" : (/\.[^.\\/:\s]{1,16}$/.exec(name.slice(-32))?.[0].toLowerCase() ?? "");
}

function lastName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}

/** A path; what kind of folder it lies in is told when it is asked for. */
class PathClass implements ValueClass {
  readonly where: PayloadWhere;
  readonly extension: string;
  readonly stream: string;
  readonly #path: string;
  readonly #posix: boolean;
  #place: Place | undefined;

  constructor(path: string, posix: boolean) {
    const name = lastName(path);
    const colon = posix || /^[a-z]:$/.test(name.slice(0, 2)) ? -1 : name.indexOf(":");
    this.where = !posix && isShare(path) ? "share" : "local";
    this.extension = extensionOf(colon < 0 ? name : name.slice(0, colon));
    this.stream = colon < 0 ? "" : name.slice(colon + 1);
    this.#path = path;
    this.#posix = posix;
  }

  get #known(): Place {
    this.#place ??= this.#posix ? posixPlace(this.#path) : windowsPlace(this.#path);
    return this.#place;
  }

  get directoryClass(): DirectoryClass {
    return this.#known.directoryClass;
  }

  get userWritable(): boolean {
    return this.#known.userWritable;
  }
}

function elsewhere(where: PayloadWhere, directoryClass: DirectoryClass, extension = ""): ValueClass {
  return { where, extension, stream: "", directoryClass, userWritable: where === "web" };
}

const known = memoryOf<Platform | undefined, ValueClass>(1 << 18);

/** Tells where a value lies and what kind of folder that is, from its text alone. */
export function classifyValue(value: string, platform?: Platform, env?: Environment): ValueClass {
  const make = () => classify(value, platform, env);
  // Tests and signals ask again and again for the values of one line.
  return env ? make() : known(platform).get(value, make);
}

const ofAddress = (path: string): ValueClass =>
  elsewhere("web", "web", extensionOf(lastName(path.split(/[?#]/, 1)[0]!)));

function classify(value: string, platform: Platform | undefined, env: Environment | undefined): ValueClass {
  if (isSettledUrl(value)) return ofAddress(value);
  // In normal form already, it is neither an address nor code.
  const settled = settledForm(value, platform);
  if (settled === undefined) {
    const url = parseUrl(value);
    if (url) return ofAddress(url.path);
    if (isInline(value)) return elsewhere("inline", "other");
  }
  if (normalClsid(value)) return elsewhere("clsid", "other");
  if (normalRegistry(value)) return elsewhere("registry", "other");
  const posix = platform ? platform !== "windows" : isPosixPath(value.trim());
  return new PathClass(settled ?? identity(value, platform, env), posix);
}
