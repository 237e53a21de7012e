import { join } from "node:path";
import type { ActRow } from "../../lab/labels.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { identify } from "../../src/invocations/identify/identify.ts";
import type { Finding } from "../../src/model/finding.ts";
import { atLeast } from "../../src/model/level.ts";
import { gather } from "../../src/pipeline/gather.ts";
import { placeOf } from "../../src/pipeline/labels/join.ts";
import { readLines, telemetryIn } from "../../src/pipeline/labels/labels.ts";
import { EventSorter } from "../../src/pipeline/sort.ts";
import { Tally } from "../../src/pipeline/tally.ts";
import { poisson } from "../fleet/intervals.ts";
import { findingsBy, without } from "./leave-one-out.ts";

/** What is told of the ordinary use of a fleet without one entry of the catalogue. */
interface OrdinaryLeftOut {
  /** Id of the entry that was removed. */
  readonly entry: string;
  /** Findings of unlisted proxies at medium and above that touch nothing that was injected. */
  readonly wrong: readonly Finding[];
}

export interface OrdinaryResult {
  /** Process starts of the fleet. */
  readonly starts: number;
  readonly results: readonly OrdinaryLeftOut[];
}

/** Entries whose programs a fleet starts, and how many process starts it has. */
async function programsOf(paths: readonly string[], catalog: Catalog): Promise<{ starts: number; entries: string[] }> {
  const sorter = new EventSorter();
  const entries = new Set<string>();
  const tally = new Tally();
  try {
    await gather(paths, { threads: 1 }, { catalog, tally, sorter });
    for (const event of sorter.sorted()) {
      if (event.kind !== "processCreation") continue;
      const { image, originalFileName, platform } = event;
      const { entry } = identify(catalog, { program: undefined, image, originalFileName }, platform);
      if (entry) entries.add(entry.id);
    }
  } finally {
    sorter.close();
  }
  return { starts: tally.summary("", false).events.processCreation ?? 0, entries: [...entries].sort() };
}

/** Removes each binary that a fleet of the lab starts in turn, and looks what is told of its ordinary days then. */
export async function leaveOutOrdinary(folder: string): Promise<OrdinaryResult> {
  const catalog = await loadCatalog();
  const paths = telemetryIn(folder);
  const injected = new Set(
    readLines<ActRow>(join(folder, "acts.jsonl")).flatMap(({ records }) =>
      Object.entries(records).flatMap(([file, ordinals]) => ordinals.map((one) => `${file.toLowerCase()}#${one}`)),
    ),
  );
  const isWrong = ({ behaviour, level, source, related }: Finding) =>
    behaviour.includes("/uncatalogued-") &&
    atLeast(level, "medium") &&
    ![source, ...related].some(({ file, index }) => injected.has(`${placeOf(file, folder)}#${index}`));
  const { starts, entries } = await programsOf(paths, catalog);
  const results: OrdinaryLeftOut[] = [];
  for (const entry of entries)
    results.push({ entry, wrong: (await findingsBy(without(catalog, entry), paths)).filter(isWrong) });
  return { starts, results };
}

/** False findings for 10,000 process starts, over all binaries and for the worst one; with `misses` what they are. */
export function reportOrdinary({ starts, results }: OrdinaryResult, misses: boolean): string {
  const seen = results.length * starts;
  const wrong = results.flatMap((one) => one.wrong);
  const rate = (count: number, of: number) => {
    const [low, high] = poisson(count, of / 10_000);
    return `${((10_000 * count) / of).toFixed(3)} (${count}; ${low.toFixed(3)} – ${high.toFixed(3)})`;
  };
  const worst = results.toSorted((a, b) => b.wrong.length - a.wrong.length)[0];
  return [
    `Ordinary days without one of ${results.length} binaries in turn: ${starts} process starts each`,
    `  false for 10,000 process starts     ${rate(wrong.length, seen)}`,
    ...(worst ? [`  with the worst one, ${worst.entry.padEnd(16)}${rate(worst.wrong.length, starts)}`] : []),
    ...(misses
      ? results.flatMap(({ entry, wrong: all }) =>
          all
            .slice(0, 5)
            .map((one) => `  ${entry}, one of ${all.length}: ${one.level} ${one.score} ${one.commandLine}`),
        )
      : []),
  ].join("\n");
}
