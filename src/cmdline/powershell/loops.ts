import type { Cursor } from "./expression.ts";
import { closeOf, inside, isDoubleQuote, isSingleQuote, singleEnd, skipTrivia } from "./scan.ts";
import { gather, type Session, setVariable } from "./session.ts";
import { itemsOf, list, textOf, UNKNOWN, type Value } from "./values.ts";

/** Rounds of one loop; what is read in all of them is bounded by the fuel of the reading. */
const MAX_ROUNDS = 65_536;

/** Parts of the head of a `for`, which semicolons divide. */
function partsOf(head: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < head.length; ) {
    const char = head[at]!;
    if (isSingleQuote(char)) at = singleEnd(head, at);
    else if (isDoubleQuote(char) || "([{".includes(char)) at = closeOf(head, at);
    else {
      if (char === ";") {
        parts.push(head.slice(start, at));
        start = at + 1;
      }
      at++;
    }
  }
  return [...parts, head.slice(start)];
}

/** Whether a condition holds; undefined where that is not known. */
function isTrue(value: Value): boolean | undefined {
  if (value.kind === "number") return value.number !== 0;
  const known = textOf(value);
  return known === undefined ? undefined : known !== "" && known !== "False";
}

/** The head in brackets and the block of a loop at the cursor, which is moved behind them; undefined where they do not stand there. */
function readLoop(cursor: Cursor): { readonly head: string; readonly body: string } | undefined {
  const { code } = cursor;
  if (code[cursor.at] !== "(") return undefined;
  const end = closeOf(code, cursor.at);
  const open = skipTrivia(code, end, true);
  if (code[open] !== "{") return undefined;
  const close = closeOf(code, open);
  const loop = { head: inside(code, cursor.at, end), body: inside(code, open, close) };
  cursor.at = close;
  return loop;
}

/** Carries out a body as long as a condition is known to hold, and once where it is not known, or where nothing ends the loop. */
function repeat(condition: string, body: string, step: string, { session, depth }: Cursor): Value {
  const made: Value[] = [];
  for (let round = 0; round < MAX_ROUNDS && session.fuel > 0; round++) {
    const goesOn = condition.trim() === "" ? undefined : isTrue(session.evaluate(condition, depth + 1));
    if (goesOn === false || (goesOn === undefined && round > 0)) break;
    gather(session, made, session.evaluate(body, depth + 1));
    if (goesOn === undefined) break;
    if (step !== "") session.evaluate(step, depth + 1);
  }
  return list(made);
}

/** `for (…; …; …) {…}`; undefined where none stands at the cursor. */
export function readFor(cursor: Cursor): Value | undefined {
  const before = cursor.at;
  const loop = readLoop(cursor);
  const [first = "", condition, step = ""] = loop ? partsOf(loop.head) : [];
  if (!loop || condition === undefined) {
    cursor.at = before;
    return undefined;
  }
  cursor.session.evaluate(first, cursor.depth + 1);
  return repeat(condition, loop.body, step, cursor);
}

/** `while (…) {…}`; undefined where none stands at the cursor. */
export function readWhile(cursor: Cursor): Value | undefined {
  const loop = readLoop(cursor);
  return loop && repeat(loop.head, loop.body, "", cursor);
}

/** `foreach ($name in …) {…}`; undefined where none stands at the cursor. */
export function readForeach(cursor: Cursor): Value | undefined {
  const { session, depth } = cursor;
  const before = cursor.at;
  const loop = readLoop(cursor);
  const head = loop && /^\s{0,64}\$([a-z_]\w{0,127})\s{1,64}in\s/i.exec(loop.head);
  if (!head) {
    cursor.at = before;
    return undefined;
  }
  const items = itemsOf(session.evaluate(loop.head.slice(head[0].length), depth + 1));
  return eachOf(items, head[1]!, loop.body, session, depth);
}

/** `switch (…) { label {…} … }`: of every label the block is read, as nobody knows which it will be; undefined where none stands there. */
export function readSwitch(cursor: Cursor): Value | undefined {
  const { code, session, depth } = cursor;
  const before = cursor.at;
  for (let option = OPTION.exec(code.slice(cursor.at, cursor.at + 24)); option; ) {
    cursor.at += option[0].length;
    option = OPTION.exec(code.slice(cursor.at, cursor.at + 24));
  }
  const loop = readLoop(cursor);
  if (!loop) {
    cursor.at = before;
    return undefined;
  }
  session.evaluate(loop.head, depth + 1);
  const { body } = loop;
  const made: Value[] = [];
  for (let at = skipTrivia(body, 0, true); at < body.length; at = skipTrivia(body, at, true)) {
    // A label may be a block itself, so it is passed over whatever it is.
    at = body[at] === "{" ? closeOf(body, at) : labelEnd(body, at);
    const open = skipTrivia(body, at, true);
    if (body[open] !== "{") continue;
    at = closeOf(body, open);
    gather(session, made, session.evaluate(inside(body, open, at), depth + 1));
  }
  return list(made);
}

const OPTION = /^-(?:regex|wildcard|exact|casesensitive|parallel)\s{1,8}/i;

/** End of a label that begins at `at`: the block behind it, or the end of what holds all. */
function labelEnd(code: string, from: number): number {
  let at = from;
  while (at < code.length && code[at] !== "{" && code[at] !== "\n") {
    const char = code[at]!;
    if (isSingleQuote(char)) at = singleEnd(code, at);
    else at = isDoubleQuote(char) || "([".includes(char) ? closeOf(code, at) : at + 1;
  }
  return Math.max(at, from + (at === from ? 1 : 0));
}

function eachOf(items: readonly Value[], name: string, body: string, session: Session, depth: number): Value {
  const made: Value[] = [];
  for (const item of items.length > 0 ? items.slice(0, MAX_ROUNDS) : [UNKNOWN]) {
    if (session.fuel <= 0) break;
    if (item === UNKNOWN) session.variables.delete(name.toLowerCase());
    else setVariable(session, name, item);
    gather(session, made, session.evaluate(body, depth + 1));
  }
  return list(made);
}
