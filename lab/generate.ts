import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join, posix } from "node:path";
import type { CampaignKind } from "./campaigns.ts";
import { CHAINS } from "./chains/index.ts";
import { hostDay } from "./day.ts";
import { labelRows, type Written } from "./labels.ts";
import { type HostLog, openHostLog } from "./output.ts";
import { makePlan } from "./plan.ts";
import { createRandom } from "./random.ts";
import { dayAt } from "./world/calendar.ts";
import type { LabEvent } from "./world/events.ts";
import { createFleet, type LogFormat, type Sensor } from "./world/fleet.ts";

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
  /** Days before this one stand under `before/`, the others under `after/`; undefined: all days together. */
  readonly split: number | undefined;
  /** What every Windows host logs; undefined: by its role. */
  readonly sensor: Sensor | undefined;
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
  split: undefined,
  sensor: undefined,
};

export interface LabSummary {
  readonly records: number;
  readonly truth: number;
  readonly benign: number;
}

function writeDay(log: HostLog, events: readonly LabEvent[]): Map<LabEvent, readonly Written[]> {
  const places = new Map<LabEvent, readonly Written[]>();
  for (const event of events) {
    places.set(event, log.write(event));
  }
  return places;
}

/** Folders under the target, and the days that stand in each. */
function periodsOf({ split, days }: LabOptions) {
  if (split === undefined) return [{ name: "", from: 0, to: days }];
  return [
    { name: "before", from: 0, to: split },
    { name: "after", from: split, to: days },
  ];
}

/** Writes a fleet's logs and their labels. Equal options give equal logs. Memory is bounded by one host's day. */
export async function generate(options: LabOptions): Promise<LabSummary> {
  const random = createRandom(options.seed);
  const fleet = createFleet(random.derive("fleet"), options);
  const firstDay = Date.parse(`${options.start}T00:00:00Z`);
  const plan = makePlan(random.derive("plan"), fleet, { ...options, firstDay });
  const periods = periodsOf(options);
  for (const { name } of periods) mkdirSync(join(options.folder, name), { recursive: true });
  const labels = {
    truth: openSync(join(options.folder, "truth.jsonl"), "w"),
    benign: openSync(join(options.folder, "benign.jsonl"), "w"),
    acts: openSync(join(options.folder, "acts.jsonl"), "w"),
  };
  const summary = { records: 0, truth: 0, benign: 0 };
  for (const host of fleet) {
    const attacked = plan.chains.some((c) => c.host === host) || plan.campaigns.some((c) => c.hits(host));
    for (const { name, from, to } of periods) {
      const log = openHostLog(options, host, posix.join(name, attacked ? "attack" : "background"));
      for (let number = from; number < to; number++) {
        const events = hostDay(host, dayAt(firstDay, number), random.derive(host.name, number), plan, options.noise);
        const places = writeDay(log, events);
        const rows = labelRows(events, host, places);
        for (const kind of ["truth", "benign", "acts"] as const) {
          writeSync(labels[kind], rows[kind].map((row) => `${JSON.stringify(row)}\n`).join(""));
          if (kind !== "acts") summary[kind] += rows[kind].length;
        }
        for (const written of places.values()) summary.records += written.length;
        await log.settle();
      }
      await log.close();
    }
  }
  for (const file of Object.values(labels)) closeSync(file);
  return summary;
}
