import { plainWord, type TokenReader } from "./syntax/reader.ts";
import { awaitHeredoc, isRedirect, type WordToken } from "./syntax/tokens.ts";
import type { Assignment, Node, Redirect, Word } from "./syntax/tree.ts";
import { MAX_BESIDE, MAX_DEPTH } from "./types.ts";

/**
 * Reads a simple command, or the function that it turns out to define; `body` reads that function's body. `lead` is a first
 * word that was taken already.
 */
export function readSimple(reader: TokenReader, body: (name: string) => Node, lead?: WordToken): Node {
  const start = lead?.start ?? reader.peek().start;
  const assignments: Assignment[] = [];
  const words: Word[] = lead ? [lead.word] : [];
  const redirects: Redirect[] = [];
  for (;;) {
    const token = reader.peek();
    if (token.kind === "end" || isFull(reader, assignments.length + redirects.length)) break;
    if (plainWord(words[0]) === "[[" && plainWord(words.at(-1)) !== "]]") {
      if (!takeTestWord(reader, words)) break;
    } else if (token.kind === "op" && isRedirect(token.op)) readRedirect(reader, redirects);
    else if (token.kind === "op") {
      const name = words.length === 1 && assignments.length === 0 ? plainWord(words[0]) : "";
      if (token.op !== "(" || name === "" || !takeParentheses(reader, token.start)) break;
      return body(name);
    } else {
      const assignment = words.length === 0 ? readAssignment(reader, token) : undefined;
      if (assignment) assignments.push(assignment);
      else {
        words.push(token.word);
        reader.next();
      }
    }
  }
  if (reader.peek().start === start) reader.next();
  return { kind: "simple", assignments, words, redirects, raw: reader.raw(start) };
}

/** Whether a command has all beside its words that is read: what follows is passed over, to the end of the text. */
function isFull(reader: TokenReader, beside: number): boolean {
  if (beside < MAX_BESIDE) return false;
  reader.scan.limits.cut ??= "beside";
  reader.jump(reader.scan.text.length);
  return true;
}

/** Between `[[` and `]]` operators are words of the test. False at the end of the line. */
function takeTestWord(reader: TokenReader, words: Word[]): boolean {
  const token = reader.peek();
  if (token.kind === "op" && token.op === "\n") return false;
  if (token.kind === "word") words.push(token.word);
  else if (token.kind === "op") words.push([{ kind: "text", text: token.op, quoted: false }]);
  reader.next();
  return true;
}

function takeParentheses(reader: TokenReader, start: number): boolean {
  if (!/^\(\s*\)/.test(reader.scan.text.slice(start, start + 32)) || reader.scan.depth >= MAX_DEPTH) return false;
  reader.next();
  reader.next();
  return true;
}

export function readRedirects(reader: TokenReader): Redirect[] {
  const found: Redirect[] = [];
  while (isRedirect(reader.op()) && !isFull(reader, found.length)) readRedirect(reader, found);
  return found;
}

function readRedirect(reader: TokenReader, found: Redirect[]): void {
  const token = reader.next();
  if (token.kind !== "op") return;
  const target = reader.peek();
  const redirect: Redirect = {
    op: token.op,
    target: [],
    ...(token.fd !== undefined && { fd: token.fd }),
    ...(token.variable !== undefined && { variable: token.variable }),
  };
  found.push(redirect);
  if (target.kind !== "word") return;
  reader.next();
  if (token.op === "<<" || token.op === "<<-") awaitHeredoc(reader.scan, redirect, target.word);
  else redirect.target = target.word;
}

function readAssignment(reader: TokenReader, token: WordToken): Assignment | undefined {
  const first = token.word[0];
  if (first?.kind !== "text" || first.quoted) return undefined;
  const match = /^([A-Za-z_]\w*)(?:\[(\w*)\])?(\+?)=/.exec(first.text.slice(0, 256));
  if (!match) return undefined;
  reader.next();
  const rest = first.text.slice(match[0].length);
  const head = { name: match[1]!, append: match[3] === "+", ...(match[2] && { index: match[2] }) };
  if (rest === "" && token.word.length === 1 && reader.scan.text[token.end] === "(") {
    reader.next();
    return { ...head, value: { elements: readElements(reader) } };
  }
  return { ...head, value: [{ kind: "text", text: rest, quoted: false }, ...token.word.slice(1)] };
}

function readElements(reader: TokenReader): Word[] {
  const elements: Word[] = [];
  for (let token = reader.peek(); token.kind === "word" || reader.op() === "\n"; token = reader.peek()) {
    if (token.kind === "word") elements.push(token.word);
    reader.next();
  }
  reader.accept(")");
  return elements;
}
