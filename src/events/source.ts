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

type Understand = LogSource["understand"];

/** Every record is one event. */
type Factory = { readonly kind: EventKind } & ((record: LogRecord) => Event);

/** A source of the Windows event log whose every record of these ids is one event. */
export function winevent(id: string, provider: string, eventIds: readonly number[], factory: Factory): LogSource;
/** A source of the Windows event log that looks into the record first. */
export function winevent(
  id: string,
  provider: string,
  eventIds: readonly number[],
  kinds: readonly EventKind[],
  understand: Understand,
): LogSource;
export function winevent(
  id: string,
  provider: string,
  eventIds: readonly number[],
  what: Factory | readonly EventKind[],
  understand?: Understand,
): LogSource {
  const base = { id, shape: "winevent", provider: provider.toLowerCase(), eventIds } as const;
  if (typeof what === "function") return { ...base, kinds: [what.kind], understand: (record) => what(record) };
  return { ...base, kinds: what, understand: understand! };
}
