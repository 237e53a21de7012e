import type { Obfuscation } from "../../model/invocation.ts";
import { Memory } from "../memory.ts";
import { mixedInCode, withoutBlobs } from "../normal/case-mixing.ts";
import { evaluate, readUncalled } from "./evaluate.ts";
import { createSession, MAX_CODE, type NativeCommand, note, type PowerShellFinding, type Session } from "./session.ts";
import { text } from "./values.ts";

/** What PowerShell code does, as far as its text tells. */
export interface PowerShellReading {
  /** Programs that it starts; the caller resolves them like any command line. */
  readonly commands: readonly NativeCommand[];
  /** Its calls by names like `verb-noun` that are not followed; the caller knows whether a program is called so. */
  readonly cmdlets: readonly NativeCommand[];
  /** What else it runs, fetches, reads and writes. What runs is not listed as fetched or read, too. */
  readonly findings: readonly PowerShellFinding[];
  /** Web addresses and rooted paths that stand in the code or in strings put together from it. */
  readonly urls: readonly string[];
  readonly paths: readonly string[];
  readonly obfuscation: readonly Obfuscation[];
  /** Code that it carries out after it was put together or decoded; of what cannot be opened, why. */
  readonly unfolded: readonly string[];
  /** Other machines on which it has commands carried out; empty where nobody knows their names. */
  readonly machines: readonly string[];
  /** What was left unread, and why. */
  readonly cut: readonly string[];
  /** Whether it calls a command whose name is made at run time and not known. */
  readonly callsUnknown: boolean;
}

const MAX_NAMED = 64;
const URL = /\b(?:https?|ftp):\/\/[^\s'"`<>|(){};,]{1,2048}/gi;
const PATH = /(?:\b[a-z]:\\|\\\\[\w.$@-]{1,64}\\|%[a-z()]{2,32}%\\|\$env:[a-z()]{2,32}\\)[^\s'"`<>|;,(){}]{1,512}/gi;

function named(texts: readonly string[], pattern: RegExp): string[] {
  const all = new Set<string>();
  for (const one of texts) {
    for (const match of one.matchAll(pattern)) {
      if (all.size >= MAX_NAMED) return [...all];
      all.add(match[0]);
    }
  }
  return [...all];
}

function withoutRun(findings: readonly PowerShellFinding[]): PowerShellFinding[] {
  const run = new Set(findings.filter((one) => one.role === "runs").map((one) => one.value));
  return findings.filter((one) => (one.role !== "fetches" && one.role !== "reads") || !run.has(one.value));
}

function distinct(notes: readonly Obfuscation[]): Obfuscation[] {
  const seen = new Map(notes.map((one) => [`${one.class}\0${one.text}`, one]));
  return [...seen.values()].slice(0, MAX_NAMED);
}

/** One line is read for what it shows and again for what it starts, and comes in the events of several processes. */
const known = new Memory<PowerShellReading>(1 << 20, 1 << 18);

/**
 * Reads PowerShell code without running it: strings are put together where all their parts are literals, and calls that start,
 * load, fetch or write something are listed. What `env` holds it knows of the environment. Never throws; work is bounded by the length of the code (at most 1,000,000 characters).
 */
export function readPowerShell(code: string, env?: Readonly<Record<string, string>>): PowerShellReading {
  return env && ENVIRONMENT.test(code) ? readAfresh(code, env) : known.get(code, () => readAfresh(code));
}

/** Where code looks at variables that whoever starts it has set. */
const ENVIRONMENT = /\benv:|environmentvariable|%\w/i;

function readAfresh(code: string, env: Readonly<Record<string, string>> = {}): PowerShellReading {
  const bounded = code.slice(0, MAX_CODE).replaceAll("\0", "");
  const session = createSession(bounded.length, evaluate);
  for (const [name, value] of Object.entries(env)) session.variables.set(`env:${name.toLowerCase()}`, text(value));
  if (code.length > MAX_CODE) session.cut.add("code longer than the limit");
  evaluate(session, bounded, 0);
  readUncalled(session);
  for (const word of mixedInCode(withoutBlobs(bounded), 8)) note(session, "caseMixing", word);
  return new Reading(session, bounded);
}

class Reading implements PowerShellReading {
  readonly commands: readonly NativeCommand[];
  readonly cmdlets: readonly NativeCommand[];
  readonly findings: readonly PowerShellFinding[];
  readonly obfuscation: readonly Obfuscation[];
  readonly unfolded: readonly string[];
  readonly machines: readonly string[];
  readonly cut: readonly string[];
  readonly callsUnknown: boolean;
  /** The code, and what was put together from it. */
  readonly #strings: readonly string[];

  constructor(session: Session, code: string) {
    const { commands, cmdlets, findings } = session;
    this.commands = commands;
    this.cmdlets = cmdlets;
    this.findings = withoutRun(findings);
    this.obfuscation = distinct(session.obfuscation);
    this.unfolded = [...session.unfolded];
    this.machines = [...session.machines];
    this.cut = [...session.cut];
    this.callsUnknown = session.callsUnknown;
    this.#strings = [code, ...findings.map((one) => one.value), ...commands.map((one) => one.text)];
  }

  // Looked for when somebody asks: mostly nobody does.
  get urls(): string[] {
    return named(this.#strings, URL);
  }

  get paths(): string[] {
    return named(this.#strings, PATH);
  }
}
