import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULTS, generate } from "../../lab/generate.ts";
import { harden } from "../../src/pipeline/harden.ts";
import { isWrongToReport, readLabels } from "../../src/pipeline/labels/labels.ts";
import { type Files, stoppedBy } from "./independent.ts";
import { startsOf, stoppedOnLinux } from "./independent-linux.ts";
import { eventsOf, runOf, stepsOf } from "./telemetry.ts";

const MINUTE = 60_000;
const FLEET = { hosts: 24, seed: "policies" } as const;

describe("a plan from an invented fleet’s past", () => {
  const folder = mkdtempSync(join(tmpdir(), "whatran-lab-"));
  const past = join(folder, "past");
  const future = join(folder, "future");
  let files: Files = {};

  beforeAll(async () => {
    const formats = { windowsFormats: ["flat"], linuxFormats: ["ecs"], gzip: false } as const;
    await generate({ ...DEFAULTS, ...FLEET, ...formats, folder: past, days: 20, start: "2026-03-01", chains: 0 });
    await generate({ ...DEFAULTS, ...FLEET, ...formats, folder: future, days: 5, start: "2026-03-21", chains: 20 });
    const planned = await harden([join(past, "background"), join(past, "attack")], { mode: "enforce" });
    files = Object.fromEntries(planned.files.map(({ name, text }) => [name, text]));
  }, 3 * MINUTE);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("breaks no legitimate run of the days that follow", { timeout: MINUTE }, async () => {
    const rows = readLabels(future).benign.filter(isWrongToReport);
    const events = await eventsOf(future, rows);
    const broken = rows.flatMap((row) =>
      (events.get(row) ?? []).flatMap((event) => {
        const run = runOf(event, row);
        const by = run && stoppedBy(files, run);
        return by === undefined ? [] : [`${row.command_line}: ${by}`];
      }),
    );
    expect(events.size).toBeGreaterThan(500);
    expect(broken).toEqual([]);
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
    const events = await eventsOf(future, rows);
    const passed = rows.filter(
      (row) =>
        !(events.get(row) ?? []).some((event) => {
          const run = runOf(event, row);
          return run !== undefined && [run, ...stepsOf(run, row)].some((one) => stoppedBy(files, one) !== undefined);
        }),
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(passed.length / rows.length, passed.map(({ command_line }) => command_line).join("\n")).toBeLessThan(0.3);
  });
});
