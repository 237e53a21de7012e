import type { Redirect } from "./types.ts";

/** One command as read: carets resolved, redirections taken out. */
export interface Simple {
  readonly text: string;
  readonly redirects: readonly Redirect[];
  /** How many carets stood before characters that need none. */
  readonly carets: number;
  readonly end: number;
}

const SEPARATORS = " \t,;=\u000b\u000c\u00a0";

/** Steps over what cmd.exe takes for blanks before a command, and over `@`. */
export function skipSeparators(text: string, from: number): number {
  let at = from;
  while (at < text.length && (SEPARATORS.includes(text[at]!) || text[at] === "@")) at++;
  return at;
}

/** One character behind a caret, or the start of the next line where the caret ends one. */
function escaped(text: string, caret: number): { char: string; end: number } {
  const next = text[caret + 1] === "\n" ? caret + 2 : caret + 1;
  return { char: text[next] ?? "", end: next + 1 };
}

export interface Word {
  readonly value: string;
  readonly end: number;
}

/** Reads a word behind blanks: quotes stay, carets go; ends at a blank or an operator. */
export function readWord(text: string, from: number): Word {
  let at = from;
  while (at < text.length && " \t,;\u00a0".includes(text[at]!)) at++;
  let value = "";
  let quoted = false;
  while (at < text.length) {
    const char = text[at]!;
    if (char === "\n" || (!quoted && " \t,;&|<>()".includes(char))) break;
    if (char === '"') quoted = !quoted;
    if (char === "^" && !quoted) {
      const next = escaped(text, at);
      value += next.char;
      at = next.end;
    } else {
      value += char;
      at++;
    }
  }
  return { value, end: Math.min(at, text.length) };
}

/** Reads a redirection that begins at `at` with `<` or `>`. */
function readRedirect(text: string, at: number, fd: number | undefined): { redirect: Redirect; end: number } {
  const input = text[at] === "<";
  const append = text[at + 1] === ">" && !input;
  const duplicate = text[at + 1] === "&";
  const word = readWord(text, at + (append || duplicate ? 2 : 1));
  const op = duplicate ? ">&" : append ? ">>" : input ? "<" : ">";
  const target = word.value.replaceAll('"', "");
  return { redirect: { fd: fd ?? (input ? 0 : 1), op, target }, end: word.end };
}

/** The handle number right before a redirection, if the text so far ends with one: the last two characters of it. */
function handleNumber(before: string, last: string): number | undefined {
  const alone = before === "" || SEPARATORS.includes(before);
  return last >= "0" && last <= "9" && alone ? Number(last) : undefined;
}

/** Whatever may mean something to cmd.exe behind a command's name. */
const MEANT = /["^&|<>)\n]/g;

/** The end of the stretch from `at` on, whatever stands there, in which every further character stands for itself. */
function plainEnd(text: string, at: number): number {
  MEANT.lastIndex = at + 1;
  return MEANT.exec(text)?.index ?? text.length;
}

/** Reads one command up to an operator, the end of the line, or (within a group) a closing parenthesis. */
export function readSimple(text: string, from: number, inGroup: boolean): Simple {
  const redirects: Redirect[] = [];
  // The last character is kept apart, as looking at the end of a text that grows copies it as a whole each time.
  let out = "";
  let before = "";
  let last = "";
  const add = (stretch: string) => {
    const end = stretch.length - 1;
    out += last + stretch.slice(0, Math.max(end, 0));
    before = end > 0 ? stretch[end - 1]! : last;
    last = stretch[end] ?? "";
  };
  let carets = 0;
  let quoted = false;
  let at = from;
  while (at < text.length) {
    const char = text[at]!;
    if (char === "\n") break;
    if (char === '"') quoted = !quoted;
    if (!quoted && char === "^") {
      const next = escaped(text, at);
      if (/[A-Za-z0-9.\\/:-]/.test(next.char)) carets++;
      add(next.char);
      at = next.end;
    } else if (!quoted && (char === "&" || char === "|" || (char === ")" && inGroup))) {
      break;
    } else if (!quoted && (char === "<" || char === ">")) {
      const fd = handleNumber(before, last);
      const found = readRedirect(text, at, fd);
      redirects.push(found.redirect);
      if (fd !== undefined) last = "";
      at = found.end;
    } else {
      const end = plainEnd(text, at);
      add(text.slice(at, end));
      at = end;
    }
  }
  return { text: out + last, redirects, carets, end: Math.min(at, text.length) };
}

/** Twice the longest line that cmd.exe takes: an open parenthesis costs no more, however many there are. */
const FARTHEST = 16_384;

/** Walks over text outside quotes and carets until `stop` says so; returns that place or the end, which may be far. */
function walk(text: string, from: number, stop: (char: string) => boolean): number {
  let quoted = false;
  const end = Math.min(text.length, from + FARTHEST);
  for (let at = from; at < end; at++) {
    const char = text[at]!;
    if (char === "\n") quoted = false;
    if (char === '"') quoted = !quoted;
    else if (char === "^" && !quoted) at++;
    else if (!quoted && stop(char)) return at;
  }
  return end;
}

/** Place of the parenthesis that closes the one at `open`; without one, the end of the text. */
export function closeOf(text: string, open: number): number {
  let level = 0;
  return walk(text, open, (char) => {
    if (char === "(") level++;
    if (char === ")") level--;
    return level === 0;
  });
}

/** Where the body of a loop ends: at the end of the line, or at a parenthesis that it has not opened. */
export function endOfBody(text: string, from: number): number {
  let level = 0;
  return walk(text, from, (char) => {
    if (char === "(") level++;
    if (char === ")") level--;
    return level < 0 || (char === "\n" && level <= 0);
  });
}
