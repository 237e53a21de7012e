import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TruthRow } from "../../src/pipeline/labels/labels.ts";
import { type Judged, judged } from "./fleet.ts";

const MINUTE = 60_000;

const shareOf = (passed: readonly TruthRow[], rows: readonly TruthRow[]) => passed.length / rows.length;
const lines = (rows: readonly TruthRow[]) => rows.map(({ command_line }) => command_line).join("\n");

describe("a plan from an invented fleet’s past", () => {
  const folder = mkdtempSync(join(tmpdir(), "whatran-lab-"));
  let result: Judged | undefined;
  const of = () => result as Judged;

  beforeAll(async () => {
    result = await judged(folder, { seed: "policies", days: 5, chains: 40 });
  }, 4 * MINUTE);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("breaks no legitimate run of the days that follow", () => {
    expect(of().asked).toBeGreaterThan(500);
    expect(of().broken.map(({ row, by }) => `${row.command_line}: ${by}`)).toEqual([]);
  });

  it("breaks no start on Linux of the days that follow", () => {
    const { files, starts, brokenStarts } = of();
    expect(starts).toBeGreaterThan(500);
    expect(files["t1218-noexec"]).toContain("Cmnd_Alias");
    expect(files["10-t1218.rules"]).toContain("deny_audit perm=execute");
    expect(files["t1218-apparmor"]).toContain("profile");
    expect(brokenStarts).toEqual([]);
  });

  it("stops most attacks on Windows", () => {
    const { rows, passed } = of().windows;
    expect(rows.length).toBeGreaterThan(5);
    expect(shareOf(passed, rows), lines(passed)).toBeLessThan(0.15);
  });

  it("stops most attacks on Linux", () => {
    const { rows, passed } = of().linux;
    expect(rows.length).toBeGreaterThan(1);
    expect(shareOf(passed, rows), lines(passed)).toBeLessThan(0.15);
  });
});
