import { closeSync, openSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { u32 } from "../../src/decode/evtx/bytes.ts";
import {
  CHUNK_HEADER_SIZE,
  CHUNK_SIZE,
  FILE_HEADER_SIZE,
  FILE_MAGIC,
  RECORD_MAGIC,
  startsWith,
} from "../../src/decode/evtx/layout.ts";
import type { EvtxRecord } from "../../src/decode/evtx/record.ts";
import { TYPE } from "../../src/decode/evtx/value.ts";
import { type DenseChunk, recordsOf } from "./evtx-chunks.ts";

/** FILETIME ticks of a day: each round of chunks happens a day after the one before. */
const DAY = 864_000_000_000n;
const U64 = 0x0a;

/** What has to change in a copy of a chunk: offsets of 64-bit numbers. */
interface Patches {
  readonly bytes: Buffer;
  /** Of each record: of its number, in its header and in `System`. */
  readonly numbers: readonly (readonly number[])[];
  /** FILETIMEs of records. */
  readonly times: readonly number[];
  readonly end: number;
}

/** Writes a log of about `size` bytes: the chunks over and over, with rising record numbers and times and right checksums. */
export function growFile(path: string, chunks: readonly DenseChunk[], size: number): number {
  const file = openSync(path, "w");
  const all = chunks.map(({ bytes }) => patchesOf(bytes));
  const count = Math.min(65_535, Math.floor((size - FILE_HEADER_SIZE) / CHUNK_SIZE));
  let next = 1n;
  for (let i = 0; i < count; i++) {
    const patches = all[i % all.length]!;
    renumber(patches, next, BigInt(Math.floor(i / all.length)));
    next += BigInt(patches.numbers.length);
    writeSync(file, patches.bytes, 0, CHUNK_SIZE, FILE_HEADER_SIZE + i * CHUNK_SIZE);
  }
  writeSync(file, fileHeader(count, next), 0, FILE_HEADER_SIZE, 0);
  closeSync(file);
  return Number(next) - 1;
}

function patchesOf(source: Buffer): Patches {
  const bytes = Buffer.from(source);
  const times: number[] = [];
  const numbers: number[][] = [];
  const end = u32(bytes, 48);
  const records = recordsOf(bytes);
  let index = 0;
  for (let at = CHUNK_HEADER_SIZE; at < end && startsWith(bytes, at, RECORD_MAGIC); at += u32(bytes, at + 4)) {
    const places = [at + 8];
    times.push(at + 16);
    const record = records[index++];
    const number = record && slotOf(record, "System.EventRecordID", U64);
    const time = record && slotOf(record, "System.TimeCreated", TYPE.fileTime);
    if (number !== undefined) places.push(number);
    if (time !== undefined) times.push(time);
    numbers.push(places);
  }
  return { bytes, numbers, times, end };
}

function slotOf(record: EvtxRecord, name: string, type: number): number | undefined {
  for (const table of record.tables) {
    const slot = table.plan.system.get(name)?.slot ?? -1;
    if (slot >= 0 && table.type(slot) === type) return table.start(slot);
  }
  return undefined;
}

/** Gives the records numbers from `first` on. Called once a round for each chunk, the time moves on by a day each. */
function renumber({ bytes, numbers, times, end }: Patches, first: bigint, round: bigint): void {
  for (const [i, places] of numbers.entries()) {
    for (const at of places) bytes.writeBigUInt64LE(first + BigInt(i), at);
  }
  if (round > 0n) for (const at of times) bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) + DAY, at);
  const last = first + BigInt(numbers.length) - 1n;
  for (const at of [8, 24]) bytes.writeBigUInt64LE(first, at);
  for (const at of [16, 32]) bytes.writeBigUInt64LE(last, at);
  bytes.writeUInt32LE(crc32(bytes.subarray(CHUNK_HEADER_SIZE, end)), 52);
  bytes.writeUInt32LE(crc32(bytes.subarray(128, CHUNK_HEADER_SIZE), crc32(bytes.subarray(0, 120))), 124);
}

function fileHeader(chunks: number, next: bigint): Buffer {
  const header = Buffer.alloc(FILE_HEADER_SIZE);
  FILE_MAGIC.copy(header);
  header.writeBigUInt64LE(BigInt(chunks - 1), 16);
  header.writeBigUInt64LE(next, 24);
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(FILE_HEADER_SIZE, 40);
  header.writeUInt16LE(chunks, 42);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return header;
}
