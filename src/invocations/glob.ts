/** `*` and `?` against a text, both lower case. Linear but for one backtracking point per star. */
export function glob(pattern: string, text: string): boolean {
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

/** The name behind the last separator of a Windows or POSIX path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}

/** Whether any pattern fits the text, its base name, or its base name without the extension. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  const lower = text.toLowerCase();
  const base = baseName(lower);
  const dot = base.lastIndexOf(".");
  for (const pattern of patterns) {
    if (glob(pattern, lower) || glob(pattern, base)) return true;
    if (dot < 0 && base !== "" && glob(pattern, `${base}${patternExtension(pattern)}`)) return true;
  }
  return false;
}

/** The extension of a pattern such as `scrobj.dll`, so that `scrobj` fits it: programs add it. */
function patternExtension(pattern: string): string {
  return /\.\w{1,4}$/.exec(pattern)?.[0] ?? "";
}
