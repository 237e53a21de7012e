import type { Catalog } from "../catalog/catalog.ts";
import { createDetector, type DetectorOptions } from "../correlate/detector.ts";
import { isOfInterest } from "../correlate/interest.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import { ActReader, RULED_ON } from "../policies/acts.ts";
import { type Prices, placeOf } from "../policies/cure/prices.ts";
import type { EventSorter } from "./sort.ts";

/** What is so grave is no ordinary use. */
const ALERTED: Level = "medium";

/** Places of records, and processes, that are remembered as those of findings. */
const MOST_PLACES = 500_000;

/** Which records belong to findings. What is at medium or above is no ordinary use, and neither is what its processes did. */
export class Found {
  readonly #alerted = new Set<string>();
  readonly #lesser = new Set<string>();
  readonly #processes = new Set<string>();

  add({ level, source, related }: Finding): void {
    const places = atLeast(level, ALERTED) ? this.#alerted : this.#lesser;
    for (const place of [source, ...related]) if (places.size < MOST_PLACES) places.add(placeOf(place));
  }

  /** Whether an event, of those in the order of time on its host, is ordinary, and whether a lesser finding rests on it. */
  of(event: Event): "ordinary" | "lesser" | "alerted" {
    const place = placeOf(event.record);
    const { host, process } = event;
    const own = process.key === undefined ? undefined : `${host}|${process.key}`;
    const above =
      event.kind === "processCreation" && event.parent.key !== undefined ? `${host}|${event.parent.key}` : undefined;
    const isAlerted =
      this.#alerted.has(place) || [own, above].some((key) => key !== undefined && this.#processes.has(key));
    if (!isAlerted) return this.#lesser.has(place) ? "lesser" : "ordinary";
    if (event.kind === "processCreation" && own !== undefined && this.#processes.size < MOST_PLACES)
      this.#processes.add(own);
    return "alerted";
  }
}

/** Who asks for rules whose costs are counted in the logs. */
export interface Pricing {
  readonly prices: Prices;
  /** Sees each finding that will be given out. */
  foresee(finding: Finding): void;
}

/** Lets rules be asked for by every finding at `minLevel` or above, and counts then what each would have cost. */
export function price(
  sorter: EventSorter,
  { prices, foresee, minLevel }: Pricing & { readonly minLevel: Level },
  catalog: Catalog,
  options: Omit<DetectorOptions, "minLevel">,
): void {
  const found = new Found();
  const report = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      found.add(finding);
      if (atLeast(finding.level, minLevel)) foresee(finding);
    }
  };
  const detector = createDetector({ ...options, minLevel: atLeast(minLevel, ALERTED) ? ALERTED : minLevel });
  for (const event of sorter.sorted()) if (isOfInterest(event, catalog)) report(detector.push(event));
  report(detector.end());
  if (!prices.isEmpty) count(sorter.sorted(), found, prices, catalog);
  prices.end();
}

function count(events: Iterable<Event>, found: Found, prices: Prices, catalog: Catalog): void {
  const reader = new ActReader(catalog);
  for (const event of events) {
    if (!RULED_ON.has(event.kind)) continue;
    const acts = reader.of(event);
    const standing = found.of(event);
    if (acts.length > 0 && standing !== "alerted") prices.count(event, acts, standing === "lesser");
  }
}
