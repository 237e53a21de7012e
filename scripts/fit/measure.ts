import type { Row } from "./data.ts";
import { scoreWith } from "./lines.ts";
import type { Weights } from "./model.ts";

/** A finding's score and whether it was true. */
export interface Scored {
  readonly score: number;
  readonly label: boolean;
}

export const scored = (rows: readonly Row[], weights: Weights): Scored[] =>
  rows.map(({ features, floor, label }) => ({ score: scoreWith(features, floor, weights), label }));

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly findings: number;
  readonly true: number;
  /** Mean score. */
  readonly mean: number;
}

const EDGES = [0, 10, 20, 30, 40, 55, 70, 80, 90, 95, 100];

/** Reliability: of the findings scored about p, how many are true. */
export function reliability(all: readonly Scored[]): Bin[] {
  return EDGES.slice(0, -1).map((from, at) => {
    const to = EDGES[at + 1] as number;
    const here = all.filter(({ score }) => score >= from && (score < to || to === 100));
    const sum = here.reduce((total, { score }) => total + score, 0);
    return {
      from,
      to,
      findings: here.length,
      true: here.filter(({ label }) => label).length,
      mean: here.length === 0 ? 0 : sum / here.length,
    };
  });
}

/** Mean squared distance between score and truth. */
export const brier = (all: readonly Scored[]): number =>
  all.reduce((sum, { score, label }) => sum + (score / 100 - (label ? 1 : 0)) ** 2, 0) / Math.max(1, all.length);

/** Area under precision and recall (average precision); equal scores are taken together. */
export function prAuc(all: readonly Scored[]): number {
  const positives = all.filter(({ label }) => label).length;
  const scores = [...new Set(all.map(({ score }) => score))].sort((a, b) => b - a);
  const byScore = new Map(scores.map((score) => [score, [] as Scored[]]));
  for (const one of all) byScore.get(one.score)?.push(one);
  let [hits, seen, area] = [0, 0, 0];
  for (const score of scores) {
    const here = byScore.get(score) ?? [];
    const more = here.filter(({ label }) => label).length;
    hits += more;
    seen += here.length;
    area += (more / Math.max(1, positives)) * (hits / seen);
  }
  return area;
}

export const atLeastScore = (all: readonly Scored[], least: number) => ({
  true: all.filter(({ score, label }) => label && score >= least).length,
  false: all.filter(({ score, label }) => !label && score >= least).length,
});
