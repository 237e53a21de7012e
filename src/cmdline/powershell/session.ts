import { given } from "../../model/given.ts";
import type { Obfuscation } from "../../model/invocation.ts";
import type { PayloadWhat, PayloadWhere, Role } from "../../model/payload.ts";
import { type ObfuscationClass, obfuscation } from "../normal/distance.ts";
import { itemsOf, list, shownText, text, UNKNOWN, type Value } from "./values.ts";

/** A program that the code starts. */
export interface NativeCommand {
  /** Line as the new process sees it. */
  readonly text: string;
  /** Its arguments, program first. */
  readonly tokens: readonly string[];
  /** What starts it: `native`, `callOperator`, `Start-Process`, `wmi`, `comObject`, `.net`, `registry` (a value that is written) … */
  readonly via: string;
  /** What the pipe brings it. */
  readonly input?: Value;
  /** Variables of the environment that the code has set before, by their names in capitals. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder in which it is started, where the code says it. */
  readonly folder?: string;
}

/** What changes a setting starts nothing, though it is said in the words of a program. */
export const isSetting = ({ via }: NativeCommand): boolean => via === "registry" || via === "serviceControl";

/** What the code runs, fetches, reads or writes besides native commands. */
export interface PowerShellFinding {
  readonly role: Role;
  readonly what: PayloadWhat;
  readonly value: string;
  /** Where that is, if the value does not tell. */
  readonly where?: PayloadWhere;
  readonly args?: readonly string[];
  /** What is asked for is asked by a request that brings data. */
  readonly posts?: boolean;
  /** The file of which what is written is a copy, or the former name of it. */
  readonly copyOf?: string;
  /** The archive out of which what is written comes. */
  readonly outOf?: string;
  /** What is written stands in the code or is made by it: it is no copy, and comes from no other machine. */
  readonly made?: boolean;
  /** The address from which what is written comes. */
  readonly from?: string;
  /** The folder in which the code works then, as far as it says. */
  readonly folder?: string;
}

/** A function of the code, or a block with parameters. */
export interface Procedure {
  readonly body: string;
  /** Names of its parameters, lower case. */
  readonly parameters: readonly string[];
  /** Whether the code itself calls it. */
  called: boolean;
}

/** Bounds of one reading. */
export const MAX_CODE = 1_000_000;
export const MAX_DEPTH = 24;
const MAX_ITEMS = 65_536;
const MAX_FOUND = 256;
const MAX_STRING = 262_144;
const MAX_MADE = 8_000_000;
const MAX_VARIABLES = 2000;

/** The variable, of a name that no code can write, for what a document or a request was last told to open. */
export const OPENED = "\0opened";

/** What one reading knows and has found. */
export interface Session {
  readonly variables: Map<string, Value>;
  /** Names that the code gives to commands. */
  readonly aliases: Map<string, string>;
  readonly functions: Map<string, Procedure>;
  readonly commands: NativeCommand[];
  /** Calls by names like `verb-noun` that are not followed: of cmdlets, or of programs that are called so. */
  readonly cmdlets: NativeCommand[];
  readonly findings: PowerShellFinding[];
  readonly obfuscation: Obfuscation[];
  /** Code that was carried out and stands nowhere as it is: it was put together from pieces, or decoded; of code that cannot be opened, why. */
  readonly unfolded: Set<string>;
  /** Machines to which the code opens connections of its own, `host:port`. */
  readonly connections: Set<string>;
  /** Other machines on which the code has commands carried out; empty where nobody knows their names. */
  readonly machines: Set<string>;
  /** What was left unread, and why. */
  readonly cut: Set<string>;
  /** Variables of the environment that the code has set, by their names in capitals. */
  env: Readonly<Record<string, string>> | undefined;
  /** The folder in which the code works, as far as it says. */
  folder: string | undefined;
  /** Whether it calls a command whose name is made at run time and not known. */
  callsUnknown: boolean;
  /** What a function that is being carried out has given back. */
  returned: Value | undefined;
  /** Characters of code still to be read, and of strings still to be made. */
  fuel: number;
  made: number;
  /** Reads code and returns the value of its last statement. */
  evaluate(code: string, depth: number): Value;
}

export function createSession(
  codeLength: number,
  evaluate: (session: Session, code: string, depth: number) => Value,
): Session {
  const session: Session = {
    variables: new Map(),
    aliases: new Map(),
    functions: new Map(),
    commands: [],
    cmdlets: [],
    findings: [],
    obfuscation: [],
    unfolded: new Set(),
    connections: new Set(),
    machines: new Set(),
    cut: new Set(),
    env: undefined,
    folder: undefined,
    callsUnknown: false,
    returned: undefined,
    fuel: codeLength * 8 + 524_288,
    made: 0,
    evaluate: (code, depth) => evaluate(session, code, depth),
  };
  return session;
}

/** A text that folding made; unknown past the limits. */
export function madeText(session: Session, value: string, char = false): Value {
  session.made += value.length;
  if (value.length > MAX_STRING || session.made > MAX_MADE) {
    session.cut.add("strings longer than the limit");
    return UNKNOWN;
  }
  return text(value, char);
}

/** What an item of a list takes beside a character of a text. */
const ITEM = 8;

/** Whether a list of so many items may be made. */
export const mayMake = ({ made }: Session, count: number): boolean =>
  count <= MAX_ITEMS && made + count * ITEM <= MAX_MADE;

export function madeList(session: Session, items: readonly Value[]): Value {
  const isAllowed = mayMake(session, items.length);
  session.made += items.length * ITEM;
  return isAllowed ? list(items) : UNKNOWN;
}

/** Puts what one statement or round gives behind what others gave, as far as there is room. */
export function gather(session: Session, into: Value[], value: Value): void {
  const items = itemsOf(value);
  const room = Math.min(items.length, MAX_ITEMS - into.length, MAX_MADE - session.made);
  for (let at = 0; at < room; at++) into.push(items[at]!);
  session.made += Math.max(room, 0);
}

export function note(session: Session, name: ObfuscationClass, shown: string, weight?: number): void {
  if (session.obfuscation.length < MAX_FOUND) session.obfuscation.push(obfuscation(name, shown, weight));
}

export function setVariable(session: Session, name: string, value: Value): void {
  const lower = name.toLowerCase();
  if (session.variables.size >= MAX_VARIABLES && !session.variables.has(lower)) return;
  session.variables.set(lower, value);
  if (lower.startsWith("env:")) session.env = { ...session.env, [lower.slice(4).toUpperCase()]: shownText(value) };
}

/** Notes below this weight are of everyday writing. */
const TELLING = 0.6;
/** What notes of pieces come to where nobody writes so for himself. */
const PIECEMEAL = 1.5;
const MAX_UNFOLDED = 8;

/** Keeps code that is carried out, where it was decoded, or put together in a way in which nobody writes for himself. */
export function unfold(session: Session, code: string): void {
  if (session.unfolded.size >= MAX_UNFOLDED || code.length < 4) return;
  let pieces = 0;
  for (const { class: name, weight } of session.obfuscation) {
    if (name === "encodedCommand") pieces += PIECEMEAL;
    if (name === "concatenation" && weight >= TELLING) pieces += weight;
  }
  if (pieces >= PIECEMEAL) session.unfolded.add(code);
}

/** Adds a finding once. */
export function found(session: Session, finding: PowerShellFinding): void {
  if (finding.value.trim() === "" || session.findings.length >= MAX_FOUND) return;
  const same = (one: PowerShellFinding): boolean =>
    one.role === finding.role && one.value === finding.value && one.args?.join("\0") === finding.args?.join("\0");
  if (!session.findings.some(same)) session.findings.push(finding);
}

function quoted(token: string): string {
  return token === "" || (/\s/.test(token) && !token.includes('"')) ? `"${token}"` : token;
}

/** Adds a native command once. Without `line` the tokens make it. */
export function runs(session: Session, tokens: readonly string[], via: string, line?: string, input?: Value): void {
  const into = via === "cmdlet" ? session.cmdlets : session.commands;
  if (!tokens[0]?.trim() || into.length >= MAX_FOUND) return;
  const command = {
    text: line ?? tokens.map(quoted).join(" "),
    tokens,
    via,
    ...given({ input, env: session.env, folder: session.folder }),
  };
  if (!into.some((one) => one.text === command.text && one.folder === command.folder)) into.push(command);
}
