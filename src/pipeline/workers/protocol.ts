import type { Overrides } from "../../catalog/chains/types.ts";
import type { Trace } from "../../correlate/trace.ts";
import type { PackedEvents } from "../../events/store.ts";
import type { Mapping } from "../../formats/mapping.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { EventKind } from "../../model/event.ts";
import type { Finding } from "../../model/finding.ts";
import type { Level } from "../../model/level.ts";
import type { InputSummary } from "../inputs/options.ts";
import type { Past } from "../known.ts";
import type { SiteOptions } from "../site.ts";

/** Flags of V8, which hold for all threads: those under which workers start, and those that each sets when Node's own modules are loaded. */
export interface ThreadFlags {
  readonly first: readonly string[];
  readonly later: readonly string[];
}

/** What a worker is told when it starts. */
export interface Setup {
  /** A worker of another version does not start. */
  readonly version: string;
  readonly catalogDirs: readonly string[];
  readonly hash: boolean;
  readonly everyConnection: boolean;
  readonly chainSettings?: Overrides;
  readonly inputFormat?: string;
  readonly mapping?: Mapping;
  readonly flags?: ThreadFlags;
}

/** Something to read: a file with all that is in it, or a part of a large one. */
export interface Task {
  /** Its place in the order in which one thread would read. */
  readonly number: number;
  readonly path: string;
  /** As it stands in sources and diagnostics. */
  readonly name: string;
  /** Whether somebody named it. */
  readonly named: boolean;
  /** Bytes of the part; absent: the whole file. */
  readonly range?: { readonly from: number; readonly to: number };
}

/** How a worker is to detect. */
export interface Detecting {
  readonly minLevel: Level;
  readonly traces: boolean;
  readonly correlate: boolean;
  readonly prior: number | undefined;
  readonly past?: Past;
  readonly site: SiteOptions;
}

/** Events of one host, which go on from those of the portion before unless that was the host's last. */
export interface Portion {
  readonly events: PackedEvents;
  readonly isLast: boolean;
}

/** To a worker: a task; that batches were taken; that reading ends here; how to detect; what to detect in. */
export type Order =
  | { readonly task: Task }
  | { readonly taken: number }
  | { readonly abort: true }
  | { readonly detecting: Detecting }
  | { readonly portion: Portion };

/** Something that was said, in its order. */
export type Told = { readonly diagnostic: Diagnostic } | { readonly input: InputSummary };

/** What reading yields, a portion at a time. */
export interface Batch {
  readonly task: number;
  /** Events that the detector can make use of, and parts of texts. */
  readonly events: PackedEvents;
  /** Events that were only counted. */
  readonly others: Partial<Record<EventKind, number>>;
  /** Time of the latest of those, milliseconds since the epoch. */
  readonly lastTime: number;
  /** Records that were handed over. */
  readonly records: number;
  readonly told: readonly Told[];
  /** The last batch of the task; of a range it says what was found in it. */
  readonly end?: { readonly found: number; readonly damaged: number };
}

/** A finding, and what it has in common with others where that was asked for. */
export interface Outcome {
  readonly finding: Finding;
  readonly trace: Trace | undefined;
}

/** From a worker: that it is ready; a batch; what was found in a portion. */
export type Report = { readonly ready: string } | { readonly batch: Batch } | { readonly detected: readonly Outcome[] };
