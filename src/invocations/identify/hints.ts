import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { isOption, optionFold } from "../../cmdline/normal/option-fold.ts";
import type { Arg, Line } from "../../grammar/types.ts";
import type { Platform } from "../../model/event.ts";

/** An option that so few programs have is a mark of them. */
const MAX_OWNERS = 3;
/** Most programs that are tried on one line. */
const MAX_TRIED = 32;
/** Most words of a line that tell. */
const MAX_HINTS = 64;
/** Length from which an option's name says something by itself. */
const TELLING = 6;

/** A word by which the programs are looked up that a line may be of, and whether only those of Windows write it so. */
interface Hint {
  /** Index among the arguments. */
  readonly at: number;
  readonly name: string;
  readonly kind: "slash" | "dash" | "word";
}

/** Of an option word, without its value. */
function hintOf({ value }: Arg, at: number, platform: Platform): Hint | undefined {
  if (platform !== "windows") {
    const name = /^--?([A-Za-z][\w.-]{0,31})/.exec(value)?.[1];
    return name === undefined ? undefined : { at, name, kind: "dash" };
  }
  if (!isOption(value)) return undefined;
  const folded = optionFold(value);
  const name = /^[-/]{1,2}([^:=]{1,64})(?:[:=]|$)/.exec(folded)?.[1];
  if (name === undefined) return undefined;
  return { at, name: name.toLowerCase(), kind: folded.startsWith("/") ? "slash" : "dash" };
}

/** Of the first word, which may be a subcommand. */
function subcommandOf(word: string, platform: Platform): Hint | undefined {
  if (!/^[A-Za-z][\w-]{1,31}$/.test(word)) return undefined;
  return { at: 0, name: platform === "windows" ? word.toLowerCase() : word, kind: "word" };
}

/** What it tells of a program that it has an option of this name, which so many have. A letter is an option of any program, and a word one of any language. */
function weightOf({ name, kind }: Hint, owners: number): number {
  if (name.length === 1) return 0.5;
  if (owners > MAX_OWNERS || kind === "word") return 1;
  return name.length >= TELLING ? 3 : 1.5;
}

/** What a hint tells of the programs that have an option of its name. */
export interface Weighed {
  /** Index among the arguments. */
  readonly at: number;
  readonly owners: readonly CatalogEntry[];
  readonly weight: number;
}

function weigh(catalog: Catalog, hint: Hint, platform: Platform): Weighed | undefined {
  const all = catalog.byOption(hint.name, platform, MAX_TRIED);
  if (all.length === 0) return undefined;
  const owners = hint.kind === "slash" ? all.filter(({ grammar }) => grammar.style === "windows") : all;
  return { at: hint.at, owners, weight: weightOf(hint, owners.length) };
}

/** Weight of the hints that an entry has, as far as the line is its own. */
export const strength = (entry: CatalogEntry, hints: readonly Weighed[], end = Number.POSITIVE_INFINITY): number =>
  hints.reduce((sum, { at, owners, weight }) => (at < end && owners.includes(entry) ? sum + weight : sum), 0);

/** Programs that have options of these names, those first of which the options together tell the most. */
export function ranked(hints: readonly Weighed[]): readonly CatalogEntry[] {
  const entries = [...new Set(hints.flatMap(({ owners }) => owners))];
  const sums = new Map(entries.map((entry) => [entry, strength(entry, hints)] as const));
  return entries
    .sort((one, other) => sums.get(other)! - sums.get(one)! || (one.id < other.id ? -1 : 1))
    .slice(0, MAX_TRIED);
}

/** What the words of a line tell of the programs that it may be of; nothing where none of them does. */
export function hintsOn(catalog: Catalog, { args }: Line, platform: Platform): readonly Weighed[] {
  const hints: Weighed[] = [];
  const add = (hint: Hint | undefined) => {
    const found = hint && weigh(catalog, hint, platform);
    if (found) hints.push(found);
  };
  for (let at = 0; at < args.length && hints.length < MAX_HINTS; at++) add(hintOf(args[at]!, at, platform));
  add(subcommandOf(args[0]!.value, platform));
  return hints;
}
