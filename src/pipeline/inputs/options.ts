import type { ContainerLimits } from "../../decode/container/guard.ts";
import type { Format, ReadContext } from "../../formats/format.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LogRecord } from "../../model/record.ts";
import type { InputSummary as Summary } from "../../outputs/summary.ts";

export interface InputOptions {
  /** Formats to choose from; all where absent. One format alone is used without asking it whether it fits. */
  readonly formats?: readonly Format[];
  readonly wants?: ReadContext["wants"];
  readonly passing?: ReadContext["passing"];
  readonly growing?: ReadContext["growing"];
  /** Adds the SHA-256 of each file. */
  readonly hash?: boolean;
  /** What one input may unpack to; the usual limits where absent. */
  readonly limits?: ContainerLimits;
  /** Stops reading; what was read so far has been handed over. */
  readonly signal?: AbortSignal;
  /** Waited for between two blocks: whoever takes the records may need time. */
  readonly pace?: () => Promise<void> | undefined;
  /** What `-` reads; the process's standard input where absent. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** What became of one file, or of one member of an archive. An archive itself has `records` 0: its members count. */
export interface InputSummary extends Summary {
  /** Name of the format or container. */
  readonly format?: string;
}

/** Where what is read goes. All calls are synchronous. */
export interface InputSink {
  record(record: LogRecord): void;
  diagnostic(diagnostic: Diagnostic): void;
  input(summary: InputSummary): void;
}
