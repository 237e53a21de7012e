import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Event } from "../../src/model/event.ts";
import { harden } from "../../src/pipeline/harden.ts";
import { placeOf } from "../../src/pipeline/labels/join.ts";
import { type BenignRow, isWrongToReport, readLabels, type TruthRow } from "../../src/pipeline/labels/labels.ts";
import { type Files, stoppedBy } from "./independent.ts";
import { eventsOf, isRow, runOf } from "./telemetry.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/telemetry");
const IS_THERE = existsSync(join(FOLDER, "truth.jsonl"));
const MINUTE = 60_000;

interface Judged {
  readonly row: TruthRow | BenignRow;
  readonly isRead: boolean;
  readonly by: string | undefined;
}

describe.skipIf(!IS_THERE)("a plan from background and benign runs (or skipped: no shared data)", () => {
  let attacks: readonly Judged[] = [];
  let benign: readonly Judged[] = [];

  beforeAll(async () => {
    const labels = readLabels(FOLDER);
    const good = labels.benign.filter(isWrongToReport);
    const core = labels.truth.filter(({ scope, outcome }) => scope === "core" && outcome === "executed");
    const isGood = (event: Event) =>
      placeOf(event.record.file, FOLDER).startsWith("background/") || good.some((row) => isRow(row, event, FOLDER));
    const inputs = [
      join(FOLDER, "background"),
      ...new Set(good.map(({ file }) => join(FOLDER, file.split("!", 1)[0] ?? ""))),
    ];
    const { files } = await harden(inputs, { mode: "enforce", accepts: isGood });
    const texts: Files = Object.fromEntries(files.map(({ name, text }) => [name, text]));
    const judge = async (rows: readonly (TruthRow | BenignRow)[]) => {
      const events = await eventsOf(FOLDER, rows);
      return rows.map((row) => {
        const runs = (events.get(row) ?? []).flatMap((event) => runOf(event, row) ?? []);
        return {
          row,
          isRead: runs.length > 0,
          by: runs.map((run) => stoppedBy(texts, run)).find((by) => by !== undefined),
        };
      });
    };
    attacks = await judge(core);
    benign = await judge(good);
  }, 5 * MINUTE);

  it("stops nine of ten attacks that were executed", () => {
    const passed = attacks.filter(({ by }) => by === undefined).map(({ row }) => row.command_line);
    expect(attacks.filter(({ isRead }) => isRead).length).toBeGreaterThan(25);
    expect(1 - passed.length / attacks.length, `passed:\n${passed.join("\n")}`).toBeGreaterThanOrEqual(0.9);
  });

  it("stops no run that is labelled benign", () => {
    expect(benign.filter(({ isRead }) => isRead).length).toBeGreaterThan(400);
    expect(benign.filter(({ by }) => by !== undefined).map(({ row, by }) => `${row.command_line}: ${by}`)).toEqual([]);
  });
});
