import { unescapeAll } from "../expansion/escapes.ts";
import { MAX_DEPTH, MAX_READ } from "../types.ts";
import { newScan, type Scan } from "./scan.ts";
import type { Part, Word } from "./tree.ts";

/** How a run of parts is read: `ends` are the unquoted characters that end it. */
interface Mode {
  readonly ends: string;
  readonly quoted: boolean;
  /** Characters that a backslash quotes inside double quotes and here-documents. */
  readonly escapable: string;
  /** False in here-documents, where double quotes are text. */
  readonly doubleQuotes: boolean;
}

const META = " \t\r\n;&|<>()";
const WORD: Mode = { ends: META, quoted: false, escapable: "", doubleQuotes: true };
const QUOTED: Mode = { ends: '"', quoted: true, escapable: '$`"\\', doubleQuotes: false };
const HEREDOC: Mode = { ends: "", quoted: true, escapable: "$`\\", doubleQuotes: false };
const INSIDE = (ends: string, quoted: boolean): Mode => ({ ends, quoted, escapable: '$`"\\}', doubleQuotes: true });

/** Reads the word at `pos`; empty where none stands there. */
export const readWord = (scan: Scan): Word => readParts(scan, WORD);

/** Reads a whole text as the inside of double quotes: the body of a here-document. */
export function readHeredoc(text: string, scan: Scan): Word {
  return readParts(newScan(text, scan), HEREDOC);
}

function readParts(scan: Scan, mode: Mode): Part[] {
  const parts: Part[] = [];
  const { text } = scan;
  while (scan.pos < text.length) {
    const c = text[scan.pos]!;
    const next = text[scan.pos + 1];
    if (mode.ends.includes(c)) {
      if (mode !== WORD || !(c === "<" || c === ">") || next !== "(" || !deeper(scan)) break;
      parts.push(readProcess(scan, c === "<" ? "<(" : ">("));
    } else if (c === "\\") readBackslash(scan, mode, parts);
    else if (c === "'" && !mode.quoted) readSingle(scan, parts);
    else if (c === '"' && mode.doubleQuotes) readDouble(scan, parts);
    else if (c === "`") readBackticks(scan, mode, parts);
    else if (c === "$") readDollar(scan, mode, parts);
    else readPlain(scan, mode, parts);
  }
  return parts;
}

const text = (value: string, quoted: boolean): Part => ({ kind: "text", text: value, quoted });

/** True where one more level may be opened; otherwise the limit is noted. */
function deeper(scan: Scan): boolean {
  if (scan.depth < MAX_DEPTH) return true;
  scan.limits.cut ??= "depth";
  return false;
}

function readPlain(scan: Scan, mode: Mode, parts: Part[]): void {
  const start = scan.pos++;
  while (scan.pos < scan.text.length) {
    const c = scan.text[scan.pos]!;
    if (c === "\\" || c === "'" || c === '"' || c === "`" || c === "$" || mode.ends.includes(c)) break;
    scan.pos++;
  }
  parts.push(text(scan.text.slice(start, scan.pos), mode.quoted));
}

function readBackslash(scan: Scan, mode: Mode, parts: Part[]): void {
  const next = scan.text[scan.pos + 1];
  scan.pos += next === undefined ? 1 : 2;
  if (next === "\n") return;
  if (next === undefined) parts.push(text("\\", true));
  else if (mode.quoted && !mode.escapable.includes(next)) parts.push(text(`\\${next}`, true));
  else parts.push(text(next, true));
}

function readSingle(scan: Scan, parts: Part[]): void {
  const close = scan.text.indexOf("'", scan.pos + 1);
  const end = close < 0 ? scan.text.length : close;
  if (close < 0) scan.limits.cut ??= "quote";
  parts.push(text(scan.text.slice(scan.pos + 1, end), true));
  scan.pos = end + 1;
}

function readDouble(scan: Scan, parts: Part[]): void {
  scan.pos++;
  parts.push(text("", true));
  for (const part of readParts(scan, QUOTED)) parts.push(part);
  if (scan.pos >= scan.text.length) scan.limits.cut ??= "quote";
  scan.pos++;
}

function readAnsi(scan: Scan, parts: Part[]): void {
  let end = scan.pos + 2;
  while (end < scan.text.length && scan.text[end] !== "'") end += scan.text[end] === "\\" ? 2 : 1;
  parts.push(text(unescapeAll(scan.text.slice(scan.pos + 2, end)), true));
  scan.pos = Math.min(end + 1, scan.text.length);
}

function readBackticks(scan: Scan, mode: Mode, parts: Part[]): void {
  // Of the rest no command is read any more.
  if (scan.limits.commands > MAX_READ) {
    scan.pos = scan.text.length;
    return;
  }
  const start = scan.pos++;
  let body = "";
  while (scan.pos < scan.text.length && scan.text[scan.pos] !== "`") {
    let c = scan.text[scan.pos++]!;
    const next = scan.text[scan.pos];
    if (c === "\\" && next !== undefined && ("`\\$".includes(next) || (mode.quoted && next === '"'))) {
      c = next;
      scan.pos++;
    }
    body += c;
  }
  scan.pos++;
  const raw = scan.text.slice(start, scan.pos);
  if (!deeper(scan)) {
    parts.push(text(raw, true));
    return;
  }
  const inner = newScan(body, { ...scan, depth: scan.depth + 1 });
  parts.push({ kind: "commands", open: "`", body: wholeText(inner), raw, quoted: mode.quoted });
}

/** Commands of the whole text, past closing brackets that close nothing. */
function wholeText(scan: Scan): ReturnType<Scan["commands"]> {
  const items = [];
  while (scan.pos < scan.text.length) {
    items.push({ op: ";", node: scan.commands(scan) });
    scan.pos++;
  }
  return { kind: "list", items };
}

function readProcess(scan: Scan, open: "<(" | ">("): Part {
  const start = scan.pos;
  const body = inParentheses(scan);
  return { kind: "process", open, body, raw: scan.text.slice(start, scan.pos) };
}

/** Reads `x( commands )` where `pos` is on `x`. */
function inParentheses(scan: Scan): ReturnType<Scan["commands"]> {
  scan.pos += 2;
  scan.depth++;
  const body = scan.commands(scan);
  scan.depth--;
  scan.pos = Math.min(scan.pos + 1, scan.text.length);
  return body;
}

function readDollar(scan: Scan, mode: Mode, parts: Part[]): void {
  const start = scan.pos;
  const next = scan.text[start + 1] ?? "";
  const { quoted } = mode;
  if (next === "(") {
    const end = arithmeticEnd(scan.text, start + 1);
    if (end > 0) {
      scan.pos = end;
      const raw = scan.text.slice(start, end);
      parts.push({ kind: "arithmetic", text: raw.slice(3, -2), raw, quoted });
    } else if (deeper(scan)) {
      const body = inParentheses(scan);
      parts.push({ kind: "commands", open: "$(", body, raw: scan.text.slice(start, scan.pos), quoted });
    } else {
      scan.pos += 2;
      parts.push(text("$(", true));
    }
  } else if (next === "{" && deeper(scan)) parts.push(readBraced(scan, quoted));
  else if (next === "'" && !quoted) readAnsi(scan, parts);
  else if (next === '"' && !quoted) scan.pos++;
  else {
    const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?!$-])/.exec(scan.text.slice(start + 1, start + 257))?.[0] ?? "";
    scan.pos += 1 + name.length;
    parts.push(name ? { kind: "param", name, raw: `$${name}`, quoted } : text("$", quoted));
  }
}

/** Arithmetic is short: a longer pair of brackets is read as commands, which keeps the look-ahead bounded. */
const MAX_ARITHMETIC = 256;

/** End of `((…))` whose first bracket is at `open`; -1 where the brackets are not a pair of pairs. */
export function arithmeticEnd(source: string, open: number): number {
  if (source[open + 1] !== "(") return -1;
  let nesting = 0;
  for (let at = open; at < source.length && at < open + MAX_ARITHMETIC; at++) {
    const c = source[at];
    if (c === "(") nesting++;
    else if (c === ")" && --nesting === 1) return source[at + 1] === ")" ? at + 2 : -1;
    else if (c === ";" || c === "'" || c === '"') return -1;
  }
  return -1;
}

const BRACED = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?!$-])/;
const OPERATOR = /^(?::[-=+?]|##?|%%?|\/\/?|\^\^?|,,?|[-=+?:@])/;

function readBraced(scan: Scan, quoted: boolean): Part {
  const start = scan.pos;
  scan.pos += 2;
  scan.depth++;
  const prefix = /^[!#](?=[A-Za-z0-9_@*])/.exec(scan.text.slice(scan.pos, scan.pos + 2))?.[0] as "!" | "#" | undefined;
  if (prefix) scan.pos++;
  const name = BRACED.exec(scan.text.slice(scan.pos, scan.pos + 256))?.[0] ?? "";
  scan.pos += name.length;
  const index = /^\[([^\]'"`$]*)\]/.exec(scan.text.slice(scan.pos, scan.pos + 64));
  if (index) scan.pos += index[0].length;
  const op = OPERATOR.exec(scan.text.slice(scan.pos, scan.pos + 2))?.[0];
  scan.pos += op?.length ?? 0;
  const replaces = op === "/" || op === "//";
  const arg = readParts(scan, INSIDE(replaces ? "/}" : "}", quoted));
  let replacement: Part[] | undefined;
  if (replaces && scan.text[scan.pos] === "/") {
    scan.pos++;
    replacement = readParts(scan, INSIDE("}", quoted));
  }
  scan.pos = Math.min(scan.pos + 1, scan.text.length);
  scan.depth--;
  return {
    kind: "param",
    name,
    raw: scan.text.slice(start, scan.pos),
    quoted,
    arg,
    ...(index && { index: index[1]! }),
    ...(prefix && { prefix }),
    ...(op && { op }),
    ...(replacement && { replacement }),
  };
}
