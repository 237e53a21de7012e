import { crc32 } from "node:zlib";

/** The CRC-32 of what had `sum` so far (0: nothing yet) and these bytes behind it. zlib takes no bytes at all for a new beginning. */
export function addedCrc32(sum: number, bytes: Uint8Array): number {
  return bytes.length === 0 ? sum : crc32(bytes, sum);
}
