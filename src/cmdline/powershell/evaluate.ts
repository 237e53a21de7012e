import { runCode } from "./acts.ts";
import { type Argument, readCommandArguments, readRedirect, readWord } from "./arguments.ts";
import { readAssignment } from "./assignment.ts";
import { callCmdlet, isFollowed } from "./cmdlets.ts";
import { type Cursor, readExpression } from "./expression.ts";
import { classOf, printedBy } from "./given.ts";
import { isUrl, kindOf } from "./kinds.ts";
import { readFor, readForeach, readSwitch, readWhile } from "./loops.ts";
import { cmdletName, isCmdletName, isShellName } from "./names.ts";
import { callProcedure, procedureOf } from "./procedures.ts";
import { closeOf, inside, isDash, isDoubleQuote, isSingleQuote, skipTrivia } from "./scan.ts";
import { found, gather, MAX_DEPTH, runs, type Session } from "./session.ts";
import { list, NOTHING, textOf, UNKNOWN, type Value } from "./values.ts";

const KEYWORD =
  /(?:if|elseif|else|while|for|foreach|switch|do|until|try|catch|finally|trap|function|filter|workflow|param|begin|process|end|class|return|throw|exit|data)(?![\w\\/.:-])/iy;

/** Reads code: all its statements; the value is what they give. */
export function evaluate(session: Session, code: string, depth: number): Value {
  session.fuel -= code.length + 16;
  if (session.fuel < 0 || depth > MAX_DEPTH) {
    session.cut.add(depth > MAX_DEPTH ? "code nested too deep" : "more code than the limit");
    return UNKNOWN;
  }
  const cursor: Cursor = { code, at: 0, session, depth, nest: 0 };
  const values: Value[] = [];
  let unknown = false;
  for (;;) {
    cursor.at = skipTrivia(code, cursor.at, true);
    if (cursor.at >= code.length) break;
    const before = cursor.at;
    const value = readStatement(cursor);
    if (value === UNKNOWN) unknown = true;
    else if (value !== NOTHING && values.length < 4096) values.push(value);
    if (cursor.at === before) cursor.at++;
    else if ("&|".includes(code[cursor.at] ?? " ")) cursor.at++;
  }
  if (values.length === 0) return unknown ? UNKNOWN : NOTHING;
  if (values.length === 1) return values[0]!;
  const items: Value[] = [];
  for (const value of values) gather(session, items, value);
  return list(items);
}

function readStatement(cursor: Cursor): Value {
  KEYWORD.lastIndex = cursor.at;
  const keyword = KEYWORD.exec(cursor.code)?.[0];
  if (!keyword) return readPipeline(cursor);
  const word = keyword.toLowerCase();
  cursor.at = skipTrivia(cursor.code, cursor.at + keyword.length);
  if (word === "return") {
    const value = readPipeline(cursor);
    cursor.session.returned ??= value;
    return value;
  }
  if (word === "throw" || word === "exit" || word === "until") return readPipeline(cursor);
  if (/^(?:function|filter|workflow|class)$/.test(word)) {
    const name = /^[^\s({]{1,128}/.exec(cursor.code.slice(cursor.at, cursor.at + 128))?.[0] ?? "";
    cursor.at = skipTrivia(cursor.code, cursor.at + name.length, true);
    return word === "class" ? readBodies(cursor) : define(cursor, name.toLowerCase().replace(SCOPE, ""));
  }
  return LOOPS[word]?.(cursor) ?? readBodies(cursor);
}

const LOOPS: Readonly<Record<string, (cursor: Cursor) => Value | undefined>> = {
  for: readFor,
  while: readWhile,
  foreach: readForeach,
  switch: readSwitch,
};

const SCOPE = /^(?:global|script|local):/;

/** Keeps a function: it is read where it is called, and at the end of the code where it is not. */
function define(cursor: Cursor, name: string): Value {
  const { code, session } = cursor;
  const end = code[cursor.at] === "(" ? closeOf(code, cursor.at) : cursor.at;
  const open = skipTrivia(code, end, true);
  if (code[open] !== "{") return readBodies(cursor);
  const close = closeOf(code, open);
  const head = end > cursor.at ? inside(code, cursor.at, end) : undefined;
  if (session.functions.size < MAX_FUNCTIONS) session.functions.set(name, procedureOf(inside(code, open, close), head));
  cursor.at = close;
  return NOTHING;
}

/** Reads the functions that the code has and does not call itself: somebody else does. */
export function readUncalled(session: Session): void {
  for (const procedure of session.functions.values())
    if (!procedure.called) callProcedure(procedure, [], undefined, session, 0);
}

const MAX_FUNCTIONS = 512;

/** Reads the parentheses and blocks behind a keyword; conditions are not judged. */
function readBodies(cursor: Cursor): Value {
  let value: Value = UNKNOWN;
  for (;;) {
    const at = skipTrivia(cursor.code, cursor.at, true);
    const char = cursor.code[at];
    if (char === "(" || char === "{" || char === "[") {
      const end = closeOf(cursor.code, at);
      if (char !== "[") value = cursor.session.evaluate(inside(cursor.code, at, end), cursor.depth + 1);
      cursor.at = end;
      if (char === "{") return value;
    } else {
      if (!isDash(char)) return value;
      cursor.at = at + /^.[a-z]{0,16}/i.exec(cursor.code.slice(at, at + 17))![0].length;
    }
  }
}

function readPipeline(cursor: Cursor): Value {
  let input: Value | undefined;
  for (;;) {
    const value = readElement(cursor, input);
    cursor.at = skipTrivia(cursor.code, cursor.at);
    while (readRedirect(cursor)) cursor.at = skipTrivia(cursor.code, cursor.at);
    if (cursor.code[cursor.at] !== "|" || cursor.code[cursor.at + 1] === "|") return value;
    cursor.at = skipTrivia(cursor.code, cursor.at + 1, true);
    input = value;
  }
}

function startsExpression(code: string, at: number): boolean {
  const char = code[at]!;
  if ("$([{@!,".includes(char) || isSingleQuote(char) || isDoubleQuote(char)) return true;
  if (char === "+" || isDash(char))
    return /^.\s*[\d($'"[]|^.(?:i?join|[ic]?split|not|bnot)\b/i.test(code.slice(at, at + 12));
  return /^(?:0x[\da-f]+|\d+(?:\.\d+)?)(?:[\s;|)+*/%,.-]|$)/i.test(code.slice(at, at + 32));
}

function readElement(cursor: Cursor, input: Value | undefined): Value {
  const { code, session, depth } = cursor;
  const char = code[cursor.at];
  const next = code[cursor.at + 1] ?? "";
  if (char === undefined || (")}]&|".includes(char) && char !== "&")) return UNKNOWN;
  if (char === "&" ? next !== "&" : char === "." && /[\s($'"{]/.test(next)) return readCall(cursor, input);
  if (char === "&") return UNKNOWN;
  if (!startsExpression(code, cursor.at)) return readCommand(cursor, input);
  const start = cursor.at;
  const value = readExpression(cursor);
  const assigned = readAssignment(cursor, start, value, readStatement);
  if (assigned) return NOTHING;
  if (value.kind === "block" && input === undefined) session.evaluate(value.code, depth + 1);
  return value;
}

/** A parameter that only the cmdlets have which fetch files: it tells them under whatever name they are called. */
const isFetchedInto = ({ name }: Argument): boolean => name === "outfile";

/** `& name args` and `. name args`. */
function readCall(cursor: Cursor, input: Value | undefined): Value {
  cursor.at = skipTrivia(cursor.code, cursor.at + 1);
  const target = readWord(cursor);
  const args = readCommandArguments(cursor);
  const { session, depth } = cursor;
  if (target.kind === "block") return callProcedure(procedureOf(target.code), args, input, session, depth);
  if (target.kind === "contents" || target.kind === "sealed") return runCode(target, session, depth);
  const name = textOf(target);
  if (name !== undefined) return dispatch(name, args, input, session, depth);
  session.callsUnknown = true;
  return args.some(isFetchedInto)
    ? callCmdlet("invoke-webrequest", args, input, session, depth)
    : runArguments(args, session, depth);
}

function readCommand(cursor: Cursor, input: Value | undefined): Value {
  const name = textOf(readWord(cursor)) ?? "";
  const args = readCommandArguments(cursor);
  return dispatch(name, args, input, cursor.session, cursor.depth);
}

/** Reads the blocks that an unknown command is given. */
function runArguments(args: readonly Argument[], session: Session, depth: number): Value {
  for (const { value } of args)
    if (value?.kind === "block" && depth < MAX_DEPTH) session.evaluate(value.code, depth + 1);
  return UNKNOWN;
}

/** Calls a command by its name: a cmdlet that is followed, something of PowerShell's own, or a program. */
function dispatch(
  written: string,
  args: readonly Argument[],
  input: Value | undefined,
  session: Session,
  depth: number,
): Value {
  const name = cmdletName(written, session.aliases);
  if (isFollowed(name) && !session.functions.has(name)) return callCmdlet(name, args, input, session, depth);
  const procedure = session.functions.get(name);
  if (procedure) {
    procedure.called = true;
    runArguments(args, session, depth);
    return callProcedure(procedure, args, input, session, depth);
  }
  const own = isShellName(name);
  if (!own && isCmdletName(name)) {
    const words = [written.trim(), ...args.flatMap((arg) => arg.tokens)];
    runs(session, words, "cmdlet");
    runArguments(args, session, depth);
    return classOf(name, words);
  }
  if (own || !/[a-z0-9]/i.test(name) || name.length > 1024) return runArguments(args, session, depth);
  startScript(session.aliases.has(written.toLowerCase()) ? name : written.trim(), args, input, session);
  runArguments(args, session, depth);
  return printedBy([name, ...args.flatMap((arg) => arg.tokens)]);
}

/** Runs a program or script by its path. */
function startScript(path: string, args: readonly Argument[], input: Value | undefined, session: Session): void {
  const tokens = args.flatMap((arg) => arg.tokens);
  const what = kindOf(path, "script");
  if (isUrl(path)) return;
  if (what !== "script" || !/\.ps[dm]?1$/i.test(path)) runs(session, [path, ...tokens], "native", undefined, input);
  else found(session, { role: "runs", what, value: path, ...(tokens.length > 0 && { args: tokens }) });
}
