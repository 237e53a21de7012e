import { headText, Utf8Input } from "../decode/json/encoding.ts";
import { LineSplitter } from "../decode/text/lines.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, FormatReader, ReadContext } from "./format.ts";
import { splunkText } from "./json-shapes/splunk-text.ts";

const FIRST = /^LogName=/;
const TIME = /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d+)?(?: [AP]M)?$/;
/** Longest event that is kept, in characters; script blocks and messages stay below 64 Ki. */
const MAX_EVENT = 1 << 20;

/** Lines of one event. */
interface Gathered {
  readonly time: string | undefined;
  readonly offset: number;
  readonly line: number;
  readonly lines: string[];
  size: number;
}

/**
 * Windows events as Splunk's forwarder renders them: a time without a zone, `LogName=…`, `EventCode=…` and others a line each, and the
 * message over as many lines as it has. An event ends where the next one's time or `LogName` stands.
 */
export const wineventText: Format = {
  name: "winevent-text",
  title: "Windows events as text: Splunk's LogName=, EventCode=, Message=",
  sniff(head) {
    const [first = "", second = "", third = ""] = headText(head.subarray(0, 4096)).trimStart().split(/\r?\n/, 3);
    const begins = FIRST.test(first) || (TIME.test(first) && FIRST.test(second));
    return begins && (second + third).includes("=") ? 0.9 : 0;
  },
  open: (context, sink) => new TextReader(context, sink),
};

class TextReader implements FormatReader {
  private readonly context: ReadContext;
  private readonly sink: RecordSink;
  private readonly splitter = new LineSplitter((text, offset) => this.line(text, offset));
  private readonly input = new Utf8Input((block) => this.splitter.push(block));
  private event: Gathered | undefined;
  /** A line that may be the time of the next event. */
  private time: { readonly text: string; readonly offset: number } | undefined;
  private index = 0;
  private number = 0;

  constructor(context: ReadContext, sink: RecordSink) {
    this.context = context;
    this.sink = sink;
  }

  push(block: Uint8Array): void {
    this.input.push(block);
  }

  end(): void {
    this.input.end();
    this.splitter.end();
    this.keepTime();
    this.finish();
  }

  private line(text: string, offset: number): void {
    this.number += 1;
    if (FIRST.test(text)) {
      this.finish();
      const { time } = this;
      this.time = undefined;
      this.event = { time: time?.text, offset: time?.offset ?? offset, line: this.number, lines: [text], size: 0 };
      return;
    }
    this.keepTime();
    if (TIME.test(text)) this.time = { text, offset };
    else this.keep(text);
  }

  /** The time was a line of the message after all. */
  private keepTime(): void {
    if (this.time) this.keep(this.time.text);
    this.time = undefined;
  }

  private keep(text: string): void {
    const { event } = this;
    if (!event) return;
    event.size += text.length + 1;
    if (event.size <= MAX_EVENT) event.lines.push(text);
  }

  private finish(): void {
    const { event } = this;
    if (!event) return;
    this.event = undefined;
    const { file } = this.context;
    const { index } = this;
    const place = { file, offset: event.offset, line: event.line, index };
    this.index += 1;
    if (event.size > MAX_EVENT)
      this.sink.diagnostic({ code: "input/limit", message: "an event longer than 1 MiB was cut", ...place });
    const raw = { _raw: event.lines.join("\n"), ...(event.time !== undefined && { _time: event.time }) };
    const record = splunkText.recognise(raw, { file, index });
    if (!record)
      this.sink.diagnostic({ code: "text/bad-event", message: "an event without EventCode", ...place }, true);
    else if (!this.context.wants || this.context.wants(record)) this.sink.record(record);
  }
}
