import { AuditEvent } from "../decode/audit/event.ts";
import type { AuditLine } from "../decode/audit/line.ts";
import type { LogRecord } from "../model/record.ts";

/** Records of one event that are kept: an execve of the largest size takes some hundreds. */
export const MAX_LINES = 4096;
/** Records of one event may be this far apart. */
const WINDOW_EVENTS = 64;
const WINDOW_MS = 5000;

class AuditRecord implements LogRecord {
  readonly shape = "audit";
  readonly provider = undefined;
  readonly eventId = undefined;
  readonly channel = undefined;
  readonly file: string;
  readonly index: number;
  readonly recordId: number | undefined;
  readonly host: string | undefined;
  readonly time: number;
  readonly pickedBy: string | undefined;
  readonly event = new AuditEvent();

  constructor(file: string, index: number, line: AuditLine, pickedBy: string | undefined) {
    this.file = file;
    this.index = index;
    this.recordId = Number.isSafeInteger(line.serial) ? line.serial : undefined;
    this.host = line.node;
    this.time = line.time;
    this.pickedBy = pickedBy;
  }
  get(name: string): string | undefined {
    return this.event.get(name);
  }
  list(name: string): readonly string[] | undefined {
    return this.event.list(name);
  }
  names(): readonly string[] {
    return this.event.names();
  }
}

/** Puts the records of one serial (of one node) together, whatever log they stand in; each event is indexed by its first line. */
export class AuditJoiner {
  private readonly file: string;
  private readonly emit: (record: LogRecord) => void;
  private readonly pickedBy: string | undefined;
  /** Events still open, oldest first. */
  private readonly open = new Map<string, AuditRecord>();

  /** `pickedBy`: the detector whose alerts these are, if they are. */
  constructor(file: string, emit: (record: LogRecord) => void, pickedBy?: string) {
    this.file = file;
    this.emit = emit;
    this.pickedBy = pickedBy;
  }

  /** False where the event has more records than are kept, of which this is one. */
  add(line: AuditLine, index: number): boolean {
    const key = `${line.node ?? ""}\0${line.stamp}`;
    let record = this.open.get(key);
    if (!record) {
      record = new AuditRecord(this.file, index, line, this.pickedBy);
      this.open.set(key, record);
    }
    const fits = record.event.size < MAX_LINES;
    if (fits) record.event.add(line);
    if (standsAlone(line.type)) this.close(key, record);
    else this.expire(line.time);
    return fits;
  }

  end(): void {
    for (const record of this.open.values()) this.emit(record);
    this.open.clear();
  }

  private close(key: string, record: AuditRecord): void {
    this.open.delete(key);
    this.emit(record);
  }

  /**
   * Closes what is too old to grow: the map keeps the order of arrival, so that the oldest comes first. Measured from
   * the line at hand, so that one wrong clock does not close all that follows.
   */
  private expire(time: number): void {
    for (const [key, record] of this.open) {
      if (this.open.size <= WINDOW_EVENTS && record.time >= time - WINDOW_MS) break;
      this.close(key, record);
    }
  }
}

/** EOE ends an event; records of programs (pam, sudo, systemd) are events by themselves. */
function standsAlone(type: string): boolean {
  return type === "EOE" || type.startsWith("USER_") || type.startsWith("CRED_") || type.startsWith("SERVICE_");
}
