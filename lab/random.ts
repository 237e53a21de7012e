import { createHash } from "node:crypto";

/** Seeded randomness. Streams derived from the same seed and labels are equal, whatever else was drawn before. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** An integer between both bounds, inclusive. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** `count` different items, in random order; all of them where there are fewer. */
  sample<T>(items: readonly T[], count: number): T[];
  hex(length: number): string;
  /** A number of events of a Poisson process with this mean. */
  poisson(mean: number): number;
  /** An independent stream. */
  derive(...labels: readonly (string | number)[]): Random;
}

function digest(seed: string): Buffer {
  return createHash("sha256").update(seed).digest();
}

/** sfc32: small, fast, and good enough for anything that is not a secret. */
function sfc32(seed: string): () => number {
  const state = new Uint32Array(new Uint8Array(digest(seed)).buffer, 0, 4);
  return () => {
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const t = (a + b + d) >>> 0;
    state[3] = d + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + t;
    return t / 0x1_0000_0000;
  };
}

export function createRandom(seed: string): Random {
  const next = sfc32(seed);
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const sample = <T>(items: readonly T[], count: number): T[] => {
    const rest = [...items];
    const size = Math.min(count, rest.length);
    for (let i = 0; i < size; i++) {
      const j = int(i, rest.length - 1);
      [rest[i], rest[j]] = [rest[j] as T, rest[i] as T];
    }
    return rest.slice(0, size);
  };
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError("nothing to pick from");
      return items[int(0, items.length - 1)] as (typeof items)[number];
    },
    sample,
    hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(""),
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
    derive: (...labels) => createRandom(`${seed}/${labels.join("/")}`),
  };
}

/** Upper-case hexadecimal digits that follow from a text: stand-ins for hashes of files. */
export function stableHex(text: string, length: number): string {
  return createHash("sha512").update(text).digest("hex").slice(0, length).toUpperCase();
}

export function randomGuid(random: Random): string {
  const h = random.hex(32).toUpperCase();
  return `{${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-A${h.slice(17, 20)}-${h.slice(20)}}`;
}
