import { skipBlanks, splitArguments } from "../windows/tokens.ts";
import { type Cursor, readMembers, readOperand } from "./expression.ts";
import { isDash, isDoubleQuote, isSingleQuote, skipTrivia } from "./scan.ts";
import { found, madeText, note, type Session } from "./session.ts";
import { escapedCharacter, interpolate, partText, readString, readVariable } from "./strings.ts";
import { itemsOf, list, shownText, text, UNKNOWN, type Value } from "./values.ts";

/** One argument of a command. */
export interface Argument {
  /** Name of a parameter in lower case, its dash left off. */
  readonly name?: string;
  /** Its value; for a parameter only where a colon ties it. */
  readonly value?: Value;
  /** As a native program receives it. */
  readonly tokens: readonly string[];
}

const DELIMITERS = " \t\r\n;|&(){},\u00a0";
const MAX_ARGUMENTS = 4096;

function ends(char: string | undefined): boolean {
  return char === undefined || DELIMITERS.includes(char);
}

/** Reads a bare word with variables, quotes and back-ticks in it. */
function readBare(cursor: Cursor): Value {
  const { code, session, depth } = cursor;
  const start = cursor.at;
  let out = "";
  while (!ends(code[cursor.at])) {
    const char = code[cursor.at]!;
    if (char === ">") break;
    if (char === "`") {
      out += escapedCharacter(code[cursor.at + 1]);
      cursor.at += 2;
      continue;
    }
    const string = isSingleQuote(char) || isDoubleQuote(char) ? readString(code, cursor.at, session, depth) : undefined;
    const variable = char === "$" ? readVariable(code, cursor.at, session) : undefined;
    const read = string ?? variable;
    out += read ? partText(read.value, code.slice(cursor.at, read.end)) : char;
    cursor.at = read ? read.end : cursor.at + 1;
    if (char === "$" && code[cursor.at] === "(") out = out.slice(0, -1) + shownText(readOperand(cursor));
  }
  const written = code.slice(start, cursor.at);
  if (/[a-z]`[a-z]/i.test(written)) note(session, "characterInsertion", written, 0.7);
  return text(out);
}

function hasMember(cursor: Cursor): boolean {
  return /^(?:\.[a-z]|\[|::)/i.test(cursor.code.slice(cursor.at, cursor.at + 2));
}

/** Reads a word, string, variable, or bracketed expression of command mode. */
export function readWord(cursor: Cursor): Value {
  const { code, session, depth } = cursor;
  const char = code[cursor.at];
  const string = readString(code, cursor.at, session, depth);
  if (string) {
    cursor.at = string.end;
    return hasMember(cursor) ? readMembers(cursor, string.value) : string.value;
  }
  if (char === "(" || char === "{" || (char === "$" && code[cursor.at + 1] === "(")) return readOperand(cursor);
  if (char === "@" && /[({]/.test(code[cursor.at + 1] ?? "")) return readOperand(cursor);
  const variable = char === "$" ? readVariable(code, cursor.at, session) : undefined;
  if (!variable) return readBare(cursor);
  cursor.at = variable.end;
  const value = hasMember(cursor) ? readMembers(cursor, variable.value) : variable.value;
  if (ends(code[cursor.at]) || code[cursor.at] === ">") return value;
  const tail = readBare(cursor);
  return madeText(session, shownText(value) + shownText(tail));
}

/** Reads a word and those that commas tie to it. */
function readItems(cursor: Cursor): Value {
  const items = [readWord(cursor)];
  for (;;) {
    const at = skipTrivia(cursor.code, cursor.at);
    if (cursor.code[at] !== ",") return items.length === 1 ? items[0]! : list(items);
    cursor.at = skipTrivia(cursor.code, at + 1, true);
    const before = cursor.at;
    items.push(readWord(cursor));
    if (cursor.at === before || items.length >= MAX_ARGUMENTS) return list(items);
  }
}

const PARAMETER = /[-\u2013\u2014\u2015]([a-z_?][\w?`-]{0,63})(:?)/iy;

/** As a program receives a value; one that is made at run time keeps its place, as written. */
function tokensOf(value: Value, written: string): string[] {
  if (value === UNKNOWN) return [written];
  return itemsOf(value).map((item) =>
    /^(?:object|contents)$/.test(item.kind) || item === UNKNOWN ? written : shownText(item),
  );
}

function readParameter(cursor: Cursor): Argument | undefined {
  PARAMETER.lastIndex = cursor.at;
  const match = isDash(cursor.code[cursor.at]) ? PARAMETER.exec(cursor.code) : null;
  const after = match && cursor.code[cursor.at + match[0].length];
  if (!match || !(match[2] === ":" || ends(after ?? undefined))) return undefined;
  cursor.at += match[0].length;
  const name = match[1]!.replaceAll("`", "").toLowerCase();
  if (match[2] !== ":" || ends(cursor.code[cursor.at])) return { name, tokens: [match[0]] };
  const value = readItems(cursor);
  return { name, value, tokens: [match[0] + shownText(value)] };
}

/** `@name` gives the entries of a map as parameters. */
function readSplat(cursor: Cursor): Argument[] | undefined {
  const match = /^@([a-z_]\w{0,127})/i.exec(cursor.code.slice(cursor.at, cursor.at + 130));
  if (!match) return undefined;
  cursor.at += match[0].length;
  const value = cursor.session.variables.get(match[1]!.toLowerCase()) ?? UNKNOWN;
  if (value.kind !== "map") return itemsOf(value).map((item) => ({ value: item, tokens: [shownText(item)] }));
  return [...value.entries].map(([name, entry]) => ({ name, value: entry, tokens: [] }));
}

/** Reads `> file`, `2>&1`; files are written. True where one stood there. */
export function readRedirect(cursor: Cursor): boolean {
  const match = /^[0-9*]?>{1,2}(&[0-9])?/.exec(cursor.code.slice(cursor.at, cursor.at + 6));
  if (!match) return false;
  cursor.at += match[0].length;
  if (match[1]) return true;
  cursor.at = skipTrivia(cursor.code, cursor.at);
  const target = shownText(readWord(cursor));
  if (!/^\$?null$/i.test(target)) found(cursor.session, { role: "writes", what: "document", value: target });
  return true;
}

/** After `--%` PowerShell reads nothing more of the line. */
function readVerbatim(cursor: Cursor, session: Session): Argument[] {
  const rest = /^[^\n|]*/.exec(cursor.code.slice(cursor.at + 3, cursor.at + 32_771))![0];
  cursor.at += 3 + rest.length;
  const plain = interpolate(rest.replaceAll("$", "`$"), session, cursor.depth);
  return splitArguments(plain, skipBlanks(plain, 0)).map((token) => ({
    value: text(token.value),
    tokens: [token.value],
  }));
}

/** Reads the arguments of a command up to the end of its statement or pipe. */
export function readCommandArguments(cursor: Cursor): Argument[] {
  const args: Argument[] = [];
  while (args.length < MAX_ARGUMENTS) {
    cursor.at = skipTrivia(cursor.code, cursor.at);
    const char = cursor.code[cursor.at];
    if (char === undefined || "\n;|&)}".includes(char)) break;
    if (cursor.code.startsWith("--%", cursor.at)) {
      args.push(...readVerbatim(cursor, cursor.session));
      break;
    }
    if (readRedirect(cursor)) continue;
    const splat = char === "@" ? readSplat(cursor) : undefined;
    const parameter = splat ? undefined : readParameter(cursor);
    if (splat) args.push(...splat);
    else if (parameter) args.push(parameter);
    else {
      const before = cursor.at;
      const value = readItems(cursor);
      if (cursor.at === before) cursor.at++;
      else args.push({ value, tokens: tokensOf(value, cursor.code.slice(before, cursor.at)) });
    }
  }
  return args;
}
