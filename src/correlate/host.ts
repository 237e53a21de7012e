import type { RegistryKeyModification } from "../model/event.ts";
import type { Source } from "../model/record.ts";
import { ChainState } from "./chains/state.ts";
import type { Pending } from "./pending.ts";

/** Most processes, files and findings that are remembered for a host; the oldest go first. */
const MAX_PROCESSES = 8_192;
const MAX_FILES = 4_096;
const MAX_WRITES = 512;
const MAX_INFERRED = 2_048;
export const MAX_PENDING = 1_024;

/** What is remembered of a process. */
export interface Known {
  readonly key: string;
  readonly pid: number | undefined;
  readonly image: string | undefined;
  readonly parentKey: string | undefined;
  readonly time: number | undefined;
  readonly source: Source;
  readonly provider: string | undefined;
  /** Whether its source names the original file. */
  readonly original: boolean;
  pending: Pending | undefined;
  /** Whether a finding of it was given out already, or went into that of another process. */
  reported?: "given" | "merged";
}

/** A file that a process left behind. */
export interface Written {
  readonly time: number;
  readonly by: string | undefined;
  readonly byKey: string | undefined;
  readonly source: Source;
  /** Where the mark of the web says that it came from; "" where it only says that it came from the internet. */
  readonly origin?: string;
}

/** A registry value that was set. */
export interface RegistryWrite {
  readonly time: number;
  readonly path: string;
  readonly value: string;
  readonly action: RegistryKeyModification["action"];
  readonly by: string | undefined;
  readonly byKey: string | undefined;
  readonly source: Source;
}

/** A map that forgets its oldest entries. */
export class Bounded<V> {
  readonly map = new Map<string, V>();
  readonly #most: number;
  constructor(most: number) {
    this.#most = most;
  }
  get(key: string): V | undefined {
    return this.map.get(key);
  }
  set(key: string, value: V): void {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size > this.#most) this.map.delete(this.map.keys().next().value as string);
  }
}

/** State of one host, bounded. */
export class Host {
  readonly processes = new Bounded<Known>(MAX_PROCESSES);
  /** Latest process of a pid; only ever used together with its start time or image. */
  readonly byPid = new Bounded<Known>(MAX_PROCESSES);
  readonly files = new Bounded<Written>(MAX_FILES);
  /** Latest writes to the registry, by path in lower case. */
  readonly registry = new Bounded<RegistryWrite>(MAX_WRITES);
  /** Parents that were judged by what a child's event says of them. */
  readonly inferred = new Bounded<true>(MAX_INFERRED);
  readonly chains = new ChainState();
  pending: Pending[] = [];
  /** No finding is due before this event time, milliseconds since the epoch. */
  due = Number.POSITIVE_INFINITY;
  /** Images of a process's ancestors, nearest first. */
  ancestors(key: string | undefined, most = 4): string[] {
    const images: string[] = [];
    for (let at = key; at !== undefined && images.length < most; ) {
      const known: Known | undefined = this.processes.get(at);
      if (!known) break;
      if (known.image !== undefined) images.push(known.image);
      at = known.parentKey;
    }
    return images;
  }
}
