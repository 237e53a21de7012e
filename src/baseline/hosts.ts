import { createHash } from "node:crypto";
import type { ByteReader, ByteWriter } from "./bytes.ts";
import { validDay } from "./days.ts";

/** Hosts are counted exactly up to here; beyond it a HyperLogLog estimates them (p = 12, standard error 1.6 %). */
export const MAX_EXACT = 64;
const P = 12;
const REGISTERS = 1 << P;

const hashes = new Map<string, number>();
const MAX_HASHES = 65_536;

/** 32 bits of a name's SHA-256: no name is kept in a file. Names come in runs, so those met are remembered. */
function hash(name: string): number {
  let known = hashes.get(name);
  if (known === undefined) {
    known = createHash("sha256").update(name.toLowerCase()).digest().readUInt32BE(0);
    if (hashes.size >= MAX_HASHES) hashes.clear();
    hashes.set(name, known);
  }
  return known;
}

/**
 * A set of hosts with the day on which each first showed something. The 64 earliest are kept exactly, the number of all of them is
 * estimated once there are more. Merging is idempotent, commutative and associative.
 */
export class HostSet {
  /** Host hash → first day (days since the epoch). */
  readonly #first = new Map<number, number>();
  /** Ranks of all hosts ever seen, once there were more than are kept exactly. */
  #registers: Uint8Array | undefined;

  add(name: string, day: number): void {
    this.#insert(hash(name), day);
    this.#trim();
  }

  #insert(host: number, day: number): void {
    if (this.#registers) register(this.#registers, host);
    const known = this.#first.get(host);
    if (known === undefined || day < known) this.#first.set(host, day);
  }

  /** Keeps the earliest; the hash decides among those of one day, so that the order of merging does not. */
  #trim(): void {
    if (this.#first.size <= MAX_EXACT) return;
    if (!this.#registers) {
      this.#registers = new Uint8Array(REGISTERS);
      for (const host of this.#first.keys()) register(this.#registers, host);
    }
    for (const [host] of this.#sorted().slice(MAX_EXACT)) this.#first.delete(host);
  }

  #sorted(): [number, number][] {
    return [...this.#first].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  }

  get size(): number {
    return this.#registers ? Math.max(MAX_EXACT, estimate(this.#registers)) : this.#first.size;
  }

  /** Hosts that had shown it on or before that day; a lower bound where more are known than are kept exactly. */
  by(day: number): number {
    let count = 0;
    for (const first of this.#first.values()) if (first <= day) count++;
    return this.#registers && count === MAX_EXACT ? this.size : count;
  }

  /** The day on which a host first showed it; undefined where it did not, or is not among those that are kept. */
  firstOf(name: string): number | undefined {
    return this.#first.get(hash(name));
  }

  /** Whether a host may be in the set; never false for one that is. */
  mayHold(name: string): boolean {
    const host = hash(name);
    return this.#registers ? rankOf(host) <= (this.#registers[indexOf(host)] as number) : this.#first.has(host);
  }

  merge(other: HostSet): void {
    if (other.#registers && !this.#registers) {
      this.#registers = new Uint8Array(REGISTERS);
      for (const host of this.#first.keys()) register(this.#registers, host);
    }
    const mine = this.#registers;
    if (mine)
      other.#registers?.forEach((rank, index) => {
        if (rank > (mine[index] as number)) mine[index] = rank;
      });
    for (const [host, day] of other.#first) this.#insert(host, day);
    this.#trim();
  }

  write(out: ByteWriter): void {
    out.varint(this.#first.size);
    for (const [host, day] of this.#sorted()) {
      out.varint(host);
      out.varint(day);
    }
    out.varint(this.#registers ? 1 : 0);
    if (this.#registers) out.bytes(this.#registers);
  }

  static read(from: ByteReader): HostSet {
    const set = new HostSet();
    const size = from.varint();
    if (size > MAX_EXACT) throw new RangeError("too many hosts");
    for (let i = 0; i < size; i++) {
      const host = from.varint();
      set.#first.set(host, validDay(from.varint()));
    }
    if (from.varint() === 1) set.#registers = Uint8Array.from(from.bytes(REGISTERS));
    return set;
  }
}

/** A second hash of the first, so that a set may grow out of exactness without its names. */
function spread(high: number): number {
  let x = high ^ 0x9e3779b9;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

const indexOf = (high: number) => high >>> (32 - P);
const rankOf = (high: number) => Math.clz32(spread(high)) + 1;

function register(registers: Uint8Array, high: number): void {
  const index = indexOf(high);
  const rank = rankOf(high);
  if (rank > (registers[index] as number)) registers[index] = rank;
}

/** Flajolet et al. 2007, with linear counting for small sets. */
function estimate(registers: Uint8Array): number {
  let sum = 0;
  let zeros = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) zeros++;
  }
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
  return Math.round(raw <= 2.5 * REGISTERS && zeros > 0 ? REGISTERS * Math.log(REGISTERS / zeros) : raw);
}
