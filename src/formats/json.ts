import { isUtf8 } from "node:buffer";
import { headText, Utf8Input } from "../decode/json/encoding.ts";
import { isObject, type JsonObject, parseJson, parseRepaired } from "../decode/json/parse.ts";
import type { Line } from "../decode/json/skim/line-object.ts";
import { objectIn } from "../decode/json/skim/pattern.ts";
import { type Learnt, type LineTaker, Skimmer } from "../decode/json/skim/skimmer.ts";
import { JsonSplitter } from "../decode/json/splitter.ts";
import type { JsonDamage, JsonValues, Place } from "../decode/json/values.ts";
import type { ErrorCode } from "../errors.ts";
import type { LogRecord, RecordSink } from "../model/record.ts";
import { AuditJoiner } from "./audit-joiner.ts";
import type { Format, FormatReader, ReadContext } from "./format.ts";
import { innerRecords, isRecord } from "./json-shapes/inner-records.ts";
import { type Alike, LineRecord } from "./json-shapes/line-record.ts";
import { listedIn } from "./json-shapes/listed.ts";
import { auditLineIn } from "./json-shapes/log-line.ts";
import { NOWHERE } from "./json-shapes/object-record.ts";
import { NXLOG_AUDIT } from "./json-shapes/products/nxlog.ts";
import { lazilyOf, recognise, TELLING } from "./json-shapes/shapes.ts";
import { unknownRecord } from "./json-shapes/unknown.ts";
import { Unmatched } from "./json-shapes/unmatched.ts";
import { unwrap } from "./json-shapes/unwrap.ts";
import { type Mapping, mappedRecord } from "./mapping.ts";

/** One record may take 64 MiB, and nest 200 deep: far above any real event, far below what hurts. */
const LIMITS = { size: 64 * 1024 * 1024, depth: 200 };

/** How JSON records begin, after marks and space: an object with a key, or an array of objects. */
const BEGINS = /^[\ufeff\s\0\u001e]*(?:\[\s*)*\{\s*(?:"|\})/;

/**
 * NDJSON, concatenated or pretty-printed JSON, JSON arrays and the envelopes of search results; UTF-8, or UTF-16 by its mark.
 * A mapping goes before the known shapes.
 */
export function jsonWith(mapping: Mapping | undefined): Format {
  return {
    name: "json",
    title: "JSON events: NDJSON, arrays, search results",
    sniff,
    borrows: true,
    open: (context, sink) => new JsonReader(context, sink, mapping),
  };
}

export const json: Format = jsonWith(undefined);

function sniff(head: Uint8Array): number {
  const text = headText(head.subarray(0, 16_384));
  if (BEGINS.test(text)) return 0.9;
  // A log that was rotated by copying may begin in the middle of a record.
  const lines = text.split("\n").slice(1, 50);
  return lines.length > 2 && lines.filter((line) => line.startsWith('{"')).length * 2 > lines.length ? 0.6 : 0;
}

/** What every record of Linux' audit has, escaped or not, as a line or as NXLog's fields. */
const AUDIT = [Buffer.from("msg=audit("), Buffer.from(NXLOG_AUDIT)];

/** What lines of a pattern are: records that nobody wants, or such as can be read lazily. */
interface Known {
  readonly head: Pick<LogRecord, "shape" | "provider" | "eventId">;
  readonly alike?: Alike;
}

const DAMAGE: Record<JsonDamage, readonly [code: ErrorCode, message: string]> = {
  syntax: ["json/syntax", "no valid JSON; reading goes on at the next record"],
  text: ["json/syntax", "text that is no JSON object"],
  truncated: ["json/truncated", "the input ends inside a record"],
  open: ["json/truncated", "the input ends before its array or object is closed"],
  depth: ["json/too-deep", `nested deeper than ${LIMITS.depth}`],
  size: ["json/too-large", `a record larger than ${LIMITS.size} bytes`],
};

class JsonReader implements FormatReader, JsonValues, LineTaker<Known> {
  private readonly context: ReadContext;
  private readonly sink: RecordSink;
  private readonly mapping: Mapping | undefined;
  private readonly splitter = new JsonSplitter(this, LIMITS);
  private readonly input = new Utf8Input((block) => this.splitter.push(block));
  private index = 0;
  private readonly unmatched = new Unmatched();
  /** Where the first record of no known shape stands. */
  private unmatchedAt: Place | undefined;
  private readonly said = new Set<ErrorCode>();
  /** Records of the audit, each in a line of its own. */
  private readonly audit: AuditJoiner;
  private readonly skimmer: Skimmer<Known> | undefined;
  /** Takes lines that are like others before. */
  readonly skim?: NonNullable<JsonValues["skim"]>;

  constructor(context: ReadContext, sink: RecordSink, mapping: Mapping | undefined) {
    this.context = context;
    this.sink = sink;
    this.mapping = mapping;
    this.audit = new AuditJoiner(context.file, (record) => this.give(record));
    // What a mapping looks at is not known here.
    if (mapping) return;
    const skimmer = new Skimmer<Known>(TELLING, this);
    this.skimmer = skimmer;
    this.skim = (block, at) => skimmer.skim(block, at);
  }

  push(block: Uint8Array): void {
    this.input.push(block);
    this.skimmer?.count();
  }

  end(): void {
    this.input.end();
    // What nothing has closed until now is read again, line by line.
    this.splitter.end();
    this.skimmer?.end();
    this.audit.end();
    const { message } = this.unmatched;
    if (message !== undefined) this.say("json/unknown-shape", message, this.unmatchedAt);
  }

  line(bytes: Buffer, place: Place): boolean {
    const value = parseJson(bytes.toString("utf8"));
    if (value === undefined) return false;
    const record = this.accept(value, bytes, place);
    if (record && this.skimmer?.mayLearn) this.learn(bytes, value, record);
    return true;
  }

  passed(count: number): void {
    this.index += count;
  }

  counted({ head }: Known, count: number): void {
    this.context.wants?.(head, count);
  }

  fits({ alike }: Known, line: Line): void {
    const record = new LineRecord(alike!, line, { file: this.context.file, index: this.index });
    this.index += 1;
    this.sink.record(record);
  }

  value(bytes: Buffer, place: Place): void {
    const text = bytes.toString("utf8");
    let value = parseJson(text);
    if (value === undefined) {
      value = parseRepaired(text);
      if (value !== undefined)
        this.sayOnce("json/repaired", "control characters inside strings, read as they stand", place);
    }
    if (value === undefined) this.damaged("syntax", place);
    else this.accept(value, bytes, place);
  }

  isRecord(bytes: Buffer, byWords: boolean): boolean {
    const object = parseJson(bytes.toString("utf8"));
    if (!isObject(object)) return false;
    if (this.mapping) return mappedRecord(this.mapping, object, NOWHERE) !== undefined;
    return isRecord(object) || (byWords && recognise(object, NOWHERE) !== undefined);
  }

  holdsRecords(bytes: Buffer): boolean {
    const object = this.mapping ? undefined : parseJson(bytes.toString("utf8"));
    return isObject(object) && innerRecords(object) !== undefined;
  }

  damaged(why: JsonDamage, place: Place): void {
    const [code, message] = DAMAGE[why];
    const counts = why !== "open";
    this.say(code, message, place, counts);
    if (counts) this.index += 1;
  }

  /** Hands the records in a value over. Where it is one record that stands in it as it is, that comes back. */
  private accept(value: unknown, bytes: Buffer, place: Place): LogRecord | undefined {
    if (!isObject(value)) {
      this.damaged("text", place);
      return undefined;
    }
    if (!isUtf8(bytes)) this.sayOnce("json/encoding", "bytes that are not UTF-8, replaced by U+FFFD", place);
    const inner = unwrap(value);
    const listed = listedIn(inner);
    const objects = listed ?? [inner];
    const mayAudit = AUDIT.some((mark) => bytes.includes(mark));
    let last: LogRecord | undefined;
    for (const object of objects) {
      const at = { file: this.context.file, index: this.index };
      const mapped = this.mapping && mappedRecord(this.mapping, object, at);
      const audited = mayAudit && !mapped ? auditLineIn(object) : undefined;
      if (audited) {
        this.audit.add(audited, this.index);
        this.index += 1;
        continue;
      }
      const record = mapped ?? recognise(object, at, this.mapping !== undefined);
      if (!record && !this.mapping && this.giveInner(object)) continue;
      last = record ? this.looked(record, object, place) : this.unrecognised(object, place);
      this.index += 1;
      this.give(last);
    }
    return listed ? undefined : last;
  }

  /** Hands the records over that an object of no known shape holds, if there are any. */
  private giveInner(object: JsonObject): boolean {
    const inner = innerRecords(object);
    for (const one of inner ?? []) {
      const at = { file: this.context.file, index: this.index };
      this.index += 1;
      this.give(recognise(one, at) ?? unknownRecord(one, at));
    }
    return inner !== undefined;
  }

  private give(record: LogRecord): void {
    if (!this.context.wants || this.context.wants(record)) this.sink.record(record);
  }

  /** The next lines like this one need not be read; of records of the Windows event log only, as others are told by too much. */
  private learn(bytes: Buffer, value: unknown, { shape, provider, eventId, channel }: LogRecord): void {
    if (shape !== "winevent") return;
    const head = { shape, provider, eventId };
    this.skimmer?.learn(bytes, (pattern): Learnt<Known> | undefined => {
      if (this.isUnwanted(head)) return { known: { head }, passes: true };
      const object = unwrap(value as JsonObject);
      const ref = pattern.value && objectIn(pattern.value, value, object);
      const lazily = ref && lazilyOf(object);
      return lazily && { known: { head, alike: { provider, eventId, channel, lazily, object: ref } }, passes: false };
    });
  }

  /** Asked of no record: none is counted. */
  private isUnwanted(head: Known["head"]): boolean {
    return this.context.wants?.(head, 0) === false;
  }

  private looked(record: LogRecord, object: JsonObject, place: Place): LogRecord {
    if (this.unmatched.look(record, object)) this.unmatchedAt ??= place;
    return record;
  }

  private unrecognised(value: JsonObject, place: Place) {
    this.unmatched.note(value);
    this.unmatchedAt ??= place;
    return unknownRecord(value, { file: this.context.file, index: this.index });
  }

  /** What is true of many records is said of the first. */
  private sayOnce(code: ErrorCode, message: string, place: Place): void {
    if (this.said.has(code)) return;
    this.said.add(code);
    this.say(code, message, place);
  }

  private say(code: ErrorCode, message: string, place: Place | undefined, counts = false): void {
    const where = place ? { offset: place.offset, line: place.line, index: this.index } : {};
    this.sink.diagnostic({ code, message, file: this.context.file, ...where }, counts);
  }
}
