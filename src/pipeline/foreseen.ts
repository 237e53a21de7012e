import type { Catalog } from "../catalog/catalog.ts";
import { isOfInterest } from "../correlate/interest.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import { ActReader, RULED_ON } from "../policies/acts.ts";
import type { CostsByLogs } from "../policies/cure/costs/by-logs.ts";
import { ALERTED, Found } from "./found.ts";
import type { Entry } from "./sort/entry.ts";
import type { EventSorter } from "./sort.ts";
import { inTurns } from "./turns.ts";
import type { Outcome } from "./workers/protocol.ts";

/** Who asks for rules whose costs are counted in the logs. */
export interface Pricing {
  readonly prices: CostsByLogs;
  /** Sees each finding that will be given out. */
  foresee(finding: Finding): void;
}

/** What waits until costs are known; if there is more, it is looked for once more then. */
const MOST_WAITING = 10_000;

/** The level down to which findings must be known, so that nothing grave is taken for ordinary. */
export const levelFor = (minLevel: Level): Level => (atLeast(minLevel, ALERTED) ? ALERTED : minLevel);

/** Lets rules be asked for by every finding at `minLevel` or above, and counts then what each would have cost. */
export class Foreseen {
  readonly #pricing: Pricing;
  readonly #minLevel: Level;
  readonly #found = new Found();
  readonly #most: number;
  #waiting: Outcome[] | undefined = [];

  /** @param most outcomes that may wait */
  constructor(pricing: Pricing, minLevel: Level, most = MOST_WAITING) {
    this.#pricing = pricing;
    this.#minLevel = minLevel;
    this.#most = most;
  }

  /** Takes what is found at `levelFor(minLevel)` or above. */
  take(outcome: Outcome): void {
    const { finding } = outcome;
    this.#found.add(finding);
    if (!atLeast(finding.level, this.#minLevel)) return;
    this.#pricing.foresee(finding);
    if (this.#waiting && this.#waiting.push(outcome) > this.#most) this.#waiting = undefined;
  }

  /** Everything was found: counts, in all events, what the rules would have cost. */
  async count(events: Iterable<Event>, catalog: Catalog, signal?: AbortSignal): Promise<void> {
    const { prices } = this.#pricing;
    if (!prices.isEmpty) await count(events, this.#found, prices, catalog, signal);
    prices.end();
  }

  /** What is to be given out, in the order in which it was found; undefined where it was too much to wait. */
  get waiting(): readonly Outcome[] | undefined {
    return this.#waiting;
  }
}

async function count(
  events: Iterable<Event>,
  found: Found,
  prices: CostsByLogs,
  catalog: Catalog,
  signal: AbortSignal | undefined,
): Promise<void> {
  const reader = new ActReader(catalog);
  const add = (event: Event): void => {
    if (!RULED_ON.has(event.kind)) return;
    const acts = reader.of(event);
    const standing = found.of(event);
    if (acts.length > 0 && standing !== "alerted") prices.count(event, acts, standing === "lesser");
  };
  await inTurns(events, add, signal);
}

/** Sorted events without those that only costs ask for. */
export function ofInterest(sorter: EventSorter, catalog: Catalog): Pick<EventSorter, "hosts" | "of" | "sorted"> {
  return {
    hosts: () => sorter.hosts(),
    *of(host: string): Generator<Entry> {
      for (const entry of sorter.of(host)) if (isOfInterest(entry.store.at(entry.at), catalog)) yield entry;
    },
    *sorted() {
      for (const event of sorter.sorted()) if (isOfInterest(event, catalog)) yield event;
    },
  };
}
