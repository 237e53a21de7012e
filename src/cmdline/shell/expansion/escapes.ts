import { entryOf } from "../../../model/entry.ts";

const SIMPLE: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
};

export interface Escape {
  readonly text: string;
  /** Characters used after the backslash. */
  readonly used: number;
}

function digits(text: string, from: number, most: number, radix: 8 | 16): string {
  const allowed = radix === 8 ? "01234567" : "0123456789abcdefABCDEF";
  let end = from;
  while (end < from + most && end < text.length && allowed.includes(text[end]!)) end++;
  return text.slice(from, end);
}

const codePoint = (value: number): string => (value <= 0x10ffff ? String.fromCodePoint(value) : "\ufffd");

/**
 * Reads the escape whose letter stands at `at` (just after the backslash), as `$'…'`, `echo -e` and `printf` do.
 * `octalZero`: octal escapes are `\0nnn` (echo) besides `\nnn`. Unknown escapes keep their backslash.
 */
export function readEscape(text: string, at: number, octalZero = false): Escape {
  const letter = text[at];
  if (letter === undefined) return { text: "\\", used: 0 };
  if (octalZero && letter === "0") {
    const oct = digits(text, at + 1, 3, 8);
    return { text: String.fromCharCode(Number.parseInt(oct || "0", 8) & 0xff), used: 1 + oct.length };
  }
  const octal = digits(text, at, 3, 8);
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal, 8) & 0xff), used: octal.length };
  const most = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
  if (most > 0) {
    const hex = digits(text, at + 1, most, 16);
    if (hex) return { text: codePoint(Number.parseInt(hex, 16)), used: 1 + hex.length };
  }
  if (letter === "c" && !octalZero && at + 1 < text.length) {
    return { text: String.fromCharCode(text.charCodeAt(at + 1) & 0x1f), used: 2 };
  }
  return { text: entryOf(SIMPLE, letter) ?? `\\${letter}`, used: 1 };
}

/** Resolves every escape of `text`; bytes of `\x` and octal escapes are put together as UTF-8. */
export function unescapeAll(text: string, octalZero = false): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const slash = text.indexOf("\\", at);
    if (slash < 0) break;
    out += text.slice(at, slash);
    if (octalZero && text[slash + 1] === "c") return joinBytes(out);
    const found = readEscape(text, slash + 1, octalZero);
    out += found.text;
    at = slash + 1 + found.used;
  }
  return joinBytes(out + text.slice(at));
}

/** Escapes write bytes: a run of them that is valid UTF-8 is one character. */
function joinBytes(text: string): string {
  return text.replace(/[\x80-\xff]{2,}/g, (run) => {
    const decoded = Buffer.from(run, "latin1").toString("utf8");
    return decoded.includes("\ufffd") ? run : decoded;
  });
}
