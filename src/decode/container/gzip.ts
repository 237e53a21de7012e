import { addedCrc32 } from "../checksum.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ContainerGuard } from "./guard.ts";
import { type InflateEnd, inflateRaw } from "./inflate.ts";
import type { Member, Tell } from "./member.ts";

const MAGIC = [0x1f, 0x8b, 8];
const FIXED = 10;
const TRAILER = 8;
/** Flags of what stands in a header: a checksum of it, extra data, a name and a comment. */
const HCRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
/** Far above the path of any file. */
const LONGEST_TEXT = 64 * 1024;
/** Looked at to tell padding from a file's end. */
const AHEAD = 512;

/**
 * RFC 1952. All members of the file are one content, as gzip itself reads them. They are taken apart here, as zlib keeps what it
 * has unpacked of a whole file back where there is something else behind it.
 */
export async function* openGzip(source: ByteSource, guard: ContainerGuard, tell: Tell): AsyncGenerator<Member> {
  yield { name: undefined, blocks: members(source, guard, tell) };
}

async function* members(source: ByteSource, guard: ContainerGuard, tell: Tell): AsyncGenerator<Uint8Array> {
  const damaged = (flaw: string): void => tell("container/damaged", `gzip: ${flaw}`, source.offset);
  for (let first = true; ; first = false) {
    const ahead = await source.peek(MAGIC.length);
    const isMember = MAGIC.every((byte, at) => ahead[at] === byte);
    if (!isMember && !first) {
      if (ahead.length > 0 && !(await isPadding(source))) damaged("what stands behind it is no gzip, and was not read");
      return;
    }
    if (!(await skipHeader(source))) return damaged("the input ends inside a header");
    const end: InflateEnd = {};
    let [size, crc] = [0, 0];
    for await (const block of inflateRaw(source, guard, end)) {
      size += block.length;
      crc = addedCrc32(crc, block);
      yield block;
    }
    if (guard.stopped !== undefined) return;
    if (end.flaw !== undefined) return damaged(end.flaw);
    const trailer = Buffer.from(await source.read(TRAILER));
    if (trailer.length < TRAILER) return damaged("unexpected end of file");
    if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size % 2 ** 32) damaged("wrong checksum");
  }
}

/** Passes over the header of a member; false where the input ends in it. */
async function skipHeader(source: ByteSource): Promise<boolean> {
  const fixed = await source.read(FIXED);
  if (fixed.length < FIXED) return false;
  const flags = fixed[3]!;
  if (flags & EXTRA) {
    const size = Buffer.from(await source.read(2));
    if (size.length < 2 || !(await source.skip(size.readUInt16LE(0)))) return false;
  }
  if (flags & NAME && !(await skipText(source))) return false;
  if (flags & COMMENT && !(await skipText(source))) return false;
  return (flags & HCRC) === 0 || source.skip(2);
}

/** Passes over a text that a zero ends. */
async function skipText(source: ByteSource): Promise<boolean> {
  for (let left = LONGEST_TEXT; left > 0; ) {
    const block = await source.take(left);
    if (!block) return false;
    left -= block.length;
    const zero = block.indexOf(0);
    if (zero < 0) continue;
    source.unread(block.subarray(zero + 1));
    return true;
  }
  return false;
}

/** Tapes and disks fill their last block with zeros. */
async function isPadding(source: ByteSource): Promise<boolean> {
  const ahead = await source.peek(AHEAD);
  return ahead.subarray(0, AHEAD).every((byte) => byte === 0);
}
