import type { Obfuscation } from "../../model/invocation.ts";
import { obfuscation } from "../normal/distance.ts";
import type { Environment } from "../normal/environment.ts";
import { readCondition } from "./conditions.ts";
import { redirectGroup } from "./group-output.ts";
import { KeptLines } from "./kept-lines.ts";
import { bodyOfRound, isOfLoop, type Loop, readLoop } from "./loops.ts";
import { climbed, spaced } from "./program-name.ts";
import { closeOf, endOfBody, readSimple, skipSeparators } from "./reader.ts";
import type { CmdCommand, CmdLimit, CmdOperator, CmdScript, Redirect } from "./types.ts";
import { assign, createVariables, expand, type Variables } from "./variables.ts";

/** Longest text, most commands, deepest nesting, and how many characters loops may make of the text. */
const MAX_TEXT = 1_000_000;
const MAX_COMMANDS = 1000;
const MAX_DEPTH = 24;
const LOOP_FUEL = 262_144;

/** What one reading shares among its nested texts. */
interface Session {
  readonly variables: Variables;
  readonly commands: CmdCommand[];
  readonly kept: KeptLines;
  fuel: number;
  /** Within how many loops, of whose variable a value is known. */
  rounds: number;
  /** Within how many branches that are known not to be carried out. */
  skipped: number;
  cut?: CmdLimit;
}

/** True where one more level may be opened; otherwise the limit is noted. */
function deeper({ session }: Cursor, depth: number): boolean {
  if (depth < MAX_DEPTH) return true;
  session.cut ??= "depth";
  return false;
}

/** True where there is room for another command; otherwise the limit is noted. */
function room(session: Session): boolean {
  if (session.commands.length < MAX_COMMANDS) return true;
  session.cut ??= "commands";
  return false;
}

/** A position in one text; loops are read as texts of their own. */
interface Cursor {
  readonly text: string;
  at: number;
  /** Open parentheses; where none is open, a closing one is a character as any other. */
  open: number;
  readonly session: Session;
}

/** Notes on separators before the command; one or two are slips of the finger. */
function leadingRun(skipped: string): Obfuscation[] {
  const odd = skipped.replace(/[\s@]/g, "");
  return odd.length >= 2 || odd.includes(";") ? [obfuscation("delimiterRun", skipped.trim())] : [];
}

/** Reads all commands of one level, up to the end or the parenthesis that closes it. */
function readList(cursor: Cursor, depth: number, first: CmdOperator): void {
  let op = first;
  while (cursor.at < cursor.text.length && room(cursor.session)) {
    if (cursor.text[cursor.at] === ")" && cursor.open > 0) return;
    readStatement(cursor, depth, op);
    op = readOperator(cursor);
  }
}

/** Steps over an operator or the end of a line. */
function readOperator(cursor: Cursor): CmdOperator {
  const { text, at } = cursor;
  const char = text[at];
  if (char !== "&" && char !== "|") {
    if (char === "\n") cursor.at++;
    return "";
  }
  const double = text[at + 1] === char;
  cursor.at += double ? 2 : 1;
  return (double ? char + char : char) as CmdOperator;
}

/** Carets in its words are gone before cmd looks for what they are. */
const KEYWORD = /^(?:\^?f\^?o\^?r|\^?i\^?f|\^?e\^?l\^?s\^?e|\^?r\^?e\^?m)(?=[\s,;=(/]|$)/i;

function readStatement(cursor: Cursor, depth: number, op: CmdOperator): void {
  const start = cursor.at;
  cursor.at = skipSeparators(cursor.text, start);
  const skipped = cursor.text.slice(start, cursor.at);
  const written = KEYWORD.exec(cursor.text.slice(cursor.at, cursor.at + 9))?.[0] ?? "";
  const keyword = written.replaceAll("^", "").toLowerCase();
  if (cursor.text[cursor.at] === "(" && deeper(cursor, depth)) readGroup(cursor, depth, op);
  else if (keyword === "for" && deeper(cursor, depth) && readFor(cursor, written.length, depth, op)) return;
  else if (keyword === "if" && deeper(cursor, depth)) readIf(cursor, written.length, depth, op);
  else if (keyword === "else" && deeper(cursor, depth)) {
    cursor.at += written.length;
    readStatement(cursor, depth + 1, op);
  } else if (keyword === "rem" || cursor.text[cursor.at] === ":") cursor.at = lineEnd(cursor);
  else readCommand(cursor, depth, op, leadingRun(skipped));
}

function lineEnd({ text, at }: Cursor): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** @param holds what is known of the condition that it stands behind: where it holds, what stands behind `else` is not carried out */
function readGroup(cursor: Cursor, depth: number, op: CmdOperator, holds?: boolean): void {
  const { session } = cursor;
  const { commands } = session;
  const before = commands.length;
  cursor.at++;
  cursor.open++;
  readList(cursor, depth + 1, op);
  cursor.open--;
  if (cursor.text[cursor.at] === ")") cursor.at++;
  const behind = skipSeparators(cursor.text, cursor.at);
  if (/^else[\s(]/i.test(cursor.text.slice(behind, behind + 5))) {
    cursor.at = behind;
    const change = holds === undefined ? 0 : holds ? 1 : -1;
    session.skipped += change;
    readStatement(cursor, depth + 1, "");
    session.skipped -= change;
    return;
  }
  const tail = readSimple(cursor.text, cursor.at, cursor.open > 0);
  if (tail.redirects.length > 0) redirectGroup(commands, before, tail.redirects);
  cursor.at = Math.max(tail.end, cursor.at);
}

/** Steps over the condition; what follows it is read as a command, unless a round of a loop is known not to carry it out. */
function readIf(cursor: Cursor, length: number, depth: number, op: CmdOperator): void {
  const { session } = cursor;
  const condition = readCondition(cursor.text, cursor.at + length);
  const holds = session.rounds > 0 ? condition.holds : undefined;
  cursor.at = skipSeparators(cursor.text, condition.end);
  if (holds === false) session.skipped++;
  if (cursor.text[cursor.at] === "(" && deeper(cursor, depth)) readGroup(cursor, depth + 1, op, holds);
  else readStatement(cursor, depth + 1, op);
  if (holds === false) session.skipped--;
}

/** Reads a whole `for`, a word of that length; false where its head is none, so that it is read as an ordinary command. */
function readFor(cursor: Cursor, length: number, depth: number, op: CmdOperator): boolean {
  const { text } = cursor;
  const open = text.indexOf("(", cursor.at);
  if (open < 0 || open - cursor.at > 300) return false;
  const close = closeOf(text, open);
  const loop = readLoop(text.slice(cursor.at + length, open), text.slice(open + 1, close), cursor.session.variables);
  const behind = skipSeparators(text, close + 1);
  const word = /^\^?d\^?o/i.exec(text.slice(behind, behind + 4))?.[0];
  if (!loop || word === undefined) return false;
  const body = behind + word.length;
  const end = endOfBody(text, body);
  cursor.at = end;
  runLoop(cursor.session, loop, text.slice(body, end), depth, op);
  return true;
}

/** Whether a loop's body is nothing but its variable, run as a command: `do @%i`, `do call %i`, `do cmd /c %i`. */
function isAlone(body: string, variable: string): boolean {
  const bare = /^[\s@(]*(?:call\s+|cmd(?:\.exe)?\s+\/c\s+)?"?%{1,2}~?(\S)"?[\s)]*$/i.exec(body.slice(0, 64));
  return body.length <= 64 && isOfLoop(bare?.[1] ?? "", variable);
}

const STARTS_WITH_VALUE = /^[\s@("]*(?:call\s+|start\s+)?"?%{1,2}/i;

function runLoop(session: Session, loop: Loop, body: string, depth: number, op: CmdOperator): void {
  if (loop.file !== undefined && isAlone(body, loop.variable)) {
    // The lines of the file are the commands.
    readNested(session, `cmd < ${loop.file}`, depth + 1, op);
    return;
  }
  const isUnknown = loop.rounds.length === 0 || !/^\s*dir\b/i.test(loop.command ?? "");
  if (loop.command !== undefined && !loop.isCommonplace && isUnknown && isAlone(body, loop.variable)) {
    // Every line that the command prints is carried out: as if it were piped to another shell.
    readNested(session, `${loop.command.slice(0, MAX_TEXT)} | cmd`, depth + 1, op);
    return;
  }
  if (loop.command !== undefined) readNested(session, loop.command.slice(0, MAX_TEXT), depth + 1, op);
  const rounds = loop.rounds.length > 0 ? loop.rounds : [undefined];
  for (const values of rounds) {
    if (!room(session)) return;
    if (values) session.rounds++;
    const { length } = session.commands;
    readNested(session, values ? bodyOfRound(body, loop.variable, values) : body, depth + 1, loop.command ? "" : op);
    const made = session.commands[length];
    // A program's name that is cut out of what Windows prints stands nowhere in the line.
    if (loop.isCommonplace && made && STARTS_WITH_VALUE.test(body))
      session.commands[length] = {
        ...made,
        obfuscation: [...made.obfuscation, obfuscation("environmentVariable", loop.command ?? "")],
      };
    if (values) session.rounds--;
  }
}

function readNested(session: Session, text: string, depth: number, op: CmdOperator): void {
  session.fuel -= text.length;
  if (session.fuel <= 0) {
    session.cut ??= "loops";
    return;
  }
  const cursor: Cursor = { text, at: 0, open: 0, session };
  while (cursor.at < text.length && room(session)) {
    readList(cursor, depth, op);
    if (text[cursor.at] === ")") cursor.at++;
  }
}

function readCommand(cursor: Cursor, depth: number, op: CmdOperator, notes: Obfuscation[]): void {
  const { variables, commands } = cursor.session;
  const simple = readSimple(cursor.text, cursor.at, cursor.open > 0);
  const raw = cursor.text.slice(cursor.at, simple.end).trim();
  cursor.at = simple.end;
  if (cursor.session.skipped > 0) return;
  if (simple.carets > 0) notes.push(obfuscation("caret", raw));
  const late = (text: string): string => expand(expand(text, "%", variables, notes), "!", variables, notes);
  const text = climbed(spaced(late(simple.text).trim()), notes);
  const redirects = simple.redirects.map((one): Redirect => ({ ...one, target: late(one.target) }));
  if (text === "" && redirects.length === 0) return;
  if (/^set[\s,;=]/i.test(text)) assign(late(simple.text), variables);
  if (redirects.length > 0) {
    cursor.session.kept.asked(text, redirects, variables);
    cursor.session.kept.note(text, redirects);
  }
  commands.push({ text, raw, op, redirects, depth, obfuscation: notes });
}

/** Sysmon writes every `%` twice in a command line. */
function withoutDoubling(text: string): string {
  const doubled = text.includes("%%") && text.replaceAll("%%", "").indexOf("%") < 0;
  return doubled ? text.replaceAll("%%", "%") : text;
}

/**
 * Takes cmd.exe text apart: operators, groups, `if`, `for` with literal lists, redirections, carets, variables, and `set` on the
 * way. Conditions are not judged, both branches are listed, but for what a round of a loop compares. Never throws; at most 1000
 * commands, loops at most 200 rounds.
 * @param env Variables that are known besides those that are the same everywhere.
 */
export function parseCmd(text: string, env?: Environment): CmdScript {
  const variables = createVariables(env);
  const notes: Obfuscation[] = [];
  const bounded = withoutDoubling(text.slice(0, MAX_TEXT).replaceAll("\r", "").replaceAll("\0", ""));
  const expanded = expand(bounded, "%", variables, notes);
  const fuel = expanded.length + LOOP_FUEL;
  const session: Session = { variables, commands: [], kept: new KeptLines(), fuel, rounds: 0, skipped: 0 };
  readNested(session, expanded, 0, "");
  const first = session.commands[0];
  if (first && notes.length > 0) session.commands[0] = { ...first, obfuscation: [...notes, ...first.obfuscation] };
  if (text.length > MAX_TEXT) session.cut ??= "text";
  return Object.assign(session.commands, session.cut === undefined ? {} : { cut: session.cut });
}
