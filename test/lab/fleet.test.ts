import { describe, expect, it } from "vitest";
import type { ActRow } from "../../lab/labels.ts";
import { poisson, wilson } from "../../scripts/fleet/intervals.ts";
import { judgeFleet } from "../../scripts/fleet/judge.ts";
import type { Finding } from "../../src/model/finding.ts";

describe("intervals", () => {
  it("are Wilson's for shares", () => {
    // Newcombe 1998, table I, method 3: 81 of 263, 0 of 20.
    const [low, high] = wilson(81, 263);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(["0.2553", "0.3662"]);
    expect(wilson(0, 20)[1].toFixed(4)).toBe("0.1611");
  });

  it("are exact for rates, small and large", () => {
    expect(poisson(0, 1).map((bound) => bound.toFixed(3))).toEqual(["0.000", "3.689"]);
    expect(poisson(10, 1).map((bound) => bound.toFixed(3))).toEqual(["4.795", "18.390"]);
    const [low, high] = poisson(1000, 10);
    expect(low).toBeGreaterThan(93);
    expect(low).toBeLessThan(95);
    expect(high).toBeGreaterThan(105);
    expect(high).toBeLessThan(107);
  });
});

const act = (name: string, file: string, ordinals: number[]): ActRow => ({
  act: name,
  number: 1,
  host: "h",
  day: "2026-03-09",
  os: "windows",
  scope: "core",
  records: { [file]: ordinals },
});
const finding = (file: string, index: number, score: number, more: Partial<Finding> = {}) =>
  ({
    source: { file: `lab/${file}`, index },
    related: [],
    score,
    level: score >= 70 ? "high" : score >= 40 ? "medium" : "low",
    time: "2026-03-09T08:00:00Z",
    behaviour: "windows/rundll32/call",
    ...more,
  }) as unknown as Finding;

describe("the measure of a fleet", () => {
  const options = { folder: "lab", hostDays: 10 };

  it("counts an act as found by any of its records, and what touches none as false", () => {
    const acts = [act("T1218.011/entry", "after/A.ndjson", [4, 5]), act("campaign/slow", "after/B.ndjson", [1])];
    const found = [
      finding("after/a.ndjson", 5, 80),
      finding("after/b.ndjson", 9, 90, {
        related: [{ file: "lab/after/b.ndjson", index: 1, role: "evidence" }],
      }),
      finding("after/c.ndjson", 2, 50),
      finding("after/c.ndjson", 3, 30),
    ];
    const result = judgeFleet(acts, found, options);
    expect(result.chains.map(({ level }) => level)).toEqual(["high"]);
    expect([...result.campaigns.values()].flat().map(({ level }) => level)).toEqual([undefined]);
    expect(result.wrong.map(({ score }) => score)).toEqual([90, 50]);
    expect(result.top).toEqual({ part: 1, of: 3 });
  });

  it("looks at the fifty highest of each day", () => {
    const acts = [act("T1218.011/entry", "after/A.ndjson", [0])];
    const found = Array.from({ length: 80 }, (_, i) => finding("after/a.ndjson", i, 99 - i / 2));
    expect(judgeFleet(acts, found, options).top).toEqual({ part: 1, of: 50 });
    const other = found.map((one) => ({ ...one, time: "2026-03-10T08:00:00Z" }));
    expect(judgeFleet(acts, [...found, ...other], options).top).toEqual({ part: 2, of: 100 });
  });
});
