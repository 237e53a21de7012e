import type { Source } from "../model/record.ts";
import type { Pending } from "./pending.ts";

/** Most processes, files and findings that are remembered for a host; the oldest go first. */
const MAX_PROCESSES = 20_000;
const MAX_FILES = 5_000;

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
}

/** A file that a process left behind. */
export interface Written {
  readonly time: number;
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
  /** Parents that were judged by what a child's event says of them. */
  readonly inferred = new Bounded<true>(MAX_PROCESSES);
  pending: Pending[] = [];
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
