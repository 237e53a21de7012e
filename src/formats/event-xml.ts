import { isUtf8 } from "node:buffer";
import { headText, Utf8Input } from "../decode/json/encoding.ts";
import { XmlEventSplitter, type XmlPlace } from "../decode/xml/events.ts";
import { parseXml } from "../decode/xml/tree.ts";
import type { ErrorCode } from "../errors.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, FormatReader, ReadContext } from "./format.ts";
import { nestedWinevent } from "./json-shapes/windows/winevent-nested.ts";

/** How exports begin: the event itself, or the element around all of them. */
const BEGINS = /^[\ufeff\s]*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,200}-->\s*)?<Events?[\s>]/;
/** An event on a line of a syslog. */
const HOLDS = /<Event(?:\s[^<>]{0,200})?>\s{0,20}<System[\s>]/;
/** Windows events as XML text: wevtutil, Event Viewer, one or many, in `<Events>` or not; also Sysmon for Linux in a syslog. */
export const eventXml: Format = {
  name: "event-xml",
  title: "Windows events as XML",
  sniff(head) {
    const text = headText(head);
    if (BEGINS.test(text.slice(0, 1024))) return 0.95;
    return text[0] !== "{" && text[0] !== "[" && HOLDS.test(text) ? 0.7 : 0;
  },
  open: (context, sink) => new EventXmlReader(context, sink),
};

class EventXmlReader implements FormatReader {
  private readonly context: ReadContext;
  private readonly sink: RecordSink;
  private readonly splitter = new XmlEventSplitter({
    event: (bytes, place) => this.event(bytes, place),
    damaged: (message, place) => this.damaged(message, place),
  });
  private readonly input = new Utf8Input((block) => this.splitter.push(block));
  private index = 0;
  private saidEncoding = false;

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
  }

  private event(bytes: Buffer, place: XmlPlace): void {
    const tree = parseXml(bytes.toString("utf8"));
    const record = tree && nestedWinevent.recognise(tree, { file: this.context.file, index: this.index });
    if (!record) {
      this.damaged("an event without an EventID", place);
      return;
    }
    if (!this.saidEncoding && !isUtf8(bytes)) {
      this.saidEncoding = true;
      this.say("json/encoding", "bytes that are not UTF-8, replaced by U+FFFD", place);
    }
    this.index += 1;
    if (!this.context.wants || this.context.wants(record)) this.sink.record(record);
  }

  private damaged(message: string, place: XmlPlace): void {
    this.say("xml/bad-event", message, place, true);
    this.index += 1;
  }

  private say(code: ErrorCode, message: string, place: XmlPlace, counts = false): void {
    const { file } = this.context;
    this.sink.diagnostic({ code, message, file, offset: place.offset, index: this.index }, counts);
  }
}
