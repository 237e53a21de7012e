import { Catalog } from "../../src/catalog/catalog.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { identity } from "../../src/cmdline/normal/identity.ts";
import { createDetector } from "../../src/correlate/detector.ts";
import type { Finding } from "../../src/model/finding.ts";
import { atLeast, type Level } from "../../src/model/level.ts";
import { type Discovery, discover } from "../../src/pipeline/discover.ts";
import { gather } from "../../src/pipeline/gather.ts";
import { highest, indexFindings } from "../../src/pipeline/labels/join.ts";
import type { TruthRow } from "../../src/pipeline/labels/labels.ts";
import { EventSorter } from "../../src/pipeline/sort.ts";
import { Tally } from "../../src/pipeline/tally.ts";

/** A labelled run of a catalogued binary whose effect is logged, and what came of it without its entry. */
export interface LeftOut {
  readonly row: TruthRow;
  /** Id of the entry that was removed. */
  readonly entry: string;
  /** Of the findings on the run; undefined where there is none. */
  readonly level: Level | undefined;
  readonly finding: Finding | undefined;
  /** Whether `discover` names the argument that carries the payload. */
  readonly discovered: boolean;
}

/** What a label says that a run did: it loaded, started, wrote or called something. */
const EFFECT = /^(?:load|image|child|file|net|dns):/;

const hasEffect = (row: TruthRow) =>
  row.evidence === "process_creation" &&
  row.payload !== null &&
  (row.related ?? []).some(({ what }) => EFFECT.test(what));

/** The catalogue without one of its entries. */
export function without(catalog: Catalog, id: string): Catalog {
  const entries = catalog.entries.filter((entry) => entry.id !== id);
  return new Catalog({
    schema: "whatran/catalog/1",
    version: `${catalog.version}-${id}`,
    entries,
    chains: catalog.openChains,
  });
}

/** Findings of every level in some files, by a catalogue that no file holds. */
export async function findingsBy(catalog: Catalog, paths: readonly string[]): Promise<readonly Finding[]> {
  const sorter = new EventSorter();
  try {
    await gather(paths, { threads: 1 }, { catalog, tally: new Tally(), sorter });
    const detector = createDetector({ catalog, minLevel: "informational" });
    const findings: Finding[] = [];
    for (const event of sorter.sorted()) findings.push(...detector.push(event));
    return [...findings, ...detector.end()];
  } finally {
    sorter.close();
  }
}

/** The entry that describes what a label says ran: by the label's name, else by what was found with the whole catalogue. */
function entryBehind(row: TruthRow, catalog: Catalog, found: readonly Finding[]): string | undefined {
  const platform = row.os === "linux" ? "linux" : "windows";
  const name = row.binary.split("+", 1)[0] ?? row.binary;
  return (
    (catalog.byName(name, platform) ?? catalog.byName(name))?.id ??
    found.find(({ binary }) => binary.entry)?.binary.entry
  );
}

/** Whether what `discover` took for the carrying argument is the payload that the label names, or the file that it says was left. */
function isNamed(row: TruthRow, discoveries: readonly Discovery[]): boolean {
  const plain = (text: string) => identity(text).replace(/["\s]/g, "");
  const files = (row.related ?? []).flatMap(({ what }) => (what.startsWith("file:") ? [what.slice(5)] : []));
  const wanted = [row.payload ?? "", ...files].filter((text) => text !== "").map(plain);
  const isOne = (text: string) => text !== "" && wanted.some((one) => one.includes(text) || text.includes(one));
  return discoveries.some(({ lines }) =>
    lines.some(({ line, text }) => plain(line) === plain(row.command_line) && isOne(plain(text))),
  );
}

/** Removes each catalogued binary in turn, and looks once more at the files in which a label says that it ran and did something. */
export async function leaveOneOut(folder: string, rows: readonly TruthRow[]): Promise<readonly LeftOut[]> {
  const catalog = await loadCatalog();
  const eligible = rows.filter(hasEffect);
  const pathOf = ({ file }: TruthRow) => `${folder}/${file.split("!", 1)[0]}`;
  const all = indexFindings(await findingsBy(catalog, [...new Set(eligible.map(pathOf))]), folder);
  const groups = new Map<string, TruthRow[]>();
  for (const row of eligible) {
    const id = entryBehind(row, catalog, all.match(row).direct);
    if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  const results: LeftOut[] = [];
  for (const [entry, group] of groups) {
    const reduced = without(catalog, entry);
    const paths = [...new Set(group.map(pathOf))];
    const index = indexFindings(await findingsBy(reduced, paths), folder);
    const { found: discoveries } = await discover(paths, { catalog: reduced, lines: Number.POSITIVE_INFINITY });
    for (const row of group) {
      const { direct, related } = index.match(row);
      const found = [...direct, ...related.filter(({ role }) => role !== "evidence").map((one) => one.finding)];
      const level = highest(found);
      results.push({
        row,
        entry,
        level,
        finding: found.find((one) => one.level === level),
        discovered: isNamed(row, discoveries),
      });
    }
  }
  return results;
}

/** Shares of the runs that still come out, and whose argument is named; with `misses` each that does not. */
export function reportLeftOut(results: readonly LeftOut[], misses: boolean): string {
  const isFound = ({ level }: LeftOut) => level !== undefined && atLeast(level, "medium");
  const percent = (part: number) =>
    `${((100 * part) / Math.max(1, results.length)).toFixed(1)} % (${part}/${results.length})`;
  const found = results.filter(isFound);
  const entries = new Set(results.map(({ entry }) => entry));
  const missed = results.filter((one) => !isFound(one) || !one.discovered);
  return [
    `Left out one after the other: ${entries.size} binaries with ${results.length} labelled runs whose effect is logged`,
    `  still at medium or above            ${percent(found.length)}`,
    `  the argument named by discover      ${percent(results.filter(({ discovered }) => discovered).length)}`,
    `  both                                ${percent(found.filter(({ discovered }) => discovered).length)}`,
    ...(misses
      ? missed.map(
          (one) => `  ${one.level ?? "nothing"}, ${one.discovered ? "named" : "not named"}: ${one.row.command_line}`,
        )
      : []),
  ].join("\n");
}
