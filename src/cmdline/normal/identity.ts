import type { Platform } from "../../model/event.ts";
import { memoryOf } from "../memory.ts";
import { normalClsid } from "./clsid.ts";
import { withoutQuotes } from "./names.ts";
import { normalPath } from "./path.ts";
import { isPosixPath, normalPosix } from "./posix.ts";
import { normalRegistry } from "./registry.ts";
import { settle } from "./settle.ts";
import { isSettledName, isSettledPosix, isSettledUrl } from "./settled.ts";
import { normalUrl, parseUrl } from "./url.ts";

const known = memoryOf<Platform | undefined, string>(1 << 15);

/** Longest value that is compared as a whole. */
const MAX_VALUE = 65_536;
/** Longest value that is looked at a second time where the first look does not tell. */
const MAX_GLANCE = 1024;

const INLINE = /^(?:javascript|vbscript|jscript|about|data):/i;
const PATH = /^(?:[a-z]:|[\\/]{2}|\\|file:|%[^%\s]{1,64}%|\.{1,2}[\\/])|^[^\s"'<>|*?]*[\\/]|^[^\\/:*?"<>|]{1,255}$/i;

/** Whether a value is code written in place of a file. */
export function isInline(value: string): boolean {
  return INLINE.test(value.trim());
}

function identityOnce(value: string, platform: Platform | undefined): string {
  const text = withoutQuotes(value).trim();
  if (parseUrl(text)) return normalUrl(text);
  if (isInline(text)) return text.toLowerCase();
  if (platform ? platform !== "windows" : isPosixPath(text)) return normalPosix(text);
  return normalClsid(text) ?? normalRegistry(text) ?? (PATH.test(text) ? normalPath(text) : text.toLowerCase());
}

/** The form that all steps together make of a value. */
export function wholeIdentity(value: string, platform?: Platform): string {
  return settle(value.slice(0, MAX_VALUE), (text) => identityOnce(text, platform));
}

/** A name or a path that needs no more than small letters to be in normal form; undefined where that cannot be told at a glance. */
export function settledName(value: string, platform: Platform | undefined): string | undefined {
  if (value.length > MAX_GLANCE) return undefined;
  const posix = platform === undefined ? isPosixPath(value) : platform !== "windows";
  if (posix) {
    if (isSettledPosix(value)) return value;
  } else {
    const lower = value.toLowerCase();
    if (isSettledName(lower)) return lower;
  }
  return undefined;
}

/** An address of the web in normal form, where that can be told at a glance. */
export const isSettledAddress = (value: string): boolean => value.length <= MAX_GLANCE && isSettledUrl(value);

/** The same of a value that may be an address, too. */
export function settledForm(value: string, platform: Platform | undefined): string | undefined {
  return settledName(value, platform) ?? (isSettledAddress(value) ? value : undefined);
}

/**
 * The text by which payloads are compared: joins, baselines and evaluations use no other. A web address, path, registry key or
 * class id in normal form, else the trimmed text in lower case. Idempotent.
 * @param platform Where it is known; without it a path from the root or `./` is taken for a POSIX one.
 */
export function identity(value: string, platform?: Platform): string {
  return settledName(value, platform) ?? identityOfUnsettled(value, platform);
}

/** The same of a value of which `settledName` has not told it. */
export function identityOfUnsettled(value: string, platform?: Platform): string {
  if (isSettledAddress(value)) return value;
  // One line's payloads are compared many times over.
  const once = (text: string) => settledForm(text, platform) ?? identityOnce(text, platform);
  return known(platform).get(value, () => settle(value.slice(0, MAX_VALUE), once));
}
