import type { Behaviour, CatalogEntry, OptionSpec } from "../../catalog/types.ts";
import { USUAL } from "../../catalog/usual.ts";
import { mitigationName, techniqueName } from "../../outputs/attack.ts";
import { plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import { type Style, style } from "../../outputs/style.ts";
import { cell, clip, wrapText } from "../../outputs/width.ts";
import { noCure } from "../../policies/cure/none.ts";
import { isOf } from "../techniques.ts";

const techniquesOf = (entry: CatalogEntry) =>
  [...new Set(entry.behaviours.flatMap(({ techniques }) => techniques))].sort();

export interface Selection {
  /** A technique; T1218 also means its sub-techniques. */
  readonly technique?: string;
  readonly platform?: string;
  readonly category?: string;
  /** Words in the id or title of a behaviour. */
  readonly behaviour?: string;
}

/** Entries of a platform with a behaviour that is all that is asked for. */
export function selectEntries(entries: readonly CatalogEntry[], wanted: Selection): readonly CatalogEntry[] {
  const { technique } = wanted;
  const words = wanted.behaviour?.toLowerCase().split(/\s+/) ?? [];
  const fits = (behaviour: Behaviour): boolean =>
    (technique === undefined || behaviour.techniques.some((id) => isOf(id, technique))) &&
    (wanted.category === undefined || behaviour.category === wanted.category.toLowerCase()) &&
    words.every((word) => `${behaviour.id} ${behaviour.title}`.toLowerCase().includes(word));
  return entries.filter(
    (entry) => (wanted.platform === undefined || entry.platform === wanted.platform) && entry.behaviours.some(fits),
  );
}

/** One line an entry. */
export function entryList(entries: readonly CatalogEntry[], columns: number, colour: boolean): string {
  const paint = style(colour);
  const wide = Math.min(32, Math.max(0, ...entries.map(({ id }) => id.length)));
  const lines = entries.map((entry) => {
    const techniques = cell(techniquesOf(entry).join(" "), 22);
    const purpose = clip(visible(entry.purpose), Math.max(10, columns - wide - 26));
    return `${paint.accent(cell(visible(entry.id), wide))}  ${techniques}  ${paint.dim(purpose)}`;
  });
  const behaviours = entries.reduce((sum, entry) => sum + entry.behaviours.length, 0);
  return [
    ...lines,
    paint.dim(`${plural(entries.length, "binary", "binaries")}, ${plural(behaviours, "behaviour")}`),
    "",
  ].join("\n");
}

const TAKES: Record<OptionSpec["takes"], string> = {
  flag: "",
  value: "VALUE",
  optional: "[VALUE]",
  digits: "DIGITS",
  values: "VALUE…",
  groups: "NUMBER VALUE…",
  rest: "everything that follows",
  until: "WORDS up to",
};

/** Whether a default installation needs the binary, which is what M1042 asks. */
export const NEEDED: Record<CatalogEntry["needed"], string> = {
  system: "A default installation needs it: restrict what it may run rather than removing it.",
  feature: "A feature of the system needs it: where that is not used, it can go.",
  rarely: "A default installation has it and seldom needs it.",
  absent: "It is no part of a default installation.",
};

/** An option's spellings and how it takes its value. */
function optionLines(entry: CatalogEntry): string[] {
  const spellings = new Map<OptionSpec, string[]>();
  const byName = new Map<string, OptionSpec>();
  for (const [spelling, spec] of Object.entries(entry.grammar.options)) {
    const first = byName.get(spec.name) ?? spec;
    byName.set(spec.name, first);
    spellings.set(first, [...(spellings.get(first) ?? []), spelling]);
  }
  const prefix = entry.grammar.style === "windows" ? "/" : "-";
  return [...spellings].map(([spec, names]) => {
    const written = names.map((name) =>
      entry.grammar.style === "gnu" && name.length > 1 ? `--${name}` : prefix + name,
    );
    return `${written.join(", ")} ${TAKES[spec.takes]} ${spec.ends.join(" ")}`.trim();
  });
}

interface Stop {
  readonly behaviour: string;
  readonly cures: readonly string[];
}

function behaviourLines(behaviour: Behaviour, paint: Style): string[] {
  const techniques = behaviour.techniques.map((id) => `${id} ${techniqueName(id) ?? ""}`.trim()).join(", ");
  return [
    `  ${paint.bold(visible(behaviour.title))}`,
    `    ${paint.dim(`${behaviour.id}; ${behaviour.category}; ${USUAL[behaviour.usual]}; ${techniques}`)}`,
    ...(behaviour.confirmedBy.length > 0
      ? [`    ${paint.dim(`confirmed by ${behaviour.confirmedBy.join(", ")}`)}`]
      : []),
  ];
}

/** Behaviours that the same rules stop stand together: many entries would say the same of each. */
function sameCures(entry: CatalogEntry, stops: readonly Stop[]): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, string[]>();
  for (const { behaviour, cures } of stops) {
    const by = (cures.length > 0 ? cures : [noCure(entry)]).join("\n");
    told.set(by, [...(told.get(by) ?? []), behaviour]);
  }
  return told;
}

/** Everything about one entry, and which rules of which products stop each of its behaviours. */
export function entryPage(entry: CatalogEntry, stops: readonly Stop[], columns: number, colour: boolean): string {
  const paint = style(colour);
  const lines: string[] = [];
  const section = (title: string, items: readonly string[]) => {
    if (items.length === 0) return;
    lines.push("", ...wrapText(visible(title), columns).map(paint.bold));
    for (const item of items) for (const line of wrapText(visible(item), columns - 2)) lines.push(`  ${line}`);
  };
  lines.push(paint.accent(entry.id), ...wrapText(`${visible(entry.purpose)} ${NEEDED[entry.needed]}`, columns));
  section("Identity", [
    `names: ${[entry.name, ...entry.aliases].join(", ")}`,
    ...(entry.originalNames.length > 0 ? [`original file name: ${entry.originalNames.join(", ")}`] : []),
    ...(entry.homes.length > 0 ? [`lives in: ${entry.homes.join(", ")}`] : []),
    ...(entry.packages.length > 0 ? [`packages: ${entry.packages.join(", ")}`] : []),
    ...(entry.signer !== undefined ? [`signed by: ${entry.signer}`] : []),
  ]);
  section("Arguments", [
    ...optionLines(entry),
    ...entry.grammar.operands.map((operand) => `${operand.name.toUpperCase()} (${operand.many})`),
    ...[...new Set(Object.values(entry.grammar.commands).map(({ name }) => `subcommand ${name}`))],
    ...(entry.grammar.reader !== undefined ? [`read by its own reader: ${entry.grammar.reader}`] : []),
  ]);
  lines.push(
    "",
    paint.bold("Behaviours"),
    ...entry.behaviours.flatMap((behaviour) => behaviourLines(behaviour, paint)),
  );
  section("Normal use", [...new Set(entry.normal.map(({ why }) => why))]);
  section(
    "Mitigations",
    entry.mitigations.map((id) => `${id} ${mitigationName(id) ?? ""}`.trim()),
  );
  for (const [by, behaviours] of sameCures(entry, stops))
    section(`What stops ${behaviours.map((title) => `“${title}”`).join(", ")}`, by.split("\n"));
  section("References", entry.references);
  return `${lines.join("\n")}\n`;
}
