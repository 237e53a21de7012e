import { distance } from "../cmdline/normal/distance.ts";
import { identity } from "../cmdline/normal/identity.ts";
import { isOption, optionFold } from "../cmdline/normal/option-fold.ts";
import type { Line } from "../grammar/types.ts";
import type { Platform } from "../model/event.ts";
import type { Obfuscation } from "../model/invocation.ts";

/** Longest normal form that is built. */
const MAX_CANONICAL = 8192;

function canonicalWord(value: string, platform: Platform): string {
  if (platform !== "windows") return value;
  if (isOption(value)) {
    const option = optionFold(value);
    return option.startsWith("-") ? `/${option.slice(1)}` : option;
  }
  return /[\\/:]/.test(value) ? identity(value, platform) : value;
}

/** The arguments in normal form, program first; quotes only where a word holds blanks. */
export function canonicalOf(name: string, line: Line, platform: Platform): string {
  let canonical = name;
  let length = 0;
  for (const arg of line.args) {
    const word = canonicalWord(arg.value, platform);
    length += word.length + 1;
    if (length > MAX_CANONICAL) break;
    canonical += /[\s"']/.test(word) || word === "" ? ` "${word}"` : ` ${word}`;
  }
  return canonical;
}

/**
 * What the written form of a Windows line does that ordinary lines do not; an argv was never written by anybody. Below the first line
 * stands a script, which is indented, and whose readers say how its own code is disguised.
 */
export function oddities({ text }: Line, canonical: string): readonly Obfuscation[] {
  if (text === undefined) return [];
  const end = text.indexOf("\n");
  return distance(end < 0 ? text : text.slice(0, end), canonical);
}
