import { bufferOf } from "../buffer.ts";
import { addedCrc32 } from "../checksum.ts";
import { ByteSource } from "./byte-source.ts";
import type { ContainerGuard } from "./guard.ts";
import { type InflateEnd, inflateRaw } from "./inflate.ts";
import { bounded, type Member, MemberNames, memberName, type Tell } from "./member.ts";
import {
  CENTRAL,
  DESCRIPTOR,
  DESCRIPTOR_SIZE,
  END,
  END64,
  LOCAL,
  LOCAL_SIZE,
  LOCATOR64,
  parseDescriptor,
  parseLocal,
  variableSize,
  type ZipHeader,
} from "./zip-header.ts";

const STORED = 0;
const DEFLATED = 8;
/** Fixed length of the parts of the directory, and where the lengths of their variable parts stand. */
const DIRECTORY: Readonly<Record<number, readonly [size: number, variable: readonly number[]]>> = {
  [CENTRAL]: [46, [28, 30, 32]],
  [END]: [22, [20]],
  [LOCATOR64]: [20, []],
};

/**
 * ZIP, read from front to back by the headers before each member, so that pipes and members of other archives can be read,
 * and an archive that was cut short gives what it has. The directory at the end is passed over.
 */
export async function* openZip(source: ByteSource, guard: ContainerGuard, tell: Tell): AsyncGenerator<Member> {
  const names = new MemberNames();
  for (;;) {
    const head = bufferOf(await source.peek(LOCAL_SIZE));
    if (head.length < 4) return;
    const signature = head.readUInt32LE(0);
    if (signature === LOCAL) {
      const header = await localHeader(source);
      if (!header) return tell("container/damaged", "zip: ends inside a header", source.offset);
      yield* member(source, header, guard, tell, names);
      if (guard.stopped !== undefined) return;
    } else if (signature === DESCRIPTOR) await source.skip(4);
    else if (signature === END64) await source.skip(12 + (head.length >= 12 ? head.readUInt32LE(4) : 0));
    else if (DIRECTORY[signature]) await skipDirectory(source, DIRECTORY[signature]);
    else {
      tell("container/damaged", "zip: no header where one should be", source.offset);
      if (!(await seek(source, LOCAL))) return;
    }
  }
}

async function localHeader(source: ByteSource): Promise<ZipHeader | undefined> {
  const fixed = bufferOf(await source.read(LOCAL_SIZE));
  if (fixed.length < LOCAL_SIZE) return undefined;
  const lengths = variableSize(fixed);
  const name = Buffer.from(await source.read(lengths.name));
  const extra = Buffer.from(await source.read(lengths.extra));
  return extra.length < lengths.extra ? undefined : parseLocal(fixed, name, extra);
}

async function* member(
  source: ByteSource,
  header: ZipHeader,
  guard: ContainerGuard,
  tell: Tell,
  names: MemberNames,
): AsyncGenerator<Member> {
  const isFolder = /[/\\]$/.test(header.name.toString("latin1")) && header.size === 0;
  const readable = !header.encrypted && (header.method === STORED || header.method === DEFLATED);
  const unknownSize = header.described && header.compressed === 0;
  if (isFolder || !readable) {
    if (!isFolder) {
      const what = header.encrypted ? "is encrypted" : `is compressed by method ${header.method}`;
      tell(
        header.encrypted ? "container/encrypted" : "container/unsupported",
        `${memberName(header.name)} ${what}`,
        source.offset,
      );
    }
    // Of unknown size: the main loop finds the next header.
    if (unknownSize && !isFolder) await seek(source, LOCAL, CENTRAL);
    else await source.skip(header.compressed);
    return;
  }
  if (!guard.enter()) return;
  const state: Reading = { crc: 0, done: false };
  const start = source.offset;
  const data = unknownSize ? source : new ByteSource(bounded(source, header.compressed));
  const raw =
    header.method === DEFLATED ? inflateRaw(data, guard, state) : unknownSize ? untilDescriptor(source) : data.rest();
  const content = new ByteSource(checked(raw, state));
  const name = names.unique(header.name);
  yield { name, blocks: content.rest() };
  // What the consumer left must be decompressed where that is the only way to find its end.
  if (unknownSize) await content.skip(Number.POSITIVE_INFINITY);
  await content.close();
  if (guard.stopped !== undefined) return;
  if (data !== source) await data.skip(Number.POSITIVE_INFINITY);
  const consumed = source.offset - start;
  const flaw = state.flaw ?? (unknownSize || consumed === header.compressed ? undefined : "the input ends inside it");
  const crc = header.described ? await descriptor(source, consumed) : header.crc;
  if (flaw !== undefined) tell("container/damaged", `${name}: ${flaw}`, source.offset);
  else if (state.done && crc !== undefined && crc !== state.crc)
    tell("container/damaged", `${name}: wrong checksum`, source.offset);
}

interface Reading extends InflateEnd {
  crc: number;
  /** True where all of it was read. */
  done: boolean;
}

async function* checked(blocks: AsyncIterable<Uint8Array>, state: Reading): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) {
    state.crc = addedCrc32(state.crc, block);
    yield block;
  }
  state.done = true;
}

/** Checksum from behind the data; undefined where no descriptor fits. */
async function descriptor(source: ByteSource, compressed: number): Promise<number | undefined> {
  const found = parseDescriptor(bufferOf(await source.peek(DESCRIPTOR_SIZE)).subarray(0, DESCRIPTOR_SIZE), compressed);
  if (found) await source.skip(found.bytes);
  return found?.crc;
}

/** Stored data of unknown size end where a descriptor states just the size that they have. */
async function* untilDescriptor(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let size = 0; ; ) {
    const ahead = bufferOf(await source.peek(DESCRIPTOR_SIZE));
    if (
      ahead.length === 0 ||
      (startsWith(ahead, DESCRIPTOR) && parseDescriptor(ahead.subarray(0, DESCRIPTOR_SIZE), size))
    )
      return;
    const mark = ahead.indexOf("PK\x07\x08", 1, "latin1");
    const most = mark > 0 ? mark : Math.max(1, ahead.length - 3);
    const block = await source.take(most);
    if (!block) return;
    size += block.length;
    yield block;
  }
}

async function skipDirectory(source: ByteSource, part: readonly [number, readonly number[]]): Promise<void> {
  const bytes = bufferOf(await source.read(part[0]));
  if (bytes.length < part[0]) return;
  await source.skip(part[1].reduce((sum, at) => sum + bytes.readUInt16LE(at), 0));
}

/** Goes to the next of these signatures; false where there is none. */
async function seek(source: ByteSource, ...signatures: readonly number[]): Promise<boolean> {
  for (;;) {
    const ahead = bufferOf(await source.peek(4));
    if (ahead.length < 4) return false;
    for (
      let at = ahead.indexOf("PK", 1, "latin1");
      at >= 0 && at + 4 <= ahead.length;
      at = ahead.indexOf("PK", at + 1, "latin1")
    ) {
      if (signatures.includes(ahead.readUInt32LE(at))) return source.skip(at);
    }
    await source.skip(Math.max(1, ahead.length - 3));
  }
}

function startsWith(bytes: Buffer, signature: number): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === signature;
}
