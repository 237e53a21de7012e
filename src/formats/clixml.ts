import { headText } from "../decode/json/encoding.ts";
import { isObject, type JsonObject } from "../decode/json/parse.ts";
import { parseXml } from "../decode/xml/tree.ts";
import { tableOf } from "../model/entry.ts";
import type { Format } from "./format.ts";
import { recognise } from "./json-shapes/shapes.ts";
import { unknownRecord } from "./json-shapes/unknown.ts";
import { Unmatched } from "./json-shapes/unmatched.ts";
import { LineReader } from "./line-reader.ts";

const BEGINS =
  /^[\ufeff\s]{0,64}(?:<\?xml[^>]{0,200}\?>\s{0,64})?<Objs\s[^>]{0,200}schemas\.microsoft\.com\/powershell/;
/** One element a line; those of an exported object are indented once. */
const FIRST = /^ {2}<Obj[\s>]/;
const LAST = /^ {2}<\/Obj>/;
/** Longest object that is kept, in characters: script blocks and messages of events stay far below. */
const MAX_OBJECT = 4 << 20;

/** What `Export-Clixml` writes: events of Get-WinEvent, processes of Get-CimInstance, tasks; each by its properties as a flat object. */
export const clixml: Format = {
  name: "clixml",
  title: "PowerShell objects (Export-Clixml)",
  sniff: (head) => (BEGINS.test(headText(head.subarray(0, 4096))) ? 0.95 : 0),
  open: (context, sink) => new ClixmlReader(context, sink),
};

class ClixmlReader extends LineReader {
  private object: { readonly lines: string[]; readonly offset: number; size: number } | undefined;
  private readonly unmatched = new Unmatched();

  protected override ended(): void {
    if (this.object) this.damaged("the input ends inside an object", this.object.offset);
    const { message } = this.unmatched;
    if (message === undefined) return;
    this.sink.diagnostic({ code: "json/unknown-shape", message, file: this.context.file });
  }

  protected line(text: string, offset: number): void {
    if (FIRST.test(text)) {
      if (this.object) this.damaged("an object that is not closed", this.object.offset);
      this.object = { lines: [], offset, size: 0 };
    }
    const { object } = this;
    if (!object) return;
    object.size += text.length + 1;
    if (object.size <= MAX_OBJECT) object.lines.push(text);
    if (!LAST.test(text)) return;
    this.object = undefined;
    if (object.size > MAX_OBJECT) this.damaged(`an object longer than ${MAX_OBJECT} characters`, object.offset);
    else this.give(object.lines.join("\n"), object.offset);
  }

  private give(xml: string, offset: number): void {
    const tree = parseXml(xml);
    const object = tree?.Obj;
    if (!isObject(object)) {
      this.damaged("an object that is no XML", offset);
      return;
    }
    const at = { file: this.context.file, index: this.index };
    const fields = fieldsOf(object);
    const known = recognise(fields, at);
    if (!known) this.unmatched.note(fields);
    const record = known ?? unknownRecord(fields, at);
    this.index += 1;
    this.hand(record);
  }

  private damaged(message: string, offset: number): void {
    const { file } = this.context;
    this.sink.diagnostic({ code: "xml/bad-event", message, file, offset, index: this.index }, true);
    this.index += 1;
  }
}

/** Properties of the object itself, and those that PowerShell added, such as an event's `Message`. */
function fieldsOf(object: JsonObject): JsonObject {
  const fields = tableOf<unknown>();
  for (const holder of ["Props", "MS"]) {
    const properties = object[holder];
    if (!isObject(properties)) continue;
    for (const elements of Object.values(properties)) {
      for (const element of Array.isArray(elements) ? elements : [elements]) {
        if (!isObject(element) || typeof element["@N"] !== "string") continue;
        const value = element["#text"];
        if (typeof value === "string") fields[element["@N"]] ??= unescaped(value);
      }
    }
  }
  return fields;
}

/** `_x000D_` is a character by its number. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
