import type { CatalogEntry, Condition } from "../../src/catalog/types.ts";
import type { Dice } from "../../test/fuzz/random.ts";
import type { Words } from "./lines.ts";

/** What a decoy is meant to be taken for. Nothing reads, runs or writes it. */
export const DECOYS = ["C:\\Decoy\\calc.exe", "/opt/decoy/run"] as const;

const elementsOf = (conditions: readonly Condition[]) =>
  conditions.flatMap((tests) => tests.map(({ element }) => element));

/** Elements that have a part in any behaviour. */
function used({ behaviours }: CatalogEntry): ReadonlySet<string> {
  return new Set(
    behaviours.flatMap(({ when, bindings, floor }) => [
      ...elementsOf(when),
      ...elementsOf(floor?.when ?? []),
      ...bindings.flatMap(({ from, args, entryFrom, when: own }) => [
        ...from,
        args ?? "",
        entryFrom ?? "",
        ...elementsOf(own ?? []),
      ]),
    ]),
  );
}

/**
 * The words with an option in front that the program knows and that has no part in what it does for others; its value, where it
 * takes one, looks like a payload. Undefined where the program has no such option.
 */
export function withDecoy(line: Words, dice: Dice, valued: boolean): readonly string[] | undefined {
  const { entry, words, until } = line;
  const { grammar } = entry;
  if (grammar.reader !== undefined || grammar.bundleFirst || until < 0) return undefined;
  const busy = used(entry);
  const idle = Object.entries(grammar.options).filter(
    ([key, { name, takes, after, next, last }]) =>
      key !== "*" &&
      !/^(?:\?|h|help|v|version|V|\d)$/.test(key) &&
      !busy.has(name) &&
      !last &&
      (valued ? takes === "value" && (next || after !== "") : takes === "flag"),
  );
  if (idle.length === 0 || busy.has("$unknown") || busy.has("$args")) return undefined;
  const [key, { after, next }] = dice.pick(idle) as (typeof idle)[number];
  const lead =
    grammar.style === "windows" ? dice.pick(["/", "-"]) : key.length > 1 && grammar.style === "gnu" ? "--" : "-";
  const decoy = grammar.style === "windows" ? DECOYS[0] : DECOYS[1];
  const option = `${lead}${key}`;
  const made = !valued ? [option] : next ? [option, decoy] : [`${option}${after[0]}${decoy}`];
  return [...made, ...words.map(({ raw }) => raw)];
}
