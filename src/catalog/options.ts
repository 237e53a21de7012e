import { entryOf } from "../model/entry.ts";
import type { GrammarStyle, OperandSpec, OptionSpec } from "./types.ts";

/** The little languages of the grammar section: `value? :`, `until ; +`, `files*`, `assignments*:assignment`. */

const TAKES: Record<string, OptionSpec["takes"]> = {
  flag: "flag",
  digits: "digits",
  value: "value",
  "value?": "optional",
  values: "values",
  groups: "groups",
  rest: "rest",
  until: "until",
};

/** What a style accepts where the option does not say. */
function defaults(style: GrammarStyle, takes: OptionSpec["takes"]): { after: string; next: boolean } {
  const after = style === "windows" ? ":=" : "=";
  return { after, next: !["optional", "flag", "digits"].includes(takes) };
}

/** Parses an option's text; a string result says what is wrong. */
export function parseOption(name: string, text: string, style: GrammarStyle): OptionSpec | string {
  const [head = "", ...modifiers] = text.trim().split(/\s+/);
  const takes = entryOf(TAKES, head);
  if (takes === undefined)
    return `“${head}” is no way to take a value; use flag, digits, value, value?, values, groups, rest or until`;
  const base = { name, takes, glued: false, count: 0, ends: [] as string[] };
  if (takes === "until") {
    if (modifiers.length === 0) return "until needs the words that end it, such as “until ; +”";
    return { ...base, after: "", next: true, ends: modifiers };
  }
  let count = 0;
  let after = "";
  let glued = false;
  let next = false;
  let explicit = false;
  let last = false;
  for (const modifier of modifiers) {
    if (/^\d+$/.test(modifier)) count = Number(modifier);
    else if (modifier === "last") last = true;
    else {
      explicit = true;
      if (modifier === "next") next = true;
      else if (modifier === "glued") glued = true;
      else if (/^[:=+,]+$/.test(modifier)) after += modifier;
      else return `“${modifier}” is no modifier; use next, glued, last, a count, or separators such as “:”`;
    }
  }
  const form = explicit ? { after, next } : defaults(style, takes);
  return { ...base, ...form, glued, count, ...(last && { last }) };
}

const MANY: Record<string, OperandSpec["many"]> = {
  "": "one",
  "?": "optional",
  "*": "any",
  "+": "some",
  "...": "rest",
  "!": "raw",
};

/** Parses an operand's text: name, then `?`, `*`, `+`, `...` (rest of argv) or `!` (rest of the line as written), then `:type`. */
export function parseOperand(text: string): OperandSpec | string {
  const match = /^([a-zA-Z][\w-]*)(\?|\*|\+|\.\.\.|!)?(?::(assignment|number|share|hosts|verb|text))?$/.exec(
    text.trim(),
  );
  if (!match)
    return `“${text}” is no operand; write name, name?, name*, name+, name... or name!, and :assignment, :number, :share, :hosts or :verb behind it`;
  return {
    name: match[1] as string,
    many: MANY[match[2] ?? ""] as OperandSpec["many"],
    type: (match[3] ?? "text") as OperandSpec["type"],
  };
}
