import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CAMPAIGNS } from "../../lab/campaigns.ts";
import { DEFAULTS, generate, type LabOptions } from "../../lab/generate.ts";
import type { ActRow } from "../../lab/labels.ts";
import type { Sensor } from "../../lab/world/fleet.ts";
import type { Finding } from "../../src/model/finding.ts";
import { readLines } from "../../src/pipeline/labels/labels.ts";
import { learn } from "../../src/pipeline/learn.ts";
import { scan } from "../../src/pipeline/scan.ts";
import { type FleetResult, judgeFleet } from "./judge.ts";

/** A fleet to invent: its first days teach, the others are scanned. */
export interface FleetOptions {
  readonly folder: string;
  readonly seed: string;
  readonly hosts: number;
  readonly days: number;
  /** Days that teach. */
  readonly learnt: number;
  readonly chains: number;
  readonly sensor: Sensor | undefined;
}

export interface Way {
  readonly history: boolean;
  readonly correlate: boolean;
}

/** Invents the fleet's logs, unless they are there from an earlier run, and learns from the first days. */
export async function prepare(options: FleetOptions): Promise<void> {
  const { folder, learnt, ...fleet } = options;
  const lab: Omit<LabOptions, "folder"> = { ...DEFAULTS, ...fleet, split: learnt, campaigns: CAMPAIGNS, rollouts: 3 };
  if (!existsSync(folder)) {
    // What a run that was stopped has left is half a fleet.
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    await generate({ ...lab, folder: part });
    renameSync(part, folder);
  }
  const baseline = join(folder, "fleet.baseline");
  rmSync(baseline, { force: true });
  await learn([join(folder, "before")], baseline);
}

/** Scans the days after those that taught. */
export async function measure(options: FleetOptions, { history, correlate }: Way): Promise<FleetResult> {
  const { folder, hosts, days, learnt } = options;
  const findings: Finding[] = [];
  await scan([join(folder, "after")], {
    minLevel: "medium",
    correlate,
    ...(history && { baseline: join(folder, "fleet.baseline") }),
    onFinding: (finding) => findings.push(finding),
  });
  const acts = readLines<ActRow>(join(folder, "acts.jsonl")).filter(({ records }) =>
    Object.keys(records).some((file) => file.startsWith("after/")),
  );
  return judgeFleet(acts, findings, { folder, hostDays: hosts * (days - learnt) });
}
