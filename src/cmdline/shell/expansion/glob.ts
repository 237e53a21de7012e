type Step = { readonly kind: "one"; readonly test: (c: string) => boolean } | { readonly kind: "any" };

/** Compiles a shell pattern of `*`, `?`, `[…]` and `\x`. */
export function compileGlob(pattern: string): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at]!;
    const close = c === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (c === "*") steps.push({ kind: "any" });
    else if (c === "?") steps.push({ kind: "one", test: () => true });
    else if (close > 0 && close < at + 64) {
      steps.push({ kind: "one", test: classTest(pattern.slice(at + 1, close)) });
      at = close;
    } else {
      const plain = c === "\\" && at + 1 < pattern.length ? pattern[++at]! : c;
      steps.push({ kind: "one", test: (each) => each === plain });
    }
  }
  return steps;
}

const NAMED: Readonly<Record<string, string>> = {
  "[:alpha:]": "a-zA-Z",
  "[:digit:]": "0-9",
  "[:alnum:]": "a-zA-Z0-9",
  "[:space:]": " \t\n",
  "[:upper:]": "A-Z",
  "[:lower:]": "a-z",
};

function classTest(body: string): (c: string) => boolean {
  const negated = body.startsWith("!") || body.startsWith("^");
  const set = expandRanges(
    (negated ? body.slice(1) : body).replace(/\[:[a-z]+:\]?/g, (name) => NAMED[name] ?? NAMED[`${name}]`] ?? ""),
  );
  return (c) => set.has(c) !== negated;
}

/** Characters of a set such as `a-z0-9_`. */
function expandRanges(text: string): Set<string> {
  return new Set(listRanges(text));
}

export function listRanges(text: string): string[] {
  const set: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const low = text.charCodeAt(at);
    const high = text[at + 1] === "-" && at + 2 < text.length ? text.charCodeAt(at + 2) : low;
    for (let code = low; code <= high && code < low + 256; code++) set.push(String.fromCharCode(code));
    if (high !== low) at += 2;
  }
  return set;
}

export interface Match {
  readonly shortest: number;
  readonly longest: number;
  /** Steps that were tried, for the caller's budget. */
  readonly work: number;
}

/**
 * Ends of the prefixes of `text`, from `from`, that match: the shortest and the longest; -1 where none does. All prefixes are
 * tried at once, in time |text| × |steps|.
 */
export function matchPrefix(steps: readonly Step[], text: string, from = 0): Match {
  let live = new Set<number>();
  const add = (set: Set<number>, at: number): void => {
    set.add(at);
    while (steps[at]?.kind === "any") set.add(++at);
  };
  add(live, 0);
  let shortest = -1;
  let longest = -1;
  let work = 0;
  for (let at = from; ; at++) {
    if (live.has(steps.length)) {
      if (shortest < 0) shortest = at;
      longest = at;
    }
    if (at >= text.length || live.size === 0) return { shortest, longest, work };
    work += live.size;
    const after = new Set<number>();
    for (const state of live) {
      const step = steps[state];
      if (step?.kind === "any") add(after, state);
      else if (step?.test(text[at]!)) add(after, state + 1);
    }
    live = after;
  }
}

/** Whether a text fits a pattern as a whole. */
export const matchesWhole = (steps: readonly Step[], text: string): boolean =>
  matchPrefix(steps, text).longest === text.length;
