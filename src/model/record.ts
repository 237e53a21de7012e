import type { Diagnostic } from "./diagnostic.ts";

/** Where a record stands. (file, index) is the key; `recordId` is the log's own number, for people. */
export interface Source {
  /** The path as given, with `/`; a member of an archive appends `!inner/path`. */
  readonly file: string;
  /** Zero-based physical position among the records found in that file or member. */
  readonly index: number;
  readonly recordId?: number;
  readonly eventId?: number;
  readonly channel?: string;
}

/**
 * The families of field names. A log source is written for one shape, whatever file format carried it:
 * - `winevent`: Windows event log; fields are the names of EventData/UserData
 * - `ecs`: Elastic Common Schema; fields are dotted paths (`process.command_line`)
 * - `audit`: one Linux audit event, all records of a serial joined; fields are `RECORD.key` (`SYSCALL.exe`, `EXECVE.a0`)
 * - `shortcut`: one .lnk file
 * - others are added with their format
 */
export type Shape =
  | "winevent"
  | "ecs"
  | "audit"
  | "shortcut"
  | "mde"
  | "ocsf"
  | "osquery"
  | "falco"
  | "tetragon"
  | "artefact"
  | "mapped";

/** What a log format yields. Fields are decoded when asked for: hold a record no longer than its event. */
export interface LogRecord {
  readonly shape: Shape;
  readonly file: string;
  readonly index: number;
  readonly recordId: number | undefined;
  /** Provider name as the log writes it, such as `Microsoft-Windows-Sysmon`. */
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
  readonly channel: string | undefined;
  readonly host: string | undefined;
  /** Milliseconds since 1970-01-01T00:00:00Z, fractions allowed. */
  readonly time: number | undefined;
  /** The detector whose match the record is, as in a timeline or a list of alerts: what it did not match is not there. Absent: a log. */
  readonly pickedBy?: string | undefined;
  /** A field as text; undefined where the record does not carry it (absent is not empty). */
  get(name: string): string | undefined;
  /** A field that is a list, such as `process.args`; undefined where it is absent or no list. */
  list(name: string): readonly string[] | undefined;
  /** All field names, for diagnostics and mapping. */
  names(): readonly string[];
}

/** What readers push into. All calls are synchronous. */
export interface RecordSink {
  record(record: LogRecord): void;
  /** Something was skipped or repaired. `counts: true` says that a record was recognised and lost: it takes an index. */
  diagnostic(diagnostic: Diagnostic, counts?: boolean): void;
}
