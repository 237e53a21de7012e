/** A pattern with `*` and `?` made ready for texts; both are in small letters. */
export class Glob {
  readonly #pattern: string;
  /** What stands between its stars; undefined where it has a `?`. */
  readonly #parts: readonly string[] | undefined;
  /** What no text that fits is without: most others are told by it at once. */
  readonly #needle: string;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#parts = pattern.includes("?") ? undefined : pattern.split("*");
    this.#needle = needleOf(pattern);
  }

  fits(text: string): boolean {
    const parts = this.#parts;
    if (parts === undefined) return text.includes(this.#needle) && globByCharacter(this.#pattern, text);
    if (parts.length === 1) return this.#pattern === text;
    const first = parts[0]!;
    const last = parts[parts.length - 1]!;
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (let i = 1; i < parts.length - 1; i++) {
      const part = parts[i]!;
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  }
}

/** Patterns made ready, kept for those that come again. */
const known = new Map<string, Glob>();
const MAX_KNOWN = 1 << 14;

/** `*` and `?` against a text, both lower case. */
export function glob(pattern: string, text: string): boolean {
  let ready = known.get(pattern);
  if (!ready) {
    if (known.size >= MAX_KNOWN) known.clear();
    ready = new Glob(pattern);
    known.set(pattern, ready);
  }
  return ready.fits(text);
}

/** The same, character by character. Linear but for one backtracking point per star. */
export function globByCharacter(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** The longest text that stands in a pattern without `*` and `?`. */
function needleOf(pattern: string): string {
  const [longest = ""] = pattern.split(/[*?]/).sort((one, other) => other.length - one.length);
  return longest;
}

const NOTHING = /(?!)/;

/** Texts that cannot be missing where one of the patterns fits, as one expression: most texts are told by it at once. */
export function glanceFor(patterns: readonly string[], flags: "" | "i"): RegExp {
  const needles = new Set<string>();
  for (const pattern of patterns) needles.add(needleOf(pattern).replace(/[\\^$.+()|[\]{}]/g, "\\$&"));
  return needles.size === 0 ? NOTHING : new RegExp([...needles].join("|"), flags);
}

export { baseName } from "../cmdline/normal/names.ts";
