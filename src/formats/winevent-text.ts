import { headText } from "../decode/json/encoding.ts";
import { tableOf } from "../model/entry.ts";
import type { LogRecord } from "../model/record.ts";
import type { Format } from "./format.ts";
import type { At } from "./json-shapes/object-record.ts";
import { splunkText } from "./json-shapes/windows/splunk-text.ts";
import { flatWinevent } from "./json-shapes/windows/winevent-flat.ts";
import { LineReader } from "./line-reader.ts";

const FIRST = /^LogName=/;
const TIME = /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d+)?(?: [AP]M)?$/;
/** Longest event that is kept, in characters; script blocks and messages stay below 64 Ki. */
const MAX_EVENT = 1 << 20;

/** How a tool renders events: the line that begins one, and what its lines say. */
interface Style {
  readonly first: RegExp;
  /** What an event without it is no event for. */
  readonly id: string;
  readonly read: (lines: readonly string[], time: string | undefined, at: At) => LogRecord | undefined;
}

const SPLUNK: Style = {
  first: FIRST,
  id: "EventCode",
  read: (lines, time, at) =>
    splunkText.recognise({ _raw: lines.join("\n"), ...(time !== undefined && { _time: time }) }, at),
};
/** `wevtutil qe LOG /f:text`. */
const WEVTUTIL: Style = { first: /^\ufeff?[^\s[\]]{1,32}\[\d{1,10}\]:?\s*$/, id: "Event ID", read: readWevtutil };
const HEADING = /^ {1,4}(\S[^:：]{0,40}?) ?[:：] ?(.*)$/;
const MOST_HEADINGS = 20;
/** What stands before the message, in this order in every language. */
const HEADINGS = [
  ...["Log Name", "Source", "Date", "Event ID", "Task", "Level", "Opcode", "Keyword", "User", "User Name", "Computer"],
  "Description",
];

/** `  Log Name: Security` and others, then `  Description:` and below it the message. */
function readWevtutil(lines: readonly string[], _: string | undefined, at: At): LogRecord | undefined {
  const fields = tableOf<string>();
  const isEnglish = /^ {1,4}Log Name: /.test(lines[1] ?? "");
  for (const [index, line] of lines.slice(1, MOST_HEADINGS).entries()) {
    const [, written, value] = HEADING.exec(line.trimEnd()) ?? [];
    const name = written === undefined || isEnglish ? written : HEADINGS[index];
    if (name === "Description") {
      fields.Message = [value, ...lines.slice(index + 2)].join("\n").trimStart();
      break;
    }
    if (name !== undefined && value !== undefined) fields[name === "Date" ? "TimeCreated" : name] = value;
  }
  return flatWinevent.recognise(fields, at);
}

/** Lines of one event. */
interface Gathered {
  readonly time: string | undefined;
  readonly offset: number;
  readonly line: number;
  readonly lines: string[];
  size: number;
}

/**
 * Windows events as wevtutil prints them, `Event[0]` before each, and as Splunk's forwarder renders them: a time without a zone, `LogName=…`, `EventCode=…` and others a line each, and the
 * message over as many lines as it has. An event ends where the next one's time or `LogName` stands.
 */
export const wineventText: Format = {
  name: "winevent-text",
  title: "Windows events as text: Splunk's LogName=, EventCode=, Message=; wevtutil /f:text",
  sniff(head) {
    const [first = "", second = "", third = ""] = headText(head.subarray(0, 4096)).trimStart().split(/\r?\n/, 3);
    if (WEVTUTIL.first.test(first) && HEADING.test(second) && HEADING.test(third)) return 0.9;
    const begins = FIRST.test(first) || (TIME.test(first) && FIRST.test(second));
    return begins && (second + third).includes("=") ? 0.9 : 0;
  },
  open: (context, sink) => new TextReader(context, sink),
};

class TextReader extends LineReader {
  private event: Gathered | undefined;
  /** A line that may be the time of the next event. */
  private time: { readonly text: string; readonly offset: number } | undefined;
  private style: Style | undefined;

  protected override ended(): void {
    this.keepTime();
    this.finish();
  }

  protected line(text: string, offset: number): void {
    this.style ??= [SPLUNK, WEVTUTIL].find(({ first }) => first.test(text));
    if (this.style?.first.test(text)) {
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
    const record = this.style?.read(event.lines, event.time, { file, index });
    const message = `an event without ${this.style?.id}`;
    if (!record) this.sink.diagnostic({ code: "text/bad-event", message, ...place }, true);
    else this.hand(record);
  }
}
