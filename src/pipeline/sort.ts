import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventStore, type StoredKeys } from "../events/store.ts";
import { Translation } from "../events/values.ts";
import type { Event } from "../model/event.ts";
import { type Entry, entryOf, order } from "./sort/entry.ts";
import { Run, writeRun } from "./sort/run.ts";

/** Memory that unsorted events may take before they are spilled to disk, in estimated bytes. */
const MAX_HELD = 24 * 1024 * 1024;
/** What an entry takes beside the event. */
const ENTRY = 80;

/**
 * Sorts the events of a batch by (host, time, file, index), in memory that does not grow with their number: runs spill to disk and
 * are merged. The order is total, so that results do not depend on the order in which files were read.
 */
export class EventSorter {
  readonly #store = new EventStore();
  #held: Entry[] = [];
  /** The store that events were adopted from last, and how its values are found in ours. */
  #adopted: { readonly store: EventStore; readonly translation: Translation } | undefined;
  #folder: string | undefined;
  readonly #runs: string[] = [];
  readonly #limit: number;

  constructor(limit = MAX_HELD) {
    this.#limit = limit;
  }

  add(event: Event): void {
    const at = this.#store.add(event);
    const { record, host, time } = event;
    this.#hold({ kind: event.kind, host, time, file: record.file, index: record.index }, at);
  }

  /** Takes the event at `at` of a store that came from elsewhere; `base` is added to its record's index. */
  adopt(store: EventStore, at: number, base: number): void {
    if (this.#adopted?.store !== store) {
      const translation = new Translation(this.#store.values);
      translation.extend(store.values);
      this.#adopted = { store, translation };
    }
    const own = this.#store.copy(store.words, at, this.#adopted.translation.word, base);
    this.#hold(this.#store.keys(own), own);
  }

  #hold(keys: StoredKeys, at: number): void {
    this.#held.push(entryOf(keys, this.#store, at));
    if (this.#store.size + this.#held.length * ENTRY > this.#limit) this.#spill();
  }

  #spill(): void {
    this.#folder ??= mkdtempSync(join(tmpdir(), "whatran-"));
    const path = join(this.#folder, String(this.#runs.length));
    writeRun(path, this.#held.sort(order));
    this.#runs.push(path);
    this.#held = [];
    this.#store.clear();
    this.#adopted = undefined;
  }

  /** All events in order, as often as they are asked for; none may be added afterwards. */
  *sorted(): Generator<Event> {
    // What follows needs memory as well: where there is so much that some of it is on disk, all of it may be.
    if (this.#runs.length > 0 && this.#held.length > 0) this.#spill();
    this.#held.sort(order);
    const memory = this.#held[Symbol.iterator]();
    const sources = [...this.#runs.map((path) => new Run(path)[Symbol.iterator]()), memory];
    const heads = sources.map((source) => source.next().value as Entry | undefined);
    for (;;) {
      let least = -1;
      for (let i = 0; i < heads.length; i++) {
        const head = heads[i];
        if (head && (least < 0 || order(head, heads[least] as Entry) < 0)) least = i;
      }
      const entry = heads[least];
      if (!entry) return;
      heads[least] = sources[least]!.next().value as Entry | undefined;
      yield entry.store.at(entry.at);
    }
  }

  /** Removes what was spilled. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#held = [];
  }
}
