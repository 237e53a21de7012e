import { headText } from "../decode/json/encoding.ts";
import { tableOf } from "../model/entry.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, ReadContext } from "./format.ts";
import { NOWHERE } from "./json-shapes/object-record.ts";
import { recognise } from "./json-shapes/shapes.ts";
import { unknownRecord } from "./json-shapes/unknown.ts";
import { Unmatched } from "./json-shapes/unmatched.ts";
import { LineReader } from "./line-reader.ts";

/** `Format-List` of PowerShell: names, padded to the longest, then their values; what is longer goes on below the values. */
const LISTED = /^([A-Za-z_][\w.() -]{0,63}?) {0,64}: ?(.*)$/s;
/** `/format:list` of wmic. */
const ASSIGNED = /^([A-Za-z_]\w{0,63})=(.*)$/s;
/** Longest line and longest object, in bytes and characters. */
const MAX_LINE = 1 << 20;
const MAX_OBJECT = 4 << 20;
const MOST_NAMES = 500;

type Properties = Record<string, string>;

/** One object's lines, put together; what is none of it ends the sniffing. */
class Gathered {
  readonly properties: Properties = tableOf();
  size = 0;
  count = 0;
  private last: string | undefined;
  /** Where the values begin. */
  private column: number | undefined;

  /** Whether a line behind a blank one still belongs to the last value, which is a text of paragraphs. */
  continues(line: string): boolean {
    return this.column !== undefined && line.length > this.column && line.slice(0, this.column).trim() === "";
  }

  /** False where the line is neither a property nor the rest of one. */
  take(line: string): boolean {
    this.size += line.length;
    if (this.size > MAX_OBJECT) return true;
    const assigned = this.column === undefined ? ASSIGNED.exec(line) : null;
    const listed = assigned ? null : LISTED.exec(line);
    const column = listed ? line.indexOf(":", listed[1]!.length) + 2 : undefined;
    const isRest = this.column !== undefined && column !== this.column;
    if (isRest && this.last !== undefined && line.slice(0, this.column).trim() === "") {
      this.properties[this.last] += `\n${line.slice(this.column)}`;
      return true;
    }
    const found = assigned ?? listed;
    if (!found || isRest || this.count >= MOST_NAMES) return false;
    this.column ??= column;
    this.last = found[1]!;
    this.count += 1;
    if (found[2] !== "") this.properties[this.last] = found[2]!;
    return true;
  }
}

/** Objects as lists of their properties, with blank lines between them: `Get-WinEvent … | Format-List`, `Get-CimInstance Win32_Process | fl`, `wmic process list /format:list`. */
export const propertyList: Format = {
  name: "property-list",
  title: "Lists of properties: PowerShell's Format-List, wmic /format:list",
  sniff(head) {
    const object = new Gathered();
    for (const written of headText(head).split("\n")) {
      const line = written.replace(/\r+$/, "");
      if (line.trim() === "") {
        if (object.count > 0) break;
      } else if (!object.take(line)) return 0;
    }
    return object.count > 1 && recognise(object.properties, NOWHERE) ? 0.75 : 0;
  },
  open: (context, sink) => new ListReader(context, sink),
};

class ListReader extends LineReader {
  private object: Gathered | undefined;
  private isBlank = false;
  private began = { offset: 0, line: 0 };
  private readonly unmatched = new Unmatched();

  constructor(context: ReadContext, sink: RecordSink) {
    super(context, sink, MAX_LINE);
  }

  protected override ended(): void {
    this.finish();
    const { message } = this.unmatched;
    if (message !== undefined) this.sink.diagnostic({ code: "json/unknown-shape", message, file: this.context.file });
  }

  protected line(text: string, offset: number): void {
    const line = text.replace(/\r+$/, "");
    if (line === "") {
      this.isBlank = true;
      return;
    }
    if (this.isBlank && !this.object?.continues(line)) this.finish();
    this.isBlank = false;
    if (!this.object) this.began = { offset, line: this.number };
    this.object ??= new Gathered();
    if (this.object.take(line)) return;
    const place = { file: this.context.file, offset, line: this.number, index: this.index };
    this.sink.diagnostic({ code: "text/bad-event", message: "neither a property nor the rest of one", ...place });
  }

  private finish(): void {
    const { object } = this;
    this.object = undefined;
    if (!object || object.count === 0) return;
    const at = { file: this.context.file, index: this.index };
    if (object.size > MAX_OBJECT) {
      const message = `an object longer than ${MAX_OBJECT} characters`;
      this.sink.diagnostic({ code: "text/bad-event", message, ...at, ...this.began }, true);
    } else {
      const known = recognise(object.properties, at);
      if (!known) this.unmatched.note(object.properties);
      this.hand(known ?? unknownRecord(object.properties, at));
    }
    this.index += 1;
  }
}
