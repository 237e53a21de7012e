import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Finding } from "../../src/model/finding.ts";
import { telemetryIn } from "../../src/pipeline/labels/labels.ts";
import { scan } from "../../src/pipeline/scan.ts";
import { type Curve, type Curves, likelihoodBy, type Past, type Step } from "../../src/score/likelihood.ts";
import { wilson } from "../fleet/intervals.ts";
import { labelsOf } from "./data.ts";
import { percent, table } from "./page.ts";

/** A finding as it is given out, and whether it is true. */
export interface Outcome {
  readonly score: number;
  readonly label: boolean;
  /** What a fold holds together. */
  readonly folder: string;
}

/** Fewest findings of a step. */
const LEAST = 30;

const baselineOf = (folder: string) => join(folder, "fleet.baseline");

/** Whether a folder is as `npm run fleet` leaves it: before/, after/ and fleet.baseline. */
const isFleet = (folder: string): boolean => existsSync(baselineOf(folder));

/** Labelled findings of a folder; of a fleet those of the later days. */
export async function outcomesOf(folder: string, past: Past): Promise<Outcome[]> {
  if (past === "known" && !isFleet(folder)) return [];
  const findings: Finding[] = [];
  await scan(isFleet(folder) ? [join(folder, "after")] : telemetryIn(folder), {
    minLevel: "informational",
    ...(past === "known" && { baseline: baselineOf(folder) }),
    onFinding: (finding) => findings.push(finding),
  });
  const labels = labelsOf(folder, findings);
  return findings.flatMap((finding) => {
    const label = labels.get(finding);
    return label === undefined ? [] : [{ score: finding.score, label, folder: dirname(finding.source.file) }];
  });
}

/** Share of true findings in a set; undefined where it has none of a kind. */
export function priorOf(outcomes: readonly Outcome[]): number | undefined {
  const hits = outcomes.filter(({ label }) => label).length;
  return hits === 0 || hits === outcomes.length ? undefined : hits / outcomes.length;
}

interface Pool {
  readonly from: number;
  of: number;
  true: number;
}

/**
 * The best steps that never fall, each of as many findings as make a share worth telling: isotonic regression by pooling adjacent
 * violators, where the true ones weigh as much together as the prior has it. Half a finding is added on either side, so that none is
 * certain.
 */
export function steps(outcomes: readonly Outcome[], prior: number): Step[] {
  const all = outcomes.toSorted((a, b) => a.score - b.score);
  const hits = all.filter(({ label }) => label).length;
  const hit = prior / Math.max(1, hits);
  const miss = (1 - prior) / Math.max(1, all.length - hits);
  const share = (pool: Pool) => {
    const mass = (pool.true + 0.5) * hit;
    return mass / (mass + (pool.of - pool.true + 0.5) * miss);
  };
  const pools: Pool[] = [];
  for (const [at, { score, label }] of all.entries()) {
    let pool = pools.at(-1);
    // Findings of one score stay together.
    if (!pool || (score !== all[at - 1]?.score && pool.of >= LEAST)) {
      pool = { from: score, of: 0, true: 0 };
      pools.push(pool);
    }
    pool.of++;
    if (label) pool.true++;
  }
  for (let at = 1; at < pools.length; ) {
    const [below, here] = [pools[at - 1], pools[at]] as [Pool, Pool];
    if (here.of >= LEAST && share(below) <= share(here)) at++;
    else {
      below.of += here.of;
      below.true += here.true;
      pools.splice(at, 1);
      at = Math.max(1, at - 1);
    }
  }
  return pools
    .map((pool, at): Step => [at === 0 ? 0 : pool.from, Number(share(pool).toPrecision(3))])
    .filter(([, one], at, steps) => one !== steps[at - 1]?.[1]);
}

export interface Predicted {
  readonly likelihood: number;
  readonly label: boolean;
}

/** What is said of findings where so many of all are true. */
export const predicted = (outcomes: readonly Outcome[], by: Curves, prior: number): Predicted[] =>
  outcomes.map(({ score, label }) => ({ likelihood: likelihoodBy(by, score, prior) ?? 0, label }));

/** Steps at the share of true findings that recordings have. */
export function incidentCurve(recordings: readonly Outcome[], otherwise: number): Curve {
  const prior = Number((priorOf(recordings) ?? otherwise).toPrecision(3));
  return { prior, steps: steps(recordings, prior) };
}

/** Recordings with what is said of them by those that lie in other folders, at the share of true findings that these have. */
export function crossed(recordings: readonly Outcome[], quiet: Curve): Predicted[] {
  const folders = [...new Set(recordings.map(({ folder }) => folder))];
  return folders.flatMap((one) => {
    const incident = incidentCurve(
      recordings.filter(({ folder }) => folder !== one),
      quiet.prior,
    );
    return predicted(
      recordings.filter(({ folder }) => folder === one),
      { quiet, incident },
      incident.prior,
    );
  });
}

const EDGES = [0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 1.001];

/** One row for each range of likelihoods: what was said on average, and what came true. */
export function calibrationRows(name: string, all: readonly Predicted[]): string[][] {
  return EDGES.slice(0, -1).flatMap((from, at) => {
    const here = all.filter(({ likelihood }) => likelihood >= from && likelihood < (EDGES[at + 1] as number));
    if (here.length === 0) return [];
    const hits = here.filter(({ label }) => label).length;
    const [low, high] = wilson(hits, here.length);
    const mean = here.reduce((sum, { likelihood }) => sum + likelihood, 0) / here.length;
    const share = percent(hits / here.length);
    return [[name, percent(mean), share, String(here.length), `${percent(low)} – ${percent(high)}`]];
  });
}

export const calibrationTable = (rows: readonly (readonly string[])[]): string =>
  table(["data", "said on average", "true", "findings", "95 %"], rows);
