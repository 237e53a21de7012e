import weights from "./weights.json" with { type: "json" };

/** The share of true findings from a score on, up to the next step. */
export type Step = readonly [from: number, share: number];

/** Whether a baseline knows the host that a finding is on. */
export type Past = "known" | "unknown";

/** The step in which a score lies. */
export function stepOf(steps: readonly Step[], score: number): number | undefined {
  return steps.findLast(([from]) => from <= score)?.[1];
}

/**
 * The share of findings scored so that were true where it was measured: in fleets whose hosts a baseline knows, and in the same fleets
 * without one (`calibration` in weights.json, docs/score.md). 0–1, three decimals.
 */
export const likelihoodOf = (score: number, past: Past): number | undefined =>
  stepOf(weights.calibration[past] as unknown as readonly Step[], score);
