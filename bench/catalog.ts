import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Bench as Tiny } from "tinybench";
import { ROOT } from "../scripts/dist.ts";
import { Catalog } from "../src/catalog/catalog.ts";
import { openPacked } from "../src/catalog/packed.ts";
import type { CatalogEntry } from "../src/catalog/types.ts";
import { readVectors } from "../src/catalog/vectors.ts";
import { planOf } from "../src/invocations/plan.ts";
import { resolve } from "../src/invocations/resolve.ts";
import type { Request } from "../src/invocations/types.ts";
import { fillIns, type Templates, templatesOf } from "./corpus/lines.ts";
import { loggedIn } from "./corpus/logged.ts";
import type { Bench, Ratio } from "./support/bench.ts";
import { cpuOf } from "./support/measure.ts";

/** How often a line comes again in a log of many hosts. */
const REPEATED = 20;
/** Rounds in which code is compiled before anything is measured: a scan resolves more lines than that. */
const WARMING = 10;

/** As tools that match texts do it: every program's name is looked for in every line. */
function naively(entries: readonly CatalogEntry[]): (line: string) => number {
  const rules = entries.map(({ name }) => new RegExp(`(?:^|[\\\\/"\\s])${name.replace(/[^\w]/g, "\\$&")}\\b`, "i"));
  return (line) => rules.reduce((hits, rule) => hits + (rule.test(line) ? 1 : 0), 0);
}

/** Twice the entries; the second ones have other names. */
function doubled(catalog: Catalog): Catalog {
  const again = catalog.entries.map((entry) => ({
    ...entry,
    id: `${entry.id}2`,
    name: `second-${entry.name}`,
    aliases: entry.aliases.map((alias) => `second-${alias}`),
    originalNames: entry.originalNames.map((name) => `second-${name}`),
  }));
  const { version, openChains } = catalog;
  return new Catalog({
    schema: "whatran/catalog/1",
    version,
    entries: [...catalog.entries, ...again],
    chains: openChains,
  });
}

const perSecond = (count: number, seconds: number): string =>
  `${Math.round(count / seconds).toLocaleString("en")} a second`;

type Requests = readonly Request[];

/** CPU seconds of each contender, the cheapest of some rounds; each round has lines of its own. */
function rounds(lines: Templates, shipped: Catalog, runs: number) {
  const twice = doubled(shipped);
  const match = naively(shipped.entries);
  const all = (catalog: Catalog, requests: Requests) => {
    for (const request of requests) resolve(request, catalog);
  };
  const contenders: Record<"fresh" | "twice" | "naive" | "log", (requests: Requests) => number> = {
    fresh: (requests) => cpuOf(1, () => all(shipped, requests)),
    twice: (requests) => cpuOf(1, () => all(twice, requests)),
    naive: (requests) =>
      cpuOf(1, () => {
        for (const { commandLine, args } of requests) match(commandLine ?? args?.join(" ") ?? "");
      }),
    log: (requests) =>
      cpuOf(1, () => {
        for (let time = 0; time < REPEATED; time++) all(shipped, requests);
      }) / REPEATED,
  };
  const costs = { fresh: Infinity, twice: Infinity, naive: Infinity, log: Infinity };
  let round = 0;
  for (; round < WARMING; round++) {
    all(shipped, fillIns(lines, round));
    all(twice, fillIns(lines, round));
  }
  for (let run = 0; run < Math.max(runs, 10); run++)
    for (const name of Object.keys(contenders) as (keyof typeof costs)[]) {
      const requests = fillIns(lines, round++);
      costs[name] = Math.min(costs[name], contenders[name](requests));
    }
  return costs;
}

/** Logs of real machines, which are no part of the project. */
const LOGS = join(ROOT, "..", "shared", "telemetry");

/**
 * CPU seconds for all starts of the logs, the cheapest of some runs. Each has a catalogue of its own, whose entries are ready, so that no
 * line is known but from the same run.
 */
function logged(requests: Requests, open: () => Catalog, runs: number): number {
  const costs = Array.from({ length: Math.max(runs, 10) }, () => {
    const catalog = open();
    for (const entry of catalog.entries) planOf(entry);
    catalog.byOption("", "windows");
    return cpuOf(1, () => {
      for (const request of requests) resolve(request, catalog);
    });
  });
  return Math.min(...costs);
}

/** Resolving of command lines, look-ups and loading. One thread, CPU of this process. */
export const catalog: Bench = {
  name: "catalog",
  title: "command lines resolved, programs looked up, catalogue loaded; one thread",
  async run({ runs, cli }, say) {
    const bytes = readFileSync(join(cli, "..", "catalog.json"));
    const open = () => new Catalog(openPacked((from, length) => bytes.subarray(from, from + length)));
    const shipped = open();
    const lines = templatesOf(readVectors(join(ROOT, "catalog")), shipped);
    const count = lines.templates.length;
    say(
      `  ${count} vectors whose values may have other names (${lines.closed} have none); all lines of all rounds differ`,
    );
    const costs = rounds(lines, shipped, runs);
    say(
      `  lines that are new: ${perSecond(count, costs.fresh)}; each ${REPEATED} times: ${perSecond(count, costs.log)}; naively: ${perSecond(count, costs.naive)}`,
    );
    const per = (seconds: number) => (seconds / count) * 1e6;
    const naive = { reference: per(costs.naive), unit: "µs a line", goal: 1 } as const;
    const goal = { reference: 10, unit: "µs a line", goal: 1 } as const;
    const ratios: Ratio[] = [
      { ...naive, name: "new lines: a regular expression for each program", value: per(costs.fresh) },
      { ...naive, name: `lines that come ${REPEATED} times: the same`, value: per(costs.log) },
      { ...goal, name: "new lines: a hundred thousand a second", value: per(costs.fresh) },
      { ...goal, name: `lines that come ${REPEATED} times: the same`, value: per(costs.log) },
    ];
    const growth = { value: per(costs.twice), reference: per(costs.fresh), unit: "µs a line", goal: 1.1 } as const;
    ratios.push({ ...growth, name: "new lines, twice the catalogue: the catalogue" });

    if (existsSync(LOGS)) {
      const { requests, different } = await loggedIn(LOGS, shipped);
      const seconds = logged(requests, open, runs);
      say(
        `  starts of catalogued programs in ${LOGS}, in their order: ${requests.length}, of which ${different} differ: ${perSecond(requests.length, seconds)}`,
      );
      ratios.push({ ...goal, name: "lines as logs have them: the same", value: (seconds / requests.length) * 1e6 });
    } else say(`  SKIPPED: lines as logs have them; there is no ${LOGS}`);

    const strangers = Array.from({ length: 1000 }, (_, i) => `Program-${i}.exe`);
    const tiny = new Tiny({ time: 300, warmupTime: 100 });
    tiny.add("look-ups", () => {
      for (const name of strangers) shipped.byName(name, "windows");
    });
    tiny.add("load", open);
    await tiny.run();
    const [lookups, load] = tiny.tasks.map(({ result }) => ("latency" in result ? result.latency.p50 : Number.NaN));
    say(`  look-ups of programs that are not catalogued: ${perSecond(strangers.length, lookups! / 1e3)}`);
    ratios.push({ name: "three million look-ups a second", value: lookups!, reference: 1 / 3, unit: "ms", goal: 1 });
    ratios.push({ name: "catalogue loaded", value: load!, reference: 1, unit: "ms", goal: 30 });
    return ratios;
  },
};
