import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../scripts/dist.ts";
import { evtxCorpus } from "./corpus/evtx.ts";
import type { Bench, Ratio } from "./support/bench.ts";
import { contest, measure } from "./support/measure.ts";

const REFERENCE = join(ROOT, "bench", "evtx-reference.py");
const GOALS = { dense: 1, lean: 0.5 } as const;

/** A scan against the Rust reader `evtx` (PyPI, records_json, one thread) printing the same file as JSON. */
export const evtx: Bench = {
  name: "evtx",
  title: "scan of a Windows event log against the Rust reader, CPU of the whole process",
  async run({ size = 256, runs, folder, cli }, say) {
    if (spawnSync("python3", ["-c", "import evtx"]).status !== 0) {
      say("  skipped: the reference, python3 with `evtx`, is not installed");
      return [];
    }
    const ratios: Ratio[] = [];
    for (const kind of ["dense", "lean"] as const) {
      const { path, title } = await evtxCorpus(kind, size, folder);
      say(`  ${kind}: ${title}`);
      const { ours, theirs } = contest(runs, {
        ours: () => measure([process.execPath, cli, "scan", path, "--threads", "1", "-q"]),
        theirs: () => measure(["python3", REFERENCE, path]),
      });
      ratios.push({ name: kind, value: ours.cpu, reference: theirs.cpu, unit: "s CPU", goal: GOALS[kind] });
    }
    return ratios;
  },
};
