/**
 * Measures whatran on an invented fleet: learns from its first weeks, scans the rest with and without that history, with and without
 * correlation, and by what the hosts log. Prints tables in Markdown; docs/evaluation.md keeps them.
 *
 *   npm run fleet -- --seed TEXT [--hosts N] [--days N] [--learnt N] [--chains N] [--folder DIR] [--tiers] [--wrong] [--docs]
 *
 * DIR keeps the fleet's logs; a fleet that is there already is not invented anew. --tiers invents the fleet three times more, with
 * Sysmon everywhere, with 4688 and its command line, and with 4688 alone. --wrong lists what is missed and what is wrongly reported.
 * --docs puts the tables into docs/evaluation.md.
 */
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { intoPage } from "./docs.ts";
import { type Measured, reportTiers, reportWays, reportWrong } from "./report.ts";
import { type FleetOptions, measure, prepare, type Way } from "./run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    hosts: { type: "string", default: "400" },
    days: { type: "string", default: "40" },
    learnt: { type: "string", default: "28" },
    chains: { type: "string" },
    folder: { type: "string", default: join(tmpdir(), "whatran-fleet") },
    tiers: { type: "boolean", default: false },
    wrong: { type: "boolean", default: false },
    docs: { type: "boolean", default: false },
  },
});

const WAYS: readonly (Way & { readonly name: string })[] = [
  { name: "history and correlation", history: true, correlate: true },
  { name: "history alone", history: true, correlate: false },
  { name: "correlation alone", history: false, correlate: true },
  { name: "neither", history: false, correlate: false },
];

const TIERS = [
  { name: "full Sysmon", sensor: "sysmon" },
  { name: "4688 with command line", sensor: "security" },
  { name: "4688 alone", sensor: "bare" },
] as const;

/** When and of what it was measured, and how to measure it again. */
function circumstances(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const command = ["npm run fleet --", ...process.argv.slice(2)].join(" ").replace(/ --folder \S+/, "");
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit}: \`${command}\`\n`;
}

const PAGE = "docs/evaluation.md";

async function compareTiers(fleet: FleetOptions): Promise<Measured[]> {
  const tiers: Measured[] = [];
  for (const { name, sensor } of TIERS) {
    const one = { ...fleet, sensor, folder: `${fleet.folder}-${sensor}` };
    await prepare(one);
    tiers.push({ name, result: await measure(one, { history: true, correlate: true }) });
  }
  return tiers;
}

async function main(): Promise<void> {
  const { seed } = values;
  if (seed === undefined) throw new Error("--seed TEXT is missing");
  const hosts = Number(values.hosts);
  const days = Number(values.days);
  const fleet: FleetOptions = {
    seed,
    hosts,
    days,
    learnt: Number(values.learnt),
    chains: values.chains === undefined ? 2 * hosts : Number(values.chains),
    folder: join(values.folder, `${seed}-${hosts}x${days}`),
    sensor: undefined,
  };
  const measured = circumstances();
  await prepare(fleet);
  const ways: Measured[] = [];
  for (const way of WAYS) ways.push({ name: way.name, result: await measure(fleet, way) });
  publish("fleet", `${measured}\n${reportWays(fleet, ways)}`);
  const tiers = values.tiers ? await compareTiers(fleet) : [];
  if (tiers.length > 0) publish("tiers", `${measured}\n${reportTiers(tiers)}`);
  if (values.wrong)
    for (const { name, result } of [...ways.slice(0, 1), ...tiers]) console.log(reportWrong(name, result));
}

function publish(place: string, text: string): void {
  console.log(`${text}\n`);
  if (values.docs) intoPage(PAGE, place, text);
}

await main();
