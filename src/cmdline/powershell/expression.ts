import { call, index, property } from "./members.ts";
import { operate, operateAlone } from "./operators.ts";
import { closeOf, inside, isDash, isDoubleQuote, isSingleQuote, skipTrivia } from "./scan.ts";
import { MAX_DEPTH, madeList, type Session } from "./session.ts";
import { readString, readVariable } from "./strings.ts";
import { cast, typeName } from "./types.ts";
import { list, number, text, UNKNOWN, type Value } from "./values.ts";

/** A place in code that is being read. */
export interface Cursor {
  readonly code: string;
  at: number;
  readonly session: Session;
  readonly depth: number;
  /** Operands within operands, to bound recursion. */
  nest: number;
}

export const MAX_NEST = 64;
/** An operator ends where its letters do: a number may follow at once, as in `-bxor35`. */
const WORD_OPERATOR = /[-\u2013\u2014\u2015]([a-z]{1,12})(?![a-z_-])/iy;
const NUMBER = /(?:0x([0-9a-f]{1,12})|(\d{1,15}(?:\.\d{1,9})?)(?:e[+-]?\d{1,3})?)(?:kb|mb|gb)?l?(?![\w])/iy;
const MEMBER = /(\.|::)[ \t]*(?:([a-z_][\w-]{0,127})|(?=['"$(]))/iy;

/** How tightly operators bind; a comma binds tightest of all. */
function level(name: string): number {
  if (/^(?:and|or|xor)$/.test(name)) return 0;
  if (name === "+" || name === "-") return 2;
  if (name === "*" || name === "/" || name === "%") return 3;
  if (name === "f") return 4;
  return name === ".." ? 5 : 1;
}

function match(pattern: RegExp, cursor: Cursor): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.code);
}

interface Operator {
  readonly name: string;
  readonly end: number;
}

function readOperator(cursor: Cursor): Operator | undefined {
  const { code, at } = cursor;
  const char = code[at];
  if (isDash(char)) {
    const word = match(WORD_OPERATOR, cursor);
    if (word) return { name: word[1]!.toLowerCase(), end: at + word[0].length };
    return code[at + 1] === "=" || code[at + 1] === "-" ? undefined : { name: "-", end: at + 1 };
  }
  if (char === "." && code[at + 1] === ".") return { name: "..", end: at + 2 };
  const sign = char !== undefined && "+*/%".includes(char) && code[at + 1] !== "=" && code[at + 1] !== "+";
  return sign ? { name: char, end: at + 1 } : undefined;
}

/** Whether what was read from `start` on is one string without variables. */
function isLiteral({ code, at }: Cursor, start: number): boolean {
  if (isSingleQuote(code[start])) return true;
  return isDoubleQuote(code[start]) && !code.slice(start, at).includes("$");
}

/** Reads an expression; at least as tight as `least`. Always moves on or leaves the cursor where no expression begins. */
export function readExpression(cursor: Cursor, least = 0, commas = true): Value {
  cursor.at = skipTrivia(cursor.code, cursor.at);
  const start = cursor.at;
  let left = readItems(cursor, commas);
  let literal = isLiteral(cursor, start);
  for (;;) {
    const before = cursor.at;
    cursor.at = skipTrivia(cursor.code, cursor.at);
    const operator = readOperator(cursor);
    if (!operator || level(operator.name) < least) {
      cursor.at = before;
      return left;
    }
    cursor.at = skipTrivia(cursor.code, operator.end, true);
    const from = cursor.at;
    const other = readExpression(cursor, level(operator.name) + 1, commas || operator.name !== "+");
    literal = literal && isLiteral(cursor, from);
    left = operate(operator.name, left, other, cursor.session, literal);
  }
}

/** Reads operands with commas between them. */
function readItems(cursor: Cursor, commas: boolean): Value {
  const first = readOperand(cursor);
  if (!commas) return first;
  const items = [first];
  for (;;) {
    const at = skipTrivia(cursor.code, cursor.at);
    if (cursor.code[at] !== ",") return items.length === 1 ? first : madeList(cursor.session, items);
    cursor.at = skipTrivia(cursor.code, at + 1, true);
    items.push(readOperand(cursor));
  }
}

/** Arguments of a call: expressions with commas between them. */
function readArguments(code: string, session: Session, depth: number): Value[] {
  const cursor: Cursor = { code, at: 0, session, depth, nest: 0 };
  const args: Value[] = [];
  if (depth > MAX_DEPTH) return args;
  while (skipTrivia(code, cursor.at, true) < code.length && args.length < 4096) {
    cursor.at = skipTrivia(code, cursor.at, true);
    const start = cursor.at;
    args.push(readExpression(cursor, 0, false));
    cursor.at = skipTrivia(code, cursor.at, true);
    if (code[cursor.at] === "," || cursor.at === start) cursor.at++;
  }
  return args;
}

/** Reads one operand with the operators before it and the members behind it. */
export function readOperand(cursor: Cursor): Value {
  if (cursor.nest >= MAX_NEST) {
    cursor.session.cut.add("operators nested too deep");
    cursor.at = cursor.code.length;
    return UNKNOWN;
  }
  cursor.nest++;
  const value = readPrefixed(cursor);
  cursor.nest--;
  return value;
}

function readPrefixed(cursor: Cursor): Value {
  const { code, session } = cursor;
  const char = code[cursor.at];
  if (char === "!" || char === "+" || char === "," || (isDash(char) && !match(WORD_OPERATOR, cursor))) {
    cursor.at = skipTrivia(code, cursor.at + 1);
    return operateAlone(isDash(char) ? "-" : char!, readOperand(cursor), session);
  }
  const word = isDash(char) ? match(WORD_OPERATOR, cursor) : null;
  if (word) {
    cursor.at = skipTrivia(code, cursor.at + word[0].length);
    return operateAlone(word[1]!.toLowerCase(), readItems(cursor, true), session);
  }
  if (char === "[") {
    const end = closeOf(code, cursor.at);
    const name = typeName(inside(code, cursor.at, end));
    cursor.at = end;
    const next = skipTrivia(code, end);
    const member = code[end] === ":" && code[end + 1] === ":";
    if (!member && /[$'"([{@\w\u2018\u201c,+-]/.test(code[next] ?? "")) {
      cursor.at = next;
      return cast(name, readOperand(cursor), session);
    }
    return readMembers(cursor, { kind: "type", name });
  }
  return readMembers(cursor, readPrimary(cursor));
}

function readPrimary(cursor: Cursor): Value {
  const { code, session, depth } = cursor;
  const char = code[cursor.at];
  const string = readString(code, cursor.at, session, depth);
  if (string) {
    cursor.at = string.end;
    return string.value;
  }
  const open = char === "$" || char === "@" ? cursor.at + 1 : cursor.at;
  if (code[open] === "(" || (code[open] === "{" && char !== "$")) {
    const end = closeOf(code, open);
    const body = inside(code, open, end);
    cursor.at = end;
    if (code[open] === "{") return char === "@" ? readMap(body, session, depth + 1) : { kind: "block", code: body };
    const value = session.evaluate(body, depth + 1);
    return char === "@" && value.kind !== "list" ? list(value === UNKNOWN ? [] : [value]) : value;
  }
  const named = char === "$" ? readVariable(code, cursor.at, session) : undefined;
  if (named) {
    cursor.at = named.end;
    return named.value;
  }
  const digits = match(NUMBER, cursor);
  if (digits) {
    cursor.at += digits[0].length;
    return number(digits[1] ? Number.parseInt(digits[1], 16) : Number(digits[2]));
  }
  // A back-tick before a word is left over from a quote that somebody has escaped once too often.
  const bare = /^`?([\w.\\/:%*~-]{1,1024})/.exec(code.slice(cursor.at, cursor.at + 1025));
  cursor.at += bare?.[0].length ?? 0;
  return bare ? text(bare[1]!) : UNKNOWN;
}

/** `@{ name = value; … }`: names in lower case. */
function readMap(body: string, session: Session, depth: number): Value {
  const entries = new Map<string, Value>();
  if (depth > MAX_DEPTH) return UNKNOWN;
  const cursor: Cursor = { code: body, at: 0, session, depth, nest: 0 };
  while (cursor.at < body.length && entries.size < 256) {
    cursor.at = skipTrivia(body, cursor.at, true);
    const start = cursor.at;
    const key = /^['"]?([\w.-]{1,128})['"]?\s*=/.exec(body.slice(cursor.at, cursor.at + 140));
    cursor.at += key?.[0].length ?? 0;
    const value = readExpression(cursor);
    if (key) entries.set(key[1]!.toLowerCase(), value);
    if (cursor.at === start) cursor.at++;
  }
  return { kind: "map", entries };
}

/** Reads `.name`, `::name`, `.name(…)`, `[index]` behind a value. */
export function readMembers(cursor: Cursor, first: Value): Value {
  const { code, session, depth } = cursor;
  let value = first;
  while (cursor.at < code.length) {
    if (code[cursor.at] === "[") {
      const end = closeOf(code, cursor.at);
      const [place = UNKNOWN, ...more] = readArguments(inside(code, cursor.at, end), session, depth + 1);
      value = index(value, more.length > 0 ? list([place, ...more]) : place, session);
      cursor.at = end;
      continue;
    }
    const member = match(MEMBER, cursor);
    if (!member || (member[1] === "." && code[cursor.at + 1] === ".")) return value;
    cursor.at += member[0].length;
    const name = member[2] ?? readMemberName(cursor);
    if (code[cursor.at] === "(") {
      const end = closeOf(code, cursor.at);
      const args = depth < MAX_DEPTH ? readArguments(inside(code, cursor.at, end), session, depth + 1) : [];
      cursor.at = end;
      value = call(value, name.toLowerCase(), args, session, depth);
    } else if (code[cursor.at] === "{" && /^(?:foreach|where)$/i.test(name)) {
      const end = closeOf(code, cursor.at);
      const block: Value = { kind: "block", code: inside(code, cursor.at, end) };
      cursor.at = end;
      value = call(value, name.toLowerCase(), [block], session, depth);
    } else {
      value = property(value, name, session);
    }
  }
  return value;
}

/** A member named by a string, a variable or an expression: `.'DownloadString'`, `."Down`l..."`, `.('Down' + 'loadString')`. */
function readMemberName(cursor: Cursor): string {
  const { code, session, depth } = cursor;
  if (code[cursor.at] === "(") {
    const end = closeOf(code, cursor.at);
    const value = session.evaluate(inside(code, cursor.at, end), depth + 1);
    cursor.at = end;
    return value.kind === "text" ? value.text : "";
  }
  const read = readString(code, cursor.at, session, depth) ?? readVariable(code, cursor.at, session);
  if (!read) return "";
  cursor.at = read.end;
  return read.value.kind === "text" ? read.value.text : "";
}
