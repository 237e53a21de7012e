import { openGzip } from "./gzip.ts";
import type { OpenContainer } from "./member.ts";
import { isTarHeader, openTar } from "./tar.ts";
import { openZip } from "./zip.ts";
import { openZstd } from "./zstd.ts";

export interface Container {
  readonly name: string;
  /** Absent where the kind is known but not read. */
  readonly open?: OpenContainer;
}

/** How many of the first bytes tell a container. */
const CONTAINER_HEAD = 512;

const MAGICS: readonly (readonly [name: string, magic: string, open?: OpenContainer])[] = [
  ["gzip", "1f8b08", openGzip],
  ["zstd", "28b52ffd", openZstd],
  ["zip", "504b0304", openZip],
  ["zip", "504b0506", openZip],
  ["zip", "504b0708504b0304", openZip],
  ["xz", "fd377a585a00"],
  ["bzip2", "425a6839314159"],
  ["7z", "377abcaf271c"],
  ["rar", "526172211a07"],
  ["cab", "4d534346"],
  ["lz4", "04224d18"],
];

/** The container whose first bytes these are; undefined where they are of none. Told by content, never by name. */
export function containerOf(head: Uint8Array): Container | undefined {
  const hex = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 8)).toString("hex");
  for (const [name, magic, open] of MAGICS) {
    if (hex.startsWith(magic)) return open ? { name, open } : { name };
  }
  if (/^5[0-9a-f]2a4d18/.test(hex)) return { name: "zstd", open: openZstd };
  return isTarHeader(head.subarray(0, CONTAINER_HEAD)) ? { name: "tar", open: openTar } : undefined;
}
