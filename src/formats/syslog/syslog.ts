import { parseAuditLine } from "../../decode/audit/line.ts";
import { headText } from "../../decode/json/encoding.ts";
import type { ErrorCode } from "../../errors.ts";
import type { LogRecord, RecordSink } from "../../model/record.ts";
import { AuditJoiner } from "../audit-joiner.ts";
import type { Format, ReadContext } from "../format.ts";
import { ObjectRecord } from "../json-shapes/object-record.ts";
import { recognise, recordsIn } from "../json-shapes/shapes.ts";
import { LineReader } from "../line-reader.ts";
import { carriedIn } from "./carried.ts";
import { commandIn, objectIn } from "./message.ts";
import { parseSyslog, type SyslogLine } from "./prefix.ts";

/** Sysmon for Linux writes its events as XML, which has a reader of its own where events go over several lines. */
const XML = "<Event";

/** Most characters of a message that comes in parts. */
const MOST_JOINED = 1 << 20;

/**
 * System logs as text (syslog files, journalctl): sudo, cron, the kernel's audit, Sysmon for Linux, JSON behind the prefix. One line, one
 * record; lines that say nothing here are records without a meaning.
 */
export const syslog: Format = {
  name: "syslog",
  title: "Syslog, journalctl and container logs: sudo, cron, Sysmon for Linux, JSON behind a prefix",
  sniff(head) {
    const lines = headText(head.subarray(0, 32_768)).split("\n", 60);
    if (lines.length > 1) lines.pop();
    const written = lines.filter((line) => line.trim() !== "" && !line.startsWith("-- "));
    const now = Date.now();
    const fitting = written.filter((line) => parseSyslog(line.trimEnd(), now) !== undefined).length;
    return fitting > 0 && fitting >= written.length * 0.8 ? 0.75 : 0;
  },
  open: (context, sink) => new SyslogReader(context, sink),
};

class SyslogReader extends LineReader {
  private readonly now = Date.now();
  /** What the kernel's audit writes here where no auditd takes it. */
  private readonly audit: AuditJoiner;
  /** Parts of a message that goes on. */
  private begun = "";

  constructor(context: ReadContext, sink: RecordSink) {
    super(context, sink);
    this.audit = new AuditJoiner(context.file, (record) => this.give(record));
  }

  protected override ended(): void {
    this.audit.end();
    if (this.begun !== "") this.lost("syslog/no-line", "the input ends inside a message", {});
  }

  protected line(text: string, offset: number, cut: boolean): void {
    // journalctl says between entries where the machine started anew.
    if (text.trim() === "" || text.startsWith("-- ")) return;
    const place = { offset, line: this.number };
    if (cut) this.lost("input/limit", "a line longer than 1 MiB was cut", place, false);
    const audited = text.includes("audit(") ? parseAuditLine(text) : undefined;
    const line = audited ? undefined : parseSyslog(text, this.now);
    if (line?.goesOn && this.begun.length < MOST_JOINED) {
      this.begun += line.message;
      return;
    }
    if (audited) this.audit.add(audited, this.index);
    else if (!line) this.lost("syslog/no-line", "no date, host and program", place);
    else if (isCutEvent(line))
      this.lost("xml/bad-event", "an event of Sysmon for Linux that is damaged or cut short", place);
    else for (const record of this.recordsOf(this.whole(line))) this.give(record);
    this.index += 1;
  }

  /** A message with the parts that came before it. */
  private whole(line: SyslogLine): SyslogLine {
    const { begun } = this;
    if (begun === "" || line.goesOn === undefined) return line;
    this.begun = "";
    return { ...line, message: begun + line.message };
  }

  private lost(code: ErrorCode, message: string, place: { offset?: number; line?: number }, counts = true): void {
    this.sink.diagnostic({ code, message, file: this.context.file, index: this.index, ...place }, counts);
  }

  private recordsOf(line: SyslogLine): readonly LogRecord[] {
    const { time, host, message } = line;
    const at = { file: this.context.file, index: this.index, time, host };
    const command = commandIn(line);
    if (!command && message.includes(XML)) {
      const record = recognise({ message }, at);
      if (record) return [record];
    }
    const object = command ? undefined : (objectIn(message) ?? carriedIn(line));
    const inner = object && recordsIn(object).flatMap((one) => recognise(one, at) ?? []);
    if (inner && inner.length > 0) return inner.slice(0, 1);
    return [new ObjectRecord("mapped", at, {}, command ?? { kind: "message" })];
  }

  private give(record: LogRecord): void {
    this.hand(record);
  }
}

/** Sysmon writes whole events; syslog daemons cut long lines. */
function isCutEvent({ program, message }: SyslogLine): boolean {
  return program.toLowerCase() === "sysmon" && message.includes(XML) && !message.includes("</Event>");
}
