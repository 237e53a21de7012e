import { described } from "../../languages/lines.ts";
import type { FilePattern, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged, RuleError } from "../../read.ts";
import { optionsOf } from "./options.ts";
import { type Entry, ON, readEntry } from "./rule.ts";

const CONTROLS = /^-(?:b|f|r|q|t) *\S|^-t$|^--(?:backlog_wait_time|loginuid-immutable|reset|signal)/;

/** A line that is in force, with what may keep it from being so. */
interface Line extends Entry {
  readonly id: string;
  readonly comment: string;
  readonly keys: readonly string[];
  /** It is there for calls of 64 bits, of 32, or of both. */
  readonly bits: ReadonlySet<number>;
  readonly open: string | undefined;
}

const alike = (a: Line | undefined, b: Line): a is Line =>
  JSON.stringify([a?.rules, a?.open]) === JSON.stringify([b.rules, b.open]);

/** Lists as auditctl fills them from a file, line after line. */
class Lists {
  lines: Line[] = [];
  readonly unknown: UnknownPart[] = [];
  control = 0;
  #isOff = false;
  #isLocked = false;
  #goesOn = false;
  #open: string | undefined;

  take(text: string, number: number, comment: string): void {
    try {
      if (!this.#isLocked) this.#one(text, number, comment);
      this.control++;
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      this.unknown.push({ what: error.message, line: number, on: ON });
      // It ends there, but newer versions may know what is not known here.
      if (!this.#goesOn) this.#open ??= `whether auditctl reads on behind line ${number} is not known`;
    }
  }

  #one(text: string, number: number, comment: string): void {
    const [, deleted] = /^-D(?: +-k +(\S+))?$/.exec(text) ?? [];
    if (/^-[ic]$/.test(text)) this.#goesOn = true;
    else if (text === "-D") this.lines = [];
    else if (deleted !== undefined) this.lines = this.lines.filter(({ keys }) => !keys.includes(deleted));
    else if (/^-e *[012]$/.test(text)) {
      this.#isOff = text.endsWith("0");
      this.#isLocked = text.endsWith("2");
    } else if (!CONTROLS.test(text)) this.#rule(text, number, comment);
  }

  #rule(text: string, number: number, comment: string): void {
    const options = optionsOf(text);
    const entry = readEntry(options);
    const line: Line = {
      ...entry,
      id: `line ${number}`,
      comment,
      keys: options.keys,
      open: this.#open,
      bits: new Set([entry.is32 ? 32 : 64]),
    };
    const last = this.lines.at(-1);
    if (options.isFirst) this.lines.unshift(line);
    // Rules that differ in the architecture only are one.
    else if (alike(last, line))
      this.lines[this.lines.length - 1] = { ...last, bits: new Set([...last.bits, ...line.bits]) };
    else this.lines.push(line);
  }

  get rules(): readonly Rule[] {
    if (this.#isOff) return [];
    const before = this.lines.filter(({ isBefore }) => isBefore);
    return [...before, ...this.lines.filter(({ isBefore }) => !isBefore)].flatMap(
      ({ rules, id, comment, bits, open }) => {
        const doubt = open ?? (bits.has(64) ? undefined : "whether a program is of 32 bits is not logged");
        return rules.map((rule) => ({ ...doubted(rule, doubt), id, ...described(comment) }));
      },
    );
  }
}

function doubted(rule: Omit<Rule, "id">, beyond: string | undefined): Omit<Rule, "id"> {
  if (beyond === undefined) return rule;
  const all = (files: readonly FilePattern[] = [{}]) => files.map((file) => ({ beyond, ...file }));
  return rule.on[0] === "connect" ? { ...rule, subject: all(rule.subject) } : { ...rule, object: all(rule.object) };
}

/**
 * Reads rules as auditctl takes them: a line is a rule, nothing goes on in the next one, and a comment has a line of its own.
 * @throws WhatranError `policy/damaged` where no line is a rule
 */
export function readAuditd(text: string, name: string): Policy {
  const lists = new Lists();
  let comment = "";
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line !== "" && !line.startsWith("#")) lists.take(line, at + 1, comment);
    comment = line.startsWith("#") ? line.slice(1).trim() : "";
  }
  const { control, unknown, rules } = lists;
  if (control === 0) damaged({ line: unknown[0]?.line ?? 1 }, "there is no rule");
  return { target: "auditd", name, mode: "enforce", rules, unknown };
}
