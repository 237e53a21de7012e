import { entryOf } from "../../../model/entry.ts";
import { described, logicalLines } from "../../languages/lines.ts";
import type { Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { BUILT_IN, termsOf, type Value, valuesOf } from "./lists.ts";
import { either, every, not, partsOf, type Terms } from "./terms.ts";

/** What no line fits is denied. */
export const DENIED = "default:deny";

/** A list that is made of others; each line of it is an alternative. */
const MADE = /^a(?:ll|ny)-of$/;

interface List {
  readonly type: string;
  readonly values: Value[];
  made: Terms;
}

class SquidReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly #lists = new Map<string, List>();
  last: "allow" | "deny" | undefined;

  /** Names of lists have no case, and to what everybody is nothing is added. */
  list([name = "", type = "", ...rest]: readonly string[], line: number): void {
    const key = name.toLowerCase();
    if (key === "all") return;
    const list: List = this.#lists.get(key) ?? { type, values: [], made: [] };
    if (list.type !== type) {
      this.unknown.push({ what: `the list ${name}, which is of two types,`, line, on: ["connect"] });
      return;
    }
    this.#lists.set(key, list);
    const values = valuesOf(rest);
    if (!MADE.test(type)) {
      for (const value of values) list.values.push(value);
      return;
    }
    const parts = values.map(({ text }) => this.#named(text, line) ?? []);
    list.made = either([list.made, type === "any-of" ? either(parts) : every(parts)]);
  }

  access([verdict = "", ...names]: readonly string[], line: number, comment: string): void {
    if (verdict !== "allow" && verdict !== "deny") {
      this.unknown.push({ what: `the access ${verdict}`, line, on: ["connect"] });
      return;
    }
    this.last = verdict;
    const parts: Terms[] = [];
    for (const name of names) {
      if (name.startsWith("#")) break;
      const next = this.#named(name, line);
      if (!next) return;
      parts.push(next);
    }
    for (const term of every(parts))
      this.rules.push({
        id: `line ${line}`,
        action: verdict,
        on: ["connect"],
        ...described(comment),
        ...partsOf(term),
      });
  }

  #named(text: string, line: number): Terms | undefined {
    const name = text.replace(/^!/, "").toLowerCase();
    const list = this.#lists.get(name);
    const terms = list ? (MADE.test(list.type) ? list.made : termsOf(list.type, list.values)) : entryOf(BUILT_IN, name);
    if (terms) return text.startsWith("!") ? not(terms) : terms;
    this.unknown.push({ what: `the list ${text}`, line, on: ["connect"] });
    return undefined;
  }
}

/** Reads lists and `http_access` lines; other settings change nothing of who may reach what. @throws WhatranError `policy/damaged` */
export function readSquid(text: string, name: string): Policy {
  const reader = new SquidReader();
  let seen = 0;
  for (const { text: entry, line, comment } of logicalLines(text)) {
    const [word = "", ...rest] = entry.split(/\s+/);
    if (word === "acl") reader.list(rest, line);
    else if (word === "http_access") reader.access(rest, line, comment);
    else if (word === "include") reader.unknown.push({ what: "what another file adds", line, on: ["connect"] });
    else if (word === "if") reader.unknown.push({ what: "what holds under a condition", line, on: ["connect"] });
    else if (!/^[a-z][a-z0-9_]{1,60}$/.test(word)) damaged({ line }, `“${word.slice(0, 40)}” is no setting`);
    if (word === "acl" || word === "http_access") seen++;
  }
  if (seen === 0) damaged({ line: 1 }, "there is no list and no access line");
  const { rules, unknown, last } = reader;
  // What no line fits gets the opposite of the last line, and is denied where there is none.
  const options = last === "deny" ? {} : { options: [DENIED] };
  return { target: "squid", name, mode: "enforce", rules, unknown, ...options };
}
