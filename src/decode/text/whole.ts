import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { encodingOf } from "../json/encoding.ts";

/** The first bytes of a file, at most `most`, whatever it calls itself: a pipe and a device have no size. */
interface FirstBytes {
  readonly bytes: Buffer;
  /** There are more. */
  readonly isCut: boolean;
}

const BLOCK = 1 << 20;

/** @throws what the system says where the file cannot be opened or read */
export function firstBytes(path: string, most: number): FirstBytes {
  const file = openSync(path, "r");
  try {
    const blocks: Buffer[] = [];
    let length = 0;
    while (length <= most) {
      const block = Buffer.allocUnsafe(Math.min(BLOCK, most + 1 - length));
      const got = readSync(file, block, 0, block.length, null);
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
