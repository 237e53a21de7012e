import { join } from "node:path";
import { EventStore, type StoredKeys } from "../events/store.ts";
import type { Event } from "../model/event.ts";
import { removeTemporary, temporaryFolder } from "../temporary.ts";
import { copies } from "./sort/copies.ts";
import { type Entry, order, sortEntry } from "./sort/entry.ts";
import { Run } from "./sort/run.ts";

/** Memory that unsorted events may take before they are spilled to disk, in estimated bytes. */
const MAX_HELD = 8 * 1024 * 1024;
/** What an entry takes beside the event. */
const ENTRY = 80;

/**
 * Sorts the events of a batch by (host, time, file, index), in memory that does not grow with their number: runs spill to disk and
 * are merged. The order is total, so that results do not depend on the order in which files were read.
 */
export class EventSorter {
  readonly #store = new EventStore();
  /** Takes events of the store that came from elsewhere last. */
  #adopted: { readonly from: EventStore; readonly copy: ReturnType<typeof copies> } | undefined;
  #held: Entry[] = [];
  /** Hosts of which there are events. */
  readonly #hosts = new Set<string>();
  #folder: string | undefined;
  readonly #runs: Run[] = [];
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
    if (this.#adopted?.from !== store) this.#adopted = { from: store, copy: copies(this.#store) };
    const own = this.#adopted.copy({ store, at });
    this.#store.move(own, base);
    this.#hold(this.#store.keys(own), own);
  }

  #hold(keys: StoredKeys, at: number): void {
    const entry = sortEntry(keys, this.#store, at);
    this.#held.push(entry);
    this.#hosts.add(entry.host);
    if (this.#store.size + this.#held.length * ENTRY > this.#limit) this.#spill();
  }

  #spill(): void {
    this.#folder ??= temporaryFolder("whatran-");
    this.#runs.push(new Run(join(this.#folder, String(this.#runs.length)), this.#held.sort(order)));
    this.#held = [];
    this.#store.clear();
    this.#adopted = undefined;
  }

  /** All events in order, as often as they are asked for; none may be added afterwards. */
  *sorted(): Generator<Event> {
    for (const host of this.hosts()) for (const { store, at } of this.of(host)) yield store.at(at);
  }

  /** The hosts, each by its short name, in order. Nothing may be added from now on. */
  hosts(): readonly string[] {
    // What follows needs memory as well: where there is so much that some of it is on disk, all of it may be.
    if (this.#runs.length > 0 && this.#held.length > 0) this.#spill();
    this.#held.sort(order);
    return [...this.#hosts].sort();
  }

  /** The events of one of the `hosts`, in order. */
  *of(host: string): Generator<Entry> {
    const sources = this.#runs.filter((run) => run.has(host)).map((run) => run.of(host));
    if (sources.length === 0) sources.push(this.#heldOf(host));
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
      yield entry;
    }
  }

  *#heldOf(host: string): Generator<Entry> {
    let [from, to] = [0, this.#held.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#held[middle]!.host < host) from = middle + 1;
      else to = middle;
    }
    for (; this.#held[from]?.host === host; from++) yield this.#held[from]!;
  }

  /** Removes what was spilled. */
  close(): void {
    for (const run of this.#runs) run.close();
    if (this.#folder !== undefined) removeTemporary(this.#folder);
    this.#held = [];
  }
}
