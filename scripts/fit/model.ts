import { capped, type Reason } from "../../src/score/score.ts";
import type { Feature } from "./features.ts";

/** Weights by name, `prior` among them. */
export type Weights = ReadonlyMap<string, number>;

/** What the model needs of a row. */
export interface Sample {
  readonly label: boolean;
  readonly features: readonly Feature[];
  /** How much it counts in the fit. */
  readonly times: number;
}

/** What each weight contributes to a row's log-odds, after the caps of the groups; "" for what is fixed. */
function sharesOf(features: readonly Feature[], weights: Weights): Map<string, number> {
  const whole = (feature: Feature) => (feature.weight === undefined ? 1 : (weights.get(feature.weight) ?? 0));
  const reasons = features.map(
    (feature, at): Reason => ({
      id: String(at),
      group: feature.group,
      weight: whole(feature) * feature.value,
      text: "",
    }),
  );
  const shares = new Map<string, number>([["prior", 1]]);
  capped(reasons).forEach((reason, at) => {
    const feature = features[at] as Feature;
    const before = (reasons[at] as Reason).weight;
    const kept = before === 0 ? 1 : reason.weight / before;
    const name = feature.weight ?? "";
    shares.set(name, (shares.get(name) ?? 0) + feature.value * kept);
  });
  return shares;
}

const dot = (shares: ReadonlyMap<string, number>, weights: Weights) => {
  let sum = 0;
  for (const [name, share] of shares) sum += share * (name === "" ? 1 : (weights.get(name) ?? 0));
  return sum;
};

export const logOdds = (features: readonly Feature[], weights: Weights): number =>
  dot(sharesOf(features, weights), weights);

export const probability = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** Logarithm of the chance that the model gives to what is true, never infinite. */
function logLoss(label: boolean, odds: number): number {
  const away = label ? -odds : odds;
  return away > 30 ? away : Math.log1p(Math.exp(away));
}

interface Options {
  /** How far a weight may stray from what an analyst gave it, as a standard deviation in log-odds. */
  readonly spread: number;
  /** Rounds in which the caps are taken from the weights of the round before. */
  readonly rounds?: number;
}

/** Solves A·x = b for a symmetric positive definite A, by Cholesky. */
function solve(a: readonly number[][], b: readonly number[]): number[] {
  const n = b.length;
  const l = a.map((row) => [...row]);
  for (let j = 0; j < n; j++) {
    const row = l[j] as number[];
    for (let k = 0; k < j; k++) row[j] = (row[j] as number) - (row[k] as number) ** 2;
    row[j] = Math.sqrt(Math.max(row[j] as number, 1e-12));
    for (let i = j + 1; i < n; i++) {
      const other = l[i] as number[];
      for (let k = 0; k < j; k++) other[j] = (other[j] as number) - (other[k] as number) * (row[k] as number);
      other[j] = (other[j] as number) / (row[j] as number);
    }
  }
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (l[i]?.[k] as number) * (y[k] as number);
    y[i] = sum / (l[i]?.[i] as number);
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (l[k]?.[i] as number) * (x[k] as number);
    x[i] = sum / (l[i]?.[i] as number);
  }
  return x;
}

/** A weight of nothing could never be fitted again. */
const LEAST = 0.05;

/** A weight keeps the sign that an analyst gave it, what speaks for harmlessness never accuses, and it stays within two standard deviations. */
function bounded(weight: number, before: number, spread: number): number {
  const near = Math.min(before + 2 * spread, Math.max(before - 2 * spread, weight));
  return before > 0 ? Math.max(LEAST, near) : Math.min(-LEAST, near);
}

/**
 * Logistic regression that is drawn towards the given weights: the most likely weights where an analyst's are the expectation of a
 * normal distribution. Newton's method, signs kept by projection, steps are halved until the penalised likelihood grows.
 */
export function fit(samples: readonly Sample[], prior: Weights, { spread, rounds = 4 }: Options): Weights {
  const names = [...prior.keys()];
  const at = new Map(names.map((name, index) => [name, index]));
  const start = names.map((name) => prior.get(name) as number);
  let weights: Weights = prior;
  for (let round = 0; round < rounds; round++) {
    const rows = samples.map(({ features, label, times }) => {
      const shares = sharesOf(features, weights);
      const fixed = shares.get("") ?? 0;
      const used = [...shares]
        .filter(([name]) => at.has(name))
        .map(([name, share]) => [at.get(name) as number, share] as const);
      return { used, fixed, label, times };
    });
    const oddsOf = ({ used, fixed }: (typeof rows)[number], theta: readonly number[]) =>
      used.reduce((sum, [index, share]) => sum + share * (theta[index] as number), fixed);
    const cost = (theta: readonly number[]) =>
      rows.reduce((sum, row) => sum + row.times * logLoss(row.label, oddsOf(row, theta)), 0) +
      theta.reduce((sum, one, index) => sum + (one - (start[index] as number)) ** 2, 0) / (2 * spread ** 2);
    let theta = names.map((name) => weights.get(name) as number);
    for (let step = 0; step < 25; step++) {
      const gradient = theta.map((one, index) => (one - (start[index] as number)) / spread ** 2);
      const hessian = theta.map((_, i) => theta.map((__, j) => (i === j ? 1 / spread ** 2 : 0)));
      for (const row of rows) {
        const p = probability(oddsOf(row, theta));
        const error = row.times * (p - (row.label ? 1 : 0));
        const bend = row.times * p * (1 - p);
        for (const [i, share] of row.used) {
          gradient[i] = (gradient[i] as number) + error * share;
          for (const [j, other] of row.used)
            (hessian[i] as number[])[j] = ((hessian[i] as number[])[j] as number) + bend * share * other;
        }
      }
      const direction = solve(hessian, gradient);
      const before = cost(theta);
      let length = 1;
      let next = theta;
      for (; length > 1e-3; length /= 2) {
        next = theta.map((one, index) =>
          bounded(one - length * (direction[index] as number), start[index] as number, spread),
        );
        if (cost(next) < before) break;
      }
      if (length <= 1e-3 || before - cost(next) < 1e-6) break;
      theta = next;
    }
    weights = new Map(names.map((name, index) => [name, theta[index] as number]));
  }
  return weights;
}
