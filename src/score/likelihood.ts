import weights from "./weights.json" with { type: "json" };

/** The share of true findings from a score on, up to the next step. */
export type Step = readonly [from: number, share: number];

/** Steps as they were found in data of which such a share of all findings is true. */
export interface Curve {
  readonly prior: number;
  readonly steps: readonly Step[];
}

/** Whether a baseline knows the host that a finding is on. */
export type Past = "known" | "unknown";

/** What is known of how findings come true: where attacks are seldom, and in recordings of attacks. */
export interface Curves {
  readonly quiet: Curve;
  readonly incident: Curve;
}

/** The share of true findings, among those of any level, that a site which says nothing is taken for. */
export const PRIOR: number = weights.calibration.prior;

const CURVES = weights.calibration as unknown as Readonly<Record<Past | "incident", Curve>>;

/** No finding is certain, and none is out of the question. */
const SURE = 1e-5;
const logit = (share: number) => {
  const within = Math.min(1 - SURE, Math.max(SURE, share));
  return Math.log(within / (1 - within));
};

/** The step in which a score lies. */
export function stepOf(steps: readonly Step[], score: number): number | undefined {
  return steps.findLast(([from]) => from <= score)?.[1];
}

/**
 * The share of findings scored so that are true, where `prior` of all findings are. A share found elsewhere is carried over by its odds.
 * How loud attacks are is told by the prior, too: where much of what is found is true, as in the logs of an incident, a good part of it
 * is what attackers do besides, and scores low. So the odds go over from one curve to the other between the priors of both.
 */
export function likelihoodBy({ quiet, incident }: Curves, score: number, prior: number): number | undefined {
  const [calm, full] = [stepOf(quiet.steps, score), stepOf(incident.steps, score)];
  if (calm === undefined || full === undefined) return undefined;
  const span = logit(incident.prior) - logit(quiet.prior);
  const share = span > 0 ? Math.min(1, Math.max(0, (logit(prior) - logit(quiet.prior)) / span)) : 1;
  const tells = (1 - share) * (logit(calm) - logit(quiet.prior)) + share * (logit(full) - logit(incident.prior));
  return 1 / (1 + Math.exp(-logit(prior) - tells));
}

/** How likely a finding is true: as in labelled fleets and recordings (`calibration` in weights.json, docs/score.md). 0–1, three digits. */
export function likelihoodOf(score: number, past: Past, prior = PRIOR): number | undefined {
  const likelihood = likelihoodBy({ quiet: CURVES[past], incident: CURVES.incident }, score, prior);
  return likelihood === undefined ? undefined : Math.min(0.999, Number(likelihood.toPrecision(3)));
}
