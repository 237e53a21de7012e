import type { Count } from "./count.ts";

/** A host must have shown a key this many days ago before it speaks for the key: bursts and slow drips train nothing at once. */
export const QUARANTINE_DAYS = 7;
/** Fewer hosts than this, or than the share of the fleet, count as none. */
const MIN_HOSTS = 5;
const MIN_SHARE = 0.05;
/** With less than this the baseline is immature and weighs nothing. */
export const MATURE_HOSTS = 20;
export const MATURE_DAYS = 14;
/** Strength of the back-off from a key to the binary as a whole. */
const KAPPA = 2;

/** Where counts come from: a file, or what was seen in this run. */
export interface CountSource {
  get(key: string): Count | undefined;
  readonly fleet: Count;
}

export interface Answer {
  /** Hosts that showed the key, quarantined ones included. */
  readonly hosts: number;
  /** Hosts of the fleet. */
  readonly fleet: number;
  /** Days since the epoch; undefined for a key that was never seen. */
  readonly first: number | undefined;
  readonly days: number;
  /** Surprise in bits, backed off to the binary; undefined where the baseline is too young to say. */
  readonly surprise: number | undefined;
}

export class History {
  readonly #source: CountSource;
  /** The day that is judged: what is younger than the quarantine then does not count. */
  readonly #today: number;
  constructor(source: CountSource, today: number) {
    this.#source = source;
    this.#today = today;
  }

  get fleet(): number {
    return this.#source.fleet.hosts.size;
  }

  get learntDays(): number {
    const { first, last } = this.#source.fleet;
    return last < first ? 0 : last - first + 1;
  }

  get mature(): boolean {
    return this.fleet >= MATURE_HOSTS && this.learntDays >= MATURE_DAYS;
  }

  #settled(count: Count | undefined): number {
    const hosts = count?.hosts.by(this.#today - QUARANTINE_DAYS) ?? 0;
    return hosts < Math.max(MIN_HOSTS, Math.ceil(MIN_SHARE * this.fleet)) ? 0 : hosts;
  }

  /** What the history says of a key; `wider` is the key of the binary as a whole. */
  ask(key: string, wider: string): Answer {
    const count = this.#source.get(key);
    const fleet = this.fleet;
    const answer = {
      hosts: count?.hosts.size ?? 0,
      fleet,
      first: count && count.last >= count.first ? count.first : undefined,
      days: count?.dayCount ?? 0,
    };
    if (!this.mature) return { ...answer, surprise: undefined };
    const backoff = (this.#settled(this.#source.get(wider)) + 1) / (fleet + 2);
    const p = (this.#settled(count) + KAPPA * backoff) / (fleet + KAPPA);
    return { ...answer, surprise: -Math.log2(p) };
  }
}
