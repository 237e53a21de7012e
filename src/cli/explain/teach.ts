import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { USUAL } from "../../catalog/usual.ts";
import { shortIdOf } from "../../model/behaviour-id.ts";
import type { Cure } from "../../model/cure.ts";
import { DATA_COMPONENT, type EventKind } from "../../model/event.ts";
import type { Awaited, BehaviourMatch, Explanation, Invocation } from "../../model/invocation.ts";
import { didYouMean } from "../../model/nearest.ts";
import { mitigationName, techniqueName } from "../../outputs/attack.ts";
import { visible } from "../../outputs/escape.ts";
import { type Style, style } from "../../outputs/style.ts";
import { cell, wrapText } from "../../outputs/width.ts";
import { roleLines } from "../../outputs/words.ts";
import { noCure } from "../../policies/cure/none.ts";
import { argumentRows } from "./arguments.ts";

const NEEDED: Record<CatalogEntry["needed"], string> = {
  system: "a default installation needs this program: restrict what it may run rather than removing it",
  feature: "needed by one feature only: remove it with the feature where nobody uses that",
  rarely: "rarely needed: blocking it seldom hurts",
  absent: "not installed by default: its presence alone is worth a question",
};

/** A reason of the verdict with its points. */
interface Weighed {
  readonly points: number;
  readonly text: string;
}

/** Argument rows shown of one invocation; generated lines can have thousands. */
const MOST_ARGUMENTS = 16;

/** Normal uses shown of one invocation. */
const MOST_NORMAL = 3;

/** Builds the page line by line: a label, then wrapped text beside it. */
class Page {
  readonly lines: string[] = [];
  readonly paint: Style;
  readonly #columns: number;

  constructor(columns: number, paint: Style) {
    this.#columns = columns;
    this.paint = paint;
  }

  text(indent: number, text: string, tint: (text: string) => string = (t) => t): void {
    for (const line of wrapText(visible(text), this.#columns - indent))
      this.lines.push(" ".repeat(indent) + tint(line));
  }

  row(label: string, text: string, tint: (text: string) => string = (t) => t): void {
    const left = 15;
    wrapText(visible(text), this.#columns - left).forEach((line, index) => {
      this.lines.push(`     ${this.paint.dim(cell(index === 0 ? label : "", 9))} ${tint(line)}`);
    });
  }

  gap(): void {
    this.lines.push("");
  }
}

function identity({ binary }: Invocation): string {
  const notes = [
    binary.renamed ? `renamed: the file is called ${binary.path ?? "otherwise"}` : undefined,
    binary.impostor === undefined ? undefined : `not what its name says: ${binary.impostor}`,
    binary.by === "behaviour" ? "known by what it does, not by its name" : undefined,
  ].filter((note) => note !== undefined);
  return notes.join("; ");
}

/** `moduleLoad scrobj.dll` → `Module Load (scrobj.dll)`. */
function confirmation(text: string): string {
  const [kind = "", ...rest] = text.split(" ");
  const name = DATA_COMPONENT[kind as EventKind] ?? kind;
  return rest.length === 0 ? name : `${name} (${rest.join(" ")})`;
}

/** `quoteInsertion` → `quote insertion`. */
const inWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function showArguments(page: Page, invocation: Invocation, entry: CatalogEntry): void {
  const rows = argumentRows(invocation, entry);
  if (rows.length === 0) return;
  const wide = Math.min(16, Math.max(...rows.map(({ element }) => element.length)));
  rows.slice(0, MOST_ARGUMENTS).forEach(({ element, value, meaning }, index) => {
    const name = cell(visible(element), wide);
    const means = meaning === undefined ? "" : `  → ${meaning}`;
    page.row(index === 0 ? "arguments" : "", `${name}  ${value === "" ? "(set)" : value}${means}`);
  });
  if (rows.length > MOST_ARGUMENTS) page.row("", `and ${rows.length - MOST_ARGUMENTS} more`, page.paint.dim);
}

function showBehaviour(page: Page, match: BehaviourMatch, catalog: Catalog): void {
  const known = catalog.behaviour(match.id)?.behaviour;
  page.row("does", known ? `${known.title}: ${USUAL[known.usual]}` : match.id, page.paint.bold);
  for (const [role, text] of roleLines(match)) page.row(role, text, page.paint.accent);
  const techniques = match.techniques.map((id) => `${id} ${techniqueName(id) ?? ""}`.trim());
  if (techniques.length > 0) page.row("ATT&CK", techniques.join(", "));
  if (known && known.confirmedBy.length > 0) page.row("seen by", known.confirmedBy.map(confirmation).join(", "));
}

/** What a library is for that acts through the invocation which contains it. */
function libraryPurpose(
  all: readonly Invocation[],
  { binary, parent }: Invocation,
  catalog: Catalog,
): string | undefined {
  const host = parent === undefined ? undefined : all[parent]?.binary.entry;
  const libraries = host === undefined ? undefined : catalog.byId(host)?.libraries;
  return libraries?.find(({ name }) => name === binary.name)?.purpose;
}

/** A short name is near to some known one by chance, as `ping` and `pine` are. */
const LEAST_MISTYPED = 7;

function meant(name: string, catalog: Catalog): string {
  const isLong = name.replace(/\.exe$/i, "").length >= LEAST_MISTYPED;
  return (isLong && didYouMean(name, catalog.names())) || ".";
}

/** Why the binary is ordinarily used: as it is here, or, where that is never ordinary, at all. */
function normalUses({ normal }: CatalogEntry, shown: readonly BehaviourMatch[]): string[] {
  const ids = new Set(shown.map(({ id }) => shortIdOf(id)));
  const own = normal.filter((use) => use.behaviours.length === 0 || use.behaviours.some((id) => ids.has(id)));
  return [...new Set((own.length === 0 ? normal : own).map(({ why }) => why))].slice(0, MOST_NORMAL);
}

const whereToLook = ({ kept }: Awaited): string =>
  ["its prompt or its standard input", ...(kept === undefined ? [] : [`kept in ${kept}`])].join(", ");

function showInvocation(
  page: Page,
  all: readonly Invocation[],
  index: number,
  catalog: Catalog,
  cure: (cure: Cure) => string,
): void {
  const invocation = all[index] as Invocation;
  const contains = all.some(({ parent }) => parent === index);
  const { binary, behaviours, obfuscation, parent } = invocation;
  const cures = invocation.cures?.map(cure) ?? [];
  const entry = binary.entry === undefined ? undefined : catalog.byId(binary.entry);
  page.gap();
  const within = parent === undefined ? "" : `  started by ${parent + 1}`;
  page.text(2, `${index + 1}  ${binary.name}${within}`, page.paint.bold);
  page.text(
    5,
    entry?.purpose ??
      libraryPurpose(all, invocation, catalog) ??
      `Not in the catalogue: it is named, and its arguments are not interpreted${meant(binary.name, catalog)}`,
    page.paint.dim,
  );
  const who = identity(invocation);
  if (who !== "") page.row("who", who, page.paint.bold);
  if (entry) showArguments(page, invocation, entry);
  for (const match of behaviours) showBehaviour(page, match, catalog);
  if (entry && behaviours.length === 0)
    page.row(
      "does",
      contains ? "carries out the commands below" : "nothing on behalf of others that the catalogue knows of",
    );
  if (invocation.awaited) page.row("look at", whereToLook(invocation.awaited));
  for (const one of obfuscation) page.row("disguise", `${inWords(one.class)}: ${one.text}`);
  if (invocation.cut !== undefined) page.row("cut", invocation.cut);
  if (!entry || behaviours.length === 0) return;
  for (const why of normalUses(entry, behaviours)) page.row("normal", why);
  const stops = entry.mitigations.map((id) => `${id} ${mitigationName(id) ?? ""}`.trim());
  page.row("stopped", [stops.join(", "), NEEDED[entry.needed]].filter((text) => text !== "").join("; "));
  for (const cure of cures) page.row("by", cure);
  const isPlain = behaviours.every(({ id }) => entry.behaviours.find((one) => one.id === id)?.usual === "routine");
  if (cures.length === 0 && !isPlain) page.row("by", noCure(entry));
}

function showReasons(page: Page, reasons: readonly Weighed[]): void {
  if (reasons.length === 0) return;
  for (const { points, text } of reasons.toSorted((a, b) => b.points - a.points)) {
    const rounded = Math.round(points);
    page.row((rounded === 0 ? "·" : `${rounded < 0 ? "−" : "+"}${Math.abs(rounded)}`).padStart(9), text);
  }
}

/** The answer to one command line as a page that teaches. */
export function teach(
  explanation: Explanation,
  judged: {
    readonly headline?: string | undefined;
    readonly reasons: readonly Weighed[];
    /** A cure in words. */
    cure(cure: Cure): string;
  },
  catalog: Catalog,
  columns: number,
  colour: boolean,
): string {
  const page = new Page(columns, style(colour));
  const { headline, reasons } = judged;
  const { verdict, commandLine, invocations } = explanation;
  page.gap();
  page.text(2, commandLine);
  page.gap();
  page.text(2, `${verdict.level} ${Math.round(verdict.score)}`, (text) => page.paint.level(verdict.level, ` ${text} `));
  page.text(2, headline ?? verdict.text, page.paint.bold);
  showReasons(page, reasons);
  for (let index = 0; index < invocations.length; index++)
    showInvocation(page, invocations, index, catalog, judged.cure);
  page.gap();
  return `${page.lines.join("\n")}\n`;
}
