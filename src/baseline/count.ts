import { ByteReader, ByteWriter } from "./bytes.ts";
import { validDay } from "./days.ts";
import { HostSet } from "./hosts.ts";

/** What no honest baseline exceeds; a hostile one is refused as damaged before it can be merged. */
const MOST = {
  /** Occurrences in one source log. */
  times: 2 ** 40,
  shards: 1_000_000,
  shardName: 64,
} as const;

/**
 * What is counted of one key: occurrences by shard (a shard is a source log, so that learning it twice changes nothing), first and
 * last day, a bitmap of the days modulo 32, and the hosts. Merging takes maxima and unions: associative, commutative, idempotent.
 */
export class Count {
  readonly shards = new Map<string, number>();
  first = Number.MAX_SAFE_INTEGER;
  last = 0;
  days = 0;
  hosts = new HostSet();

  add(shard: string, host: string, day: number, times = 1): void {
    if (times > 0) this.shards.set(shard, (this.shards.get(shard) ?? 0) + times);
    this.first = Math.min(this.first, day);
    this.last = Math.max(this.last, day);
    this.days |= 1 << (day % 32);
    this.hosts.add(host, day);
  }

  merge(other: Count): void {
    for (const [shard, count] of other.shards) this.shards.set(shard, Math.max(this.shards.get(shard) ?? 0, count));
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
    this.days |= other.days;
    this.hosts.merge(other.hosts);
  }

  get total(): number {
    let sum = 0;
    for (const count of this.shards.values()) sum += count;
    return Math.min(sum, Number.MAX_SAFE_INTEGER);
  }

  /** Distinct days among the last 32. */
  get dayCount(): number {
    let bits = this.days >>> 0;
    let count = 0;
    while (bits !== 0) {
      bits &= bits - 1;
      count++;
    }
    return count;
  }

  encode(): Buffer {
    const out = new ByteWriter();
    out.varint(this.first);
    out.varint(this.last);
    out.varint(this.days >>> 0);
    this.hosts.write(out);
    out.varint(this.shards.size);
    for (const [shard, count] of [...this.shards].sort(([a], [b]) => (a < b ? -1 : 1))) {
      out.block(Buffer.from(shard, "latin1"));
      out.varint(count);
    }
    return out.take();
  }

  /** @throws RangeError where bytes are cut or numbers absurd */
  static decode(bytes: Uint8Array): Count {
    const from = new ByteReader(bytes);
    const count = new Count();
    count.first = from.varint();
    count.last = validDay(from.varint());
    if (count.first !== Number.MAX_SAFE_INTEGER || count.last !== 0) validDay(count.first);
    count.days = from.varint() | 0;
    count.hosts = HostSet.read(from);
    const size = from.varint();
    if (size > MOST.shards) throw new RangeError("a key has too many source logs");
    for (let i = 0; i < size; i++) {
      const shard = Buffer.from(from.block()).toString("latin1");
      const times = from.varint();
      if (shard.length > MOST.shardName || times > MOST.times) throw new RangeError("a count is too large");
      count.shards.set(shard, times);
    }
    return count;
  }
}
