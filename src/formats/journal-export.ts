import { headText } from "../decode/json/encoding.ts";
import type { JsonObject } from "../decode/json/parse.ts";
import { tableOf } from "../model/entry.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, FormatReader, ReadContext } from "./format.ts";
import { recognise, recordsIn } from "./json-shapes/shapes.ts";
import { unknownRecord } from "./json-shapes/unknown.ts";

const BEGINS = /^(?:__CURSOR|__REALTIME_TIMESTAMP)=/;
const NEWLINE = 10;
/** Most bytes of one field; what is longer is left out, whatever length it claims. */
const MAX_FIELD = 1 << 20;
/** Most fields of one entry that are kept, and their bytes. */
const MOST_FIELDS = 1024;
const MAX_ENTRY = 16 << 20;
/** Bytes of a field's length, the lowest first. */
const LENGTH = 8;

/**
 * The systemd journal's export format (`journalctl -o export`, systemd-journal-remote): a field a line, an empty line behind each entry. A
 * field whose text has lines of its own is a name, a length and so many bytes.
 */
export const journalExport: Format = {
  name: "journal-export",
  title: "systemd journal, export format",
  sniff: (head) => (BEGINS.test(headText(head.subarray(0, 256))) ? 0.95 : 0),
  open: (context, sink) => new JournalReader(context, sink),
};

class JournalReader implements FormatReader {
  private readonly context: ReadContext;
  private readonly sink: RecordSink;
  private rest = Buffer.alloc(0);
  private fields = tableOf<unknown>();
  private count = 0;
  private size = 0;
  /** Bytes of a field that is left out. */
  private skipped = 0;
  private index = 0;

  constructor(context: ReadContext, sink: RecordSink) {
    this.context = context;
    this.sink = sink;
  }

  push(block: Uint8Array): void {
    const bytes = this.rest.length === 0 ? Buffer.from(block) : Buffer.concat([this.rest, block]);
    let at = 0;
    for (let next = this.step(bytes, at); next > at; next = this.step(bytes, at)) at = next;
    this.rest = Buffer.from(bytes.subarray(at));
  }

  end(): void {
    if (this.rest.length > 0) this.field(this.rest.toString("utf8"));
    this.give();
  }

  /** Reads one line or one field at `at`; returns where the next begins, or `at` where more bytes are needed. */
  private step(bytes: Buffer, at: number): number {
    if (this.skipped > 0) {
      const some = Math.min(this.skipped, bytes.length - at);
      this.skipped -= some;
      return at + some;
    }
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) {
      if (bytes.length - at <= MAX_FIELD) return at;
      this.tooLong();
      return bytes.length;
    }
    const line = bytes.toString("utf8", at, end);
    if (line === "") this.give();
    else if (line.includes("=")) this.field(line);
    else return this.sized(line, bytes, at, end + 1);
    return end + 1;
  }

  private sized(name: string, bytes: Buffer, at: number, from: number): number {
    if (!/^[A-Z0-9_]{1,64}$/.test(name)) {
      this.damaged("a line that is no field");
      return from;
    }
    if (bytes.length < from + LENGTH) return at;
    const length = bytes.readBigUInt64LE(from);
    const start = from + LENGTH;
    if (length > MAX_FIELD) {
      this.tooLong();
      this.skipped = Math.min(Number(length), Number.MAX_SAFE_INTEGER - 1) + 1;
      return start;
    }
    const end = start + Number(length);
    if (bytes.length <= end) return at;
    this.set(name, bytes.toString("utf8", start, end));
    return end + 1;
  }

  private field(line: string): void {
    const equals = line.indexOf("=");
    if (equals > 0) this.set(line.slice(0, equals), line.slice(equals + 1));
    else this.damaged("a line that is no field");
  }

  /** Of a field that comes several times the first counts. */
  private set(name: string, value: string): void {
    this.count += 1;
    this.size += value.length;
    const isKept = this.count <= MOST_FIELDS && this.size <= MAX_ENTRY;
    if (isKept && !Object.hasOwn(this.fields, name)) this.fields[name] = value;
  }

  private give(): void {
    if (this.count === 0) return;
    const object: JsonObject = this.fields;
    this.fields = tableOf();
    this.count = 0;
    this.size = 0;
    const at = { file: this.context.file, index: this.index };
    const record = recognise(recordsIn(object)[0] ?? object, at) ?? unknownRecord(object, at);
    this.index += 1;
    if (!this.context.wants || this.context.wants(record)) this.sink.record(record);
  }

  private tooLong(): void {
    const message = `a field longer than ${MAX_FIELD} bytes was left out`;
    this.sink.diagnostic({ code: "input/limit", message, file: this.context.file, index: this.index });
  }

  private damaged(message: string): void {
    this.sink.diagnostic({ code: "syslog/no-line", message, file: this.context.file, index: this.index });
  }
}
