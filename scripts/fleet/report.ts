import { atLeast } from "../../src/model/level.ts";
import type { Share } from "../evaluate/telemetry.ts";
import { type Interval, poisson, wilson } from "./intervals.ts";
import type { FleetResult } from "./judge.ts";
import type { FleetOptions } from "./run.ts";

/** A result under the name of the way in which it was had. */
export interface Measured {
  readonly name: string;
  readonly result: FleetResult;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const between = ([low, high]: Interval, say: (bound: number) => string) => `${say(low)} – ${say(high)}`;

function shareOf({ part, of }: Share): string {
  return of === 0 ? "–" : `${percent(part / of)} (${part}/${of}; ${between(wilson(part, of), percent)})`;
}

function rateOf({ wrong, hostDays }: FleetResult, least: "medium" | "high"): string {
  const count = wrong.filter(({ level }) => atLeast(level, least)).length;
  const rate = (value: number) => value.toFixed(4);
  return `${rate(count / hostDays)} (${count}; ${between(poisson(count, hostDays), rate)})`;
}

/** Acts of which something was found at medium or above. */
function flagged(acts: FleetResult["chains"]): Share {
  return { part: acts.filter(({ level }) => level !== undefined && atLeast(level, "medium")).length, of: acts.length };
}

const COLUMNS: readonly (readonly [title: string, cell: (result: FleetResult) => string])[] = [
  ["injected chains at medium or above", ({ chains }) => shareOf(flagged(chains))],
  ["runs of campaigns still flagged", ({ campaigns }) => shareOf(flagged([...campaigns.values()].flat()))],
  ["precision of the top 50 a day", ({ top }) => shareOf(top)],
  ["the same without campaigns", ({ topWithoutCampaigns }) => shareOf(topWithoutCampaigns)],
  ["false at medium or above, per host-day", (result) => rateOf(result, "medium")],
  ["false at high or above, per host-day", (result) => rateOf(result, "high")],
];

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function compare(measured: readonly Measured[]): string {
  return table(
    ["", ...measured.map(({ name }) => name)],
    COLUMNS.map(([title, cell]) => [title, ...measured.map(({ result }) => cell(result))]),
  );
}

function campaignTable({ campaigns }: FleetResult): string {
  return table(
    ["campaign", "runs in the scanned days", "at medium or above"],
    [...campaigns].sort().map(([name, acts]) => [name, String(acts.length), shareOf(flagged(acts))]),
  );
}

export function reportWays({ seed, hosts, days, learnt }: FleetOptions, ways: readonly Measured[]): string {
  const [first] = ways;
  return [
    `### Seed ${seed}: ${hosts} hosts, ${days} days, of which the first ${learnt} teach`,
    compare(ways),
    first ? campaignTable(first.result) : "",
  ].join("\n\n");
}

export const reportTiers = (tiers: readonly Measured[]): string => `#### By what the hosts log\n\n${compare(tiers)}`;

/** What is missed and what is wrongly reported, for whoever wants to mend it. */
export function reportWrong(name: string, { chains, campaigns, wrong }: FleetResult): string {
  const missed = [...chains, ...[...campaigns.values()].flat()]
    .filter(({ level }) => level === undefined || !atLeast(level, "medium"))
    .map(({ act, level }) => `missed ${act.act} ${act.host} ${level ?? ""} ${JSON.stringify(act.records)}`);
  const groups = new Map<string, typeof wrong>();
  for (const finding of wrong) groups.set(finding.behaviour, [...(groups.get(finding.behaviour) ?? []), finding]);
  const reported = [...groups].flatMap(([behaviour, all]) => [
    `false ${behaviour}: ${all.length}`,
    ...all
      .slice(0, 4)
      .map(({ level, score, commandLine, host, source }) =>
        `  ${level} ${score} ${host} ${source.file}#${source.index} ${commandLine}`.slice(0, 300),
      ),
  ]);
  return [`== ${name}`, ...missed, ...reported].join("\n");
}
