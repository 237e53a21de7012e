import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { isAscii } from "../../cmdline/normal/characters.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { isOption, optionFold } from "../../cmdline/normal/option-fold.ts";
import { normalPath } from "../../cmdline/normal/path.ts";
import { parseBy } from "../../grammar/parse.ts";
import type { Line } from "../../grammar/types.ts";
import type { Platform } from "../../model/event.ts";
import { Elements, numberOf } from "../conditions/elements.ts";
import { holds } from "../conditions/tests.ts";
import { planOf } from "../plan.ts";
import { hintsOn, ranked, strength } from "./hints.ts";
import { markedAs } from "./marks.ts";

/** Strength from which a line is taken for a program's. */
const ENOUGH = 3;

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

/** Index of the first argument that a program hands on with all that follow. */
function handedOnFrom(entry: CatalogEntry, elements: Elements, { args }: Line): number | undefined {
  const { rest } = planOf(entry).layout;
  const first = rest && elements.get(rest.element)?.[0]?.args[0];
  const at = first === undefined ? -1 : args.indexOf(first);
  return at < 0 ? undefined : at;
}

/** The elements of a line, whether the program takes all of it, and whether its grammar names all that it takes. */
function read(entry: CatalogEntry, line: Line, image?: string) {
  const parsed = parseBy(planOf(entry).layout, line);
  const elements = new Elements(parsed, { arguments: line.args.length, image });
  return { elements, whole: parsed.whole, known: parsed.unknown.length === 0 };
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

const hasTwoOptions = ({ args }: Line, platform: Platform): boolean =>
  args.filter(({ value }) => (platform === "windows" ? isOption(value) : value.startsWith("-"))).length > 1;

/**
 * Tells who an unknown image is by its line alone: all its options belong to one program's grammar, and it shows a behaviour of that
 * program, which is seldom innocent unless anybody can put a copy where the image lies. Undefined unless one program fits clearly best.
 */
function fitByArguments(catalog: Catalog, line: Line, platform: Platform, image: string | undefined) {
  const isWindows = platform === "windows";
  if (!isWindows && !liesOpen(image, platform)) return undefined;
  const hints = hintsOn(catalog, line, platform);
  if (hints.length === 0) return undefined;
  const isOpen = !isWindows || liesOpen(image, platform);
  if (!isOpen && !looksOdd(line)) return undefined;
  let best: { entry: CatalogEntry; sum: number } | undefined;
  let second = 0;
  for (const entry of ranked(hints)) {
    // The options of programs that came to Windows from elsewhere are everybody's.
    if (!isOpen && entry.like !== undefined) continue;
    const { elements, known } = read(entry, line);
    if (!known || hasWordsToSpare(entry, elements)) continue;
    const special = specificity(entry, elements, isOpen);
    const sum = strength(entry, hints, handedOnFrom(entry, elements, line));
    if (special === undefined || sum + special < ENOUGH) continue;
    // A single word in front of whatever it is may be an option of any program.
    if (special < 1 && !hasTwoOptions(line, platform)) continue;
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

const ENDING = /\.([^.\\/:"]{1,16})"?$/;
const PROGRAMS: ReadonlySet<string> = new Set(["exe", "com", "scr", "pif"]);

/** Whether a program lies, by its whole path, where people without rights can put one under a name that they like. */
function liesOpen(image: string | undefined, platform: Platform): boolean {
  if (image === undefined) return false;
  const { userWritable, directoryClass } = classifyValue(image, platform);
  // Of Linux, programs of all kinds are at home below a user's folder.
  return platform === "windows" ? userWritable && directoryClass !== "relative" : directoryClass === "temp";
}

/** Whether a file on a line is no program by its ending: what stands behind a script is its own. */
function isOtherFile(image: string | undefined, logged: boolean, platform: Platform): boolean {
  if (image === undefined || logged || platform !== "windows") return false;
  const ending = ENDING.exec(image)?.[1];
  return ending !== undefined && !PROGRAMS.has(ending.toLowerCase());
}

/**
 * Who an unknown program is by its arguments.
 * @param twin The program that its name is made to be read as, which is asked first
 * @param image Path of the program, where it is known
 * @param logged Whether a log says that this file ran, whatever its ending
 */
export function fittingOf(
  catalog: Catalog,
  line: Line,
  twin: CatalogEntry | undefined,
  platform: Platform,
  image: string | undefined,
  logged: boolean,
): CatalogEntry | undefined {
  if (twin && fitsEntry(twin, line)) return twin;
  if (line.args.length === 0 || isOtherFile(image, logged, platform)) return undefined;
  return (
    markedBy(catalog, line, platform, image) ??
    (platform === "windows" ? markedAs(line, catalog) : undefined) ??
    fitByArguments(catalog, line, platform, image)
  );
}
