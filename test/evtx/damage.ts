import { createRandom } from "../../lab/random.ts";

/** Ways in which files get damaged; every choice comes from a seed, so that a failing file can be made again. */

type Random = () => number;
type Damage = (bytes: Buffer, random: Random) => Buffer;

const HEADER = 4096;
const CHUNK = 65536;

const below = (random: Random, limit: number) => Math.floor(random() * limit);
/** Small numbers as likely as great ones. */
const scaled = (random: Random, limit: number) => Math.floor(limit ** random());

export const DAMAGES: Readonly<Record<string, Damage>> = {
  bitFlips(bytes, random) {
    for (let n = scaled(random, 500); n > 0; n--) {
      const at = below(random, bytes.length);
      bytes[at] = bytes[at]! ^ (1 << below(random, 8));
    }
    return bytes;
  },
  zeroedRanges(bytes, random) {
    for (let n = 1 + below(random, 5); n > 0; n--) {
      const at = below(random, bytes.length);
      bytes.fill(0, at, Math.min(bytes.length, at + scaled(random, CHUNK)));
    }
    return bytes;
  },
  noise(bytes, random) {
    const at = below(random, bytes.length);
    const end = Math.min(bytes.length, at + scaled(random, CHUNK));
    for (let i = at; i < end; i++) bytes[i] = below(random, 256);
    return bytes;
  },
  truncation(bytes, random) {
    return bytes.subarray(0, below(random, bytes.length));
  },
  shuffledChunks(bytes, random) {
    const chunks: Buffer[] = [];
    for (let at = HEADER; at < bytes.length; at += CHUNK) chunks.push(bytes.subarray(at, at + CHUNK));
    for (let i = chunks.length - 1; i > 0; i--) {
      const other = below(random, i + 1);
      [chunks[i], chunks[other]] = [chunks[other]!, chunks[i]!];
    }
    return Buffer.concat([bytes.subarray(0, HEADER), ...chunks]);
  },
  chunkHeaders(bytes, random) {
    for (let at = HEADER; at < bytes.length; at += CHUNK) {
      for (let n = below(random, 20); n > 0; n--) bytes[at + below(random, 512)] = below(random, 256);
    }
    return bytes;
  },
  fileHeader(bytes, random) {
    for (let i = 0; i < 128; i++) if (random() < 0.5) bytes[i] = below(random, 256);
    return bytes;
  },
  missingBytes(bytes, random) {
    const at = below(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + scaled(random, CHUNK))]);
  },
};

/** A damaged copy: one to three kinds of damage, by the seed. */
export function damage(original: Uint8Array, seed: number): Buffer {
  const random = createRandom(`damage ${seed}`).next;
  const kinds = Object.values(DAMAGES);
  let bytes: Buffer = Buffer.from(original);
  for (let n = 1 + below(random, 3); n > 0; n--) bytes = kinds[below(random, kinds.length)]!(bytes, random);
  return bytes;
}
