import { AuditEvent } from "../decode/audit/event.ts";
import { type AuditLine, parseAuditLine } from "../decode/audit/line.ts";
import { LineSplitter } from "../decode/text/lines.ts";
import type { LogRecord, RecordSink } from "../model/record.ts";
import type { Format, FormatReader, ReadContext } from "./format.ts";

/** Longest line; the kernel's own records stay below 9 KB, enriched ones and relayed ones somewhat above. */
const MAX_LINE = 1 << 17;
/** Records of one event that are kept: an execve of the largest size takes some hundreds. */
const MAX_LINES = 4096;
/** Records of one event may be this far apart. */
const WINDOW_EVENTS = 64;
const WINDOW_MS = 5000;

/**
 * Linux audit logs: auditd's audit.log, `ausearch`, `ausearch --raw` and `-i`, enriched or not, also with syslog's prefix.
 * All records of a serial (of one node) are one LogRecord of shape `audit`, indexed by its first line.
 */
export const audit: Format = {
  name: "audit",
  title: "Linux audit log (auditd)",
  sniff(head) {
    const lines = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 65_536))
      .toString("latin1")
      .split("\n")
      .filter((line) => !isSeparator(line))
      .slice(0, 50);
    const share =
      lines.filter((line) => parseAuditLine(line) !== undefined && !line.startsWith("{")).length / lines.length;
    // A syslog in which some lines come from the kernel's audit is no audit log.
    return share >= 0.3 ? Math.min(0.95, share) : 0;
  },
  open: (context, sink) => new AuditReader(context, sink),
};

/** Blank lines, and what ausearch writes between events. */
function isSeparator(line: string): boolean {
  return line === "----" || line.startsWith("time->") || line.trim() === "";
}

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
  readonly event = new AuditEvent();

  constructor(file: string, index: number, line: AuditLine) {
    this.file = file;
    this.index = index;
    this.recordId = Number.isSafeInteger(line.serial) ? line.serial : undefined;
    this.host = line.node;
    this.time = line.time;
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

class AuditReader implements FormatReader {
  private readonly context: ReadContext;
  private readonly sink: RecordSink;
  private readonly splitter = new LineSplitter((text, offset, cut) => this.line(text, offset, cut), MAX_LINE);
  /** Events still open, oldest first. */
  private readonly open = new Map<string, AuditRecord>();
  private index = 0;
  private lineNumber = 0;

  constructor(context: ReadContext, sink: RecordSink) {
    this.context = context;
    this.sink = sink;
  }

  push(block: Uint8Array): void {
    this.splitter.push(block);
  }

  end(): void {
    this.splitter.end();
    for (const record of this.open.values()) this.sink.record(record);
    this.open.clear();
  }

  private line(text: string, offset: number, cut: boolean): void {
    this.lineNumber += 1;
    if (isSeparator(text)) return;
    const index = this.index;
    this.index += 1;
    const line = parseAuditLine(text);
    if (!line) {
      this.lost("audit/no-record", "no audit(seconds.milliseconds:serial) in this line", offset, index, true);
      return;
    }
    if (cut) this.lost("audit/too-long", `line cut at ${MAX_LINE} bytes`, offset, index, false);
    const key = `${line.node ?? ""}\0${line.stamp}`;
    let record = this.open.get(key);
    if (!record) {
      record = new AuditRecord(this.context.file, index, line);
      this.open.set(key, record);
    }
    if (record.event.size < MAX_LINES) record.event.add(line);
    else this.lost("audit/too-long", `more than ${MAX_LINES} records in one event`, offset, index, false);
    if (standsAlone(line.type)) this.close(key, record);
    else this.expire(line.time);
  }

  private close(key: string, record: AuditRecord): void {
    this.open.delete(key);
    this.sink.record(record);
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

  private lost(code: string, message: string, offset: number, index: number, counts: boolean): void {
    this.sink.diagnostic({ code, message, file: this.context.file, offset, line: this.lineNumber, index }, counts);
  }
}

/** EOE ends an event; records of programs (pam, sudo, systemd) are events by themselves. */
function standsAlone(type: string): boolean {
  return type === "EOE" || type.startsWith("USER_") || type.startsWith("CRED_") || type.startsWith("SERVICE_");
}
