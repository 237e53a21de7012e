import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { likelihoodBy, likelihoodOf, PRIOR, stepOf } from "../../src/score/likelihood.ts";
import weights from "../../src/score/weights.json" with { type: "json" };
import { crossed, type Outcome, priorOf, steps } from "./calibrate.ts";

const outcomes = (score: number, of: number, hits: number): Outcome[] =>
  Array.from({ length: of }, (_, at) => ({ score, label: at < hits, folder: `f${at % 7}` }));

/** Steps at the share of true findings that the data have. */
const own = (all: readonly Outcome[]) => steps(all, priorOf(all) ?? 0.5);

describe("steps of a likelihood", () => {
  it("are the shares that were observed, where the prior is theirs", () => {
    const all = [...outcomes(10, 200, 1), ...outcomes(50, 100, 30), ...outcomes(90, 100, 99)];
    expect(own(all)).toEqual([
      [0, 0.00746],
      [50, 0.302],
      [90, 0.985],
    ]);
  });

  it("take together what falls, and what is too little to tell", () => {
    expect(own([...outcomes(10, 100, 40), ...outcomes(50, 100, 20)])).toEqual([[0, 0.301]]);
    expect(own([...outcomes(10, 100, 0), ...outcomes(50, 3, 3)])).toEqual([[0, 0.0337]]);
    expect(steps([], 0.05)).toEqual([]);
  });

  it("keep findings of one score together", () => {
    const all = [...outcomes(10, 20, 0), ...outcomes(50, 30, 0), ...outcomes(50, 30, 30), ...outcomes(90, 60, 60)];
    expect(own(all).map(([from]) => from)).toEqual([0, 90]);
  });

  it("count true findings as much as the prior has it, however many there are", () => {
    const fleet = [...outcomes(10, 1000, 0), ...outcomes(90, 100, 100)];
    const alone = stepOf(steps(fleet, 0.1), 10) as number;
    const both = stepOf(steps([...fleet, ...outcomes(10, 100, 100)], 0.1), 10) as number;
    expect(alone).toBeLessThan(0.001);
    // Half of the attacks, a twentieth of all findings, are scored as all that is ordinary.
    expect(both).toBeCloseTo(0.05 / 0.95, 2);
  });

  it("never fall, and lie between nothing and certainty", () => {
    const one = fc.record({
      score: fc.integer({ min: 0, max: 100 }),
      label: fc.boolean(),
      folder: fc.constantFrom("a", "b", "c"),
    });
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 400 }), share, (all, prior) => {
        const made = steps(all, prior);
        for (const [at, [from, part]] of made.entries()) {
          expect(part).toBeGreaterThanOrEqual(made[at - 1]?.[1] ?? 0);
          expect(from).toBeGreaterThanOrEqual(made[at - 1]?.[0] ?? 0);
          expect(part).toBeLessThanOrEqual(1);
        }
        for (const { likelihood } of crossed(all, { prior, steps: made })) {
          expect(likelihood).toBeGreaterThanOrEqual(0);
          expect(likelihood).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each(["known", "unknown", "incident"] as const)("that are shipped rise: %s", (name) => {
    const shipped = weights.calibration[name].steps as unknown as [number, number][];
    expect(shipped.length).toBeGreaterThan(1);
    expect(shipped.map(([, share]) => share)).toEqual(shipped.map(([, share]) => share).toSorted((a, b) => a - b));
  });
});

describe("a likelihood at another prior", () => {
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const quiet = { prior: 0.1, steps: [[0, 0.1]] as [number, number][] };

  it("is what a test of known errors says", () => {
    // It marks nine of ten true ones and one of ten others: of ten findings, five true, nine tenths of those marked are true.
    const marked = { prior: 0.5, steps: [[0, 0.9]] as [number, number][] };
    const by = { quiet: marked, incident: { ...marked, prior: 0.6 } };
    expect(likelihoodBy(by, 30, 0.5)).toBeCloseTo(0.9, 6);
    expect(likelihoodBy(by, 30, 0.1)).toBeCloseTo(0.5, 6);
  });

  it("goes by the quiet fleet up to its prior, by incidents from theirs on, and between both in between", () => {
    const by = { quiet, incident: { prior: 0.6, steps: [[0, 0.9]] as [number, number][] } };
    expect(likelihoodBy(by, 30, 0.1)).toBeCloseTo(0.1, 6);
    expect(likelihoodBy(by, 30, 0.01)).toBeCloseTo(0.01, 6);
    expect(likelihoodBy(by, 30, 0.6)).toBeCloseTo(0.9, 6);
    const middle = likelihoodBy(by, 30, 0.3) as number;
    expect(middle).toBeGreaterThan(0.3);
    expect(middle).toBeLessThan(0.9);
  });

  it("never falls with the score, and stays between nothing and certainty", () => {
    fc.assert(
      fc.property(share, share, share, share, share, (a, b, c, d, prior) => {
        const rising = (one: number, other: number): [number, number][] => [
          [0, Math.min(one, other)],
          [40, Math.max(one, other)],
        ];
        const by = { quiet: { prior: 0.05, steps: rising(a, b) }, incident: { prior: 0.7, steps: rising(c, d) } };
        const [low, high] = [likelihoodBy(by, 10, prior) as number, likelihoodBy(by, 50, prior) as number];
        expect(low).toBeGreaterThan(0);
        expect(high).toBeLessThan(1);
        expect(high).toBeGreaterThanOrEqual(low);
      }),
    );
  });

  it("rises with the prior of a site", () => {
    const [rare, usual, often] = [1e-5, PRIOR, 0.5].map((prior) => likelihoodOf(30, "unknown", prior) as number);
    expect(rare).toBeLessThan(usual as number);
    expect(often).toBeGreaterThan(usual as number);
  });
});
