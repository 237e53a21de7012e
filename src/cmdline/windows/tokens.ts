/**
 * Windows command lines as the C runtime reads them.
 * Source of the rules: Microsoft, "Parsing C command-line arguments" (UCRT), and the reference page of CreateProcess.
 */

/** One argument, with its place in the text, so that a program's own parser can take the rest of the line. */
export interface Token {
  /** As written, quotes included. */
  raw: string;
  /** What the program receives. */
  value: string;
  /** Offsets in the text: first character, and the one after the last. */
  start: number;
  end: number;
  /** True where the argument begins with a quote. */
  quoted: boolean;
  /** True where quotes break a word apart, as in `/"i"` or `ru"ndll"32`, and do not group blanks or delimit a value. */
  innerQuotes: boolean;
}

/** Longest text that is read; CreateProcess allows 32,767 characters, script-block logs somewhat more. */
const MAX_TEXT = 2_000_000;

export function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\r" || char === "\n";
}

const [TAB, LINE_FEED, RETURN, BLANK, QUOTE, BACKSLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x5c];

const isBlankCode = (code: number): boolean => code === BLANK || code === TAB || code === RETURN || code === LINE_FEED;

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

const WORD = /[\p{L}\p{N}]/u;
const ASCII_WORD = /[A-Za-z0-9]/;

function isWord(char: string | undefined): boolean {
  return char !== undefined && (char < "\u0080" ? ASCII_WORD : WORD).test(char);
}

/**
 * Whether a quote at `at` splits a word: opened behind a letter or behind the option character, closed before a letter. A pair that ends
 * the line closes what was opened around quotes before: `cmd /c "p -c "word""`.
 */
function splitsWord(text: string, at: number, start: number, opens: boolean): boolean {
  if (!opens) return isWord(text[at + 1]);
  if (text[at + 1] === '"' && skipBlanks(text, at + 2) === text.length) return false;
  const before = at > start ? text[at - 1] : undefined;
  return isWord(before) || (at === start + 1 && (before === "/" || before === "-"));
}

/** The text behind a token, leading blanks dropped. */
export function rest(text: string, token: Token): string {
  return text.slice(skipBlanks(text, token.end));
}

function makeToken(text: string, start: number, end: number, value: string, splits: boolean): Token {
  const raw = text.slice(start, end);
  // A word that is quoted twice, as batch files pass on what they were given quoted already, is whole.
  const innerQuotes = splits && !/\s/.test(value) && !/^""[^"]*""$/.test(raw);
  return { raw, value, start, end, quoted: text[start] === '"', innerQuotes };
}

/** The end of a word that has no quote, in which every character stands for itself; undefined where it has one. */
function plainWordEnd(text: string, start: number): number | undefined {
  for (let end = start; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) return undefined;
    if (isBlankCode(code)) return end;
  }
  return text.length;
}

/** A part of a text as a token that means what is written. */
export function plainToken(text: string, start: number, end: number): Token {
  const raw = text.slice(start, end);
  return { raw, value: raw, start, end, quoted: false, innerQuotes: false };
}

/** The end of the stretch from `at` on that is taken as it is: no quote, no blank outside of quotes, no backslash where it escapes. */
function plainEnd(text: string, at: number, open: boolean, escapes: boolean): number {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === QUOTE || (escapes && code === BACKSLASH)) break;
    if (!open && isBlankCode(code)) break;
  }
  return end;
}

/** Reads argv[0] at `start`: quotes toggle, a backslash escapes nothing. */
export function readProgramToken(text: string, start: number): Token {
  const plain = plainWordEnd(text, start);
  if (plain !== undefined) return plainToken(text, start, plain);
  let at = start;
  let value = "";
  let open = false;
  let splits = false;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '"') {
      open = !open;
      if (splitsWord(text, at, start, open)) splits = true;
      at++;
    } else if (!open && isBlank(char)) {
      break;
    } else {
      const end = plainEnd(text, at, open, false);
      value += text.slice(at, end);
      at = end;
    }
  }
  return makeToken(text, start, at, value, splits);
}

/** Reads one argument at `start`: 2n backslashes and a quote give n and a delimiter, 2n+1 give n and a quote; `""` within quotes is a quote. */
export function readArgument(text: string, start: number): Token {
  const plain = plainWordEnd(text, start);
  if (plain !== undefined) return plainToken(text, start, plain);
  let at = start;
  let value = "";
  let open = false;
  let splits = false;
  while (at < text.length) {
    const char = text[at]!;
    if (!open && isBlank(char)) break;
    if (char === "\\") {
      let end = at;
      while (text[end] === "\\") end++;
      const count = end - at;
      const escapes = text[end] === '"';
      value += "\\".repeat(escapes ? count >> 1 : count);
      at = end;
      if (escapes && count % 2 === 1) {
        value += '"';
        at++;
      }
    } else if (char === '"' && open && text[at + 1] === '"') {
      value += '"';
      at += 2;
    } else if (char === '"') {
      open = !open;
      if (splitsWord(text, at, start, open)) splits = true;
      at++;
    } else {
      const end = plainEnd(text, at, open, true);
      value += text.slice(at, end);
      at = end;
    }
  }
  return makeToken(text, start, at, value, splits);
}

/** Whether a text ends within quotes, as where a log has cut it: for those that let a backslash escape them, and for those that do not. */
export function endsInQuotes(text: string): boolean {
  let open = false;
  let toggled = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    toggled = !toggled;
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((at - before) % 2 === 0) open = !open;
  }
  return open && toggled;
}

/** Hands out the arguments from an offset on, one after the other; no program name is expected there. */
export function eachArgument(text: string, from: number, take: (token: Token) => void): void {
  const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  for (let at = skipBlanks(bounded, from); at < bounded.length; ) {
    const token = readArgument(bounded, at);
    take(token);
    at = skipBlanks(bounded, token.end);
  }
}

/** The same, all of them. */
export function splitArguments(text: string, from = 0): Token[] {
  const tokens: Token[] = [];
  eachArgument(text, from, (token) => tokens.push(token));
  return tokens;
}

/** The words of a command that cmd.exe carries out itself: quotes group blanks, and nothing takes their meaning from them. */
export function splitWords(text: string, from: number): Token[] {
  const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const tokens: Token[] = [];
  for (let at = skipBlanks(bounded, from); at < bounded.length; ) {
    const token = readProgramToken(bounded, at);
    tokens.push(token);
    at = skipBlanks(bounded, token.end);
  }
  return tokens;
}

/** A whole command line, program first. Never throws; text past `MAX_TEXT` is not read. */
export function splitWindows(text: string): Token[] {
  const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const start = skipBlanks(bounded, 0);
  if (start >= bounded.length) return [];
  const program = readProgramToken(bounded, start);
  return [program, ...splitArguments(bounded, program.end)];
}

/** A word as it must be written so that the C runtime reads it as it is. */
export const asWord = (word: string) =>
  /[\s"]/.test(word) ? `"${word.replace(/(?<!\\)(\\*)"/g, '$1$1\\"').replace(/(?<!\\)(\\+)$/, "$1$1")}"` : word;
