import { Utf8Input } from "../decode/json/encoding.ts";
import { LineSplitter } from "../decode/text/lines.ts";
import type { LogRecord, RecordSink } from "../model/record.ts";
import type { FormatReader, ReadContext } from "./format.ts";

/** What readers of text have in common whose records are made of lines: any encoding, lines however the blocks are cut, and numbers. */
export abstract class LineReader implements FormatReader {
  protected readonly context: ReadContext;
  protected readonly sink: RecordSink;
  /** Number of the record at hand, or of what was to be one, from 0. */
  protected index = 0;
  /** Number of the line at hand, from 1. */
  protected number = 0;
  private readonly splitter: LineSplitter;
  private readonly input = new Utf8Input((block) => this.splitter.push(block));

  /** @param longest line that is kept, in bytes */
  constructor(context: ReadContext, sink: RecordSink, longest?: number) {
    this.context = context;
    this.sink = sink;
    this.splitter = new LineSplitter((text, offset, cut) => {
      this.number += 1;
      this.line(text, offset, cut);
    }, longest);
  }

  push(block: Uint8Array): void {
    this.input.push(block);
  }

  end(): void {
    this.input.end();
    this.splitter.end();
    this.ended();
  }

  /** Takes a line without its end; `offset` of its first byte, and whether it was cut. */
  protected abstract line(text: string, offset: number, cut: boolean): void;

  /** The last line has been read: whatever is incomplete becomes a diagnostic. */
  protected ended(): void {}

  /** Hands a record over if somebody subscribes to it. */
  protected hand(record: LogRecord): void {
    if (!this.context.wants || this.context.wants(record)) this.sink.record(record);
  }
}
