import { HIVES } from "../../model/hive.ts";
import { withoutQuotes } from "./names.ts";

/** By every name that a hive has, in lower case and without a leading backslash. */
const SHORT: ReadonlyMap<string, string> = new Map(
  HIVES.flatMap(({ short, long, kernel = short }) =>
    [short, long, kernel.replace("\\", "")].map((name) => [name.toLowerCase(), short.toLowerCase()] as const),
  ),
);

/** How everything begins that may be a key: most values are told by their first letters. */
const BEGINS = /^[\s"\\/]*(?:h"*k|r"*e|m"*i)/i;

/** Whether a text that begins with this character begins with another letter than all keys: a drive's, mostly. */
function startsOtherwise(first: number): boolean {
  const lower = first | 0x20;
  return lower >= 0x61 && lower <= 0x7a && lower !== 0x68 && lower !== 0x6d && lower !== 0x72;
}

const START =
  /^(?:(?:microsoft\.powershell\.core\\)?registry::|\\)?(hkey_[a-z_]{5,20}|hklm|hkcu|hku|hkcr|hkcc|registry\\(?:machine|user)):?(?=\\|$)|^(hklm|hkcu|hku|hkcr|hkcc):(?=\w)/;

/** A registry path in the form in which keys are compared (`hkcu\software\…`); undefined for text that is none. */
export function normalRegistry(path: string): string | undefined {
  if (startsOtherwise(path.charCodeAt(0)) || !BEGINS.test(path)) return undefined;
  const text = withoutQuotes(path)
    .trim()
    .toLowerCase()
    .replaceAll("/", "\\")
    .replace(/\\{2,}/g, "\\");
  const match = START.exec(text);
  // `HKCU:Software`: PowerShell is at the top of its drive, unless somebody went elsewhere.
  const below = match?.[2];
  const hive = match && SHORT.get(below ?? match[1]!);
  if (!hive) return undefined;
  const key = (below === undefined ? "" : "\\") + text.slice(match[0].length);
  return (hive + key).replace(/\\$/, "");
}
