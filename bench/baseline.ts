import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DEFAULTS, generate } from "../lab/generate.ts";
import { Count } from "../src/baseline/count.ts";
import { BaselineFile, type BaselineHeader, type Entry } from "../src/baseline/file.ts";
import { writeBaseline } from "../src/baseline/write.ts";
import type { Bench, BenchOptions, Ratio } from "./support/bench.ts";
import { contest, measure } from "./support/measure.ts";

/** Keys of each of the two files; half of them stand in both, so that the whole has ten million. */
const KEYS = 6_666_667;
const SHARED = KEYS / 2;
/** MiB. */
const GOAL = 2048;
const LOOKUPS = 20_000;
/** So many days are learnt that the baseline is mature, and weighs. */
const FLEET = { hosts: 24, days: 32, split: 20, seed: "bench" } as const;

const keyOf = (i: number) =>
  `loaded\u001fwindows/rundll32\u001fc:\\program files\\vendor ${i % 977}\\part${String(i).padStart(9, "0")}.dll`;

/** Entries in the order of their keys. */
function* entries(from: number, shard: string): Generator<Entry> {
  const keys = Array.from({ length: 977 }, (_, vendor) => vendor).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (const vendor of keys)
    for (let i = from + ((vendor - (from % 977) + 977) % 977); i < from + KEYS; i += 977) {
      const count = new Count();
      count.add(shard, `host${i % 400}`, 20_000 + (i % 30), 1 + (i % 9));
      yield { key: keyOf(i), count };
    }
}

function corpus(folder: string, name: string, from: number): string {
  const path = join(folder, `${name}.baseline`);
  if (existsSync(path)) return path;
  const fleet = new Count();
  for (let i = 0; i < 400; i++) for (let day = 0; day < 30; day++) fleet.add("", `host${i}`, 20_000 + day, 0);
  const header: BaselineHeader = {
    schema: "whatran/baseline/1",
    tool: "bench",
    first: 20_000,
    last: 20_029,
    fleet: fleet.encode().toString("base64"),
  };
  writeBaseline(path, header, entries(from, name));
  return path;
}

/** Peak resident set of a merge as a program of its own, MiB, as the system counts it. */
function mergePeak({ cli, folder }: BenchOptions, files: readonly string[]): { peak: number; path: string } {
  const path = join(folder, "merged.baseline");
  const report = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"))`;
  const command = [
    "--import",
    `data:text/javascript,${encodeURIComponent(report)}`,
    cli,
    "baseline",
    "merge",
    ...files,
    "-o",
    path,
  ];
  const run = spawnSync(process.execPath, command, { encoding: "utf8" });
  const peak = /peak (\d+)/.exec(run.stderr)?.[1];
  if (run.status !== 0 || peak === undefined)
    throw new Error(`merge ended with ${run.status}: ${run.stderr.slice(-500)}`);
  return { peak: Number(peak) / 1024, path };
}

/** Microseconds of one look-up, the median of many: of keys anywhere, and of those that a scan asks again and again. */
function lookups(path: string): { anywhere: number; again: number } {
  const file = new BaselineFile(path);
  const median = (pick: (n: number) => number) => {
    const times: number[] = [];
    for (let n = 0; n < LOOKUPS; n++) {
      const key = keyOf(pick(n));
      const begun = process.hrtime.bigint();
      file.get(key);
      times.push(Number(process.hrtime.bigint() - begun) / 1000);
    }
    return times.sort((a, b) => a - b)[LOOKUPS >> 1] as number;
  };
  const anywhere = median((n) => (n * 7_919_993) % (KEYS + SHARED));
  const again = median((n) => ((n % 200) * 50_021) % (KEYS + SHARED));
  file.close();
  return { anywhere, again };
}

async function scanRatio({ cli, folder, runs }: BenchOptions, large: string): Promise<Ratio[]> {
  const fleet = join(folder, "fleet");
  if (!existsSync(join(fleet, "acts.jsonl"))) await generate({ ...DEFAULTS, ...FLEET, folder: fleet });
  const own = join(folder, "fleet.baseline");
  rmSync(own, { force: true });
  measure([process.execPath, cli, "learn", join(fleet, "before"), "--baseline", own, "-q"]);
  const scan = [process.execPath, cli, "scan", join(fleet, "after"), "--threads", "1", "-q"];
  const cost = contest(runs, {
    none: () => measure(scan),
    own: () => measure([...scan, "--baseline", own]),
    large: () => measure([...scan, "--baseline", large]),
  });
  const figures = { reference: cost.none.cpu, unit: "s CPU", goal: 1.2 } as const;
  return [
    { name: "scan with the fleet's own baseline", value: cost.own.cpu, ...figures },
    { name: "scan with ten million keys", value: cost.large.cpu, ...figures },
  ];
}

/** Merging, asking and using large baselines. Takes minutes, and two gigabytes of disk. */
export const baseline: Bench = {
  name: "baseline",
  title: "ten million keys: peak memory of a merge, time of a look-up, and what a scan with a baseline costs, CPU",
  async run(options, say) {
    const folder = join(options.folder, "baseline");
    mkdirSync(folder, { recursive: true });
    const own = { ...options, folder };
    const files = [corpus(folder, "first", 0), corpus(folder, "second", SHARED | 0)];
    const { peak, path } = mergePeak(own, files);
    say(`  merged: ${Math.round(statSync(path).size / 2 ** 20)} MiB`);
    const { anywhere, again } = lookups(path);
    say(`  a look-up: ${anywhere.toFixed(1)} µs anywhere in the file, ${again.toFixed(1)} µs among 200 keys`);
    return [
      { name: "merge of ten million keys", value: peak, reference: GOAL, unit: "MiB", goal: 1 },
      ...(await scanRatio(own, path)),
    ];
  },
};
