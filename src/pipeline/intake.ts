import type { Catalog } from "../catalog/catalog.ts";
import { isWanted } from "../correlate/interest.ts";
import { createFragmentJoiner, fragmentOf } from "../events/fragment.ts";
import { fromPlain, toPlain } from "../events/plain.ts";
import { EventStore } from "../events/store.ts";
import type { Event, EventKind } from "../model/event.ts";
import { isPresent } from "./clock.ts";
import type { EventSorter } from "./sort.ts";
import type { Tally } from "./tally.ts";
import type { Batch } from "./workers/protocol.ts";

/** What a scan keeps of what it reads. */
export interface Stores {
  readonly catalog: Catalog;
  readonly tally: Tally;
  readonly sorter: EventSorter;
}

/** Takes events from this thread and from others: joins texts that a log has split, counts, and keeps what matters. */
export class Intake {
  readonly #stores: Stores;
  readonly #everyConnection: boolean;
  readonly #joiner = createFragmentJoiner();

  constructor(stores: Stores, everyConnection: boolean) {
    this.#stores = stores;
    this.#everyConnection = everyConnection;
  }

  event(event: Event): void {
    if (fragmentOf(event) === undefined) this.#take(event);
    // A part waits for others, and its record does not.
    else for (const whole of this.#joiner.push(fromPlain(toPlain(event)))) this.#take(whole);
  }

  /** What a worker has read; `base` is to be added to the indices of its records. */
  batch({ events, others, lastTime, records }: Batch, base: number): void {
    const { tally, sorter } = this.#stores;
    tally.records += records;
    if (isPresent(lastTime) && lastTime > tally.lastTime) tally.lastTime = lastTime;
    for (const [kind, count] of Object.entries(others)) tally.count(kind as EventKind, count);
    const store = new EventStore(events);
    for (let at = 0; at < store.end; at = store.after(at)) {
      if (store.isFragment(at)) this.event(store.at(at, base));
      else {
        tally.event(store.keys(at));
        sorter.adopt(store, at, base);
      }
    }
  }

  /** There is no more: parts of texts that still wait are taken as they are. */
  end(): void {
    for (const event of this.#joiner.end()) this.#take(event);
  }

  #take(event: Event): void {
    const { catalog, tally, sorter } = this.#stores;
    tally.event(event);
    if (!isWanted(event, catalog, this.#everyConnection)) return;
    sorter.add(event);
  }
}
