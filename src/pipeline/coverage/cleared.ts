import type { LogRecord } from "../../model/record.ts";

/** Someone emptied a log: what stood in it before is not in these files, unless it was collected elsewhere. */
export interface Cleared {
  /** RFC 3339; absent where the record has no believable time. */
  readonly time?: string;
  readonly host: string;
  /** The log that was cleared. */
  readonly log: string;
  readonly user?: string;
}

const PROVIDERS = ["microsoft-windows-eventlog", "eventlog"];

/** Whether a record may say that a log was cleared: 1102 for Security, 104 for any other. */
export function saysCleared({ provider, eventId }: Pick<LogRecord, "provider" | "eventId">): boolean {
  return (eventId === 1102 || eventId === 104) && (!provider || PROVIDERS.includes(provider.toLowerCase()));
}

export function clearedOf(record: LogRecord): Cleared {
  const { time, host = "", eventId } = record;
  const user = record.get("SubjectUserName");
  const isDate = time !== undefined && Math.abs(time) <= 8.64e15;
  return {
    ...(isDate && { time: new Date(time).toISOString() }),
    host,
    log: eventId === 1102 ? "Security" : (record.get("Channel") ?? "unknown"),
    ...(user && { user }),
  };
}
