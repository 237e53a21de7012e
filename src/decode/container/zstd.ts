import { Decompress } from "fzstd";
import { bufferOf } from "../buffer.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ContainerGuard } from "./guard.ts";
import type { Member, Tell } from "./member.ts";

const FRAME = 0xfd2fb528;
/** Skippable frames have sixteen magic numbers from this one on. */
const SKIPPABLE = 0x184d2a50;
/** Largest window that is granted; what zstd itself grants without `--long` or `--ultra`. */
const LARGEST_WINDOW = 128 * 1024 * 1024;
const LONGEST_HEADER = 18;
const NOTHING = new Uint8Array(0);

/** RFC 8878. Frames are taken apart here, so that none gets more memory than it should, and damage has a place. */
export async function* openZstd(source: ByteSource, guard: ContainerGuard, tell: Tell): AsyncGenerator<Member> {
  yield { name: undefined, blocks: frames(source, guard, tell) };
}

async function* frames(source: ByteSource, guard: ContainerGuard, tell: Tell): AsyncGenerator<Uint8Array> {
  for (;;) {
    const head = bufferOf(await source.peek(LONGEST_HEADER));
    if (head.length === 0) return;
    const magic = head.length >= 8 ? head.readUInt32LE(0) : 0;
    const at = source.offset;
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      await source.skip(8 + head.readUInt32LE(4));
      continue;
    }
    const header = magic === FRAME ? frameHeader(head) : undefined;
    if (!header || header.window > LARGEST_WINDOW) {
      tell("container/damaged", header ? `zstd: a window of ${header.window} bytes` : "zstd: no frame", at);
      return;
    }
    const flaw = yield* blocks(source, header, guard);
    if (flaw !== undefined) tell("container/damaged", `zstd: ${flaw}`, source.offset);
    if (flaw !== undefined || guard.stopped !== undefined) return;
  }
}

interface FrameHeader {
  readonly size: number;
  readonly window: number;
  readonly checksum: boolean;
}

/** RFC 8878, 3.1.1.1. undefined where the frame needs a dictionary, or its header is cut short. */
function frameHeader(head: Buffer): FrameHeader | undefined {
  const flags = head[4]!;
  const single = (flags & 0x20) !== 0;
  if ((flags & 3) !== 0 || (flags & 8) !== 0) return undefined;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6]!;
  const size = 5 + (single ? 0 : 1) + sizeBytes;
  if (head.length < size) return undefined;
  const exponent = 1024 * 2 ** (head[5]! >> 3);
  const window = single ? contentSize(head, sizeBytes) : exponent + (exponent / 8) * (head[5]! & 7);
  return { size, window, checksum: (flags & 4) !== 0 };
}

function contentSize(head: Buffer, bytes: number): number {
  if (bytes === 8) return Number(head.readBigUInt64LE(5));
  return bytes === 2 ? head.readUInt16LE(5) + 256 : head.readUIntLE(5, bytes);
}

/** The content of one frame, block by block; returns what is wrong with it. */
async function* blocks(
  source: ByteSource,
  header: FrameHeader,
  guard: ContainerGuard,
): AsyncGenerator<Uint8Array, string | undefined> {
  const output: Uint8Array[] = [];
  const decoder = new Decompress((part) => output.push(part.slice()));
  let start: Uint8Array = await source.read(header.size);
  for (let last = false; !last; ) {
    const head = bufferOf(await source.read(3));
    if (head.length < 3) return "the input ends inside a frame";
    const bits = head.readUIntLE(0, 3);
    last = (bits & 1) === 1;
    const size = ((bits >> 1) & 3) === 1 ? 1 : bits >> 3;
    const content = await source.read(size);
    if (content.length < size) return "the input ends inside a block";
    const checksum = last && header.checksum ? await source.read(4) : NOTHING;
    const flaw = attempt(() => decoder.push(Buffer.concat([start, head, content, checksum]), last));
    start = NOTHING;
    for (const part of output.splice(0)) {
      if (!guard.grow(part.length)) return undefined;
      yield part;
    }
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function attempt(step: () => void): string | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    return String((error as Error).message);
  }
}
