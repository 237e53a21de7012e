import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULTS, generate } from "../../lab/generate.ts";
import { harden } from "../../src/pipeline/harden.ts";
import { isWrongToReport, readLabels } from "../../src/pipeline/labels/labels.ts";
import type { Files } from "./independent.ts";
import { startsOf, stoppedOnLinux } from "./independent-linux.ts";
import { type Broken, brokenBy, stopsOf } from "./judge.ts";

const MINUTE = 60_000;
const FLEET = { hosts: 24, seed: "policies" } as const;

describe("a plan from an invented fleet’s past", () => {
  const folder = mkdtempSync(join(tmpdir(), "whatran-lab-"));
  const past = join(folder, "past");
  const future = join(folder, "future");
  let files: Files = {};
  let asked = 0;
  let broken: readonly Broken[] = [];
  let installed: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    const formats = { windowsFormats: ["flat"], linuxFormats: ["ecs"], gzip: false } as const;
    await generate({ ...DEFAULTS, ...FLEET, ...formats, folder: past, days: 20, start: "2026-03-01", chains: 0 });
    await generate({ ...DEFAULTS, ...FLEET, ...formats, folder: future, days: 5, start: "2026-03-21", chains: 20 });
    const planned = await harden([join(past, "background"), join(past, "attack")], { mode: "enforce" });
    files = Object.fromEntries(planned.files.map(({ name, text }) => [name, text]));
    ({ asked, broken, installed } = await brokenBy(files, future, readLabels(future).benign.filter(isWrongToReport)));
  }, 3 * MINUTE);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("breaks no legitimate run of the days that follow", () => {
    expect(asked).toBeGreaterThan(500);
    expect(broken.map(({ row, by }) => `${row.command_line}: ${by}`)).toEqual([]);
  });

  it("breaks no start on Linux of the days that follow", () => {
    const names = readdirSync(join(future, "background")).filter((name) => name.startsWith("lx-"));
    const runs = names.flatMap((name) => startsOf(readFileSync(join(future, "background", name), "utf8")));
    expect(runs.length).toBeGreaterThan(500);
    expect(files["t1218-noexec"]).toContain("Cmnd_Alias");
    expect(files["10-t1218.rules"]).toContain("deny_audit perm=execute");
    expect(files["t1218-apparmor"]).toContain("profile");
    const broken = runs.flatMap((run) => {
      const by = stoppedOnLinux(files, run);
      return by === undefined ? [] : [`${run.image}: ${by}`];
    });
    expect([...new Set(broken)]).toEqual([]);
  });

  it("stops most attacks on Windows", { timeout: MINUTE }, async () => {
    const rows = readLabels(future).truth.filter(
      ({ os, scope, outcome }) => os === "windows" && scope === "core" && outcome === "executed",
    );
    const stops = await stopsOf(files, future, rows, installed);
    const passed = rows.filter((row) => stops.get(row) === undefined);
    expect(rows.length).toBeGreaterThan(5);
    expect(passed.length / rows.length, passed.map(({ command_line }) => command_line).join("\n")).toBeLessThan(0.15);
  });
});
