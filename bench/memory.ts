import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { evtxCorpus } from "./corpus/evtx.ts";
import { ndjsonCorpus } from "./corpus/ndjson.ts";
import type { Bench, BenchOptions } from "./support/bench.ts";

const GOAL = 250;

/** Peak memory of a scan, MiB, as the program's own summary says (maximum resident set of the process). */
function peakOf({ cli, folder }: BenchOptions, ...args: string[]): number {
  const summary = join(folder, "summary.json");
  const command = [cli, "scan", ...args, "-q", "-C", "-o", join(folder, "out.ndjson"), "--summary", summary];
  const run = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${command.join(" ")} ended with ${run.status}: ${run.stderr.slice(-500)}`);
  const { peakMiB } = JSON.parse(readFileSync(summary, "utf8")) as { readonly peakMiB: number };
  rmSync(join(folder, "out.ndjson"));
  return peakMiB;
}

/** Peak memory on large inputs, with and without workers. Takes minutes, and gigabytes of disk. */
export const memory: Bench = {
  name: "memory",
  title: `peak memory of a scan, against ${GOAL} MiB`,
  async run(options, say) {
    const { size = 2048, folder } = options;
    const { path, title } = await evtxCorpus("dense", size, folder);
    say(`  evtx: ${title}`);
    const lines = ndjsonCorpus("winlogbeat", 0.05, size, folder);
    const figures = { reference: GOAL, unit: "MiB", goal: 1 } as const;
    return [
      { name: `evtx, ${size} MiB`, value: peakOf(options, path, "--threads", "1"), ...figures },
      { name: `evtx, ${size} MiB, two workers`, value: peakOf(options, path, "--threads", "2"), ...figures },
      { name: `ndjson, ${size} MiB`, value: peakOf(options, lines, "--threads", "1"), ...figures },
    ];
  },
};
