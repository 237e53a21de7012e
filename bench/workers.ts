import { availableParallelism } from "node:os";
import { evtxCorpus } from "./corpus/evtx.ts";
import type { Bench } from "./support/bench.ts";
import { contest, measure } from "./support/measure.ts";

/** A scan with two workers against one without any: what the clock shows. */
export const workers: Bench = {
  name: "workers",
  title: "scan of a Windows event log with two workers against none, by the clock",
  async run({ size = 256, runs, folder, cli }, say) {
    if (availableParallelism() < 2) {
      say("  skipped: one processor only");
      return [];
    }
    const ratios = [];
    for (const kind of ["dense", "lean"] as const) {
      const { path, title } = await evtxCorpus(kind, size, folder);
      say(`  ${kind}: ${title}`);
      const scan = (threads: number) => () =>
        measure([process.execPath, cli, "scan", path, "--threads", String(threads), "-q"]);
      const { two, none } = contest(runs, { two: scan(2), none: scan(1) });
      const figures = { value: two.wall, reference: none.wall, unit: "s", goal: 1.7, least: true } as const;
      ratios.push({ name: `${kind}: two workers`, ...figures });
    }
    return ratios;
  },
};
