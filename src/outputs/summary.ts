import type { AllowReport } from "../correlate/allow/entry.ts";
import type { EventKind } from "../model/event.ts";
import type { Level } from "../model/level.ts";

/** One input of a run. */
export interface InputSummary {
  /** As in `source.file`: the path as given, with `/`; a member of an archive appends `!inner/path`. */
  readonly file: string;
  /** SHA-256 in hex of the file as it lies on disk, where it was asked for; not for members. */
  readonly sha256?: string;
  /** Bytes read, after decompression for a member. */
  readonly bytes: number;
  /** Records found, damaged ones not counted. */
  readonly records: number;
  /** Records that were recognised and lost. */
  readonly damaged: number;
  /** True where the input was not read; `reason` says why. */
  readonly skipped: boolean;
  readonly reason?: string;
}

/** The contract `whatran/summary/1`: what a run did, so that a result can be traced to its input and its tool. */
export interface RunSummary {
  readonly schema: "whatran/summary/1";
  /** Version of the tool. */
  readonly version: string;
  /** Version of the catalogue. */
  readonly catalog: string;
  readonly inputs: readonly InputSummary[];
  readonly records: number;
  readonly damaged: number;
  readonly events: Readonly<Partial<Record<EventKind, number>>>;
  readonly findings: Readonly<Partial<Record<Level, number>>>;
  /** Events that were looked at and whose time cannot be right, where there are any: before 2000, or in the future. */
  readonly misdated?: number;
  /** What each entry of the allow-lists did, where there are any. */
  readonly allowed?: readonly AllowReport[];
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  /** True where the run was interrupted: what stands here is what was done until then. */
  readonly interrupted?: boolean;
}
