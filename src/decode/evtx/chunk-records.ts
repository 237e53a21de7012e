import { u64 } from "./bytes.ts";
import type { Chunk, RecordHead } from "./chunk.ts";
import { readChunkHeader } from "./chunk-header.ts";
import { CHUNK_HEADER_SIZE, CHUNK_MAGIC, MIN_RECORD_SIZE, RECORD_HEADER_SIZE, startsWith } from "./layout.ts";
import { ROOT } from "./plan.ts";
import type { RecordHeader } from "./record.ts";
import type { Sieve } from "./sieve.ts";
import type { ValueTable } from "./table.ts";
import { filetimeToMillis } from "./time.ts";
import { type FoundRecord, walkRecords } from "./walk.ts";

/** What a chunk yields, in physical order. Offsets are chunk offsets. */
export interface ChunkSink {
  /** Drops what nobody wants; absent: all is wanted. What is dropped comes as `skipped`. */
  readonly sieve?: Sieve | undefined;
  /** True where nothing is wanted that stands behind the end that the header names. */
  readonly growing?: boolean;
  skipped(count: number): void;
  /** `head` of one that was asked about, and is wanted; else nobody could tell. */
  record(header: RecordHeader, root: ValueTable, head: RecordHead | undefined): void;
  /** A record that was recognised and cannot be read. */
  lost(at: number, message: string): void;
  /** Damage that cost no recognised record. */
  flaw(at: number, message: string): void;
}

/** Reads all records of a chunk, whatever its checksums say. */
export function readChunk(chunk: Chunk, sink: ChunkSink, header = readChunkHeader(chunk.bytes)): void {
  for (const flaw of header.flaws) sink.flaw(0, flaw);
  const { sieve } = sink;
  let last = 0;
  const accepts = (found: FoundRecord): boolean => {
    const number = u64(chunk.bytes, found.at + 8);
    // Behind the end lie old records, and in a log that was not closed the newest: those go on counting.
    const isOld =
      found.at >= header.end && (sink.growing === true || (header.isSound ? number !== last + 1 : number <= last));
    if (isOld) return false;
    last = number;
    if (found.flaw !== undefined) sink.flaw(found.at, `a record is damaged: ${found.flaw}`);
    readRecord(chunk, found, number, sink);
    return true;
  };
  const passes = (at: number): number => {
    const next = sieve!.pass(chunk, at, header.end);
    if (next === at) return at;
    sink.skipped(sieve!.passed);
    last = u64(chunk.bytes, sieve!.last + 8);
    return next;
  };
  // Where the header is destroyed the bytes may be the rest of a chunk, and begin with a record.
  const first = startsWith(chunk.bytes, 0, CHUNK_MAGIC) ? CHUNK_HEADER_SIZE : 0;
  const slack = header.isSound ? header.end : chunk.bytes.length;
  const passed = (at: number, end: number) => sink.flaw(at, `${end - at} bytes between records are no record`);
  walkRecords(chunk.bytes, first, slack, accepts, passed, sieve && passes);
}

function readRecord(chunk: Chunk, found: FoundRecord, number: number, sink: ChunkSink): void {
  const start = found.at + RECORD_HEADER_SIZE;
  const end = Math.max(start, found.end - (MIN_RECORD_SIZE - RECORD_HEADER_SIZE));
  const root = chunk.open(start, end, ROOT);
  if (root === undefined) sink.lost(found.at, `record ${number} has no readable template or content`);
  else {
    const head = sink.sieve?.chosen === found.at ? sink.sieve.head : undefined;
    sink.record({ number, written: filetimeToMillis(chunk.bytes, found.at + 16) }, root, head);
  }
}
