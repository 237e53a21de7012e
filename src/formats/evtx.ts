import { Chunk } from "../decode/evtx/chunk.ts";
import { type ChunkSink, readChunk } from "../decode/evtx/chunk-records.ts";
import { CHUNK_MAGIC, FILE_HEADER_SIZE, FILE_MAGIC, RECORD_MAGIC, startsWith } from "../decode/evtx/layout.ts";
import { EvtxRecord, type RecordHeader } from "../decode/evtx/record.ts";
import { DECIDING_SIZE, type Unit, unitAt, wholeChunk } from "../decode/evtx/split.ts";
import type { ValueTable } from "../decode/evtx/table.ts";
import type { TemplateMemory } from "../decode/evtx/templates.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, FormatReader, ReadContext } from "./format.ts";

/** Windows event log files, also dirty, damaged, cut short, or several in a row. Counts in their headers are not trusted. */
export const evtx: Format = {
  name: "evtx",
  title: "Windows event log (EVTX)",
  sniff,
  open: (context, sink) => new EvtxReader(context, sink),
};

function sniff(head: Uint8Array, name: string): number {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (startsWith(bytes, 0, FILE_MAGIC)) return 1;
  if (startsWith(bytes, 0, CHUNK_MAGIC) || startsWith(bytes, FILE_HEADER_SIZE, CHUNK_MAGIC)) return 0.95;
  const isNamed = name.toLowerCase().endsWith(".evtx");
  if (bytes.includes(CHUNK_MAGIC)) return isNamed ? 0.9 : 0.6;
  if (!isNamed) return 0;
  return bytes.includes(RECORD_MAGIC) ? 0.8 : 0.3;
}

/** Bytes that are held back at most: four units decide quickly, and little is moved. */
const HELD_SIZE = 4 * DECIDING_SIZE;

class EvtxReader implements FormatReader {
  readonly #context: ReadContext;
  readonly #sink: RecordSink;
  readonly #memory: TemplateMemory = new Map();
  readonly #held = Buffer.allocUnsafeSlow(HELD_SIZE);
  /** Bytes in #held, and the file offset of the first. */
  #length = 0;
  #offset = 0;
  #index = 0;

  constructor(context: ReadContext, sink: RecordSink) {
    this.#context = context;
    this.#sink = sink;
  }

  push(block: Uint8Array): void {
    for (let at = 0; at < block.length; ) {
      const count = Math.min(block.length - at, HELD_SIZE - this.#length);
      this.#held.set(block.subarray(at, at + count), this.#length);
      this.#length += count;
      at += count;
      if (this.#length >= DECIDING_SIZE) this.#drain(DECIDING_SIZE);
    }
  }

  end(): void {
    this.#drain(1);
  }

  /** Takes units while at least `least` bytes are held, and moves the rest to the front. */
  #drain(least: number): void {
    const bytes = this.#held.subarray(0, this.#length);
    let at = 0;
    while (bytes.length - at >= least) {
      const unit = unitAt(bytes, at);
      this.#take(unit, bytes, at);
      at += unit.size;
    }
    this.#held.copyWithin(0, at, this.#length);
    this.#length -= at;
    this.#offset += at;
  }

  #take(unit: Unit, bytes: Buffer, at: number): void {
    const offset = this.#offset + at;
    if (unit.kind === "unknown") {
      this.#tell("evtx/unknown-bytes", `${unit.size} bytes hold neither a header nor a record`, offset);
    }
    if (unit.kind !== "chunk") return;
    if (unit.flaw !== undefined) this.#tell("evtx/bad-chunk", unit.flaw, offset);
    const chunk = new Chunk(wholeChunk(bytes, at, unit.size, unit.base), offset - unit.base, this.#memory);
    readChunk(chunk, this.#chunkSink(chunk));
  }

  #chunkSink(chunk: Chunk): ChunkSink {
    return {
      record: (header, root) => this.#record(chunk, header, root),
      lost: (at, message) => {
        this.#tell("evtx/bad-record", message, chunk.offset + at, this.#index++);
      },
      flaw: (at, message) => this.#tell(at === 0 ? "evtx/bad-chunk" : "evtx/bad-frame", message, chunk.offset + at),
    };
  }

  #record(chunk: Chunk, header: RecordHeader, root: ValueTable): void {
    const record = new EvtxRecord(this.#context.file, this.#index++, chunk, header, root);
    if (this.#context.wants?.(record) ?? true) this.#sink.record(record);
  }

  #tell(code: string, message: string, offset: number, index?: number): void {
    const place = { code, message, file: this.#context.file, offset };
    if (index === undefined) this.#sink.diagnostic(place);
    else this.#sink.diagnostic({ ...place, index }, true);
  }
}
