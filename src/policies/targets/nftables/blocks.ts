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
  let held = "";
  let start = 1;
  let line = 1;
  let inner = 0;
  const flush = () => {
    const statement = held.trim().replace(/\s+/g, " ");
    held = "";
    if (statement !== "") stack.at(-1)?.statements.push({ text: statement, line: start });
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    // Begun by blanks only, a statement has not begun.
    if (held === "") {
      if (letter === " " || letter === "\t" || letter === "\r") continue;
      start = line;
    }
    if (letter === "\n") {
      line++;
      if (inner === 0) flush();
      else held += " ";
    } else if (letter === "#") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end - 1;
    } else if (letter === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0 || text.slice(at, end).includes("\n")) damaged({ line }, "a string that is not closed");
      held += text.slice(at, end + 1);
      at = end;
    } else if (letter === "{" && inner === 0 && isBlock(held.trim())) {
      const block: Open = { head: held.trim().replace(/\s+/g, " "), line: start, statements: [], blocks: [] };
      held = "";
      stack.at(-1)?.blocks.push(block);
      stack.push(block);
      if (stack.length > MAX_DEPTH) damaged({ line }, "blocks nested too deep");
    } else if (letter === "{") {
      inner++;
      held += letter;
    } else if (letter === "}" && inner > 0) {
      inner--;
      held += letter;
    } else if (letter === "}") {
      flush();
      if (stack.length === 1) damaged({ line }, "“}” closes nothing");
      stack.pop();
    } else if (letter === ";" && inner === 0) flush();
    else held += letter;
  }
  if (inner > 0 || stack.length > 1) damaged({ line: stack.at(-1)?.line ?? line }, "a block that is not closed");
  flush();
  return root;
}
