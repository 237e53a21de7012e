import { readRedirects, readSimple } from "../simple.ts";
import { MAX_DEPTH, MAX_READ } from "../types.ts";
import { plainWord, TokenReader } from "./reader.ts";
import { type Limits, newScan, type Scan } from "./scan.ts";
import { isRedirect, type WordToken } from "./tokens.ts";
import type { Node, Word } from "./tree.ts";
import { arithmeticEnd } from "./words.ts";

type Item = { readonly op: string; readonly node: Node };

/** Words before a command that change nothing in what it runs. */
const PREFIXES = ["!", "then", "do", "else"];

/** Reads a text into its commands. Total: what a shell would refuse is read as far as it makes sense. */
export function parseTree(text: string, limits: Limits, depth = 0): Node {
  const scan = newScan(text, { depth, limits, commands });
  const items: Item[] = [];
  while (scan.pos < text.length) {
    items.push({ op: ";", node: commands(scan) });
    scan.pos++;
  }
  return { kind: "list", items };
}

/** Reads up to an unmatched `)` and leaves `pos` on it. */
function commands(scan: Scan): Node {
  const reader = new TokenReader(scan);
  const node = list(reader, []);
  scan.pos = reader.peek().start;
  return node;
}

/** Commands up to one of the words or operators in `ends`, an unmatched `)`, or the end of the text. */
function list(reader: TokenReader, ends: readonly string[]): Node {
  const items: Item[] = [];
  let op = "";
  for (;;) {
    const token = reader.peek();
    if (token.kind === "end" || reader.op() === ")") break;
    if (ends.includes(reader.op()) || ends.includes(reader.plain())) break;
    if (token.kind === "op" && !isRedirect(token.op) && token.op !== "(") {
      if (op === "" || op === ";") op = token.op === "\n" || token.op.startsWith(";") ? ";" : token.op;
      reader.next();
    } else {
      items.push({ op: op || ";", node: pipeline(reader) });
      op = "";
    }
  }
  return { kind: "list", items };
}

function pipeline(reader: TokenReader): Node {
  const items: Item[] = [];
  let op = "";
  for (;;) {
    while (PREFIXES.includes(reader.plain())) reader.next();
    items.push({ op, node: reader.plain() === "coproc" ? coprocess(reader) : timed(reader) });
    op = reader.op();
    if (op !== "|" && op !== "|&") break;
    reader.next();
    reader.newlines();
  }
  return items.length === 1 ? items[0]!.node : { kind: "pipeline", items };
}

/** `coproc COMMAND`, or with a name of its own before a compound one: `coproc NAME { … }`. */
function coprocess(reader: TokenReader): Node {
  reader.next();
  const lead = reader.peek();
  if (lead.kind !== "word" || COMPOUND.has(reader.plain()))
    return { kind: "coproc", name: "COPROC", body: command(reader) };
  const name = reader.plain();
  reader.next();
  const isNamed = /^[A-Za-z_]\w*$/.test(name) && COMPOUND.has(reader.op() || reader.plain());
  return { kind: "coproc", name: isNamed ? name : "COPROC", body: isNamed ? command(reader) : command(reader, lead) };
}

/** `time` before a group is a word of the shell; before a simple command it may as well be the program of that name. */
function timed(reader: TokenReader): Node {
  const token = reader.peek();
  if (token.kind !== "word" || reader.plain() !== "time") return command(reader);
  reader.next();
  return command(reader, token);
}

function command(reader: TokenReader, lead?: WordToken): Node {
  const { scan } = reader;
  if (++scan.limits.commands > MAX_READ) {
    scan.limits.cut ??= "commands";
    reader.jump(scan.text.length);
    return { kind: "list", items: [] };
  }
  const { start } = reader.peek();
  const read = COMPOUND.get(reader.op() || reader.plain());
  if (!read) return readSimple(reader, (name) => functionBody(reader, name), lead);
  if (scan.depth >= MAX_DEPTH) {
    scan.limits.cut ??= "depth";
    reader.next();
    return { kind: "list", items: [] };
  }
  scan.depth++;
  const node = read(reader, start);
  scan.depth--;
  return node;
}

type ReadCompound = (reader: TokenReader, start: number) => Node;

const COMPOUND = new Map<string, ReadCompound>([
  ["(", parentheses],
  ["{", (reader) => block(reader, [["}"]], "}", true)],
  ["if", (reader) => block(reader, [["then"], ["elif", "else", "fi"]], "fi")],
  ["while", repeated],
  ["until", repeated],
  ["for", loop],
  ["select", loop],
  ["case", choice],
  ["function", functionKeyword],
]);

function parentheses(reader: TokenReader, start: number): Node {
  const end = arithmeticEnd(reader.scan.text, start);
  if (end > 0) {
    reader.jump(end);
    return { kind: "simple", assignments: [], words: [], redirects: readRedirects(reader), raw: reader.raw(start) };
  }
  reader.next();
  const bodies = [list(reader, [])];
  reader.accept(")");
  const redirects = readRedirects(reader);
  return { kind: "block", words: [], bodies, redirects, certain: true, subshell: true, size: 0 };
}

function repeated(reader: TokenReader, start: number): Node {
  const node = block(reader, [["do"], ["done"]], "done");
  return node.kind === "block" ? { ...node, size: reader.raw(start).length } : node;
}

/** A keyword and its lists, each ended by one of the words of its step; the last step repeats until `last` comes. */
function block(reader: TokenReader, steps: readonly (readonly string[])[], last: string, certain = false): Node {
  reader.next();
  const bodies: Node[] = [];
  for (let step = 0; ; ) {
    const ends = steps[Math.min(step, steps.length - 1)]!;
    bodies.push(list(reader, ends));
    const end = reader.plain();
    if (!ends.includes(end)) break;
    reader.next();
    if (end === last) break;
    step = end === "elif" ? 0 : step + 1;
  }
  return { kind: "block", words: [], bodies, redirects: readRedirects(reader), certain, subshell: false, size: 0 };
}

/** `((i=0; i<4; i++))` */
const COUNTED = /^\(\(\s*(\w{1,32})\s*=\s*(\d{1,4})\s*;\s*\1\s*(<=?)\s*(\d{1,4})\s*;\s*(?:\1\+\+|\+\+\1)\s*\)\)/;

/** Most turns of a loop that are counted out. */
const MAX_COUNTED = 64;

/** The values that a counted loop gives its variable, where they stand in its head. */
function countedTurns(head: string): { readonly name: string; readonly words: Word[] } | undefined {
  const [, name, from = "", op, to = ""] = COUNTED.exec(head) ?? [];
  const count = Number(to) - Number(from) + (op === "<=" ? 1 : 0);
  if (name === undefined || count < 1 || count > MAX_COUNTED) return undefined;
  const text = (at: number) => [{ kind: "text" as const, text: String(Number(from) + at), quoted: true }];
  return { name, words: Array.from({ length: count }, (_, at) => text(at)) };
}

/** Whether text has the value of a variable: `$i`, `${i}`, `${a:$i:1}`, `${a:i:1}` or `${a[i]}`. */
function usesVariable(text: string, name: string): boolean {
  return new RegExp(`(?:[$:[]|\\$\\{)${name}\\b`).test(text);
}

function loop(reader: TokenReader, start: number): Node {
  reader.next();
  const counted = reader.op() === "(";
  const head = reader.peek().start;
  if (counted) parentheses(reader, head);
  const turns = counted ? countedTurns(reader.raw(head)) : undefined;
  const name = turns?.name ?? (counted ? "" : reader.plain());
  if (!counted) reader.next();
  let words: Word[] | undefined = turns?.words;
  reader.newlines();
  if (reader.accept("in")) {
    words = [];
    for (let token = reader.peek(); token.kind === "word"; token = reader.peek()) {
      words.push(token.word);
      reader.next();
    }
  }
  while (reader.op() === ";" || reader.op() === "\n") reader.next();
  const close = reader.accept("{") ? "}" : "done";
  if (close === "done") reader.accept("do");
  const body = list(reader, [close]);
  reader.accept(close);
  const text = reader.raw(start);
  const redirects = readRedirects(reader);
  // One that counts and makes no use of the count does the same each time.
  if (turns && !usesVariable(text, turns.name))
    return { kind: "for", name: "", words: undefined, body, redirects, size: text.length };
  return { kind: "for", name, words, body, redirects, size: text.length };
}

function choice(reader: TokenReader): Node {
  reader.next();
  const token = reader.peek();
  const words = token.kind === "word" ? [token.word] : [];
  if (token.kind === "word") reader.next();
  reader.newlines();
  reader.accept("in");
  const bodies: Node[] = [];
  for (;;) {
    reader.newlines();
    if (reader.accept("esac") || reader.peek().kind === "end") break;
    reader.accept("(");
    while (reader.peek().kind === "word" || reader.op() === "|") reader.next();
    if (!reader.accept(")")) break;
    bodies.push(list(reader, [";;", ";&", ";;&", "esac"]));
    if (reader.op().startsWith(";")) reader.next();
  }
  return { kind: "block", words, bodies, redirects: readRedirects(reader), certain: false, subshell: false, size: 0 };
}

function functionKeyword(reader: TokenReader): Node {
  reader.next();
  const token = reader.next();
  const name = token.kind === "word" ? plainWord(token.word) : "";
  if (reader.accept("(")) reader.accept(")");
  return functionBody(reader, name);
}

function functionBody(reader: TokenReader, name: string): Node {
  reader.newlines();
  const { start } = reader.peek();
  reader.scan.depth++;
  const body = command(reader);
  reader.scan.depth--;
  return { kind: "function", name, body, size: reader.raw(start).length };
}
