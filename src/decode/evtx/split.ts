import { u32 } from "./bytes.ts";
import { type ChunkHeader, readChunkHeader } from "./chunk-header.ts";
import { CHUNK_MAGIC, CHUNK_SIZE, FILE_HEADER_SIZE, FILE_MAGIC, RECORD_MAGIC, startsWith } from "./layout.ts";

/** What stands next in an EVTX file. */
export type Unit =
  | { readonly kind: "fileHeader"; readonly size: number }
  /** Bytes of a chunk, fewer than 64 KiB where it was cut short; `base` is the chunk offset of the first of them. */
  | {
      readonly kind: "chunk";
      readonly size: number;
      readonly base: number;
      readonly flaw?: string;
      /** Read already where the chunk is whole. */
      readonly header?: ChunkHeader;
    }
  | { readonly kind: "empty"; readonly size: number }
  | { readonly kind: "unknown"; readonly size: number };

/** So many bytes decide any unit: a chunk, and a signature that begins in its last bytes. */
export const DECIDING_SIZE = CHUNK_SIZE + 8;

/**
 * Names the unit at `at`. `bytes` reaches at least DECIDING_SIZE beyond it, or to the end of the input. Chunks stand on
 * a grid of 64 KiB behind a header of 4 KiB; where bytes are missing or destroyed, signatures show where it goes on.
 */
export function unitAt(bytes: Buffer, at: number): Unit {
  const have = bytes.length - at;
  if (startsWith(bytes, at, FILE_MAGIC)) return fileHeader(bytes, at);
  const isChunk = startsWith(bytes, at, CHUNK_MAGIC);
  // A chunk whose checksums fit is whole, whatever its records contain.
  const header = isChunk && have >= CHUNK_SIZE ? readChunkHeader(bytes.subarray(at, at + CHUNK_SIZE)) : undefined;
  if (header?.flaws.length === 0) return { kind: "chunk", size: CHUNK_SIZE, base: 0, header };
  const next = nextSignature(bytes, at + 1, at + CHUNK_SIZE);
  if (isChunk) {
    if (next >= 0) return { kind: "chunk", size: next - at, base: 0, flaw: "the chunk is cut short by the next one" };
    if (header) return { kind: "chunk", size: CHUNK_SIZE, base: 0, header };
    return { kind: "chunk", size: have, base: 0, flaw: "the file ends within a chunk" };
  }
  const size = next < 0 ? Math.min(CHUNK_SIZE, have) : next - at;
  const region = bytes.subarray(at, at + size);
  if (isZero(region)) return { kind: "empty", size };
  if (!region.includes(RECORD_MAGIC)) return { kind: "unknown", size };
  const flaw = "a chunk without its signature";
  const base = baseOf(region);
  if (base < 0) return { kind: "chunk", size: -base, base: CHUNK_SIZE + base, flaw };
  return { kind: "chunk", size, base, flaw };
}

function fileHeader(bytes: Buffer, at: number): Unit {
  const next = nextSignature(bytes, at + 1, at + FILE_HEADER_SIZE);
  const size = next < 0 ? FILE_HEADER_SIZE : next - at;
  return { kind: "fileHeader", size: Math.min(size, bytes.length - at) };
}

/** The next file or chunk signature that begins in [from, until) and is not mere text within a record; -1 for none. */
function nextSignature(bytes: Buffer, from: number, until: number): number {
  const window = bytes.subarray(0, Math.min(bytes.length, until + CHUNK_MAGIC.length));
  for (let at = window.indexOf(ELF, from); at >= 0 && at < until; at = window.indexOf(ELF, at + 1)) {
    // Both headers say that they are 128 bytes long: the chunk's at 40, the file's at 32.
    if (startsWith(window, at, CHUNK_MAGIC) && u32(bytes, at + 40) === 128) return at;
    if (startsWith(window, at, FILE_MAGIC) && u32(bytes, at + 32) === 128) return at;
  }
  return -1;
}

const ELF = Buffer.from("Elf", "latin1");

function isZero(bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}

/**
 * The chunk offset of the first byte of a piece that lacks its chunk's beginning: a template that is defined within a
 * record tells where it stands, and carries its id twice.
 */
function baseOf(region: Buffer): number {
  for (let at = region.indexOf(RECORD_MAGIC); at >= 0; at = region.indexOf(RECORD_MAGIC, at + 4)) {
    const definition = at + 38;
    if (region[at + 28] !== 0x0c || definition + 8 > region.length) continue;
    const isInPlace = u32(region, at + 30) === u32(region, definition + 4);
    const base = u32(region, at + 34) - definition;
    if (isInPlace && base > -CHUNK_SIZE && base + region.length <= CHUNK_SIZE) return base;
  }
  return 0;
}

/** The bytes of a chunk as it was: 64 KiB of its own (in `spare`, if there is one), zeros where bytes are missing. */
export function wholeChunk(bytes: Buffer, at: number, size: number, base: number, spare?: Buffer): Buffer {
  const chunk = spare ?? Buffer.allocUnsafeSlow(CHUNK_SIZE);
  if (size < CHUNK_SIZE) chunk.fill(0);
  bytes.copy(chunk, base, at, at + size);
  return chunk;
}
