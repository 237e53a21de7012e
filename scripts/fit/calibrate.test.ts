import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepOf } from "../../src/score/likelihood.ts";
import weights from "../../src/score/weights.json" with { type: "json" };
import { crossed, type Outcome, predicted, steps } from "./calibrate.ts";

const outcomes = (score: number, of: number, hits: number): Outcome[] =>
  Array.from({ length: of }, (_, at) => ({ score, label: at < hits, file: `f${at % 7}` }));

describe("steps of a likelihood", () => {
  it("are the shares that were observed", () => {
    const all = [...outcomes(10, 200, 1), ...outcomes(50, 100, 30), ...outcomes(90, 100, 99)];
    expect(steps(all)).toEqual([
      [0, 0.007],
      [50, 0.302],
      [90, 0.985],
    ]);
    for (const { likelihood } of crossed(all)) expect(likelihood).toBeLessThan(1);
  });

  it("take together what falls, and what is too little to tell", () => {
    expect(steps([...outcomes(10, 100, 40), ...outcomes(50, 100, 20)])).toEqual([[0, 0.301]]);
    expect(steps([...outcomes(10, 100, 0), ...outcomes(50, 3, 3)])).toEqual([[0, 0.034]]);
    expect(steps([])).toEqual([]);
  });

  it("never fall, and lie between nothing and certainty", () => {
    const one = fc.record({
      score: fc.integer({ min: 0, max: 100 }),
      label: fc.boolean(),
      file: fc.constantFrom("a", "b", "c"),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 400 }), (all) => {
        const made = steps(all);
        for (const [at, [from, share]] of made.entries()) {
          expect(share).toBeGreaterThanOrEqual(made[at - 1]?.[1] ?? 0);
          expect(from).toBeGreaterThanOrEqual(made[at - 1]?.[0] ?? 0);
          expect(share).toBeLessThanOrEqual(1);
        }
        for (const { likelihood } of predicted(all, made)) expect(likelihood).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each(["known", "unknown"] as const)("that are shipped rise, for a past that is %s", (past) => {
    const shipped = weights.calibration[past] as unknown as [number, number][];
    expect(shipped.length).toBeGreaterThan(1);
    expect(shipped.map(([, share]) => share)).toEqual(shipped.map(([, share]) => share).toSorted((a, b) => a - b));
    expect(stepOf(shipped, 0)).toBeLessThan(0.05);
    expect(stepOf(shipped, 100)).toBeGreaterThan(0.9);
  });
});
