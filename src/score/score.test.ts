import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreOf } from "./score.ts";
import weights from "./weights.json" with { type: "json" };

const START = 100 / (1 + Math.exp(-weights.prior));
const reason = (weight: number, at: number) => ({ id: `r${at}`, group: `g${at}`, weight, text: "." });

describe("points", () => {
  it("tell the reasons of a score apart that is nearly full", () => {
    const { score, reasons } = scoreOf([reason(6, 0), reason(3, 1), reason(-1, 2)]);
    expect(score).toBeGreaterThan(99);
    const [much, less, against] = reasons.map(({ points }) => points);
    expect(much).toBeCloseTo(2 * (less as number), 0);
    expect(less).toBeGreaterThan(20);
    expect(against).toBeLessThan(-5);
  });

  it("add up to the score from where every behaviour starts", () => {
    const weight = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { maxLength: 12 }), (all) => {
        const { score, reasons } = scoreOf(all.map(reason));
        const sum = reasons.reduce((total, { points }) => total + points, START);
        expect(Math.abs(sum - score)).toBeLessThan(0.05 * (all.length + 1) + 1e-6);
        for (const { points, weight: own } of reasons) expect(points * own).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
