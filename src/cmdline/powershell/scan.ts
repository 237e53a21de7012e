/** Reading of PowerShell source characters: blanks, comments, brackets, quotes. Dashes and curly quotes count as their ASCII twins. */

const SINGLE = "'\u2018\u2019\u201a\u201b";
const DOUBLE = '"\u201c\u201d\u201e';
const OPEN = "([{";
const CLOSE = ")]}";
/** Brackets within brackets that are followed; deeper ones close early. */
const MAX_STACK = 512;

/** The straight quotes come first in their lists; curly ones stand behind all letters that code is made of. */
const isCurly = (char: string | undefined, quotes: string): boolean =>
  char !== undefined && char >= "\u2018" && quotes.includes(char);

export function isSingleQuote(char: string | undefined): boolean {
  return char === "'" || isCurly(char, SINGLE);
}

export function isDoubleQuote(char: string | undefined): boolean {
  return char === '"' || isCurly(char, DOUBLE);
}

export function isDash(char: string | undefined): boolean {
  return char === "-" || char === "\u2013" || char === "\u2014" || char === "\u2015";
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\r" || char === "\u00a0" || char === "\f" || char === "\v";
}

/** The next place from `at` on where a pattern (global, of one character) fits; the end of the code where it does not. */
function nextOf(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex - 1 : code.length;
}

const SINGLES = new RegExp(`[${SINGLE}]`, "g");

/** End of a `'…'` string that begins at `at`; a doubled quote stays inside. */
export function singleEnd(code: string, at: number): number {
  let next = nextOf(SINGLES, code, at + 1);
  while (isSingleQuote(code[next + 1])) next = nextOf(SINGLES, code, next + 2);
  return Math.min(next + 1, code.length);
}

/** Start and end of the body of a here-string at `at` (`@'` or `@"` and a line end); undefined where there is none. */
export function hereBody(
  code: string,
  at: number,
): { start: number; end: number; after: number; raw: boolean } | undefined {
  if (code[at] !== "@") return undefined;
  const raw = isSingleQuote(code[at + 1]);
  if (!raw && !isDoubleQuote(code[at + 1])) return undefined;
  let start = at + 2;
  while (isBlank(code[start])) start++;
  if (code[start] !== "\n") return undefined;
  start++;
  for (let line = start; line < code.length; ) {
    const quote = raw ? isSingleQuote(code[line]) : isDoubleQuote(code[line]);
    if (quote && code[line + 1] === "@") return { start, end: Math.max(line - 1, start), after: line + 2, raw };
    const next = code.indexOf("\n", line);
    if (next < 0) break;
    line = next + 1;
  }
  return { start, end: code.length, after: code.length, raw };
}

/** Place behind blanks, comments and escaped line ends; with `lines` also behind line ends. */
export function skipTrivia(code: string, from: number, lines = false): number {
  let at = from;
  for (;;) {
    const char = code[at];
    if (isBlank(char) || (lines && (char === "\n" || char === ";"))) at++;
    else if (char === "`" && (code[at + 1] === "\n" || (code[at + 1] === "\r" && code[at + 2] === "\n"))) at += 2;
    else if (char === "#") at = lineEnd(code, at);
    else if (char === "<" && code[at + 1] === "#") at = commentEnd(code, at);
    else return Math.min(at, code.length);
  }
}

function lineEnd(code: string, at: number): number {
  const end = code.indexOf("\n", at);
  return end < 0 ? code.length : end;
}

function commentEnd(code: string, at: number): number {
  const end = code.indexOf("#>", at);
  return end < 0 ? code.length : end + 2;
}

function startsComment(code: string, at: number): boolean {
  return code[at] === "#" && (at === 0 || /[\s;(){}|]/.test(code[at - 1]!));
}

/** What means something between brackets, and within double quotes. */
const BRACKETED = new RegExp(`[\`#()[\\]{}${SINGLE}${DOUBLE}]|@(?=[${SINGLE}${DOUBLE}])|<(?=#)`, "g");
const QUOTED = new RegExp(`[\`$${DOUBLE}]`, "g");

/**
 * End of the construct that begins at `at` with a bracket or a double quote, past its closing character. Knows strings,
 * here-strings, comments, back-ticks and `$( )` within strings. Linear.
 */
export function closeOf(code: string, at: number): number {
  const stack: string[] = [];
  let next = at;
  while (next < code.length) {
    const char = code[next]!;
    const top = stack.at(-1);
    if (char === "`") {
      next += 2;
      continue;
    }
    if (top === '"') {
      if (isDoubleQuote(char) && isDoubleQuote(code[next + 1])) next++;
      else if (isDoubleQuote(char)) stack.pop();
      else if (char === "$" && code[next + 1] === "(" && stack.length < MAX_STACK) {
        stack.push("(");
        next++;
      }
    } else if (isDoubleQuote(char)) {
      stack.push('"');
    } else if (isSingleQuote(char)) {
      next = singleEnd(code, next) - 1;
    } else if (char === "@" && hereBody(code, next)) {
      next = hereBody(code, next)!.after - 1;
    } else if (startsComment(code, next)) {
      next = lineEnd(code, next) - 1;
    } else if (char === "<" && code[next + 1] === "#") {
      next = commentEnd(code, next) - 1;
    } else if (OPEN.includes(char) && stack.length < MAX_STACK) {
      stack.push(char);
    } else if (CLOSE.includes(char)) {
      stack.pop();
    }
    next++;
    if (stack.length === 0) return Math.min(next, code.length);
    next = nextOf(stack.at(-1) === '"' ? QUOTED : BRACKETED, code, next);
  }
  return code.length;
}

/** Text between a bracket at `at` and its end. */
export function inside(code: string, at: number, end: number): string {
  const closed = end > at + 1 && CLOSE.includes(code[end - 1]!);
  return code.slice(at + 1, closed ? end - 1 : end);
}
