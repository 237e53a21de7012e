import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync, unzipSync } from "node:zlib";

/** Bytes that packed code may come to. */
const MAX_UNPACKED = 1_000_000;

type Open = (packed: Uint8Array, options: { readonly maxOutputLength: number; readonly finishFlush: number }) => Buffer;

const OPENERS = {
  gzip: gunzipSync,
  zlib: inflateSync,
  deflate: inflateRawSync,
  /** One of the first two, told by its first bytes. */
  auto: unzipSync,
  brotli: (packed, { maxOutputLength }) => brotliDecompressSync(packed, { maxOutputLength }),
} satisfies Readonly<Record<string, Open>>;

export type Packing = keyof typeof OPENERS;

/** What packed bytes hold, also where they are cut off before their end; undefined for nothing, too much, or what is not packed so. */
export function unpack(packed: Uint8Array, packing: Packing): Uint8Array | undefined {
  try {
    const bytes = OPENERS[packing](packed, { maxOutputLength: MAX_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH });
    return bytes.length > 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
