/** What stands between the stars of patterns, kept for the patterns of the catalogue; undefined for those with `?`. */
const parted = new Map<string, readonly string[] | undefined>();
const MAX_PARTED = 1 << 14;

function partsOf(pattern: string): readonly string[] | undefined {
  const known = parted.get(pattern);
  if (known !== undefined || parted.has(pattern)) return known;
  const parts = pattern.includes("?") ? undefined : pattern.split("*");
  if (parted.size >= MAX_PARTED) parted.clear();
  parted.set(pattern, parts);
  return parts;
}

/** `*` and `?` against a text, both lower case. */
export function glob(pattern: string, text: string): boolean {
  const parts = partsOf(pattern);
  if (parts === undefined) return globByCharacter(pattern, text);
  if (parts.length === 1) return pattern === text;
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

export { baseName } from "../cmdline/normal/names.ts";
