/**
 * Measures speed and memory against references in the same run: `npm run bench -- [NAME…] [--size MIB] [--runs N] [--folder DIR]
 * [--cli FILE]`. Results that are kept stand in bench/RESULTS.md.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/dist.ts";
import { baseline } from "./baseline.ts";
import { batch } from "./batch.ts";
import { catalog } from "./catalog.ts";
import { evtx } from "./evtx.ts";
import { explain } from "./explain.ts";
import { fields } from "./fields.ts";
import { memory } from "./memory.ts";
import { ndjson } from "./ndjson.ts";
import { simulate } from "./simulate.ts";
import { sort } from "./sort.ts";
import { type Bench, ratioLine } from "./support/bench.ts";
import { workers } from "./workers.ts";

const BENCHES: readonly Bench[] = [
  evtx,
  fields,
  ndjson,
  catalog,
  explain,
  batch,
  sort,
  workers,
  memory,
  baseline,
  simulate,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: "string" },
    runs: { type: "string", default: "3" },
    folder: { type: "string", default: join(tmpdir(), "whatran-bench") },
    cli: { type: "string", default: join(ROOT, "dist", "cli.js") },
  },
});

/** What a figure is worth nothing without. */
function circumstances(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", cwd: ROOT });
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, commit ${commit.trim()}, Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model}`;
}

const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`no bench is called ${unknown.join(", ")}; there are ${BENCHES.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
mkdirSync(values.folder, { recursive: true });
console.log(circumstances());
const options = {
  size: values.size === undefined ? undefined : Number(values.size),
  runs: Number(values.runs),
  folder: values.folder,
  cli: values.cli,
};
const chosen =
  positionals.length === 0
    ? BENCHES.filter(({ name }) => name !== "memory" && name !== "baseline")
    : BENCHES.filter(({ name }) => positionals.includes(name));
for (const bench of chosen) {
  console.log(`\n${bench.name}: ${bench.title}`);
  for (const ratio of await bench.run(options, console.log)) console.log(`  ${ratioLine(ratio)}`);
}
