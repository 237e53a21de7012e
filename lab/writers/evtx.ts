/**
 * Writes Windows event logs: EVTX 3.1 with 64 KiB chunks, checksums, name and template tables, and BinXML as Windows
 * itself lays it out. Memory is bounded by one chunk, so files of any size can be made.
 * Format: [MS-EVEN6] 2.2, and libevtx' "Windows XML Event Log (EVTX) format".
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { writeEvent } from "./evtx/binxml.ts";
import { CHUNK_SIZE, Chunk } from "./evtx/chunk.ts";
import type { EvtxEvent } from "./evtx/types.ts";

export type { EvtxEvent, EvtxField, EvtxType } from "./evtx/types.ts";

const HEADER_SIZE = 4096;
/** The header counts chunks in 16 bits. */
const MAX_CHUNKS = 65535;

/** Where bytes go; the header is written twice, so positions matter. The block is reused after the call. */
interface EvtxTarget {
  write(block: Uint8Array, position: number): void;
}

export interface EvtxWriter {
  /** Returns the EventRecordID that the event was given. */
  write(event: EvtxEvent): number;
  close(): void;
  /** Bytes so far, without the chunk that is being filled. */
  readonly size: number;
}

function header(chunks: number, nextRecord: number): Buffer {
  const out = Buffer.alloc(HEADER_SIZE);
  out.write("ElfFile\0", 0, "latin1");
  out.writeBigUInt64LE(BigInt(Math.max(0, chunks - 1)), 16);
  out.writeBigUInt64LE(BigInt(nextRecord), 24);
  out.writeUInt32LE(128, 32);
  out.writeUInt16LE(1, 36);
  out.writeUInt16LE(3, 38);
  out.writeUInt16LE(HEADER_SIZE, 40);
  out.writeUInt16LE(chunks, 42);
  out.writeUInt32LE(crc32(out.subarray(0, 120)), 124);
  return out;
}

function createEvtxWriter(target: EvtxTarget, firstRecordId = 1): EvtxWriter {
  const chunk = new Chunk();
  let chunks = 0;
  let next = firstRecordId;
  target.write(header(0, next), 0);

  function flush(): void {
    if (chunk.count === 0) return;
    if (chunks === MAX_CHUNKS) throw new RangeError("an EVTX file holds 65535 chunks");
    const first = next - chunk.count;
    target.write(chunk.finish(first - firstRecordId + 1, first), HEADER_SIZE + chunks * CHUNK_SIZE);
    chunks++;
    chunk.reset();
  }

  return {
    write(event) {
      const body = () => writeEvent(chunk, event, next);
      if (!chunk.add(next, event.time, body)) {
        flush();
        chunk.add(next, event.time, body);
      }
      return next++;
    },
    close() {
      flush();
      target.write(header(chunks, next), 0);
    },
    get size() {
      return HEADER_SIZE + chunks * CHUNK_SIZE;
    },
  };
}

/** A writer into a file, which is created or emptied. */
export function openEvtxFile(path: string, firstRecordId = 1): EvtxWriter {
  const file = openSync(path, "w");
  const writer = createEvtxWriter(
    { write: (block, position) => writeSync(file, block, 0, block.length, position) },
    firstRecordId,
  );
  return {
    write: (event) => writer.write(event),
    close() {
      writer.close();
      closeSync(file);
    },
    get size() {
      return writer.size;
    },
  };
}

/** A whole log in memory, for tests. */
export function encodeEvtx(events: Iterable<EvtxEvent>, firstRecordId = 1): Uint8Array {
  const blocks: { block: Uint8Array; position: number }[] = [];
  let size = 0;
  const target: EvtxTarget = {
    write(block, position) {
      blocks.push({ block: new Uint8Array(block), position });
      size = Math.max(size, position + block.length);
    },
  };
  const writer = createEvtxWriter(target, firstRecordId);
  for (const event of events) writer.write(event);
  writer.close();
  const out = new Uint8Array(size);
  for (const { block, position } of blocks) out.set(block, position);
  return out;
}
