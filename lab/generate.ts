import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { CampaignKind } from "./campaigns.ts";
import { CHAINS } from "./chains/index.ts";
import { hostDay } from "./day.ts";
import { labelRows, type Written } from "./labels.ts";
import { type HostLog, openHostLog } from "./output.ts";
import { makePlan } from "./plan.ts";
import { createRandom } from "./random.ts";
import { dayAt } from "./world/calendar.ts";
import type { LabEvent } from "./world/events.ts";
import { createFleet, type LogFormat } from "./world/fleet.ts";

export interface LabOptions {
  readonly folder: string;
  readonly seed: string;
  readonly hosts: number;
  readonly days: number;
  /** First day, `YYYY-MM-DD`. */
  readonly start: string;
  /** Number of injected chains; by default each chain once. */
  readonly chains: number;
  readonly windowsFormats: readonly LogFormat[];
  readonly linuxFormats: readonly LogFormat[];
  readonly gzip: boolean;
  readonly campaigns: readonly CampaignKind[];
  readonly rollouts: number;
  /** Factor on how often ordinary things happen. */
  readonly noise: number;
}

export const DEFAULTS: Omit<LabOptions, "folder"> = {
  seed: "1",
  hosts: 12,
  days: 5,
  start: "2026-03-09",
  chains: CHAINS.length,
  windowsFormats: ["evtx", "winlogbeat", "flat", "evtx_dump"],
  linuxFormats: ["audit", "ecs"],
  gzip: true,
  campaigns: [],
  rollouts: 0,
  noise: 1,
};

export interface LabSummary {
  readonly records: number;
  readonly truth: number;
  readonly benign: number;
}

function writeDay(log: HostLog, events: readonly LabEvent[]): Map<LabEvent, Written> {
  const places = new Map<LabEvent, Written>();
  for (const event of events) {
    const place = log.write(event);
    if (place) places.set(event, place);
  }
  return places;
}

/** Writes a fleet's logs and their labels. Equal options give equal logs. Memory is bounded by one host's day. */
export async function generate(options: LabOptions): Promise<LabSummary> {
  const random = createRandom(options.seed);
  const fleet = createFleet(random.derive("fleet"), options);
  const firstDay = Date.parse(`${options.start}T00:00:00Z`);
  const plan = makePlan(random.derive("plan"), fleet, { ...options, firstDay });
  mkdirSync(options.folder, { recursive: true });
  const labels = {
    truth: createWriteStream(join(options.folder, "truth.jsonl")),
    benign: createWriteStream(join(options.folder, "benign.jsonl")),
  };
  const summary = { records: 0, truth: 0, benign: 0 };
  for (const host of fleet) {
    const attacked =
      plan.chains.some((c) => c.host === host) ||
      plan.campaigns.some((c) => Array.from({ length: options.days }, (_, d) => c.runs(host, d)).some((n) => n > 0));
    const log = openHostLog(options, host, attacked);
    for (let number = 0; number < options.days; number++) {
      const events = hostDay(host, dayAt(firstDay, number), random.derive(host.name, number), plan, options.noise);
      const places = writeDay(log, events);
      const rows = labelRows(events, host, places);
      for (const kind of ["truth", "benign"] as const) {
        for (const row of rows[kind]) labels[kind].write(`${JSON.stringify(row)}\n`);
        summary[kind] += rows[kind].length;
      }
      summary.records += places.size;
      await log.settle();
    }
    await log.close();
  }
  for (const stream of Object.values(labels)) {
    stream.end();
    await finished(stream);
  }
  return summary;
}
