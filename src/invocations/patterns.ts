import type { View } from "../cmdline/normal/view.ts";
import { glob } from "./glob.ts";

/** `scrobj` fits the pattern `scrobj.dll`: programs add the extension. */
const EXTENSION = /\.\w{1,4}$/;

/** Whether a text in small letters fits. */
export type Fits = (text: string) => boolean;

/** One glob made ready; most have a star at one end or at both. */
export function fitsOne(pattern: string): Fits {
  const inner = pattern.replace(/^\*|\*$/g, "");
  if (/[*?]/.test(inner) || inner.length === pattern.length) return (text) => glob(pattern, text);
  if (!pattern.startsWith("*")) return (text) => text.startsWith(inner);
  return pattern.endsWith("*") ? (text) => text.includes(inner) : (text) => text.endsWith(inner);
}

/** The extension that a program would add to get this name; none where the glob asks for nothing else, which any name would then fit. */
function added(pattern: string): string {
  const extension = EXTENSION.exec(pattern)?.[0] ?? "";
  return pattern === `*${extension}` ? "" : extension;
}

/** Whether any of these globs fits a text, its base name, or its base name with the glob's own extension where it has none. */
export function anyOf(globs: readonly string[]): (view: View) => boolean {
  const words = new Set(globs.filter((one) => !/[*?]/.test(one)));
  const stems = new Set([...words].filter((one) => EXTENSION.test(one)).map((one) => one.replace(EXTENSION, "")));
  // Longer texts, as most are, need not be looked up.
  const longest = Math.max(0, ...[...words].map(({ length }) => length));
  const isWord = (text: string) => text.length <= longest && words.has(text);
  const open = globs.filter((one) => !words.has(one)).map((one) => ({ fits: fitsOne(one), extension: added(one) }));
  return ({ lower, base }) => {
    const bare = base !== "" && !base.includes(".");
    if (isWord(lower) || isWord(base) || (bare && base.length <= longest && stems.has(base))) return true;
    for (const { fits, extension } of open)
      if (fits(lower) || fits(base) || (bare && extension !== "" && fits(base + extension))) return true;
    return false;
  };
}
