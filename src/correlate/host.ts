import type { RegistryKeyModification } from "../model/event.ts";
import type { Source } from "../model/record.ts";
import { Bounded } from "./bounded.ts";
import { ChainState } from "./chains/state.ts";
import type { Pending } from "./pending.ts";
import { Places } from "./places.ts";
import type { Candidate } from "./proxies/candidate.ts";
import { type Site, UNTOLD } from "./site/site.ts";

/** Most processes, files and findings that are remembered for a host; the oldest go first. */
const MAX_PROCESSES = 2_048;
const MAX_FILES = 1_024;
const MAX_WRITES = 256;
const MAX_INFERRED = 2_048;
const MAX_TOLD = 256;
const MAX_HABITS = 512;
export const MAX_PENDING = 1_024;
/** Characters of command lines that may wait; what a line resolves to takes some times as much. */
export const MAX_WAITING = 1 << 20;
/** A process that has neither started nor been a parent for so long is forgotten, in milliseconds. */
const FORGOTTEN = 12 * 3_600_000;

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
  /** When it was last heard of, milliseconds since the epoch. */
  seen: number | undefined;
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

/** State of one host, bounded. */
export class Host {
  readonly site: Site;
  /** What needs no judgement any more: processes, parents that a child's event tells of, and what is told of once. */
  readonly inferred = new Bounded<true>(MAX_INFERRED);
  readonly processes = new Bounded<Known>(MAX_PROCESSES, (key, { reported, pending }) => {
    // Its children still name it: without this they would have it judged once more.
    if (reported || pending) this.inferred.set(key, true);
  });
  /** Latest process of a pid; only ever used together with its start time or image. */
  readonly byPid = new Bounded<Known>(MAX_PROCESSES);
  readonly files = new Bounded<Written>(MAX_FILES);
  /** Latest writes to the registry, by path in lower case. */
  readonly registry = new Bounded<RegistryWrite>(MAX_WRITES);
  readonly chains = new ChainState();
  /** Processes that may turn out to be proxies which nobody has listed, by key. */
  readonly told = new Bounded<Candidate>(MAX_TOLD);
  /** How often programs were seen to act on their arguments. */
  readonly habits = new Bounded<number>(MAX_HABITS);
  readonly pending: Pending[] = [];
  /** What is pending, by the records behind it. */
  readonly places = new Places();
  /** Characters of the command lines of what is pending. */
  waiting = 0;
  /** No finding is due before this event time, milliseconds since the epoch. */
  due = Number.POSITIVE_INFINITY;
  constructor(site: Site = UNTOLD) {
    this.site = site;
  }
  /** Whether something is told of for the first time; from now on it was. */
  isFirst(key: string): boolean {
    if (this.inferred.get(key)) return false;
    this.inferred.set(key, true);
    return true;
  }
  /** One more finding that waits. */
  hold(pending: Pending): void {
    this.pending.push(pending);
    this.places.add(pending);
    this.#count(pending);
  }
  /** Other findings wait now than before. */
  recount(): void {
    this.waiting = 0;
    this.due = Number.POSITIVE_INFINITY;
    for (const pending of this.pending) this.#count(pending);
  }
  #count({ subject, deadline }: Pending): void {
    this.waiting += subject.commandLine?.length ?? 0;
    if (deadline < this.due) this.due = deadline;
  }
  /** Remembers a process, or that it was heard of again, at the time `now`. */
  remember(known: Known, now: number | undefined): void {
    known.seen = now ?? known.seen;
    this.processes.set(known.key, known);
    if (now === undefined) return;
    const isOver = ({ seen }: Known) => seen !== undefined && seen < now - FORGOTTEN;
    this.processes.expire(isOver);
    this.byPid.expire(isOver);
  }
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
