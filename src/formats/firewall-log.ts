import { headText } from "../decode/json/encoding.ts";
import type { JsonObject } from "../decode/json/parse.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, ReadContext } from "./format.ts";
import { ObjectRecord } from "./json-shapes/object-record.ts";
import { parseTime } from "./json-shapes/time.ts";
import { LineReader } from "./line-reader.ts";

const MARK = /^#Software: Microsoft Windows Firewall\s*$/m;
/** What a field without a value is written as. */
const NOTHING = "-";
/** Longest line, in bytes: it has some 17 short fields. */
const MAX_LINE = 1 << 16;

/**
 * The text log of Windows Firewall (pfirewall.log): a connection that was allowed is an event; what was dropped was none. Its
 * times are local and say no zone: they are taken as UTC.
 */
export const firewallLog: Format = {
  name: "firewall-log",
  title: "Windows Firewall text log (pfirewall.log)",
  sniff: (head) => (MARK.test(headText(head.subarray(0, 4096))) ? 0.95 : 0),
  open: (context, sink) => new FirewallReader(context, sink),
};

class FirewallReader extends LineReader {
  private fields: readonly string[] = [];

  constructor(context: ReadContext, sink: RecordSink) {
    super(context, sink, MAX_LINE);
  }

  protected line(text: string, offset: number): void {
    const line = text.trim();
    if (line.startsWith("#Fields:")) this.fields = line.slice(8).trim().split(/\s+/);
    if (line === "" || line.startsWith("#")) return;
    const { file } = this.context;
    const values = line.split(/\s+/);
    const row = new Map(this.fields.map((name, at) => [name, values[at]]));
    if (row.get("action") === undefined || values.length > this.fields.length) {
      const place = { file, offset, line: this.number, index: this.index };
      const message =
        this.fields.length === 0 ? "no #Fields before this line" : "another number of fields than #Fields names";
      this.sink.diagnostic({ code: "csv/bad-row", message, ...place }, true);
    } else this.give(row, { file, index: this.index });
    this.index += 1;
  }

  private give(
    row: ReadonlyMap<string, string | undefined>,
    at: { readonly file: string; readonly index: number },
  ): void {
    const time = parseTime(`${row.get("date")} ${row.get("time")}`);
    const record = new ObjectRecord("mapped", at, { time, provider: "Windows Firewall" }, eventIn(row));
    this.hand(record);
  }
}

function eventIn(row: ReadonlyMap<string, string | undefined>): JsonObject {
  const get = (name: string) => (row.get(name) === NOTHING ? undefined : row.get(name));
  if (get("action")?.toUpperCase() !== "ALLOW") return { kind: "message" };
  const direction = get("path")?.toUpperCase();
  return {
    kind: "networkConnection",
    platform: "windows",
    protocol: get("protocol")?.toLowerCase(),
    sourceIp: get("src-ip"),
    sourcePort: get("src-port"),
    destinationIp: get("dst-ip"),
    destinationPort: get("dst-port"),
    // Since Windows 11 22H2.
    "process.pid": get("pid"),
    initiated: direction === "SEND" ? "true" : direction === "RECEIVE" ? "false" : undefined,
  };
}
