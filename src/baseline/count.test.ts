import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Count } from "./count.ts";
import { HostSet, MAX_EXACT } from "./hosts.ts";

const sightings = fc.array(
  fc.record({
    shard: fc.constantFrom("s1", "s2", "s3"),
    host: fc.integer({ min: 0, max: 150 }).map((n) => `host-${n}`),
    day: fc.integer({ min: 20_000, max: 20_060 }),
  }),
  { maxLength: 200 },
);

/** Counts of one shard grow in the order of the log, so that a later copy of a log never says less. */
const countOf = (list: readonly { shard: string; host: string; day: number }[]) => {
  const count = new Count();
  for (const { shard, host, day } of list) count.add(shard, host, day);
  return count;
};
const merged = (...counts: readonly Count[]) => {
  const whole = new Count();
  for (const count of counts) whole.merge(count);
  return whole.encode().toString("hex");
};
const copy = (count: Count) => Count.decode(count.encode());

describe("merging counts", () => {
  it("is commutative, associative and idempotent", () => {
    fc.assert(
      fc.property(sightings, sightings, sightings, (x, y, z) => {
        const [a, b, c] = [countOf(x), countOf(y), countOf(z)];
        expect(merged(a, b)).toBe(merged(b, a));
        const left = copy(a);
        left.merge(b);
        const right = copy(b);
        right.merge(c);
        expect(merged(left, c)).toBe(merged(a, right));
        expect(merged(a, a)).toBe(merged(a));
      }),
      { numRuns: 60 },
    );
  });

  it("survives being written and read", () => {
    fc.assert(
      fc.property(sightings, (list) => {
        const count = countOf(list);
        expect(copy(count).encode()).toEqual(count.encode());
        expect(copy(count).total).toBe(count.total);
      }),
    );
  });

  it("learns nothing from a log that it already knows", () => {
    const list = [{ shard: "s1", host: "a", day: 20_000 }];
    const whole = countOf(list);
    whole.merge(countOf(list));
    expect(whole.total).toBe(1);
  });
});

describe("a set of hosts", () => {
  it("is exact up to its limit and close beyond it", () => {
    const set = new HostSet();
    for (let i = 0; i < MAX_EXACT; i++) set.add(`h${i}`, 20_000);
    expect(set.size).toBe(MAX_EXACT);
    for (let i = 0; i < 5000; i++) set.add(`h${i}`, 20_010);
    expect(Math.abs(set.size - 5000) / 5000).toBeLessThan(0.06);
    expect(set.by(19_999)).toBe(0);
  });

  it("says who had shown something by a day", () => {
    const set = new HostSet();
    set.add("a", 20_005);
    set.add("b", 20_010);
    set.add("a", 20_001);
    expect([set.by(20_000), set.by(20_001), set.by(20_010)]).toEqual([0, 1, 2]);
  });
});
