import type { Platform } from "../../model/event.ts";
import type { PayloadWhere } from "../../model/payload.ts";
import { memoryOf } from "../memory.ts";
import { normalClsid } from "./clsid.ts";
import { type DirectoryClass, type Place, posixPlace, windowsPlace } from "./directories.ts";
import { identity, isInline, settledName } from "./identity.ts";
import { baseName, extensionOf } from "./names.ts";
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

/** A path; what kind of folder it lies in is told when it is asked for. */
class PathClass implements ValueClass {
  readonly where: PayloadWhere;
  readonly extension: string;
  readonly stream: string;
  readonly #path: string;
  readonly #posix: boolean;
  #place: Place | undefined;

  constructor(path: string, posix: boolean) {
    const name = baseName(path);
    // A drive's letter in front of a name of its working folder begins no stream.
    const first = posix ? -1 : name.indexOf(":");
    const isDrive = first === 1 && name === path && /^[a-z]/.test(name);
    const colon = isDrive ? name.indexOf(":", 2) : first;
    this.where = !posix && path.startsWith("\\\\") && isShare(path) ? "share" : "local";
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

const known = memoryOf<Platform | undefined, ValueClass>(1 << 15);

/** Tells where a value lies and what kind of folder that is, from its text alone. */
export function classifyValue(value: string, platform?: Platform): ValueClass {
  const settled = settledName(value, platform);
  return settled === undefined ? classifyUnsettled(value, platform) : classifySettled(value, settled, platform);
}

const ON_DRIVE = /^[a-z]:\\/;

/** The same of a value in normal form, which may be of the other platform: what a system hands to another one within it. */
export function classifyForm(form: string, platform: Platform): ValueClass {
  if (platform === "windows") return classifyValue(form, form.startsWith("/") ? "linux" : platform);
  return classifyValue(form, ON_DRIVE.test(form) ? "windows" : platform);
}

/** The same of a value that is in normal form but for its capitals, so that it is neither an address nor code. */
export function classifySettled(value: string, settled: string, platform: Platform | undefined): ValueClass {
  const posix = isPosix(value, platform);
  // Of Windows, it is neither a class nor a key.
  return (posix ? ofName(value) : undefined) ?? new PathClass(settled, posix);
}

/** The same of a value that is not. */
export function classifyUnsettled(value: string, platform?: Platform): ValueClass {
  if (isSettledUrl(value)) return classifyAddress(value);
  // Tests and signals ask again and again for the values of one line.
  return known(platform).get(value, () => classify(value, platform));
}

const isPosix = (value: string, platform: Platform | undefined): boolean =>
  platform ? platform !== "windows" : isPosixPath(value.trim());

/** The same of an address of the web, or of the path in one. */
export const classifyAddress = (path: string): ValueClass =>
  elsewhere("web", "web", extensionOf(baseName(path.split(/[?#]/, 1)[0]!)));

/** A class or a key. */
function ofName(value: string): ValueClass | undefined {
  if (normalClsid(value)) return elsewhere("clsid", "other");
  return normalRegistry(value) ? elsewhere("registry", "other") : undefined;
}

function classify(value: string, platform: Platform | undefined): ValueClass {
  const url = parseUrl(value);
  if (url) return classifyAddress(url.path);
  if (isInline(value)) return elsewhere("inline", "other");
  return ofName(value) ?? new PathClass(identity(value, platform), isPosix(value, platform));
}

/** Whether a path lies where the system or packages put software, and only administrators can. */
export function isInstalled(path: string, platform: Platform): boolean {
  const { directoryClass, userWritable } = classifyValue(path, platform);
  return !userWritable && (directoryClass === "system" || directoryClass === "programFiles");
}
