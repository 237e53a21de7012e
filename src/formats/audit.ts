import { parseAuditLine } from "../decode/audit/line.ts";
import { headText } from "../decode/json/encoding.ts";
import type { RecordSink } from "../model/record.ts";
import { AuditJoiner, MAX_LINES } from "./audit-joiner.ts";
import type { Format, ReadContext } from "./format.ts";
import { LineReader } from "./line-reader.ts";

/** Longest line; the kernel's own records stay below 9 KB, enriched ones and relayed ones somewhat above. */
const MAX_LINE = 1 << 17;
/**
 * Linux audit logs: auditd's audit.log, `ausearch`, `ausearch --raw` and `-i`, enriched or not, also with syslog's prefix.
 * All records of a serial (of one node) are one LogRecord of shape `audit`, indexed by its first line.
 */
export const audit: Format = {
  name: "audit",
  title: "Linux audit log (auditd)",
  sniff(head) {
    const lines = headText(head)
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

class AuditReader extends LineReader {
  private readonly joiner: AuditJoiner;

  constructor(context: ReadContext, sink: RecordSink) {
    super(context, sink, MAX_LINE);
    this.joiner = new AuditJoiner(context.file, (record) => sink.record(record));
  }

  protected override ended(): void {
    this.joiner.end();
  }

  protected line(text: string, offset: number, cut: boolean): void {
    if (isSeparator(text)) return;
    const index = this.index;
    this.index += 1;
    const line = parseAuditLine(text);
    if (!line) {
      this.lost("audit/no-record", "no audit(seconds.milliseconds:serial) in this line", offset, index, true);
      return;
    }
    if (cut) this.lost("audit/too-long", `line cut at ${MAX_LINE} bytes`, offset, index, false);
    if (!this.joiner.add(line, index))
      this.lost("audit/too-long", `more than ${MAX_LINES} records in one event`, offset, index, false);
  }

  private lost(code: string, message: string, offset: number, index: number, counts: boolean): void {
    this.sink.diagnostic({ code, message, file: this.context.file, offset, line: this.number, index }, counts);
  }
}
