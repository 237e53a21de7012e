import { crc32 } from "node:zlib";
import { u32 } from "./bytes.ts";
import { CHUNK_HEADER_SIZE, CHUNK_MAGIC, CHUNK_SIZE, startsWith } from "./layout.ts";

/** Flag of a chunk that was written without checksums. */
const NO_CHECKSUM = 4;

export interface ChunkHeader {
  /** Chunk offset behind the last record, as the header has it: within the chunk, else 0. */
  readonly end: number;
  /** What does not fit; none in a sound chunk. */
  readonly flaws: readonly string[];
  /** Whether the header itself is sound, and so its `end`. */
  readonly isSound: boolean;
}

/** Reads the header of a chunk of 64 KiB and checks both checksums. */
export function readChunkHeader(bytes: Buffer): ChunkHeader {
  if (!startsWith(bytes, 0, CHUNK_MAGIC)) return { end: 0, flaws: ["no chunk signature"], isSound: false };
  const declared = u32(bytes, 48);
  const end = declared >= CHUNK_HEADER_SIZE && declared <= CHUNK_SIZE ? declared : 0;
  if ((u32(bytes, 120) & NO_CHECKSUM) !== 0) return { end, flaws: [], isSound: end > 0 };
  const headerSum = crc32(bytes.subarray(128, CHUNK_HEADER_SIZE), crc32(bytes.subarray(0, 120)));
  const isSound = end > 0 && headerSum === u32(bytes, 124);
  const flaws = isSound ? [] : ["the header's checksum differs"];
  if (end > 0 && crc32(bytes.subarray(CHUNK_HEADER_SIZE, end)) !== u32(bytes, 52)) {
    flaws.push("the records' checksum differs");
  }
  return { end, flaws, isSound };
}
