import { isUtf8 } from "node:buffer";
import { delimiterOf, splitCells } from "../decode/csv/cells.ts";
import { type CsvPlace, type CsvRows, CsvSplitter } from "../decode/csv/rows.ts";
import { headText, Utf8Input } from "../decode/json/encoding.ts";
import type { JsonObject } from "../decode/json/parse.ts";
import type { ErrorCode } from "../errors.ts";
import { tableOf } from "../model/entry.ts";
import type { LogRecord, RecordSink } from "../model/record.ts";
import { HEAD } from "./detect.ts";
import { viewerColumns, viewerTime } from "./event-viewer-table.ts";
import type { Format, FormatReader, ReadContext } from "./format.ts";
import { innerRecords } from "./json-shapes/inner-records.ts";
import { type At, NOWHERE } from "./json-shapes/object-record.ts";
import { recognise } from "./json-shapes/shapes.ts";
import { unknownRecord } from "./json-shapes/unknown.ts";
import { Unmatched } from "./json-shapes/unmatched.ts";
import { type Mapping, mappedRecord } from "./mapping.ts";

const LARGEST_ROW = 16 * 1024 * 1024;

/** Lines before the header: PowerShell's type, Excel's separator. */
const PREAMBLE = /^(?:#TYPE |sep=.\s*$)/i;

/**
 * Tables with a header whose columns are those of Defender's advanced hunting, of Windows events, of ECS (dotted) or of any
 * other shape of JSON that is flat; or those that a mapping names.
 */
export function csvWith(mapping: Mapping | undefined): Format {
  return {
    name: "csv",
    title: "Tables (CSV) of events, by their column names or a mapping file",
    sniff(head) {
      const [header = "", first = ""] = firstRows(headText(head));
      if (/^\s*[{[<]/.test(header) || header.includes("\0")) return 0;
      const delimiter = delimiterOf(header);
      return isKnown(splitCells(header, delimiter), splitCells(first, delimiter), mapping) ? 0.8 : 0;
    },
    open: (context, sink) => new CsvReader(context, sink, mapping),
  };
}

export const csv: Format = csvWith(undefined);

/** The header and the row behind it, as text. */
function firstRows(text: string): string[] {
  const found: string[] = [];
  const take = (bytes: Buffer): void => {
    const row = rowText(bytes);
    if (found.length < 2 && row.trim() !== "" && !(found.length === 0 && PREAMBLE.test(row))) found.push(row);
  };
  const splitter = new CsvSplitter({ row: take, damaged: () => {} }, HEAD);
  splitter.push(Buffer.from(text));
  splitter.end();
  return found;
}

const rowText = (bytes: Buffer): string =>
  bytes
    .toString("utf8")
    .replace(/\r$/, "")
    .replace(/^\ufeff/, "");

/** Whether a row that had a value in every column would be an event, or the first holds one as text. */
function isKnown(header: readonly string[], first: readonly string[], mapping: Mapping | undefined): boolean {
  if (header.length < 2) return false;
  const columns = columnsOf(header);
  const mapped = mapping?.events.some(({ fields }) => [...fields.values()].some((column) => columns.includes(column)));
  if (mapped === true || columns.includes("_raw") || viewerColumns(header, first)) return true;
  const full = Object.fromEntries(columns.map((column) => [column, "1"]));
  const read = Object.fromEntries(columns.map((column, at) => [column, first[at] ?? ""]));
  return [full, read].some((row) => recognise(row, NOWHERE) !== undefined) || innerRecords(read) !== undefined;
}

/** Column names: the zone that the portals of Microsoft put behind a time, `[UTC]`, is no part of one, nor where Elasticsearch keeps documents; doubles are numbered. */
function columnsOf(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell) => {
    const bare = cell.trim().replace(/ \[(?:UTC|Local Time)\]$/, "");
    const name = bare.replace(/^_source\./, "") || "Message";
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}

class CsvReader implements FormatReader, CsvRows {
  private readonly context: ReadContext;
  private readonly sink: RecordSink;
  private readonly mapping: Mapping | undefined;
  private readonly splitter = new CsvSplitter(this, LARGEST_ROW);
  private readonly input = new Utf8Input((block) => this.splitter.push(block));
  private columns: readonly string[] | undefined;
  private headerText = "";
  private header: readonly string[] = [];
  /** The columns of a table of Event Viewer's; false where the first row showed that it is none. */
  private viewed: readonly string[] | false | undefined;
  private delimiter = ",";
  private index = 0;
  private saidEncoding = false;
  private readonly unmatched = new Unmatched();

  constructor(context: ReadContext, sink: RecordSink, mapping: Mapping | undefined) {
    this.context = context;
    this.sink = sink;
    this.mapping = mapping;
  }

  push(block: Uint8Array): void {
    this.input.push(block);
  }

  end(): void {
    this.input.end();
    this.splitter.end();
    const { message } = this.unmatched;
    if (message !== undefined) this.say("json/unknown-shape", message, undefined);
  }

  row(bytes: Buffer, place: CsvPlace): void {
    const text = rowText(bytes);
    // A header comes again where tables were joined.
    if (text.trim() === "" || text === this.headerText) return;
    if (!this.columns) {
      this.readHeader(text);
      return;
    }
    const cells = splitCells(text, this.delimiter);
    this.viewed ??= viewerColumns(this.header, cells) ?? false;
    if (this.viewed) this.columns = this.viewed;
    if (cells.length > this.columns.length) {
      this.lose("csv/bad-row", `${cells.length} cells for ${this.columns.length} columns`, place);
      return;
    }
    if (!this.saidEncoding && !isUtf8(bytes)) {
      this.saidEncoding = true;
      this.say("json/encoding", "bytes that are not UTF-8, replaced by U+FFFD", place);
    }
    this.accept(this.object(cells));
  }

  damaged(why: "size" | "truncated", place: CsvPlace): void {
    if (why === "size") this.lose("csv/too-large", `a row larger than ${LARGEST_ROW} bytes`, place);
    else this.lose("csv/bad-row", "the input ends inside a quoted cell", place);
  }

  private readHeader(text: string): void {
    if (PREAMBLE.test(text)) return;
    this.headerText = text;
    this.delimiter = delimiterOf(text);
    this.header = splitCells(text, this.delimiter).map((cell) => cell.trim());
    this.columns = columnsOf(this.header);
    this.splitter.setDelimiter(this.delimiter);
  }

  /** An empty cell is a field that is not there: a table cannot tell the two apart. */
  private object(cells: readonly string[]): JsonObject {
    const object = tableOf<unknown>();
    for (const [at, cell] of cells.entries()) if (cell !== "") object[this.columns![at]!] = cell;
    const time = this.viewed ? object["Date and Time"] : undefined;
    if (typeof time === "string") object["Date and Time"] = viewerTime(time);
    return object;
  }

  private accept(object: JsonObject): void {
    const at = { file: this.context.file, index: this.index };
    const record =
      (this.mapping && mappedRecord(this.mapping, object, at)) ?? recognise(object, at, this.mapping !== undefined);
    const inner = record || this.mapping ? undefined : innerRecords(object);
    if (record) this.unmatched.look(record, object);
    else if (!inner) this.unmatched.note(object);
    if (inner) for (const one of inner) this.give((at) => recognise(one, at) ?? unknownRecord(one, at));
    else this.give((at) => record ?? unknownRecord(object, at));
  }

  private give(made: (at: At) => LogRecord): void {
    const record = made({ file: this.context.file, index: this.index });
    this.index += 1;
    if (!this.context.wants || this.context.wants(record)) this.sink.record(record);
  }

  private lose(code: ErrorCode, message: string, place: CsvPlace): void {
    this.say(code, message, place, true);
    this.index += 1;
  }

  private say(code: ErrorCode, message: string, place: CsvPlace | undefined, counts = false): void {
    const where = place ? { offset: place.offset, line: place.line, index: this.index } : {};
    this.sink.diagnostic({ code, message, file: this.context.file, ...where }, counts);
  }
}
