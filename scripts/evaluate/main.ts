/**
 * Scores whatran on labelled telemetry and on command-line vectors, as a user would run it.
 *
 *   npm run evaluate -- FOLDER [--vectors FOLDER] [--misses] [--json FILE] [--findings FILE] [--cli FILE]
 *   npm run evaluate -- FOLDER --vectors FOLDER --sigma RULES   also what Sigma rules of a folder find in the same lines
 *   npm run evaluate -- FOLDER… --leave-one-out [--misses]      without each catalogued binary in turn
 *   npm run evaluate -- FLEET --leave-one-out --ordinary        the same, on the ordinary days of a fleet of the lab
 *
 * FOLDER holds truth.jsonl, benign.jsonl and the logs that they label; a folder with vectors alone works too.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readLabels, telemetryIn } from "../../src/pipeline/labels/labels.ts";
import { explain, readFindings, scan } from "./findings.ts";
import { type LeftOut, leaveOneOut, reportLeftOut } from "./leave-one-out.ts";
import { leaveOutOrdinary, reportOrdinary } from "./left-out-ordinary.ts";
import { reportComparison, reportMisses, reportTelemetry, reportVectorMisses, reportVectors } from "./report.ts";
import { compareWithSigma } from "./sigma-compare.ts";
import { scoreTelemetry, type TelemetryResult } from "./telemetry.ts";
import { readVectors, scoreAsArgs, scoreVectors, summarise, type VectorResult } from "./vectors.ts";

const USAGE = `usage: npm run evaluate -- [FOLDER…] [--vectors FOLDER] [options]
  --sigma FOLDER    what Sigma rules for process starts find in the same lines
  --misses          what was missed, one by one
  --json FILE       the figures, for other programs
  --findings FILE   findings of an earlier scan in place of a new one
  --cli FILE        the program that is measured (default dist/cli.js)
  --leave-one-out   without each catalogued binary in turn; several folders
  --ordinary        with --leave-one-out: on the ordinary days of a fleet of the lab`;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vectors: { type: "string" },
    sigma: { type: "string" },
    misses: { type: "boolean", default: false },
    json: { type: "string" },
    findings: { type: "string" },
    "leave-one-out": { type: "boolean", default: false },
    ordinary: { type: "boolean", default: false },
    cli: { type: "string", default: "dist/cli.js" },
    help: { type: "boolean", default: false },
  },
});

async function evaluateFolder(folder: string): Promise<TelemetryResult> {
  const labels = readLabels(folder);
  if (labels.truth.length + labels.benign.length === 0)
    throw new Error(`${folder} has no truth.jsonl and no benign.jsonl`);
  const findings = flags.findings ? readFindings(flags.findings) : await scan(flags.cli, telemetryIn(folder));
  return scoreTelemetry(labels, findings, folder);
}

async function evaluateVectors(folder: string): Promise<Map<string, VectorResult[]>> {
  const ask = (requests: readonly object[]) => explain(flags.cli, requests);
  const results = new Map<string, VectorResult[]>();
  for (const [name, vectors] of readVectors(folder)) {
    results.set(name, await scoreVectors(vectors, ask));
    const asArgs = await scoreAsArgs(vectors, ask);
    if (asArgs.length > 0) results.set(`${name} as argv`, asArgs);
  }
  return results;
}

async function evaluateLeftOut(folders: readonly string[]): Promise<void> {
  if (flags.ordinary) {
    for (const folder of folders) console.log(reportOrdinary(await leaveOutOrdinary(folder), flags.misses));
    return;
  }
  const results: LeftOut[] = [];
  for (const folder of folders) results.push(...(await leaveOneOut(folder, readLabels(folder).truth)));
  console.log(reportLeftOut(results, flags.misses));
}

async function main(): Promise<void> {
  const [folder] = positionals;
  if (flags.help) return console.log(USAGE);
  if (flags["leave-one-out"] && folder !== undefined) return evaluateLeftOut(positionals);
  if (folder === undefined && flags.vectors === undefined) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const telemetry = folder === undefined ? undefined : await evaluateFolder(folder);
  const vectors = flags.vectors === undefined ? undefined : await evaluateVectors(flags.vectors);
  if (telemetry) console.log(reportTelemetry(telemetry));
  if (vectors) console.log(reportVectors(vectors));
  if (flags.sigma) {
    const lines = flags.vectors === undefined ? new Map() : readVectors(flags.vectors);
    const labels = folder === undefined ? undefined : readLabels(folder);
    const ask = (requests: readonly object[]) => explain(flags.cli, requests);
    console.log(reportComparison(await compareWithSigma(flags.sigma, lines, labels, ask)));
  }
  if (telemetry && flags.misses) console.log(reportMisses(telemetry));
  if (vectors && flags.misses) console.log(reportVectorMisses(vectors));
  if (flags.json) {
    const summaries = vectors && Object.fromEntries([...vectors].map(([name, results]) => [name, summarise(results)]));
    writeFileSync(flags.json, `${JSON.stringify({ folder, telemetry, vectors: summaries }, undefined, 2)}\n`);
  }
}

await main();
