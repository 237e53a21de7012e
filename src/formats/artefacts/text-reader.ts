import { Utf8Input } from "../../decode/json/encoding.ts";
import { LineSplitter } from "../../decode/text/lines.ts";
import type { ErrorCode } from "../../errors.ts";
import type { RecordSink } from "../../model/record.ts";
import type { FormatReader, ReadContext } from "../format.ts";
import { FieldRecord, type Fields } from "./field-record.ts";

/** Records of an artefact, numbered in the order of the file, and what could not be read, with its line. */
export class ArtefactOutput {
  readonly file: string;
  private readonly sink: RecordSink;
  private readonly provider: string;
  private index = 0;
  /** One-based number of the line at hand. */
  line = 0;

  constructor(context: ReadContext, sink: RecordSink, provider: string) {
    this.file = context.file;
    this.sink = sink;
    this.provider = provider;
  }

  /** `time` in milliseconds since the epoch. */
  record(fields: Fields, time?: number): void {
    this.sink.record(new FieldRecord("artefact", this.file, this.index, fields, this.provider, time));
    this.index += 1;
  }

  /** A record that was recognised and could not be read. */
  damaged(message: string, code: ErrorCode = "artefact/damaged"): void {
    this.sink.diagnostic({ code, message, file: this.file, line: this.line, index: this.index }, true);
    this.index += 1;
  }

  /** Something beside the records was left out. */
  note(message: string, code: ErrorCode = "artefact/damaged"): void {
    // What is read as a whole has no line at hand.
    this.sink.diagnostic({ code, message, file: this.file, ...(this.line > 0 && { line: this.line }) });
  }
}

/** What a text artefact does with its lines. */
export interface LineParser {
  line(text: string): void;
  end?(): void;
}

/** Feeds the lines of a text, in UTF-8 or UTF-16, to a parser. */
export function readLines(
  context: ReadContext,
  sink: RecordSink,
  provider: string,
  parserOf: (output: ArtefactOutput) => LineParser,
): FormatReader {
  const output = new ArtefactOutput(context, sink, provider);
  const parser = parserOf(output);
  const splitter = new LineSplitter((text, _offset, cut) => {
    output.line += 1;
    if (cut) output.note("a line longer than 1 MiB was cut", "input/limit");
    parser.line(text);
  });
  const input = new Utf8Input((block) => splitter.push(block));
  return {
    push: (block) => input.push(block),
    end() {
      input.end();
      splitter.end();
      parser.end?.();
    },
  };
}
