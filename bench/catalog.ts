import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Bench as Tiny } from "tinybench";
import { Catalog } from "../src/catalog/catalog.ts";
import { openPacked } from "../src/catalog/packed.ts";
import type { CatalogEntry } from "../src/catalog/types.ts";
import { readVectors } from "../src/catalog/vectors.ts";
import { resolve } from "../src/invocations/resolve.ts";
import type { Request } from "../src/invocations/types.ts";
import type { Bench, Ratio } from "./support/bench.ts";
import { cpuOf } from "./support/measure.ts";

const ROOT = join(import.meta.dirname, "..");
/** How often a line comes again in a log of many hosts. */
const REPEATED = 20;

/** Command lines of the catalogue's vectors as a log has them: each with its program, no shell in between. */
function loggedLines(catalog: Catalog): Request[] {
  return readVectors(join(ROOT, "catalog")).flatMap(({ entry, platform, resolve: resolves, silent }) =>
    [...resolves, ...silent].flatMap(({ line, as }) => {
      const image = catalog.byId(entry)?.name;
      return line === undefined || as === "typed" || image === undefined
        ? []
        : [
            {
              commandLine: line,
              platform,
              as: "logged" as const,
              image: platform === "windows" ? image : `/usr/bin/${image}`,
            },
          ];
    }),
  );
}

/** The same lines with another number in each: none comes twice, so that nothing is remembered. */
const afresh = (requests: readonly Request[], round: number): Request[] =>
  requests.map((request) => ({ ...request, commandLine: `${request.commandLine} ${round}` }));

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

/** Resolving of command lines, look-ups and loading. One thread, CPU of this process. */
export const catalog: Bench = {
  name: "catalog",
  title: "command lines resolved, programs looked up, catalogue loaded; one thread",
  async run({ runs, cli }, say) {
    const bytes = readFileSync(join(cli, "..", "catalog.json"));
    const open = () => new Catalog(openPacked((from, length) => bytes.subarray(from, from + length)));
    const shipped = open();
    const lines = loggedLines(shipped);
    const match = naively(shipped.entries);
    const ratios: Ratio[] = [];

    let round = 0;
    const all = (catalog: Catalog, requests: readonly Request[]) => {
      for (const request of requests) resolve(request, catalog);
    };
    const fresh = (catalog: Catalog): number => cpuOf(1, () => all(catalog, afresh(lines, round++)));
    const twice = doubled(shipped);
    const costs = { fresh: Infinity, twice: Infinity, naive: Infinity, log: Infinity };
    for (let run = 0; run < Math.max(runs, 5); run++) {
      costs.fresh = Math.min(costs.fresh, fresh(shipped));
      costs.twice = Math.min(costs.twice, fresh(twice));
      costs.naive = Math.min(
        costs.naive,
        cpuOf(1, () => {
          for (const { commandLine } of lines) match(commandLine ?? "");
        }),
      );
      const log = afresh(lines, round++);
      costs.log = Math.min(
        costs.log,
        cpuOf(1, () => {
          for (let time = 0; time < REPEATED; time++) all(shipped, log);
        }) / REPEATED,
      );
    }
    say(
      `  ${lines.length} lines, each new: ${perSecond(lines.length, costs.fresh)}; each ${REPEATED} times: ${perSecond(lines.length, costs.log)}`,
    );
    const per = (seconds: number) => (seconds / lines.length) * 1e6;
    const naive = { reference: per(costs.naive), unit: "µs a line", goal: 1 } as const;
    ratios.push({ ...naive, name: "new lines: a regular expression for each program", value: per(costs.fresh) });
    ratios.push({ ...naive, name: `lines that come ${REPEATED} times: the same`, value: per(costs.log) });
    ratios.push({
      name: "a hundred thousand lines a second",
      value: per(costs.log),
      reference: 10,
      unit: "µs a line",
      goal: 1,
    });
    const growth = { value: per(costs.twice), reference: per(costs.fresh), unit: "µs a line", goal: 1.1 } as const;
    ratios.push({ ...growth, name: "new lines, twice the catalogue: the catalogue" });

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
