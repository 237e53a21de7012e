import { u64 } from "../decode/evtx/bytes.ts";
import { Chunk, type RecordHead } from "../decode/evtx/chunk.ts";
import { type ChunkSink, readChunk } from "../decode/evtx/chunk-records.ts";
import {
  CHUNK_HEADER_SIZE,
  CHUNK_MAGIC,
  CHUNK_SIZE,
  FILE_HEADER_SIZE,
  FILE_MAGIC,
  FIRST_NUMBER,
  LAST_NUMBER,
  RECORD_HEADER_SIZE,
  RECORD_MAGIC,
  startsWith,
} from "../decode/evtx/layout.ts";
import { EvtxRecord, type RecordHeader } from "../decode/evtx/record.ts";
import { Sieve } from "../decode/evtx/sieve.ts";
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
  borrows: true,
  mark: {
    from: FILE_HEADER_SIZE + CHUNK_HEADER_SIZE,
    length: RECORD_HEADER_SIZE,
    number: (bytes) => (startsWith(bytes, 0, RECORD_MAGIC) && bytes.length >= 16 ? u64(bytes, 8) : undefined),
  },
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

/**
 * Chunks are read in ranges of so many bytes behind the file header, each without regard to those before, so that threads can share
 * a large file and find the same.
 */
export const RANGE_SIZE = 256 * CHUNK_SIZE;

/** Where the range ends that begins at `offset` of a file. */
export function rangeEnd(offset: number): number {
  return offset < FILE_HEADER_SIZE + RANGE_SIZE ? FILE_HEADER_SIZE + RANGE_SIZE : offset + RANGE_SIZE;
}

function isRangeStart(offset: number): boolean {
  return offset > FILE_HEADER_SIZE && (offset - FILE_HEADER_SIZE) % RANGE_SIZE === 0;
}

/** Bytes that are held back at most: what one block leaves undecided, and as much again of the next. */
const HELD_SIZE = 2 * DECIDING_SIZE;

class EvtxReader implements FormatReader {
  readonly #context: ReadContext;
  readonly #sink: RecordSink;
  readonly #memory: TemplateMemory = new Map();
  readonly #sieve: Sieve | undefined;
  readonly #held = Buffer.allocUnsafeSlow(HELD_SIZE);
  /** Bytes in #held, and the file offset of the first. */
  #length = 0;
  #offset = 0;
  #index = 0;
  /** Whether the rest is left for another time. */
  #left = false;
  /** Number of the last record of the chunk before, as that says. */
  #last: bigint | undefined;
  /** Memory of the last chunk, if no record of it may still be in use. */
  #spare: Buffer | undefined;

  constructor(context: ReadContext, sink: RecordSink) {
    this.#context = context;
    this.#sink = sink;
    this.#offset = context.offset ?? 0;
    if (context.wants) this.#sieve = new Sieve(context.wants);
  }

  push(block: Uint8Array): void {
    let from = 0;
    const held = this.#length;
    if (held > 0) {
      this.#hold(block.subarray(0, HELD_SIZE - held));
      const at = this.#drain(this.#held.subarray(0, this.#length), held, DECIDING_SIZE);
      this.#held.copyWithin(0, at, this.#length);
      this.#length -= at;
      // All of the block is held where its bytes do not decide what stood before it.
      if (at < held) return;
      from = at - held;
      this.#length = 0;
    }
    const bytes = Buffer.from(block.buffer, block.byteOffset + from, block.length - from);
    this.#hold(bytes.subarray(this.#drain(bytes, bytes.length, DECIDING_SIZE)));
  }

  end(): void {
    this.#length -= this.#drain(this.#held.subarray(0, this.#length), this.#length, 1);
  }

  #hold(bytes: Uint8Array): void {
    this.#held.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Takes the units that begin before `until` while at least `least` bytes are there; returns how far it came. */
  #drain(bytes: Buffer, until: number, least: number): number {
    let at = 0;
    while (at < until && bytes.length - at >= least) {
      const unit = unitAt(bytes, at);
      this.#take(unit, bytes, at);
      at += unit.size;
    }
    this.#offset += at;
    return at;
  }

  #take(unit: Unit, bytes: Buffer, at: number): void {
    if (this.#context.growing) this.#left ||= !this.#isFinished(unit, bytes, at);
    if (this.#left) return;
    const offset = this.#offset + at;
    if (isRangeStart(offset)) {
      this.#memory.clear();
      this.#sieve?.clear();
    }
    if (unit.kind === "unknown") {
      this.#tell("evtx/unknown-bytes", `${unit.size} bytes hold neither a header nor a record`, offset);
    }
    if (unit.kind !== "chunk") return;
    if (unit.flaw !== undefined) this.#tell("evtx/bad-chunk", unit.flaw, offset);
    const chunk = new Chunk(this.#bytesOf(unit, bytes, at), offset - unit.base, this.#memory);
    readChunk(chunk, this.#chunkSink(chunk), unit.header);
    this.#sieve?.settle();
  }

  /**
   * Whether a piece is as its writer has finished it, and none is missing before it. Zeros may be a chunk that is about to come; lower
   * numbers are what a log that goes round has not come to yet.
   */
  #isFinished(unit: Unit, bytes: Buffer, at: number): boolean {
    if (unit.kind === "fileHeader") return true;
    if (unit.kind !== "chunk" || unit.header?.flaws.length !== 0) return false;
    const follows = this.#last === undefined || bytes.readBigUInt64LE(at + FIRST_NUMBER) <= this.#last + 1n;
    this.#last = bytes.readBigUInt64LE(at + LAST_NUMBER);
    return follows;
  }

  /** All 64 KiB of a chunk; where they stand where nobody keeps a record, else of its own. */
  #bytesOf({ size, base }: Unit & { kind: "chunk" }, bytes: Buffer, at: number): Buffer {
    if (this.#context.passing && size === CHUNK_SIZE) return bytes.subarray(at, at + size);
    this.#spare = wholeChunk(bytes, at, size, base, this.#spare);
    return this.#spare;
  }

  #chunkSink(chunk: Chunk): ChunkSink {
    return {
      sieve: this.#sieve,
      growing: this.#context.growing ?? false,
      skipped: (count) => {
        this.#index += count;
      },
      record: (header, root, head) => this.#record(chunk, header, root, head),
      lost: (at, message) => {
        this.#tell("evtx/bad-record", message, chunk.offset + at, this.#index++);
      },
      flaw: (at, message) => this.#tell(at === 0 ? "evtx/bad-chunk" : "evtx/bad-frame", message, chunk.offset + at),
    };
  }

  #record(chunk: Chunk, header: RecordHeader, root: ValueTable, head: RecordHead | undefined): void {
    const record = new EvtxRecord(this.#context.file, this.#index++, chunk, header, root, head);
    if (!head && this.#context.wants?.(record) === false) return;
    if (!this.#context.passing) this.#spare = undefined;
    this.#sink.record(record);
  }

  #tell(code: string, message: string, offset: number, index?: number): void {
    const place = { code, message, file: this.#context.file, offset };
    if (index === undefined) this.#sink.diagnostic(place);
    else this.#sink.diagnostic({ ...place, index }, true);
  }
}
