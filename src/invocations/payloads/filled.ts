import { argOf } from "../../grammar/types.ts";
import { ambientNumber, type Elements } from "../conditions/elements.ts";
import type { BindingPlan } from "../plan.ts";
import type { Bound } from "./bind.ts";

/** Most words, and most lines, of an input that are put into a command. */
const MAX_WORDS = 256;
const MAX_LINES = 16;
const MAX_INPUT = 64 * 1024;

/** Words of an input as xargs(1) reads them: parted by blanks and ends of lines, unless in quotes or behind a backslash. */
const WORD = /(?:[^\s'"\\]|\\[\s\S]|'[^'\n]*'|"[^"\n]*")+/g;
const QUOTED = /\\([\s\S])|'([^'\n]*)'|"([^"\n]*)"/g;

const STDIN = ambientNumber("$stdin");

/** @param end what each word ends with, where blanks and quotes mean nothing */
function wordsOf(input: string, end: string | undefined): readonly string[] {
  if (end !== undefined) return partsOf(input, end, MAX_WORDS);
  return (input.match(WORD) ?? []).slice(0, MAX_WORDS).map((word) => word.replace(QUOTED, "$1$2$3"));
}

const partsOf = (input: string, end: string, most: number): readonly string[] =>
  (input.endsWith(end) ? input.slice(0, -end.length) : input).split(end, most);

const linesOf = (input: string, end: string | undefined): readonly string[] =>
  end !== undefined
    ? partsOf(input, end, MAX_LINES)
    : input
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
        .slice(0, MAX_LINES);

/** A word with the line in it; a word that would grow too long stays as it is. */
function put(line: string, mark: string, word: string): string {
  const parts = word.split(mark);
  return word.length + (parts.length - 1) * line.length > MAX_INPUT ? word : parts.join(line);
}

/** The command that a bound one becomes when the one value of an element is put into it. */
function withValue(bound: Bound, element: number, elements: Elements): Bound {
  const [given, ...others] = elements.get(element) ?? [];
  if (given === undefined || others.length > 0) return bound;
  return { ...bound, args: bound.args.map(({ value }) => argOf(put(given.text, "{}", value))) };
}

/** The commands that a bound one becomes when what its binding names is put into it. */
export function filled(bound: Bound, plan: BindingPlan, elements: Elements): readonly Bound[] {
  const { intoElements, putsElement, ends } = plan;
  if (intoElements !== undefined) return withInput(bound, intoElements, ends, elements);
  return [putsElement === undefined ? bound : withValue(bound, putsElement, elements)];
}

/**
 * The commands that a bound one becomes when what the program reads from its input is put into it.
 * @param into elements of the mark in its words that each line stands for; where none is given, all words of the input go behind its own
 */
function withInput(
  bound: Bound,
  into: readonly number[],
  end: string | undefined,
  elements: Elements,
): readonly Bound[] {
  const input = elements.get(STDIN)?.[0]?.text.slice(0, MAX_INPUT);
  if (input === undefined || bound.args.length === 0) return [bound];
  const given = into.flatMap((element) => elements.get(element) ?? [])[0];
  if (given === undefined) return [{ ...bound, args: [...bound.args, ...wordsOf(input, end).map(argOf)] }];
  const mark = given.text || "{}";
  const lines = linesOf(input, end);
  if (lines.length === 0) return [bound];
  return lines.map((line) => ({
    ...bound,
    args: bound.args.map(({ value }) => argOf(put(line, mark, value))),
  }));
}
