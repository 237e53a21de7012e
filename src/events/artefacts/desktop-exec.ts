import { type Quoting, quotedWords } from "./quoted-words.ts";

/**
 * The argument vector of an `Exec` key (Desktop Entry Specification, "The Exec key"): escapes of key files undone, then
 * quotes, then field codes, which stand for files that nobody gave, are dropped. `%%` is a percent sign.
 */
export function desktopExec(value: string): readonly string[] {
  return quotedWords(unescapeString(value), QUOTING).flatMap(({ text, quoted }) => {
    if (quoted) return [text];
    if (/^%[fFuUdDnNickvm]$/.test(text)) return [];
    return [text.replace(/%(.)/g, (_, code: string) => (code === "%" ? "%" : ""))];
  });
}

const ESCAPES: Readonly<Record<string, string>> = { s: " ", n: "\n", t: "\t", r: "\r", "\\": "\\" };

function unescapeString(value: string): string {
  return value.replace(/\\(.)/g, (all, code: string) => ESCAPES[code] ?? all);
}

/** A backslash at the end stands for itself. */
const QUOTING: Quoting = {
  quotes: '"',
  blank: /\s/,
  escapeAt: (text, at) => (at + 1 < text.length ? [text[at + 1]!, 2] : ["\\", 1]),
};
