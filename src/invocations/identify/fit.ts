import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { isAscii } from "../../cmdline/normal/characters.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { isOption, optionFold } from "../../cmdline/normal/option-fold.ts";
import { normalPath } from "../../cmdline/normal/path.ts";
import { parseBy } from "../../grammar/parse.ts";
import type { Arg, Line } from "../../grammar/types.ts";
import type { Platform } from "../../model/event.ts";
import { Elements, numberOf } from "../conditions/elements.ts";
import { holds } from "../conditions/tests.ts";
import { planOf } from "../plan.ts";
import { markedAs } from "./marks.ts";

/** An option that so few programs have is a mark of them. */
const MAX_OWNERS = 3;
/** Most programs that are tried on one line. */
const MAX_TRIED = 32;
/** Strength from which a line is taken for a program's. */
const ENOUGH = 3;
/** Length from which an option's name says something by itself. */
const TELLING = 6;

/** A word by which the programs are looked up that a line may be of, and whether only those of Windows write it so. */
interface Hint {
  readonly name: string;
  readonly kind: "slash" | "dash" | "word";
}

/** Of an option word, without its value. */
function hintOf({ value }: Arg, platform: Platform): Hint | undefined {
  if (platform !== "windows") {
    const name = /^--?([A-Za-z][\w.-]{0,31})/.exec(value)?.[1];
    return name === undefined ? undefined : { name, kind: "dash" };
  }
  if (!isOption(value)) return undefined;
  const folded = optionFold(value);
  const name = folded
    .replace(/^[-/]{1,2}/, "")
    .toLowerCase()
    .split(/[:=]/, 1)[0];
  return name === undefined || name === "" ? undefined : { name, kind: folded.startsWith("/") ? "slash" : "dash" };
}

/** Of all options, and of the first word, which may be a subcommand. */
function hintsOf({ args }: Line, platform: Platform): readonly Hint[] {
  const hints = args.map((arg) => hintOf(arg, platform)).filter((hint) => hint !== undefined);
  const first = args[0]?.value ?? "";
  if (!/^[A-Za-z][\w-]{1,31}$/.test(first)) return hints;
  return [...hints, { name: platform === "windows" ? first.toLowerCase() : first, kind: "word" }];
}

/**
 * Only lines that already look odd are worth the work: a remote value, code in place of a file, or a library among the arguments
 * of a program that is none of the catalogue's.
 */
function looksOdd(line: Line): boolean {
  return line.args.some(({ value }) => {
    const text = value.replace(/^[-/]\w{0,24}[:=]/, "");
    const { where, extension } = classifyValue(text, "windows");
    return (
      where === "web" ||
      where === "share" ||
      where === "inline" ||
      /^\.(?:dll|ocx|cpl|sct|inf|hta|msi|xsl|wsc)$/.test(extension)
    );
  });
}

/** What it tells of a program that it has an option of this name, which so many have. A letter is an option of any program, and a word one of any language. */
function weightOf({ name, kind }: Hint, owners: number): number {
  if (name.length === 1) return 0.5;
  if (owners > MAX_OWNERS || kind === "word") return 1;
  return name.length >= TELLING ? 3 : 1.5;
}

/** Programs that have options of these names, by how much the options together tell, the most telling first. */
function ranked(catalog: Catalog, hints: readonly Hint[], platform: Platform, isOpen: boolean) {
  const sums = new Map<CatalogEntry, number>();
  for (const hint of hints) {
    const all = catalog.byOption(hint.name, platform);
    const owners = all.filter(
      ({ like, grammar }) => (isOpen || like === undefined) && (hint.kind !== "slash" || grammar.style === "windows"),
    );
    const weight = weightOf(hint, owners.length);
    for (const entry of owners) sums.set(entry, (sums.get(entry) ?? 0) + weight);
  }
  return [...sums]
    .sort(([one, sum], [other, least]) => least - sum || (one.id < other.id ? -1 : 1))
    .slice(0, MAX_TRIED);
}

/** The elements of a line, and whether the program's grammar takes all of it. */
function read(entry: CatalogEntry, line: Line, image?: string): { elements: Elements; whole: boolean } {
  const parsed = parseBy(planOf(entry).layout, line);
  const elements = new Elements(parsed, { arguments: line.args.length, image });
  return { elements, whole: parsed.whole };
}

/** The elements of a line that a program's grammar takes all of; undefined where it does not. */
function understood(entry: CatalogEntry, line: Line, image?: string): Elements | undefined {
  const { elements, whole } = read(entry, line, image);
  return whole ? elements : undefined;
}

/** Whether a line has words that the program bears with and makes nothing of: those of another one, which has a use for them. */
const hasWordsToSpare = (entry: CatalogEntry, elements: Elements): boolean =>
  elements.get(numberOf("extra", planOf(entry).layout.numbering)) !== undefined;

/** How specific the tests are that a behaviour passes on this line, a seldom innocent one unless any will do; undefined where none does. */
function specificity(entry: CatalogEntry, elements: Elements, any: boolean): number | undefined {
  let best: number | undefined;
  for (const { behaviour, when } of planOf(entry).behaviours) {
    if (!any && behaviour.usual !== "rare" && behaviour.usual !== "hostile") continue;
    for (const [index, condition] of when.entries()) {
      if (!holds(condition, elements)) continue;
      const sum = (behaviour.when[index] ?? []).reduce(
        (total, test) => total + (test.is ? 1.5 : test.kind || test.ext || test.remote ? 1 : 0),
        0,
      );
      best = Math.max(best ?? 0, sum);
    }
  }
  return best;
}

/**
 * Tells who an unknown image is by its line alone: all its options belong to one program's grammar, and it shows a behaviour of that
 * program which is seldom innocent. Undefined unless one program fits clearly best.
 */
function fitByArguments(catalog: Catalog, line: Line, platform: Platform, isOpen: boolean): CatalogEntry | undefined {
  const hints = hintsOf(line, platform);
  if (hints.length === 0 || !(isOpen || looksOdd(line))) return undefined;
  let best: { entry: CatalogEntry; sum: number } | undefined;
  let second = 0;
  for (const [entry, sum] of ranked(catalog, hints, platform, isOpen)) {
    const elements = understood(entry, line);
    if (!elements || hasWordsToSpare(entry, elements)) continue;
    const special = specificity(entry, elements, isOpen);
    if (special === undefined || sum + special < ENOUGH) continue;
    // A single word in front of whatever it is may be an option of any program.
    if (special < 1 && hints.length < 2) continue;
    const total = sum + special;
    if (!best || total > best.sum) [best, second] = [{ entry, sum: total }, best?.sum ?? 0];
    else second = Math.max(second, total);
  }
  return best && best.sum > second ? best.entry : undefined;
}

/** Most words of a line that are looked up, and the longest of them. */
const MAX_WORDS = 24;
const MAX_WORD = 32;

const [DASH, SLASH, COLON, EQUALS] = [0x2d, 0x2f, 0x3a, 0x3d];

/** A word by which programs are looked up: no dashes, no value, and letters as programs fold them. Empty where it is too long for one. */
function telling(written: string): string {
  // A drive is a word of its own, however its path is written.
  const plain = written.startsWith("\\\\") ? normalPath(written) : written;
  const value = isAscii(plain) ? plain : optionFold(plain);
  let from = 0;
  while (from < 2 && (value.charCodeAt(from) === DASH || value.charCodeAt(from) === SLASH)) from++;
  let end = from;
  for (; end < value.length; end++) {
    const code = value.charCodeAt(end);
    if (code === COLON || code === EQUALS) break;
    if (end - from >= MAX_WORD) return "";
  }
  return value.slice(from, end).toLowerCase();
}

/** The one program whose marks a line bears, and whose grammar takes all of it. */
function markedBy(
  catalog: Catalog,
  line: Line,
  platform: Platform,
  image: string | undefined,
): CatalogEntry | undefined {
  let tried: Set<CatalogEntry> | undefined;
  const { args } = line;
  for (let at = 0; at < args.length && at < MAX_WORDS; at++) {
    const { value } = args[at]!;
    if (value.length > MAX_WORD && !/^\\\\|[:=]/.test(value.slice(0, MAX_WORD))) continue;
    for (const entry of catalog.byWord(telling(value), platform)) {
      tried ??= new Set();
      tried.add(entry);
    }
  }
  if (!tried) return undefined;
  const marked = [...tried].filter((entry) => {
    const elements = understood(entry, line, image);
    return elements !== undefined && planOf(entry).knownBy.some((condition) => holds(condition, elements));
  });
  return marked.length === 1 ? marked[0] : undefined;
}

/** Whether a line shows one of a program's behaviours; what its grammar does not know may stand beside, as on a line of the program. */
function fitsEntry(entry: CatalogEntry, line: Line): boolean {
  const { elements } = read(entry, line);
  return planOf(entry).behaviours.some(({ when }) => when.some((condition) => holds(condition, elements)));
}

/** Whether a program lies, by its whole path, where people without rights can put one under a name that they like. */
function liesOpen(image: string | undefined, platform: Platform): boolean {
  if (image === undefined) return false;
  const { userWritable, directoryClass } = classifyValue(image, platform);
  // Of Linux, programs of all kinds are at home below a user's folder.
  return platform === "windows" ? userWritable && directoryClass !== "relative" : directoryClass === "temp";
}

/**
 * Who an unknown program is by its arguments.
 * @param twin The program that its name is made to be read as, which is asked first
 * @param typed Whether the line was typed in a shell: then nothing but the name tells
 * @param image Path of the program, where it is known
 */
export function fittingOf(
  catalog: Catalog,
  line: Line,
  twin: CatalogEntry | undefined,
  typed: boolean | undefined,
  platform: Platform,
  image: string | undefined,
): CatalogEntry | undefined {
  if (twin && fitsEntry(twin, line)) return twin;
  if (line.args.length === 0) return undefined;
  const isOpen = liesOpen(image, platform);
  if (typed && !isOpen) return undefined;
  const marked = platform === "windows" ? markedAs(line, catalog) : undefined;
  return (
    markedBy(catalog, line, platform, image) ??
    (marked === undefined ? undefined : catalog.byName(marked, "windows")) ??
    (platform === "windows" || isOpen ? fitByArguments(catalog, line, platform, isOpen) : undefined)
  );
}
