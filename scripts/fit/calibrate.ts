import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Gate } from "../../src/correlate/allow/list.ts";
import { buildFinding } from "../../src/correlate/build.ts";
import type { Pending } from "../../src/correlate/pending.ts";
import type { Finding } from "../../src/model/finding.ts";
import { telemetryIn } from "../../src/pipeline/labels/labels.ts";
import { scan } from "../../src/pipeline/scan.ts";
import { type Past, type Step, stepOf } from "../../src/score/likelihood.ts";
import type { Scored } from "../../src/score/score.ts";
import { labelsOf } from "./data.ts";
import { interval } from "./measure.ts";

/** A finding as it is given out, and whether it is true. */
export interface Outcome {
  readonly score: number;
  readonly label: boolean;
  /** What a fold holds together. */
  readonly file: string;
}

/** Fewest findings of a step. */
const LEAST = 30;
const FOLDS = 5;

class Collector implements Gate {
  readonly findings: Finding[] = [];
  hides(pending: Pending, scored: Scored): boolean {
    this.findings.push(buildFinding(pending, scored));
    return true;
  }
}

const baselineOf = (folder: string) => join(folder, "fleet.baseline");

/** Whether a folder is as `npm run fleet` leaves it: before/, after/ and fleet.baseline. */
const isFleet = (folder: string): boolean => existsSync(baselineOf(folder));

/** Labelled findings of a folder; of a fleet those of the later days. */
export async function outcomesOf(folder: string, past: Past): Promise<Outcome[]> {
  if (past === "known" && !isFleet(folder)) return [];
  const gate = new Collector();
  await scan(isFleet(folder) ? [join(folder, "after")] : telemetryIn(folder), {
    gate,
    minLevel: "informational",
    ...(past === "known" && { baseline: baselineOf(folder) }),
    onFinding() {},
  });
  const labels = labelsOf(folder, gate.findings);
  return gate.findings.flatMap((finding) => {
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
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** One line for each range of likelihoods: what was said on average, and what came true. */
export function calibrationRows(name: string, all: readonly Predicted[]): string[] {
  return EDGES.slice(0, -1).flatMap((from, at) => {
    const here = all.filter(({ likelihood }) => likelihood >= from && likelihood < (EDGES[at + 1] as number));
    if (here.length === 0) return [];
    const hits = here.filter(({ label }) => label).length;
    const [low, high] = interval(hits, here.length);
    const mean = here.reduce((sum, { likelihood }) => sum + likelihood, 0) / here.length;
    const cells = [
      name,
      percent(mean),
      percent(hits / here.length),
      String(here.length),
      `${percent(low)} – ${percent(high)}`,
    ];
    return [`| ${cells.join(" | ")} |`];
  });
}

export const CALIBRATION_HEAD = "| data | said on average | true | findings | 95 % |\n| --- | --- | --- | --- | --- |";
