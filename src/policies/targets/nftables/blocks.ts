import { damaged } from "../../read.ts";

/** A block in braces: `table inet x { … }`. */
export interface Block {
  readonly head: string;
  readonly line: number;
  readonly statements: readonly { readonly text: string; readonly line: number }[];
  readonly blocks: readonly Block[];
}

interface Open extends Block {
  readonly statements: { readonly text: string; readonly line: number }[];
  readonly blocks: Open[];
}

const MAX_DEPTH = 8;
/** Statements of a file. A chain of so many rules is not followed to its end; sets have their millions of elements in one statement. */
const MAX_STATEMENTS = 400_000;
/** Heads of blocks; in a rule the same words stand for something else: `ct state { … } accept`. */
const BLOCK =
  /^(?:(?:add|create)\s+)?(?:table(?:\s+[a-z0-9]+)?\s+\S+|(?:chain|set|map|counter|quota|limit|flowtable|secmark|synproxy|ct\s+(?:helper|timeout|expectation))(?:\s+\S+){1,3})$/;
const STATEMENT = /^(?:counter|limit|quota)\s+(?:ip6?|tcp|udp|th|meta|ct|name|rate|over)\b/;

const isBlock = (head: string) => BLOCK.test(head) && !STATEMENT.test(head);

/**
 * Takes a file of nftables apart: statements end at a line or a semicolon, braces after a block's name open it, other braces are a
 * statement's own.
 * @throws WhatranError `policy/damaged` with the line where braces or quotes do not close
 */
export function readBlocks(text: string): Block {
  const root: Open = { head: "", line: 1, statements: [], blocks: [] };
  const stack: Open[] = [root];
  /** Of the statement at hand: pieces that comments part, and where the one at hand begins. A set has millions of letters. */
  let pieces: string[] = [];
  let from = -1;
  let start = 1;
  let line = 1;
  let inner = 0;
  let left = MAX_STATEMENTS;
  const pause = (end: number) => {
    if (from >= 0) pieces.push(text.slice(from, end));
    from = -1;
  };
  const taken = (end: number): string => {
    pause(end);
    const statement = pieces.join("").trim().replace(BLANKS, " ");
    pieces = [];
    return statement;
  };
  const flush = (end: number) => {
    const statement = taken(end);
    if (statement === "") return;
    if (--left < 0) damaged({ line: start }, `more than the ${MAX_STATEMENTS} statements that are read`);
    stack.at(-1)?.statements.push({ text: statement, line: start });
  };
  for (let at = 0; at < text.length; ) {
    const letter = text.charAt(at);
    // Begun by blanks only, a statement has not begun.
    if (from < 0 && pieces.length === 0) {
      if (letter === " " || letter === "\t" || letter === "\r") {
        at++;
        continue;
      }
      start = line;
    }
    if (letter === "\n" && inner === 0) flush(at);
    else if (letter === "#") pause(at);
    else if (letter === "{" && inner === 0 && isBlock(headOf(pieces, from < 0 ? "" : text.slice(from, at)))) {
      const block: Open = { head: taken(at), line: start, statements: [], blocks: [] };
      stack.at(-1)?.blocks.push(block);
      stack.push(block);
      if (stack.length > MAX_DEPTH) damaged({ line }, "blocks nested too deep");
    } else if (letter === "}" && inner === 0) {
      flush(at);
      if (stack.length === 1) damaged({ line }, "“}” closes nothing");
      stack.pop();
    } else if (letter === ";" && inner === 0) flush(at);
    else {
      if (from < 0) from = at;
      if (letter === "{") inner++;
      else if (letter === "}") inner--;
    }
    if (letter === "\n") line++;
    at = next(text, at, letter, line);
  }
  if (inner > 0 || stack.length > 1) damaged({ line: stack.at(-1)?.line ?? line }, "a block that is not closed");
  flush(text.length);
  return root;
}

/** Blanks that one would stand for. */
const BLANKS = /\s{2,}|[^\S ]/g;

const headOf = (pieces: readonly string[], rest: string): string => [...pieces, rest].join("").trim();

/** Where to go on behind a letter: comments, strings and what means nothing here are passed over whole. */
function next(text: string, at: number, letter: string, line: number): number {
  if (letter === "#") {
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end;
  }
  if (letter === '"') {
    const end = text.indexOf('"', at + 1);
    if (end < 0 || text.slice(at, end).includes("\n")) damaged({ line }, "a string that is not closed");
    return end + 1;
  }
  if ("\n{};".includes(letter)) return at + 1;
  const special = /[\n#"{};]/g;
  special.lastIndex = at;
  return special.exec(text)?.index ?? text.length;
}
