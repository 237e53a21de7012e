import { createHash } from "node:crypto";
import { fstatSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { reasonOf } from "../../model/reason.ts";
import { Turns } from "../turns.ts";
import type { FoundFile } from "./walk.ts";

/** Read at a time: large enough that the cost of a call is nothing, small enough to stop promptly. */
const BLOCK = 1 << 20;

/** Blocks that may be used again: memory that was never touched costs more than reading into it. */
const free: Buffer[] = [];
const lent = new WeakSet<ArrayBufferLike>();
const MOST_FREE = 2;

function lend(size: number): Buffer {
  if (size < BLOCK) return Buffer.allocUnsafeSlow(size);
  const block = free.pop() ?? Buffer.allocUnsafeSlow(BLOCK);
  lent.add(block.buffer);
  return block;
}

/** Takes a block back that nobody needs any more. Of a part of one, or of what did not come from here, nothing is taken. */
export function giveBack({ buffer, length }: Uint8Array): void {
  if (length === BLOCK && free.length < MOST_FREE && lent.delete(buffer)) free.push(Buffer.from(buffer));
}

/** What reading showed beside the bytes. */
export interface Reading {
  bytes: number;
  /** Set at the end of a reading that was asked to hash. */
  sha256?: string;
  /** The file was longer or shorter at its end than when it was opened. */
  changed?: string;
  /** Why reading stopped before the end. */
  failed?: string;
}

/**
 * The blocks of a file. A regular file is read up to the size that it has when opened, so that a log which grows as fast as
 * it is read (or our own output) ends; pipes, devices and files that state no size are read to their end.
 */
export async function* fileBlocks(
  { path, stats, open: file }: FoundFile,
  reading: Reading,
): AsyncGenerator<Uint8Array> {
  if (file !== undefined) return yield* sizedBlocks(file, Number(stats.size), reading);
  const handle = await open(path, "r");
  try {
    if (stats.isFile() && stats.size > 0n) yield* sizedBlocks(handle.fd, Number(stats.size), reading);
    else yield* endlessBlocks(handle);
  } finally {
    await handle.close();
  }
}

/** To wait for each block would take as long as to read it: what is on a disk comes at once. */
async function* sizedBlocks(file: number, size: number, reading: Reading): AsyncGenerator<Uint8Array> {
  const turns = new Turns();
  for (let at = 0; at < size; ) {
    const pause = turns.pause();
    if (pause) await pause;
    const block = lend(Math.min(BLOCK, size - at));
    const length = readSync(file, block, 0, block.length, at);
    if (length === 0) break;
    at += length;
    yield block.subarray(0, length);
  }
  const changed = changeOf(size, fstatSync(file).size);
  if (changed !== undefined) reading.changed = changed;
}

async function* endlessBlocks(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const block = lend(BLOCK);
    const { bytesRead } = await handle.read(block, 0, block.length, null);
    if (bytesRead === 0) return;
    yield block.subarray(0, bytesRead);
  }
}

/** What is to be said of a file that had `size` bytes when it was opened and has `now` after reading. */
export function changeOf(size: number, now: number): string | undefined {
  if (now > size) return `it grew by ${now - size} bytes while it was read; they were not`;
  return now < size ? `it shrank from ${size} to ${now} bytes while it was read` : undefined;
}

/** Counts the blocks that pass, hashes them where asked to, and ends early where reading fails or `signal` fires. */
export async function* observed(
  blocks: AsyncIterable<Uint8Array>,
  reading: Reading,
  hash: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const sha256 = hash ? createHash("sha256") : undefined;
  const iterator = blocks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orAborted(iterator.next(), signal);
      if (next === undefined) return;
      if (next.done) break;
      reading.bytes += next.value.length;
      sha256?.update(next.value);
      yield next.value;
    }
    if (sha256) reading.sha256 = sha256.digest("hex");
  } catch (error) {
    reading.failed = reasonOf(error);
  } finally {
    // Not awaited: a read on a silent pipe does not end.
    void iterator.return?.()?.catch(() => undefined);
  }
}

/** undefined as soon as `signal` fires, so that a pipe on which nothing comes cannot hold a run up. */
async function orAborted<T>(step: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (!signal) return step;
  let stop = (): void => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([step, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
