import { readFileSync, writeFileSync } from "node:fs";
import type { Curve, Past } from "../../src/score/likelihood.ts";
import type { Weights } from "./model.ts";

const FILE = "src/score/weights.json";
/** What an analyst gave before there were labels: every fit starts from it, so that a fit of a fit is the same. */
const PRIOR = "scripts/fit/prior.json";

const PARTS = ["usual", "signals", "chain"] as const;
type WeightsFile = { prior: number } & Record<(typeof PARTS)[number], Record<string, number>>;

const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as WeightsFile;

function flat(file: WeightsFile): Map<string, number> {
  const weights = new Map([["prior", file.prior]]);
  for (const part of PARTS) for (const [id, weight] of Object.entries(file[part])) weights.set(`${part}.${id}`, weight);
  return weights;
}

export const shippedWeights = (): Weights => flat(read(FILE));

/** A signal that is younger than the analyst's list has the weight that its author gave it. */
export const priorWeights = (): Weights => new Map([...shippedWeights(), ...flat(read(PRIOR))]);

/** What the weights were fitted to, for whoever reads the file. */
export interface Fitted {
  readonly date: string;
  readonly command: string;
  readonly data: readonly {
    readonly folder: string;
    readonly findings: number;
    readonly true: number;
    readonly hosts: number;
  }[];
  /** How far a weight might stray from the analyst's, in log-odds. */
  readonly spread: number;
}

/** Two decimals: more would claim more than the data say. */
export const rounded = (weights: Weights): Weights =>
  new Map([...weights].map(([name, weight]) => [name, Math.round(weight * 100) / 100]));

/** Puts the steps of the likelihood into the file, beside the weights. */
export function writeCalibration(
  calibration: { readonly fitted: string; readonly prior: number } & Readonly<Record<Past | "incident", Curve>>,
): void {
  const file = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, unknown>;
  const text = JSON.stringify({ ...file, calibration }, null, 2);
  // A step stands on one line, as the formatter has it.
  writeFileSync(FILE, `${text.replace(/\[\s+([\d.]+),\s+([\d.]+)\s+\]/g, "[$1, $2]")}\n`);
}

export function writeWeights(weights: Weights, fitted: Fitted): void {
  const file = read(FILE);
  const part = (name: (typeof PARTS)[number]) =>
    Object.fromEntries(Object.entries(file[name]).map(([id, old]) => [id, weights.get(`${name}.${id}`) ?? old]));
  const next = { ...file, fitted, prior: weights.get("prior") ?? file.prior };
  for (const name of PARTS) next[name] = part(name);
  writeFileSync(FILE, `${JSON.stringify(next, null, 2)}\n`);
}
