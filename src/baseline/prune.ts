import type { BaselineFile, Entry } from "./file.ts";
import { MAX_EXACT } from "./hosts.ts";
import { writeBaseline } from "./write.ts";

export interface Limits {
  /** Keys not seen in so many days before the last day learnt go. */
  readonly days?: number;
  /** At most so many keys stay: those of most hosts, and among these the most recent. */
  readonly keys?: number;
}

/** How much a key is worth keeping: its hosts, then its last day. */
const worth = ({ count }: Entry) => Math.min(count.hosts.size, MAX_EXACT) * 1e6 + count.last;

/** The least worth that is kept, so that no more than `most` keys stay; 0 where all may stay. */
function leastWorth(entries: Iterable<Entry>, most: number): number {
  const all: number[] = [];
  for (const entry of entries) all.push(worth(entry));
  if (all.length <= most) return 0;
  // As many as are worth exactly as much as the last one that fits would be too many: all of these go.
  const sorted = Float64Array.from(all).sort();
  return (sorted[sorted.length - most - 1] as number) + Number.EPSILON * 1e9;
}

/** Writes a baseline without its oldest and rarest keys. Caps are applied here only: learning and merging lose nothing. */
export function pruneBaseline(file: BaselineFile, target: string, { days, keys }: Limits): number {
  file.check();
  const oldest = days === undefined ? 0 : file.header.last - days;
  const recent = function* () {
    for (const entry of file.entries()) if (entry.count.last >= oldest) yield entry;
  };
  const least = keys === undefined ? 0 : leastWorth(recent(), keys);
  const kept = function* () {
    for (const entry of recent()) if (worth(entry) >= least) yield entry;
  };
  return writeBaseline(target, file.header, kept());
}
