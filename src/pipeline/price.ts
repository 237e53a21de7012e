import type { Catalog } from "../catalog/catalog.ts";
import { createDetector, type DetectorOptions } from "../correlate/detector.ts";
import { isOfInterest } from "../correlate/interest.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import { ActReader, RULED_ON } from "../policies/acts.ts";
import type { Prices } from "../policies/cure/prices.ts";
import { ALERTED, Found } from "./found.ts";
import type { EventSorter } from "./sort.ts";

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
