import { baseName } from "../invocations/glob.ts";

/** What differs from machine to machine and from day to day, and so must not tell two templates apart. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?/gi, "<guid>"],
  [/\bs-1-\d+(?:-\d+){1,14}\b/gi, "<sid>"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "<ip>"],
  [/\b[0-9a-f]{16,}\b/gi, "<hex>"],
  [/(^|[\\/])(users|home|documents and settings)([\\/])[^\\/]+/gi, "$1$2$3<user>"],
  [/(^|[\\/_.-])v?\d+(?:\.\d+){1,4}(?=[\\/_.-]|$)/gi, "$1<version>"],
  [/0x[0-9a-f]+/gi, "<number>"],
  // System32 and SysWOW64 are names, not numbers.
  [/(?<!\b(?:system|syswow))\d{2,}/g, "<number>"],
];

/** Longest text that becomes part of a key. */
const MAX_KEY_TEXT = 200;

/** Letters and digits by turns, or eight letters and more without a vowel: no word, and no abbreviation of one such as svchost. */
function looksRandom(stem: string): boolean {
  if (stem.length < 6 || stem.includes("<")) return false;
  return /\d[a-z]+\d|[a-z]\d[a-z]+\d/.test(stem) || /^[b-df-hj-np-tvwxz]{8,}$/.test(stem);
}

/** A value without what is peculiar to one machine, user, version or run. Lower case. */
export function mask(value: string): string {
  let text = value.slice(0, 4 * MAX_KEY_TEXT).toLowerCase();
  for (const [pattern, name] of MASKS) text = text.replace(pattern, name);
  return text.slice(0, MAX_KEY_TEXT);
}

/** A path with its last name masked as a whole where it looks made up. */
export function maskPath(path: string): string {
  const masked = mask(path);
  const name = baseName(masked);
  const dot = name.lastIndexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  if (!looksRandom(stem)) return masked;
  return `${masked.slice(0, masked.length - name.length)}<random>${dot < 0 ? "" : name.slice(dot)}`;
}

/** The part of a host name under which an organisation registers: the last two labels, three where the second is a category. */
export function domainOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (/^\d+(?:\.\d+){3}$/.test(name)) return name.replace(/\.\d+$/, ".0/24");
  if (name.includes(":")) return `${name.split(":").slice(0, 4).join(":")}::/64`;
  const labels = name.split(".");
  const category = /^(?:co|com|net|org|gov|edu|ac|or|ne|go)$/.test(labels.at(-2) ?? "") && labels.length > 2;
  return labels.slice(category ? -3 : -2).join(".");
}
