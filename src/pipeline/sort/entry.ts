import type { EventStore, StoredKeys } from "../../events/store.ts";
import { shortHost } from "../../model/host.ts";

/** One event with the keys by which a batch is sorted. */
export interface Entry {
  readonly host: string;
  readonly time: number;
  readonly file: string;
  readonly index: number;
  /** The event itself: a place in a store. */
  readonly store: EventStore;
  readonly at: number;
}

/** The order of a batch. It is total but for events of one record, which keep theirs. */
export const order = (a: Entry, b: Entry): number => {
  if (a.host !== b.host) return a.host < b.host ? -1 : 1;
  if (a.time !== b.time) return a.time - b.time;
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.index - b.index;
};

export function sortEntry({ host, time, file, index }: StoredKeys, store: EventStore, at: number): Entry {
  return { host: shortHost(host ?? ""), time: time ?? Number.MIN_SAFE_INTEGER, file, index, store, at };
}
