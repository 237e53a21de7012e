import weights from "./weights.json" with { type: "json" };

/** The share of true findings from a score on, up to the next step. */
export type Step = readonly [from: number, share: number];

/** Whether a baseline knows the host that a finding is on. */
export type Past = "known" | "unknown";

/** The step in which a score lies. */
export function stepOf(steps: readonly Step[], score: number): number | undefined {
  return steps.findLast(([from]) => from <= score)?.[1];
}

/** The share of true findings, among those of any level, of the data behind the steps; what a site that says nothing is taken for. */
export const PRIOR: number = weights.calibration.prior;

const odds = (share: number) => share / (1 - share);

/** A share that was found where `from` of all findings are true, for where `to` of them are: the evidence is the same, its odds are not. */
export function atPrior(share: number, from: number, to: number): number {
  if (from === to) return share;
  const there = (odds(share) * odds(to)) / odds(from);
  return Number.isFinite(there) ? there / (1 + there) : 1;
}

/**
 * The share of findings scored so that are true: as in labelled fleets and recordings (`calibration` in weights.json, docs/score.md),
 * where so many of all findings are true as the prior says. 0–1, three digits; never certain.
 */
export function likelihoodOf(score: number, past: Past, prior = PRIOR): number | undefined {
  const share = stepOf(weights.calibration[past] as unknown as readonly Step[], score);
  return share === undefined ? undefined : Math.min(0.999, Number(atPrior(share, PRIOR, prior).toPrecision(3)));
}
