import { type Argument, readCommandArguments, readRedirect, readWord } from "./arguments.ts";
import { callCmdlet, isFollowed } from "./cmdlets.ts";
import { runCode } from "./effects.ts";
import { type Cursor, MAX_NEST, readExpression } from "./expression.ts";
import { classOf, printedBy } from "./given.ts";
import { isUrl, kindOf } from "./kinds.ts";
import { cmdletName, isCmdletName, isShellName } from "./names.ts";
import { operate } from "./operators.ts";
import { closeOf, inside, isDash, isDoubleQuote, isSingleQuote, skipTrivia } from "./scan.ts";
import { found, MAX_DEPTH, runs, type Session, setVariable } from "./session.ts";
import { itemsOf, list, NOTHING, textOf, UNKNOWN, type Value } from "./values.ts";

const KEYWORD =
  /(?:if|elseif|else|while|for|foreach|switch|do|until|try|catch|finally|trap|function|filter|workflow|param|begin|process|end|class|return|throw|exit|data)(?![\w\\/.:-])/iy;
const MAX_ROUNDS = 64;

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
  return values.length === 1 ? values[0]! : list(values.flatMap(itemsOf));
}

function readStatement(cursor: Cursor): Value {
  KEYWORD.lastIndex = cursor.at;
  const keyword = KEYWORD.exec(cursor.code)?.[0];
  if (!keyword) return readPipeline(cursor);
  const word = keyword.toLowerCase();
  cursor.at = skipTrivia(cursor.code, cursor.at + keyword.length);
  if (word === "return" || word === "throw" || word === "exit" || word === "until") return readPipeline(cursor);
  if (/^(?:function|filter|workflow|class)$/.test(word)) {
    const name = /^[^\s({]{1,128}/.exec(cursor.code.slice(cursor.at, cursor.at + 128))?.[0] ?? "";
    cursor.session.functions.add(name.toLowerCase().replace(/^(?:global|script|local):/, ""));
    cursor.at += name.length;
  }
  return word === "foreach" ? readForeach(cursor) : readBodies(cursor);
}

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

function readForeach(cursor: Cursor): Value {
  const { code, session, depth } = cursor;
  if (code[cursor.at] !== "(") return readBodies(cursor);
  const end = closeOf(code, cursor.at);
  const head = /^\s*\$([a-z_]\w{0,127})\s+in\s/i.exec(inside(code, cursor.at, end).slice(0, 300));
  if (!head) return readBodies(cursor);
  const items = itemsOf(session.evaluate(inside(code, cursor.at, end).slice(head[0].length), depth + 1));
  const open = skipTrivia(code, end, true);
  const close = code[open] === "{" ? closeOf(code, open) : open;
  const body = inside(code, open, close);
  const made: Value[] = [];
  for (const item of items.length > 0 ? items.slice(0, MAX_ROUNDS) : [UNKNOWN]) {
    if (item === UNKNOWN) session.variables.delete(head[1]!.toLowerCase());
    else setVariable(session, head[1]!, item);
    made.push(session.evaluate(body, depth + 1));
  }
  cursor.at = Math.max(close, end);
  return list(made.flatMap(itemsOf));
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
  const assigned = readAssignment(cursor, start, value);
  if (assigned) return NOTHING;
  if (value.kind === "block" && input === undefined) session.evaluate(value.code, depth + 1);
  return value;
}

const TARGET = /^(?:\[[^\]]{0,128}\]\s*)*\$(?:\{([^}]{1,128})\}|([\w:]{1,128}))(?:\.(\w{1,64}))?$/;

/** Carries out `target = …` where an assignment follows; true where one did. */
function readAssignment(cursor: Cursor, start: number, old: Value): boolean {
  const at = skipTrivia(cursor.code, cursor.at);
  const sign = /^(\+|-|\*|\/|%|\?\?)?=(?!=)/.exec(cursor.code.slice(at, at + 4));
  if (!sign) return false;
  const target = TARGET.exec(cursor.code.slice(start, Math.min(cursor.at, start + 512)).trim());
  cursor.at = skipTrivia(cursor.code, at + sign[0].length, true);
  if (cursor.nest >= MAX_NEST) return true;
  cursor.nest++;
  const given = readStatement(cursor);
  cursor.nest--;
  if (!target) return true;
  const name = (target[1] ?? target[2]!).toLowerCase().replace(/^(?:global|script|local|private):/, "");
  const value = sign[1] && sign[1] !== "??" ? operate(sign[1], old, given, cursor.session, false) : given;
  if (target[3]) setMember(cursor.session, name, target[3].toLowerCase(), value);
  else setVariable(cursor.session, name, value);
  if (given.kind === "block") cursor.session.evaluate(given.code, cursor.depth + 1);
  return true;
}

function setMember(session: Session, name: string, member: string, value: Value): void {
  const owner = session.variables.get(name);
  if (owner?.kind !== "object" || owner.args.length > 16) return;
  session.variables.set(name, {
    ...owner,
    args: [...owner.args, { kind: "map", entries: new Map([[member, value]]) }],
  });
}

/** `& name args` and `. name args`. */
function readCall(cursor: Cursor, input: Value | undefined): Value {
  cursor.at = skipTrivia(cursor.code, cursor.at + 1);
  const target = readWord(cursor);
  const args = readCommandArguments(cursor);
  const { session, depth } = cursor;
  if (target.kind === "block" || target.kind === "contents" || target.kind === "sealed") {
    session.variables.set("args", list(args.flatMap((arg) => (arg.value ? [arg.value] : []))));
    return runCode(target, session, depth);
  }
  const name = textOf(target);
  return name === undefined ? runArguments(args, session, depth) : dispatch(name, args, input, session, depth);
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
  if (isFollowed(name)) return callCmdlet(name, args, input, session, depth);
  const own = session.functions.has(name) || isShellName(name);
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
