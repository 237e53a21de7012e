import { Memory } from "../cmdline/memory.ts";
import type { Count } from "./count.ts";
import { PROGRAM_KEYS, Programs } from "./programs.ts";

/** A host must have shown a key this many days ago before it speaks for the key: bursts and slow drips train nothing at once. */
const QUARANTINE_DAYS = 7;
/** Fewer hosts than this, or than the share of the fleet, count as none. */
const MIN_HOSTS = 5;
const MIN_SHARE = 0.05;
/** With less than this the baseline is immature and weighs nothing. */
export const MATURE_HOSTS = 20;
export const MATURE_DAYS = 14;
/** So many days after its end a baseline no longer says what is normal. */
const STALE_DAYS = 90;
/** Strength of the back-off from a key to the binary as a whole. */
const KAPPA = 2;

/** Where counts come from: a file, or what was seen in this run. */
export interface CountSource {
  get(key: string): Count | undefined;
  readonly fleet: Count;
  /** All entries whose keys begin so. */
  entries?(prefix: string): Iterable<{ readonly key: string }>;
}

export interface Answer {
  /** Hosts that showed the key, quarantined ones included. */
  readonly hosts: number;
  /** Of these, as many as count: long enough ago, and on enough hosts; else none. */
  readonly settled: number;
  /** Hosts of the fleet. */
  readonly fleet: number;
  /** Days since the epoch; undefined for a key that was never seen. */
  readonly first: number | undefined;
  readonly days: number;
  /** Whether this very host showed the key before the quarantine. */
  readonly own: boolean;
  /** False: the baseline never watched this host, which may be of another fleet or have another name now. */
  readonly watched: boolean;
  /** Surprise in bits, backed off to the binary; undefined where the baseline is too young, or too old, to say. */
  readonly surprise: number | undefined;
}

function* keysOf(entries: Iterable<{ readonly key: string }>): Generator<string> {
  for (const { key } of entries) yield key;
}

/** Where and when something is judged. */
export interface Asked {
  readonly host?: string | undefined;
  /** Days since the epoch. */
  readonly day?: number | undefined;
}

/**
 * What a baseline says of events. It knows the past only: an event is judged by what was known on its day, and an event of the days that
 * were learnt by what was known at their end. Of times long after its end it says nothing, and so it does of a clock that is years ahead.
 */
export class History {
  readonly #source: CountSource;
  /** Starts come again and again, and so do their keys. */
  readonly #counts = new Memory<Count | null>();
  /** Day of the latest event that is judged. */
  readonly #today: number;
  /** Hosts of the fleet. Of a large one it is an estimate, which takes longer than all that is asked of it. */
  readonly fleet: number;
  /** What sentences call it. */
  readonly name: "the baseline" | "the scanned data";
  #programs: Programs | undefined;
  constructor(source: CountSource, today: number, name: History["name"] = "the baseline") {
    this.#source = source;
    this.fleet = source.fleet.hosts.size;
    this.#today = today;
    this.name = name;
  }

  /** Which programs files are, by their hashes. */
  get programs(): Programs {
    this.#programs ??= new Programs(keysOf(this.#source.entries?.(PROGRAM_KEYS) ?? []));
    return this.#programs;
  }

  get learntDays(): number {
    const { first, last } = this.#source.fleet;
    return last < first ? 0 : last - first + 1;
  }

  get mature(): boolean {
    return this.#speaks(this.#source.fleet.last);
  }

  /** Whether enough hosts and days were known by a day, and not too long ago. A host whose clock is years behind adds one day, not years. */
  #speaks(day: number): boolean {
    const { first, last, dayCount } = this.#source.fleet;
    const days = Math.min(last, day) - first + 1;
    const learnt = Math.min(days, dayCount);
    return this.fleet >= MATURE_HOSTS && learnt >= MATURE_DAYS && day <= last + STALE_DAYS;
  }

  /** Whether it says what is normal on a host on a day. */
  knows({ host, day = this.#today }: Asked): boolean {
    const isWatched = host !== undefined && this.#source.fleet.hosts.mayHold(host);
    return isWatched && this.#speaks(Math.max(day, Math.min(this.#today, this.#source.fleet.last)));
  }

  #settled(count: Count | undefined, day: number): number {
    const hosts = count?.hosts.by(day - QUARANTINE_DAYS) ?? 0;
    return hosts < Math.max(MIN_HOSTS, Math.ceil(MIN_SHARE * this.fleet)) ? 0 : hosts;
  }

  #countOf(key: string): Count | undefined {
    return this.#counts.get(key, () => this.#source.get(key) ?? null) ?? undefined;
  }

  /** What the history says of a key; `wider` is the key of the binary as a whole. */
  ask(key: string, wider: string, { host, day = this.#today }: Asked = {}): Answer {
    const count = this.#countOf(key);
    const by = Math.max(day, Math.min(this.#today, this.#source.fleet.last));
    const ownFirst = host === undefined ? undefined : count?.hosts.firstOf(host);
    const fleet = this.fleet;
    const settled = this.#settled(count, by);
    const answer = {
      hosts: count?.hosts.size ?? 0,
      settled,
      fleet,
      first: count && count.last >= count.first ? count.first : undefined,
      days: count?.dayCount ?? 0,
      watched: host === undefined || this.#source.fleet.hosts.mayHold(host),
      own: ownFirst !== undefined && ownFirst <= by - QUARANTINE_DAYS,
    };
    if (!this.#speaks(by)) return { ...answer, surprise: undefined };
    const backoff = (this.#settled(this.#countOf(wider), by) + 1) / (fleet + 2);
    const p = (settled + KAPPA * backoff) / (fleet + KAPPA);
    return { ...answer, surprise: -Math.log2(p) };
  }
}
