import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../src/model/finding.ts";
import { telemetryIn } from "../../src/pipeline/labels/labels.ts";
import { scan } from "../../src/pipeline/scan.ts";
import { type Past, type Step, stepOf } from "../../src/score/likelihood.ts";
import { wilson } from "../fleet/intervals.ts";
import { labelsOf } from "./data.ts";
import { percent, table } from "./page.ts";

/** A finding as it is given out, and whether it is true. */
export interface Outcome {
  readonly score: number;
  readonly label: boolean;
  /** What a fold holds together. */
  readonly file: string;
}

/** Fewest findings of a step. */
const LEAST = 30;
/** Parts of the data that are held out, one after the other. */
export const FOLDS = 5;

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
    return label === undefined ? [] : [{ score: finding.score, label, file: finding.source.file }];
  });
}

/**
 * The best steps that never fall, each of as many findings as make a share worth telling: isotonic regression by pooling adjacent
 * violators. A share counts half a finding more on either side, so that none is certain.
 */
export function steps(outcomes: readonly Outcome[]): Step[] {
  const pools: { from: number; of: number; true: number }[] = [];
  const share = (pool: { of: number; true: number }) => (pool.true + 0.5) / (pool.of + 1);
  for (const { score, label } of outcomes.toSorted((a, b) => a.score - b.score)) {
    const last = pools.at(-1);
    if (last?.from === score || (last && last.of < LEAST)) {
      last.of++;
      last.true += label ? 1 : 0;
    } else pools.push({ from: score, of: 1, true: label ? 1 : 0 });
  }
  for (let at = 1; at < pools.length; ) {
    const [below, here] = [pools[at - 1], pools[at]] as [(typeof pools)[number], (typeof pools)[number]];
    if (here.of >= LEAST && share(below) <= share(here)) at++;
    else {
      below.of += here.of;
      below.true += here.true;
      pools.splice(at, 1);
      at = Math.max(1, at - 1);
    }
  }
  return pools
    .map((pool, at): Step => [at === 0 ? 0 : pool.from, Math.round(1000 * share(pool)) / 1000])
    .filter(([, one], at, all) => one !== all[at - 1]?.[1]);
}

/** Outcomes with what steps fitted to other files say of them. */
export function crossed(outcomes: readonly Outcome[]): Predicted[] {
  const files = [...new Set(outcomes.map(({ file }) => file))].sort();
  const foldOf = new Map(files.map((file, at) => [file, at % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const isHere = ({ file }: Outcome) => foldOf.get(file) === fold;
    return predicted(outcomes.filter(isHere), steps(outcomes.filter((one) => !isHere(one))));
  }).flat();
}

export interface Predicted {
  readonly likelihood: number;
  readonly label: boolean;
}

export const predicted = (outcomes: readonly Outcome[], by: readonly Step[]): Predicted[] =>
  outcomes.map(({ score, label }) => ({ likelihood: stepOf(by, score) ?? 0, label }));

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
