import type { Scan } from "./scan.ts";
import type { Redirect, Word } from "./tree.ts";
import { readHeredoc, readWord } from "./words.ts";

export interface WordToken {
  readonly kind: "word";
  readonly word: Word;
  readonly start: number;
  readonly end: number;
}

export type Token =
  | WordToken
  | {
      readonly kind: "op";
      readonly op: string;
      readonly fd?: number;
      /** The variable that gets the number: `{name}<`. */
      readonly variable?: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "end"; readonly start: number; readonly end: number };

/** Longest first, so that the first that fits is the operator. */
const OPERATORS = [
  "&>>",
  "<<<",
  "<<-",
  ";;&",
  "&&",
  "||",
  ";;",
  ";&",
  "|&",
  "&>",
  "<<",
  "<&",
  "<>",
  ">>",
  ">&",
  ">|",
  ">",
  "<",
  "(",
  ")",
  ";",
  "&",
  "|",
  "\n",
];
/** What operators begin with. */
const OPERATING = "&<;|>()\n";
const REDIRECTS = new Set(["<", ">", "<<", "<<-", "<<<", ">>", ">|", "<>", "<&", ">&", "&>", "&>>"]);

export const isRedirect = (op: string): boolean => REDIRECTS.has(op);

/** Reads the token at `pos`; a newline brings in the here-documents that wait for it. */
export function nextToken(scan: Scan): Token {
  skipBlanks(scan);
  const { text } = scan;
  const start = scan.pos;
  if (start >= text.length) return { kind: "end", start, end: start };
  const fd = descriptorAt(text, start);
  const at = start + (fd?.length ?? 0);
  const c = text[at]!;
  const process = (c === "<" || c === ">") && text[at + 1] === "(";
  const isWord = (fd === undefined && process) || !OPERATING.includes(c);
  const op = isWord ? undefined : OPERATORS.find((each) => text.startsWith(each, at));
  if (op !== undefined) {
    scan.pos = at + op.length;
    if (op === "\n") readHeredocs(scan);
    const end = at + op.length;
    if (fd === undefined) return { kind: "op", op, start, end };
    return { kind: "op", op, start, end, ...(fd.startsWith("{") ? { variable: fd.slice(1, -1) } : { fd: Number(fd) }) };
  }
  const word = readWord(scan);
  if (scan.pos === start) scan.pos++;
  return { kind: "word", word, start, end: scan.pos };
}

const DESCRIPTOR = /^(\d{1,4}|\{[A-Za-z_]\w{0,30}\})(?=[<>])/;

/** The descriptor in front of a redirection; most tokens begin like none. */
function descriptorAt(text: string, start: number): string | undefined {
  const first = text[start]!;
  if (first !== "{" && (first < "0" || first > "9")) return undefined;
  return DESCRIPTOR.exec(text.slice(start, start + 40))?.[1];
}

function skipBlanks(scan: Scan): void {
  const { text } = scan;
  for (;;) {
    const c = text[scan.pos];
    if (c === " " || c === "\t" || c === "\r") scan.pos++;
    else if (c === "\\" && text[scan.pos + 1] === "\n") scan.pos += 2;
    else if (c === "#") {
      const end = text.indexOf("\n", scan.pos);
      scan.pos = end < 0 ? text.length : end;
    } else return;
  }
}

/** Notes a here-document whose delimiter has just been read. */
export function awaitHeredoc(scan: Scan, redirect: Redirect, delimiter: Word): void {
  const quoted = delimiter.some((part) => part.kind === "text" && part.quoted);
  const end = delimiter.map((part) => (part.kind === "text" ? part.text : part.raw)).join("");
  scan.heredocs.push({ redirect, end, quoted, tabs: redirect.op === "<<-" });
}

function readHeredocs(scan: Scan): void {
  for (const { redirect, end, quoted, tabs } of scan.heredocs.splice(0)) {
    const lines: string[] = [];
    while (scan.pos < scan.text.length) {
      const newline = scan.text.indexOf("\n", scan.pos);
      const stop = newline < 0 ? scan.text.length : newline;
      const line = scan.text.slice(scan.pos, stop);
      scan.pos = newline < 0 ? stop : stop + 1;
      const kept = tabs ? line.replace(/^\t+/, "") : line;
      if (kept.replace(/\r$/, "") === end) break;
      lines.push(`${kept}\n`);
    }
    const body = lines.join("");
    redirect.target = quoted ? [{ kind: "text", text: body, quoted: true }] : readHeredoc(body, scan);
  }
}
