import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { encodingOf } from "../json/encoding.ts";

/** The first bytes of a file, at most `most`, whatever it calls itself: a pipe and a device have no size. */
interface FirstBytes {
  readonly bytes: Buffer;
  /** There are more. */
  readonly isCut: boolean;
}

const BLOCK = 1 << 20;
/** Milliseconds for which a pipe may be without anybody who writes into it, and between two looks. */
const PATIENCE = 3_000;
const LOOK = 10;

/** A file to be read; to open a pipe waits for nobody. @throws what the system says */
export const openToRead = (path: string): number => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));

const rest = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK);

/** Bytes that a file has next, 0 at its end. A pipe has an end only when somebody wrote into it; one that nobody opens is told. */
function next(file: number, block: Buffer, isBegun: boolean, isPipe: boolean): number {
  const until = performance.now() + PATIENCE;
  for (;;) {
    try {
      const got = readSync(file, block, 0, block.length, null);
      if (got > 0 || isBegun || !isPipe) return got;
      if (performance.now() > until) throw new Error("it is a pipe, and nobody writes into it");
    } catch (error) {
      // Somebody has opened it, and has not written yet.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
    rest();
  }
}

/** @throws what the system says where the file cannot be opened or read */
export function firstBytes(path: string, most: number): FirstBytes {
  const file = openToRead(path);
  try {
    const isPipe = fstatSync(file).isFIFO();
    const blocks: Buffer[] = [];
    let length = 0;
    while (length <= most) {
      const block = Buffer.allocUnsafe(Math.min(BLOCK, most + 1 - length));
      const got = next(file, block, length > 0, isPipe);
      if (got === 0) break;
      blocks.push(block.subarray(0, got));
      length += got;
    }
    return { bytes: Buffer.concat(blocks).subarray(0, most), isCut: length > most };
  } finally {
    closeSync(file);
  }
}

/** Whether these bytes are the text that `textOf` makes of them: nothing had to be replaced. */
export const isWholeText = (bytes: Uint8Array): boolean => encodingOf(bytes) !== "utf-8" || isUtf8(bytes);
