import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULTS, generate } from "../../lab/generate.ts";
import { type LeftOut, leaveOneOut } from "../../scripts/evaluate/leave-one-out.ts";
import type { Finding } from "../../src/model/finding.ts";
import { atLeast } from "../../src/model/level.ts";
import { indexFindings } from "../../src/pipeline/labels/join.ts";
import { readLabels, telemetryIn } from "../../src/pipeline/labels/labels.ts";
import { scan } from "../../src/pipeline/scan.ts";

const folder = mkdtempSync(join(tmpdir(), "whatran-left-out-"));
beforeAll(async () => {
  const options = { ...DEFAULTS, folder, seed: "left-out", hosts: 10, days: 3, chains: 50, rollouts: 1 };
  await generate({ ...options, windowsFormats: ["flat"], linuxFormats: ["audit", "ecs"], gzip: false });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shared = "../shared/telemetry";
const share = (results: readonly LeftOut[], test: (one: LeftOut) => boolean) =>
  results.filter(test).length / results.length;
const isFound = ({ level }: LeftOut) => level !== undefined && atLeast(level, "medium");

it("still finds four in five runs of each binary that is left out of the catalogue, and the argument", async () => {
  const results = [...(await leaveOneOut(folder, readLabels(folder).truth))];
  if (existsSync(shared)) results.push(...(await leaveOneOut(shared, readLabels(shared).truth)));
  else console.log("skipped: no shared data");
  expect(results.length).toBeGreaterThanOrEqual(30);
  expect(share(results, isFound)).toBeGreaterThanOrEqual(0.8);
  expect(share(results, ({ discovered }) => discovered)).toBeGreaterThanOrEqual(0.8);
}, 120_000);

it("makes at most one such finding of ten thousand ordinary starts", async () => {
  const findings: Finding[] = [];
  const summary = await scan(telemetryIn(folder), { minLevel: "medium", onFinding: (one) => findings.push(one) });
  const index = indexFindings(findings, folder);
  const right = new Set(
    readLabels(folder).truth.flatMap((row) => {
      const { direct, related } = index.match(row);
      return [...direct, ...related.map((one) => one.finding)];
    }),
  );
  const wrong = findings.filter((one) => one.behaviour.includes("/uncatalogued-") && !right.has(one));
  // A process that an attack has put its code into does what nobody would expect of it.
  const ordinary = wrong.filter(({ evidence }) => !evidence.some(({ id }) => id === "remote-thread"));
  expect(summary.events.processCreation).toBeGreaterThan(1_000);
  expect(ordinary.length).toBeLessThanOrEqual(1 + (summary.events.processCreation ?? 0) / 10_000);
}, 60_000);
