import type { Platform } from "../../model/event.ts";
import { Memory } from "../memory.ts";
import { normalClsid } from "./clsid.ts";
import type { Environment } from "./environment.ts";
import { normalPath } from "./path.ts";
import { isPosixPath, normalPosix } from "./posix.ts";
import { normalRegistry } from "./registry.ts";
import { settle } from "./settle.ts";
import { normalUrl, parseUrl } from "./url.ts";

const known = new Memory<string>(1 << 18);

/** Longest value that is compared as a whole. */
const MAX_VALUE = 65_536;

const INLINE = /^(?:javascript|vbscript|jscript|about|data):/i;
const PATH = /^(?:[a-z]:|[\\/]{2}|\\|file:|%[^%\s]{1,64}%|\.{1,2}[\\/])|^[^\s"'<>|*?]*[\\/]|^[^\\/:*?"<>|]{1,255}$/i;

/** Whether a value is code written in place of a file. */
export function isInline(value: string): boolean {
  return INLINE.test(value.trim());
}

function identityOnce(value: string, platform: Platform | undefined, env: Environment | undefined): string {
  const text = value.replaceAll('"', "").trim();
  if (parseUrl(text)) return normalUrl(text);
  if (isInline(text)) return text.toLowerCase();
  if (platform ? platform !== "windows" : isPosixPath(text)) return normalPosix(text);
  return normalClsid(text) ?? normalRegistry(text) ?? (PATH.test(text) ? normalPath(text, env) : text.toLowerCase());
}

/**
 * The text by which payloads are compared: joins, baselines and evaluations use no other. A web address, path, registry key or
 * class id in normal form, else the trimmed text in lower case. Idempotent.
 * @param platform Where it is known; without it a path from the root or `./` is taken for a POSIX one.
 */
export function identity(value: string, platform?: Platform, env?: Environment): string {
  const make = () => settle(value.slice(0, MAX_VALUE), (text) => identityOnce(text, platform, env));
  // One line's payloads are compared many times over.
  return env ? make() : known.get(`${platform ?? ""}|${value}`, make);
}
