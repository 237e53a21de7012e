import type { ByteSource } from "../../decode/container/byte-source.ts";
import { WhatranError } from "../../errors.ts";
import { detect, HEAD } from "../../formats/detect.ts";
import type { Format } from "../../formats/format.ts";
import { FORMATS } from "../../formats/registry.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LogRecord, RecordSink } from "../../model/record.ts";
import { giveBack } from "./blocks.ts";
import type { InputOptions, InputSink, InputSummary } from "./options.ts";

/** Reads one stream of bytes with the format that fits, and says what became of it. */
export async function readStream(
  source: ByteSource,
  { file, named }: { readonly file: string; readonly named: boolean },
  options: InputOptions,
  sink: InputSink,
): Promise<InputSummary> {
  const head = await source.peek(HEAD);
  if (options.signal?.aborted) return skipped(file, "aborted");
  if (head.length === 0) {
    if (named) sink.diagnostic({ code: "input/empty", message: "nothing to read", file });
    return skipped(file, "empty");
  }
  const formats = options.formats ?? FORMATS;
  const format = formats.length === 1 ? formats[0] : detect(head, file, formats);
  if (!format) {
    if (named) sink.diagnostic({ code: "input/unknown-format", message: "no format recognises the first bytes", file });
    return skipped(file, "unknown format");
  }
  const tally = new Tally(sink);
  await feed(source, format, file, options, tally);
  const { records, damaged } = tally;
  const reason = options.signal?.aborted ? { reason: "aborted" } : {};
  return { file, bytes: source.offset, records, damaged, skipped: false, format: format.name, ...reason };
}

export function skipped(file: string, reason: string): InputSummary {
  return { file, bytes: 0, records: 0, damaged: 0, skipped: true, reason };
}

async function feed(
  source: ByteSource,
  format: Format,
  file: string,
  options: InputOptions,
  tally: Tally,
): Promise<void> {
  const wants = tally.counting(options.wants);
  const { passing = false, growing = false } = options;
  const reader = format.open({ file, passing, growing, ...(wants && { wants }) }, tally);
  for (let block = await source.take(); block; block = await source.take()) {
    if (options.signal?.aborted || !tally.guard(file, () => reader.push(block!))) return;
    if (format.borrows) giveBack(block);
    const pause = options.pace?.();
    if (pause) await pause;
  }
  if (!options.signal?.aborted) tally.guard(file, () => reader.end());
}

/** Counts what a reader hands over, and tells our own faults in a reader from those of whoever takes the records. */
export class Tally implements RecordSink {
  records = 0;
  damaged = 0;
  private readonly sink: InputSink;
  /** True while a callback runs: an error that comes out then is its own. */
  private handing = false;

  constructor(sink: InputSink) {
    this.sink = sink;
  }

  record(record: LogRecord): void {
    this.records += 1;
    this.handing = true;
    this.sink.record(record);
    this.handing = false;
  }

  diagnostic(diagnostic: Diagnostic, counts = false): void {
    if (counts) this.damaged += 1;
    this.handing = true;
    this.sink.diagnostic(diagnostic);
    this.handing = false;
  }

  /** Records that nobody wants are counted all the same. */
  counting(wants: InputOptions["wants"]): InputOptions["wants"] {
    if (!wants) return undefined;
    return (record, count = 1) => {
      const wanted = wants(record);
      if (!wanted) this.records += count;
      return wanted;
    };
  }

  /** False where the reader itself failed: a fault of ours, which must not cost the other inputs. */
  guard(file: string, step: () => void): boolean {
    try {
      step();
      return true;
    } catch (error) {
      if (this.handing || error instanceof WhatranError) throw error;
      this.sink.diagnostic({ code: "input/reader-fault", message: String(error).slice(0, 200), file });
      return false;
    }
  }
}
