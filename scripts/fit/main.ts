/**
 * Fits the weights of the score to labelled findings, or says how reliable the shipped ones are.
 *
 *   npm run fit -- FOLDER… [--vectors FOLDER] [--feedback FILE] [--spread N] [--dry]
 *   npm run fit -- --check FOLDER…
 *   npm run fit -- --calibrate FLEET… [--on FLEET] [--recordings FOLDER] [--prior SHARE]
 *
 * A FOLDER holds logs with truth.jsonl and benign.jsonl (such as `npm run lab` writes), or with the labels of `whatran feedback`. The fit
 * writes src/score/weights.json and what it was worth on hosts and times that were held out; `--check` writes the reliability of the
 * shipped weights on folders that were not used for them. Both stand in docs/score.md. `--calibrate` fits the likelihood that goes with a
 * score to fleets of `npm run fleet`, with and without their baseline, for a world in which SHARE of all findings are true, and to recordings
 * of attacks, at the share that they have; and says what it is worth on the fleets of `--on`, and on the recordings of each folder fitted
 * without them. Both may be given more than once.
 */
import { basename, isAbsolute, relative } from "node:path";
import { parseArgs } from "node:util";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { builtinCatalog } from "../../src/catalog/load.ts";
import type { Curve, Past } from "../../src/score/likelihood.ts";
import {
  calibrationRows,
  calibrationTable,
  crossed,
  incidentCurve,
  type Outcome,
  outcomesOf,
  predicted,
  priorOf,
  steps,
} from "./calibrate.ts";
import { type Row, rowsOf } from "./data.ts";
import { bounds } from "./lines.ts";
import { scored } from "./measure.ts";
import { percent, qualityTable, reliabilityTable, writeSection } from "./page.ts";
import { byHost, later } from "./split.ts";
import { train } from "./train.ts";
import { priorWeights, shippedWeights, writeCalibration, writeWeights } from "./weights.ts";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vectors: { type: "string" },
    feedback: { type: "string" },
    spread: { type: "string", default: "0.25" },
    check: { type: "boolean", default: false },
    calibrate: { type: "boolean", default: false },
    on: { type: "string", multiple: true, default: [] },
    recordings: { type: "string", multiple: true, default: [] },
    prior: { type: "string", default: "0.05" },
    dry: { type: "boolean", default: false },
  },
});

/** Parts of the hosts that are held out, one after the other. */
const FOLDS = 5;
/** The first part of each folder's time that the fit sees where the rest is held out. */
const EARLIER = 0.7;

interface Data {
  readonly folder: string;
  readonly rows: readonly Row[];
}

/** A folder of this project by its path, any other by its name. */
function nameOf(folder: string): string {
  const path = relative("", folder).replaceAll("\\", "/");
  return path.startsWith("..") || isAbsolute(path) ? basename(path) : path;
}

async function read(catalog: Catalog): Promise<Data[]> {
  const data: Data[] = [];
  for (const folder of positionals) {
    const rows = await rowsOf(folder, flags.feedback, catalog);
    if (rows.length === 0) throw new Error(`${folder} has no labelled findings`);
    console.error(`${folder}: ${rows.length} labelled findings, ${rows.filter(({ label }) => label).length} true`);
    data.push({ folder: nameOf(folder), rows });
  }
  return data;
}

function check(data: readonly Data[]): void {
  const weights = shippedWeights();
  const sets = data.map(({ folder, rows }) => ({ name: folder, all: scored(rows, weights) }));
  const all = sets.flatMap((set) => set.all);
  const text = `${reliabilityTable(all)}\n\n${qualityTable([...sets, { name: "all", all }])}`;
  console.log(text);
  if (!flags.dry) writeSection("reliability", text);
}

function fitted(data: readonly Data[], catalog: Catalog): void {
  const rows = data.flatMap((one) => one.rows);
  const prior = priorWeights();
  const spread = Number(flags.spread);
  const held = bounds(catalog, flags.vectors);
  const by = (parts: readonly { readonly seen: readonly Row[]; readonly unseen: readonly Row[] }[]) =>
    parts.flatMap(({ seen, unseen }) => scored(unseen, train(seen, held, prior, spread).weights));
  const [hosts, times] = [byHost(rows, FOLDS), later(rows, EARLIER)];
  const [onHosts, onTimes] = [by(hosts), by([times])];
  const text = [
    qualityTable([
      { name: "other hosts, analyst's weights", all: scored(rows, prior) },
      { name: "other hosts, fitted weights", all: onHosts },
      { name: "later days, analyst's weights", all: scored(times.unseen, prior) },
      { name: "later days, fitted weights", all: onTimes },
    ]),
    reliabilityTable(onHosts),
  ].join("\n\n");
  const { weights, share } = train(rows, held, prior, spread);
  console.log(text);
  for (const [name, weight] of weights) {
    const before = prior.get(name) as number;
    if (weight !== before) console.log(`${name.padEnd(34)} ${before.toFixed(2)} → ${weight.toFixed(2)}`);
  }
  if (share < 1) console.log(`The bounds let the weights go ${Math.round(100 * share)} % of the way.`);
  if (flags.dry) return;
  writeSection("folds", text);
  writeWeights(weights, {
    date: new Date().toISOString().slice(0, 10),
    command: `npm run fit -- ${data.map(({ folder }) => folder).join(" ")}${flags.vectors ? " --vectors vectors" : ""}`,
    data: data.map(({ folder, rows: own }) => ({
      folder,
      findings: own.length,
      true: own.filter(({ label }) => label).length,
      hosts: new Set(own.map(({ host }) => host)).size,
    })),
    spread,
  });
}

const PASTS = { known: "with its baseline", unknown: "without a baseline" } as const;

/** Each set is told at a share of true findings that is known without its own labels: that of the data like it which were fitted. */
async function calibrate(): Promise<void> {
  const prior = Number(flags.prior);
  if (!(prior > 0 && prior < 1)) throw new Error("--prior is a share between 0 and 1");
  const gather = async (folders: readonly string[], past: Past) => {
    const all: Outcome[] = [];
    for (const folder of folders) all.push(...(await outcomesOf(folder, past)));
    return all;
  };
  const recordings = await gather(flags.recordings, "unknown");
  const incident = incidentCurve(recordings, prior);
  const made = { known: { prior, steps: [] }, unknown: { prior, steps: [] } } as Record<Past, Curve>;
  const rows: string[][] = [];
  for (const past of ["known", "unknown"] as const) {
    const fleets = await gather(positionals, past);
    const quiet = { prior, steps: steps(fleets, prior) };
    made[past] = quiet;
    const share = priorOf(fleets) ?? prior;
    console.log(past, fleets.length, share, quiet.steps);
    for (const folder of flags.on) {
      const all = await outcomesOf(folder, past);
      const name = `${basename(folder)}, ${PASTS[past]}, told at ${percent(share)}`;
      rows.push(...calibrationRows(name, predicted(all, { quiet, incident }, share)));
    }
    if (past === "unknown")
      rows.push(
        ...calibrationRows(
          `recordings, by other folders, told at ${percent(incident.prior)}`,
          crossed(recordings, quiet),
        ),
      );
  }
  const text = calibrationTable(rows);
  console.log(text);
  if (flags.dry) return;
  const names = (folders: readonly string[]) => folders.map((one) => basename(one)).join(" ");
  const date = new Date().toISOString().slice(0, 10);
  const fitted = `${date}: npm run fit -- --calibrate ${names(positionals)} --recordings ${names(flags.recordings)}`;
  writeCalibration({ fitted, prior, ...made, incident });
  if (rows.length > 0) writeSection("calibration", text);
}

async function main(): Promise<void> {
  if (positionals.length === 0) throw new Error("usage: npm run fit -- [--check] FOLDER… [--vectors FOLDER] [--dry]");
  if (flags.calibrate) return calibrate();
  const catalog = builtinCatalog();
  const data = await read(catalog);
  if (flags.check) check(data);
  else fitted(data, catalog);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
