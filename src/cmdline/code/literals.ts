import { entryOf } from "../../model/entry.ts";

/** A piece of a literal: text, or the source of what is put in. */
export type Piece = string | { readonly code: string };

export interface Literal {
  readonly end: number;
  readonly pieces: readonly Piece[];
  /** `shell`: the text is run by a shell where it stands; `words`, `argv`: a list (with quoting); `skip`: a pattern, not a text; `bytes`: no text. */
  readonly as?: "shell" | "words" | "argv" | "skip" | "bytes";
}

export interface Style {
  readonly close: string;
  /** Nesting brackets, as in `q{ {} }`. */
  readonly open?: string;
  /** `doubled`: the closing quote twice means itself. */
  readonly escapes: "backslash" | "doubled" | "quoteOnly" | "none";
  /** Where an interpolation starts: its end is found by `interpolation`. */
  readonly interpolation?: (text: string, at: number) => number;
  readonly decimalEscapes?: boolean;
  /** Unknown escapes keep their backslash. */
  readonly keepsUnknown?: boolean;
  readonly multiline?: boolean;
  /** Letters that stand for themselves behind a backslash, where other languages have a sign for them. */
  readonly unescaped?: string;
}

/** Reads a literal whose opening quote ends at `from`. An unterminated one goes to the end of the text. */
export function readLiteral(text: string, from: number, style: Style): Literal {
  const pieces: Piece[] = [];
  let run = "";
  let nesting = 0;
  let at = from;
  const flush = (): void => {
    if (run !== "") pieces.push(run);
    run = "";
  };
  while (at < text.length) {
    if (nesting === 0 && text.startsWith(style.close, at)) {
      if (style.escapes !== "doubled" || !text.startsWith(style.close, at + style.close.length)) {
        flush();
        return { end: at + style.close.length, pieces };
      }
      run += style.close;
      at += style.close.length * 2;
      continue;
    }
    const c = text[at]!;
    if (c === "\n" && style.multiline === false) break;
    if (c === "\\" && (style.escapes === "backslash" || style.escapes === "quoteOnly")) {
      const escaped =
        style.escapes === "backslash" ? readEscape(text, at + 1, style) : quoteEscape(text, at + 1, style);
      run += escaped.text;
      at = escaped.end;
      continue;
    }
    const end = style.interpolation?.(text, at) ?? -1;
    if (end > at) {
      flush();
      pieces.push({ code: text.slice(at, end) });
      at = end;
      continue;
    }
    if (style.open && c === style.open) nesting++;
    else if (style.open && c === style.close) nesting--;
    run += c;
    at++;
  }
  flush();
  return { end: at, pieces };
}

interface Escaped {
  readonly text: string;
  readonly end: number;
}

function quoteEscape(text: string, at: number, style: Style): Escaped {
  const c = text[at] ?? "";
  return c === "\\" || c === style.close || c === style.open ? { text: c, end: at + 1 } : { text: "\\", end: at };
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  e: "\x1b",
  "0": "\0",
  "\n": "",
};

const NUMERIC =
  /x\{([0-9A-Fa-f]{1,8})\}|u\{([0-9A-Fa-f]{1,8})\}|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})/y;

function readEscape(text: string, at: number, style: Style): Escaped {
  NUMERIC.lastIndex = at;
  const hex = NUMERIC.exec(text)?.slice(1).find(Boolean);
  if (hex !== undefined) return { text: character(Number.parseInt(hex, 16)), end: NUMERIC.lastIndex };
  const digits = style.decimalEscapes ? /[0-9]{1,3}/y : /[0-7]{1,3}/y;
  digits.lastIndex = at;
  const number = digits.exec(text)?.[0];
  if (number)
    return { text: character(Number.parseInt(number, style.decimalEscapes ? 10 : 8)), end: at + number.length };
  const c = text[at] ?? "";
  const simple = entryOf(SIMPLE, c);
  if (simple !== undefined && !style.unescaped?.includes(c)) return { text: simple, end: at + 1 };
  const plain =
    c === "\\" || c === style.close || c === '"' || c === "'" || c === "$" || c === "`" || c === "/" || c === "";
  return { text: plain || !style.keepsUnknown ? c : `\\${c}`, end: Math.min(at + 1, text.length) };
}

const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd");

/** End of a bracketed interpolation such as `${…}` or `#{…}` that begins at `at`; -1 where none does. */
export function bracketed(open: string, close: string): (text: string, at: number) => number {
  const start = open.at(-1)!;
  return (text, at) => {
    if (!text.startsWith(open, at)) return -1;
    let nesting = 0;
    for (let end = at + open.length; end < text.length && end < at + 512; end++) {
      if (text[end] === start) nesting++;
      else if (text[end] === close && nesting-- === 0) return end + 1;
    }
    return -1;
  };
}

const SIGIL = /[$@](?:\{[A-Za-z_]\w{0,63}\}|[A-Za-z_]\w{0,63})/y;

/** End of `$name`, `${name}` or `@name`, as Perl, PHP and Tcl put values in; -1 where none begins. */
export function sigil(marks: string): (text: string, at: number) => number {
  return (text, at) => {
    if (!marks.includes(text[at]!)) return -1;
    SIGIL.lastIndex = at;
    return SIGIL.test(text) ? SIGIL.lastIndex : -1;
  };
}

export const DOUBLE: Style = { close: '"', escapes: "backslash" };
export const SINGLE: Style = { close: "'", escapes: "backslash" };
export const RAW_SINGLE: Style = { close: "'", escapes: "quoteOnly" };

/** A literal in one of the quotes that scripts have from shells: "filled in", 'as it stands', or `run by a shell`. */
export function scriptQuoted(text: string, at: number, filled: Omit<Style, "close">): Literal | undefined {
  const close = text[at];
  if (close === "'") return readLiteral(text, at + 1, RAW_SINGLE);
  if (close !== '"' && close !== "`") return undefined;
  const read = readLiteral(text, at + 1, { ...filled, close });
  return close === "`" ? { ...read, as: "shell" } : read;
}

/** What closes what a bracket opens. */
export const PARTNERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/** Style of a literal whose delimiter the writer chooses, as in `q(…)` or `%q|…|`. */
export function chosen(delimiter: string, style: Omit<Style, "close" | "open">): Style {
  const close = PARTNERS[delimiter];
  return close ? { ...style, open: delimiter, close } : { ...style, close: delimiter };
}
