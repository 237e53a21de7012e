import type { CatalogEntry, Grammar, OptionSpec } from "../../src/catalog/types.ts";
import { entryOf } from "../../src/model/entry.ts";

/** A word of a line with what the grammar takes it for. */
export interface Word {
  readonly value: string;
  /** As written, quotes included. */
  readonly raw: string;
  /** The option that it names; undefined for values, operands and whatever the grammar does not know. */
  readonly option?: OptionSpec;
  /** Length of the option's name with its option characters; what follows in the word is its value. */
  readonly named: number;
  /** The word is the value of the option before it. */
  readonly follows: boolean;
}

/** One program line of the catalogue, cut into words. */
export interface Words {
  readonly entry: CatalogEntry;
  /** The behaviour that it shows. */
  readonly behaviour: string;
  readonly program: string;
  readonly words: readonly Word[];
  /** Words from here on belong to another program, or stand behind `--`. */
  readonly until: number;
}

export interface Written {
  readonly value: string;
  readonly raw: string;
}

/** Options may stand behind a subcommand, whose own options are then known, too. */
function optionsOf(grammar: Grammar, words: readonly Written[]): Grammar {
  let options = grammar.options;
  let { commands, operands } = grammar;
  for (const { value } of words) {
    const sub = entryOf(commands, value);
    if (!sub) continue;
    options = { ...options, ...sub.grammar.options };
    ({ commands, operands } = sub.grammar);
  }
  return { ...grammar, options, operands };
}

function nameIn(grammar: Grammar, value: string): { option: OptionSpec; named: number } | undefined {
  const lead = grammar.style === "windows" ? /^(?:--|[-/])/ : grammar.style === "gnu" ? /^--?/ : /^--?/;
  const dashes = lead.exec(value)?.[0];
  if (!dashes || grammar.style === "none") return undefined;
  const body = value.slice(dashes.length);
  const fold = grammar.caseSensitive ? body : body.toLowerCase();
  const head = /^[^:=]*/.exec(fold)?.[0] ?? "";
  if (grammar.style === "gnu" && dashes === "-" && !Object.hasOwn(grammar.options, head)) {
    const letter = fold[0] ?? "";
    const option = entryOf(grammar.options, letter);
    return option && option.takes !== "flag" ? { option, named: 2 } : undefined;
  }
  for (const name of [fold, head])
    if (Object.hasOwn(grammar.options, name) && name !== "*")
      return { option: grammar.options[name] as OptionSpec, named: dashes.length + name.length };
  return undefined;
}

/** Tells options, their values and operands of a line apart, as far as that is plain. */
export function cutWords(
  { entry, behaviour }: Pick<Words, "entry" | "behaviour">,
  program: string,
  written: readonly Written[],
): Words {
  const grammar = optionsOf(entry.grammar, written);
  const words: Word[] = [];
  let until = written.length;
  let owed = 0;
  const rest = grammar.operands.some(({ many }) => many === "rest" || many === "raw");
  written.forEach(({ value, raw }, index) => {
    const name = owed > 0 || index >= until ? undefined : nameIn(grammar, value);
    words.push({ value, raw, named: name?.named ?? 0, follows: owed > 0, ...(name && { option: name.option }) });
    if (owed > 0) owed--;
    else if (name) {
      const { option, named } = name;
      const bare = named === value.length;
      if (option.last || ["rest", "until", "values", "groups"].includes(option.takes)) until = Math.min(until, index);
      const isNumbered = option.takes === "digits" && /^\d+$/.test(written[index + 1]?.value ?? "");
      if (bare && option.next && (option.takes === "value" || isNumbered)) owed = 1;
    } else if (value === "--" || (rest && !/^[-/]/.test(value) && !Object.hasOwn(entry.grammar.commands, value)))
      until = Math.min(until, index);
  });
  return { entry, behaviour, program, words, until };
}

export const join = ({ program, words }: Pick<Words, "program" | "words">): string =>
  [program, ...words.map(({ raw }) => raw)].join(" ");

/** The words with one of them written anew. */
export const replaced = (line: Words, index: number, raw: string): Words => ({
  ...line,
  words: line.words.map((word, i) => (i === index ? { ...word, raw, value: raw } : word)),
});
