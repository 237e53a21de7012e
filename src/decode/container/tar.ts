import { ByteSource } from "./byte-source.ts";
import type { ContainerGuard } from "./guard.ts";
import { bounded, type Member, MemberNames, type Tell } from "./member.ts";

const BLOCK = 512;
/** Longest name or extended header that is kept. */
const LONGEST_EXTENSION = 1 << 20;

/** POSIX tar (ustar, pax), GNU long names and sizes, and the oldest kind without a magic. Links and devices are passed over. */
export async function* openTar(source: ByteSource, guard: ContainerGuard, tell: Tell): AsyncGenerator<Member> {
  const names = new MemberNames();
  let next: Extension = {};
  let lost = false;
  for (let header = await source.read(BLOCK); header.length > 0; header = await source.read(BLOCK)) {
    const bytes = Buffer.from(header.buffer, header.byteOffset, header.length);
    if (header.length < BLOCK) return tell("container/damaged", "tar: ends inside a header", source.offset);
    if (!isTarHeader(bytes)) {
      // Zeros end an archive, and pad it; anything else is damage, after which the next header is looked for.
      if (!lost && !bytes.every((byte) => byte === 0))
        tell("container/damaged", "tar: no header", source.offset - BLOCK);
      lost ||= !bytes.every((byte) => byte === 0);
      continue;
    }
    lost = false;
    const type = String.fromCharCode(bytes[156]!);
    const size = next.size ?? numberIn(bytes, 124, 12);
    if (type === "L" || type === "x") {
      next = { ...next, ...(await extension(source, type, numberIn(bytes, 124, 12))) };
      continue;
    }
    const inner = new ByteSource(bounded(source, size));
    if (type === "0" || type === "\0" || type === "7") {
      if (!guard.enter()) return;
      yield { name: names.unique(next.name ?? headerName(bytes)), blocks: inner.rest() };
    }
    await inner.skip(Number.POSITIVE_INFINITY);
    if (guard.stopped !== undefined) return;
    if (!(await source.skip(padding(size))))
      return tell("container/damaged", "tar: ends inside a member", source.offset);
    next = {};
  }
}

/** A header is known by its checksum: the sum of its bytes, those of the checksum itself taken as spaces. */
export function isTarHeader(bytes: Uint8Array): boolean {
  if (bytes.length < BLOCK || bytes[0] === 0) return false;
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : bytes[at]!;
  const written = Buffer.from(bytes.buffer, bytes.byteOffset + 148, 8).toString("latin1");
  return /^[ 0]*[0-7]+[\0 ]*$/.test(written) && Number.parseInt(written.trim(), 8) === sum;
}

/** What an extended header says of the member after it. */
interface Extension {
  readonly name?: Uint8Array;
  readonly size?: number;
}

async function extension(source: ByteSource, type: string, size: number): Promise<Extension> {
  const bytes = Buffer.from(await source.read(Math.min(size, LONGEST_EXTENSION)));
  await source.skip(size - bytes.length + padding(size));
  if (type === "L") return { name: untilZero(bytes) };
  let found: Extension = {};
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(bytes.toString("latin1", at, at + 12), 10);
    if (!(length > 4) || at + length > bytes.length) break;
    const record = bytes.subarray(at, at + length - 1);
    const text = record.toString("latin1");
    const value = record.subarray(text.indexOf("=") + 1);
    if (/^\d+ path=/.test(text)) found = { ...found, name: value };
    if (/^\d+ size=\d{1,15}$/.test(text)) found = { ...found, size: Number(value.toString("latin1")) };
    at += length;
  }
  return found;
}

function headerName(bytes: Buffer): Uint8Array {
  const name = untilZero(bytes.subarray(0, 100));
  const prefix =
    bytes.toString("latin1", 257, 263) === "ustar\0" ? untilZero(bytes.subarray(345, 500)) : Buffer.alloc(0);
  return prefix.length > 0 ? Buffer.concat([prefix, Buffer.from("/"), name]) : name;
}

function untilZero(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** Octal text, or GNU's binary form for what is too large for it; 0 where it is neither. */
function numberIn(bytes: Buffer, at: number, length: number): number {
  if ((bytes[at]! & 0x80) !== 0) {
    const number = Number(bytes.readBigUInt64BE(at + length - 8));
    return Number.isSafeInteger(number) ? number : 0;
  }
  const text = bytes.toString("latin1", at, at + length).replace(/[\0 ]+$/, "");
  return /^ *[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : 0;
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
