import type { Event, EventKind } from "../model/event.ts";
import type { LogRecord, Shape } from "../model/record.ts";

/** One log source: which records it understands, and what they mean. */
export interface LogSource {
  /** Such as `sysmon/1`. */
  readonly id: string;
  readonly shape: Shape;
  /** Provider name in lower case; absent where the shape says enough. */
  readonly provider?: string;
  /** Event ids it understands; absent where the shape says enough. */
  readonly eventIds?: readonly number[];
  readonly kinds: readonly EventKind[];
  /** A cheap test beyond provider and id, where they do not tell sources apart. */
  accepts?(record: LogRecord): boolean;
  /** Events of one record; none where a field that gives it meaning is missing. Never throws. */
  understand(record: LogRecord): Event | readonly Event[] | undefined;
}
