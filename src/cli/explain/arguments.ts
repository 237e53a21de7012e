import type { CatalogEntry, Grammar } from "../../catalog/types.ts";
import { splitProgram } from "../../cmdline/windows/program.ts";
import { parseLine } from "../../grammar/parse.ts";
import { argOf, type Line } from "../../grammar/types.ts";
import { split } from "../../invocations/commands/dialects.ts";
import type { Invocation } from "../../model/invocation.ts";
import { NOUN } from "../../signals/text.ts";

/** One argument as its program understands it. */
export interface ArgumentRow {
  /** Name in the catalogue's grammar; of flags that mean the same to it, those that are set. */
  readonly element: string;
  readonly value: string;
  /** What becomes of it: `runs scriptlet`; undefined for a plain option. */
  readonly meaning: string | undefined;
}

/** The arguments of the normal form; it is what the program receives, so it is read with the same grammar. */
function lineOf({ canonical, binary }: Invocation): Line {
  if (binary.platform === "windows") {
    const { args } = splitProgram(canonical, undefined, false);
    return { args, text: canonical };
  }
  const argv = split(canonical, "sh").commands[0]?.argv ?? [];
  const args = argv.slice(1).map(argOf);
  return { args, text: undefined };
}

function meaningOf(element: string, entry: CatalogEntry, shown: ReadonlySet<string>): string | undefined {
  const meanings = entry.behaviours
    .filter((behaviour) => shown.has(behaviour.id))
    .flatMap((behaviour) => behaviour.bindings)
    .flatMap((binding) => {
      const what = binding.what === "auto" ? "a file" : NOUN[binding.what];
      if (binding.from.includes(element)) return [`${binding.role} ${what}`];
      if (binding.args === element) return [`arguments of what it ${binding.role}`];
      return binding.entryFrom === element ? [`entry point of what it ${binding.role}`] : [];
    });
  return meanings.length === 0 ? undefined : [...new Set(meanings)].join(", ");
}

/** How the flags of an element may be spelt, in the grammar and in those of its subcommands. */
function spellingsOf(element: string, { options, commands }: Grammar): string[] {
  const own = Object.entries(options).filter(([, { name, takes }]) => name === element && takes === "flag");
  return [...own.map(([text]) => text), ...Object.values(commands).flatMap((sub) => spellingsOf(element, sub.grammar))];
}

/** The flags of an element that a line sets, as they are spelt: `f, S`. */
function flagsSet(element: string, { grammar }: CatalogEntry, { args }: Line): string {
  const fold = (text: string) => (grammar.caseSensitive ? text : text.toLowerCase());
  const isSet = (text: string) =>
    args.some(({ value }) => {
      const given = fold(value);
      if (/^(?:--?|\/)/.test(given) && given.replace(/^(?:--?|\/)/, "") === text) return true;
      return text.length === 1 && grammar.style === "gnu" && /^-[^-]/.test(given) && given.includes(text);
    });
  const set = [...new Set(spellingsOf(element, grammar))].filter(isSet);
  return set.length === 0 ? element : set.join(", ");
}

/** What each argument of an invocation means to its program. */
export function argumentRows(invocation: Invocation, entry: CatalogEntry): ArgumentRow[] {
  const line = lineOf(invocation);
  const { values, unknown } = parseLine(entry.grammar, line);
  // The normal form is for people and does not escape quotes within quotes; where it reads differently, say nothing.
  if (unknown.length !== (invocation.unknown?.length ?? 0)) return [];
  const shown = new Set(invocation.behaviours.map(({ id }) => id));
  const rows = [...values].flatMap(([element, given]) =>
    // A flag that is set twice is set.
    [...new Set(given.map(({ text }) => text))].map((value) => ({
      element: value === "" ? flagsSet(element, entry, line) : element,
      value,
      meaning: meaningOf(element, entry, shown),
    })),
  );
  return [
    ...rows,
    ...unknown.map((value) => ({ element: "?", value, meaning: "no option that the catalogue describes" })),
  ];
}
