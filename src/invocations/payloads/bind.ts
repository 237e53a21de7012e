import { type Arg, argOf, Value } from "../../grammar/types.ts";
import { withOne } from "../../model/list.ts";
import type { Elements } from "../conditions/elements.ts";
import { type Matched, matchedOf } from "../conditions/tests.ts";
import type { BindingPlan } from "../plan.ts";

/** A value chosen by a binding, cut to the part that is the payload. */
export interface Bound {
  readonly text: string;
  readonly args: readonly Arg[];
  readonly entry: string | undefined;
  /** The machine that it lies on, where another element names that. */
  readonly server: string | undefined;
  /** The folder that it lies in, where another element names that. */
  readonly folder: string | undefined;
  /** The grammar's values that it was made of; they are claimed by the behaviour. */
  readonly values: readonly Value[];
}

/** The text inside quotes that open it; the text itself where none do. */
function unquote(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed[0];
  if (quote !== '"' && quote !== "'") return trimmed;
  const close = trimmed.indexOf(quote, 1);
  return close < 0 ? trimmed.slice(1) : trimmed.slice(1, close);
}

const blanks = new Map<string, RegExp>();

/** Where a marker begins and ends; its blanks stand for any white space, of which there may be more. */
function spanOf(text: string, marker: string): readonly [from: number, to: number] | undefined {
  if (!marker.includes(" ")) {
    const at = text.indexOf(marker);
    return at < 0 ? undefined : [at, at + marker.length];
  }
  let pattern = blanks.get(marker);
  if (!pattern) {
    pattern = new RegExp(marker.replace(/[^\w ]/g, "\\$&").replace(/ +/g, "\\s+"));
    blanks.set(marker, pattern);
  }
  const match = pattern.exec(text);
  return match ? [match.index, match.index + match[0].length] : undefined;
}

function afterFirst(text: string, markers: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  let optional = false;
  for (const marker of markers) {
    const bare = marker.startsWith("?") ? marker.slice(1) : marker;
    if (bare.length < marker.length) optional = true;
    const span = spanOf(lower, bare.toLowerCase());
    if (span) return text.slice(span[1]);
  }
  return optional ? text : undefined;
}

function beforeFirst(text: string, markers: readonly string[]): string {
  let end = text.length;
  for (const marker of markers) end = Math.min(end, spanOf(text, marker)?.[0] ?? end);
  return text.slice(0, end);
}

/** `${NAME:+:$NAME}`: what stands there if a variable is set, as lists of folders and libraries are made longer. */
const IF_SET = /\$\{\w{1,64}:?\+([^{}]{1,256})\}/g;

/** Parts between any of the characters, or between whole separators: `=\0`. */
function pieces(text: string, marks: string): readonly string[] {
  if (marks.length > 1 && marks.startsWith("=")) return text.split(marks.slice(1));
  return text.replace(IF_SET, "$1").split(new RegExp(`[${marks.replace(/[\\\]^-]/g, "\\$&")}]`));
}

function skipWords(text: string, count: number): string {
  let rest = text.trimStart();
  for (let i = 0; i < count; i++) rest = rest.replace(/^(?:"[^"]*"|\S)+\s*/, "");
  return rest;
}

function entered(
  { entry, entryElement, entryAfter }: BindingPlan,
  text: string,
  elements: Elements,
): string | undefined {
  if (entry !== undefined) return entry;
  if (entryElement !== undefined) return elements.get(entryElement)?.[0]?.text || undefined;
  if (entryAfter === undefined) return undefined;
  return text.split(entryAfter)[1]?.trim() || undefined;
}

const QUOTED = /^\s*["']/;
const [BLANK, QUOTE, APOSTROPHE, DELETE] = [0x20, 0x22, 0x27, 0x7f];

/** Whether quotes open a text. */
function isQuoted(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first > BLANK && first < DELETE) return first === QUOTE || first === APOSTROPHE;
  return QUOTED.test(text);
}

/** An address, which holds no blank, or a file's name up to its extension, with a switch behind it. */
const NAME_BEFORE_MORE =
  /^(?:[A-Za-z][\w+.-]{1,31}:\/\/\S+(?=\s)|[^\s"'][^"']*?\.[A-Za-z]\w{0,7}(?=\.{0,8}\s+[/-][A-Za-z]))/;

/** A name that several words make: most programs that take the rest of their line for one leave switches behind it alone. */
const nameIn = ({ text, args }: Value): string => (args.length > 1 ? (NAME_BEFORE_MORE.exec(text)?.[0] ?? text) : text);

/** The value as a whole; empty where there is nothing of it. */
function whole(value: Value, asWritten: boolean): string {
  if (asWritten) return value.text.trim();
  return isQuoted(value.text) ? unquote(unquote(value.text)) : nameIn(value).trim();
}

/** The parts of a value that a binding names, none of them empty. */
function cut(binding: BindingPlan, value: Value, asWritten: boolean): readonly string[] {
  const joined = (binding.join || binding.as === "powershell") && value.args.length > 0;
  let text: string | undefined = joined
    ? value.args.map((arg) => arg.value).join(" ")
    : asWritten
      ? value.text
      : nameIn(value);
  if (binding.skip !== undefined) text = skipWords(text, binding.skip);
  if (binding.after) text = afterFirst(text, binding.after);
  if (text === undefined) return [];
  // Of words that are split each has quotes of its own.
  const quoted = isQuoted(text) && !asWritten && !(binding.as === "argv" && binding.split !== undefined);
  if (quoted) text = unquote(text);
  // Within quotes a blank parts nothing.
  const ends = quoted ? binding.before?.filter((marker) => !marker.startsWith(" ")) : binding.before;
  if (ends) text = beforeFirst(text, ends);
  const parts = binding.split === undefined ? [text] : pieces(text, binding.split);
  return parts.map((part) => (asWritten ? part.trim() : unquote(part))).filter((part) => part !== "");
}

/** Values behind a sequence of words, joined unless one is picked. */
function behind(words: readonly Value[], following: readonly string[]): readonly Value[] {
  for (let at = 0; at + following.length <= words.length; at++)
    if (following.every((word, i) => words[at + i]?.text.toLowerCase() === word))
      return words.slice(at + following.length);
  return [];
}

function join(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  return [
    new Value(
      values.map(({ text }) => text).join(" "),
      values.flatMap(({ args }) => args),
    ),
  ];
}

const NOTHING: readonly Bound[] = [];

const firstOf = (element: number | undefined, elements: Elements): string | undefined =>
  element === undefined ? undefined : elements.get(element)?.[0]?.text;

/** Those that no behaviour has taken; mostly all of them. */
function unclaimed(values: readonly Value[]): readonly Value[] {
  for (const { claimed } of values) if (claimed) return values.filter((value) => !value.claimed);
  return values;
}

/**
 * The texts that a binding makes payloads of.
 * @param matched values that satisfied the behaviour's tests; an element that was tested binds only these
 */
export function bind(binding: BindingPlan, elements: Elements, matched: Matched): readonly Bound[] {
  const { asWritten, takesAll } = binding;
  const server = firstOf(binding.serverElement, elements);
  const folder = firstOf(binding.folderElement, elements);
  let bound: Bound[] | undefined;
  for (let source = binding.sources; source; source = source.next) {
    const { element } = source;
    const all = (binding.following ? undefined : matchedOf(matched, element)) ?? elements.get(element);
    if (!all) continue;
    const free = unclaimed(all);
    let chosen = binding.following ? behind(free, binding.following) : free;
    if (binding.pick !== undefined) {
      const picked = chosen.at(binding.pick);
      chosen = picked ? [picked] : [];
    } else if (binding.following) chosen = join(chosen);
    for (const value of chosen) {
      const { args } = value;
      const values = [value];
      const entry = entered(binding, value.text, elements);
      if (takesAll) {
        const text = whole(value, asWritten);
        if (text !== "") bound = withOne(bound, { text, args, values, entry, server, folder });
      } else if (binding.as === "argv" && binding.split !== undefined) {
        const words = cut(binding, value, asWritten).map(argOf);
        bound = withOne(bound, { text: value.text, args: words, values, entry: undefined, server, folder });
      } else
        for (const text of cut(binding, value, asWritten))
          bound = withOne(bound, { text, args, values, entry, server, folder });
    }
  }
  return bound ?? NOTHING;
}
