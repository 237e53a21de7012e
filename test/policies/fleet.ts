import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULTS, generate } from "../../lab/generate.ts";
import { harden } from "../../src/pipeline/harden.ts";
import { isWrongToReport, readLabels, type TruthRow } from "../../src/pipeline/labels/labels.ts";
import type { Files } from "./independent.ts";
import { type LinuxRun, startsOf, stoppedOnLinux } from "./independent-linux.ts";
import { type Broken, brokenBy, stopsOf } from "./judge.ts";
import { eventsOf } from "./telemetry.ts";

const HOSTS = 24;
const FORMATS = { windowsFormats: ["flat"], linuxFormats: ["ecs"], gzip: false } as const;

export interface Fleet {
  readonly seed: string;
  /** Days that are judged, which follow those that teach, and chains of attacks in them. */
  readonly days: number;
  readonly chains: number;
}

interface Attacks {
  readonly rows: readonly TruthRow[];
  readonly passed: readonly TruthRow[];
}

/** What a plan made of a fleet’s past stops in the days that follow. */
export interface Judged {
  readonly files: Files;
  readonly hostDays: number;
  /** Ordinary rows of Windows, and those that are stopped. */
  readonly asked: number;
  readonly broken: readonly Broken[];
  /** Ordinary starts of Linux, and what is stopped of them with what stops it. */
  readonly starts: number;
  readonly brokenStarts: readonly string[];
  readonly windows: Attacks;
  readonly linux: Attacks;
}

/** Invents the fleet in a folder, makes a plan in enforce mode from 20 days, and has the second reader judge it. */
export async function judged(folder: string, { seed, days, chains }: Fleet): Promise<Judged> {
  const [past, future] = [join(folder, "past"), join(folder, "future")];
  const common = { ...DEFAULTS, ...FORMATS, hosts: HOSTS, seed };
  await generate({ ...common, folder: past, days: 20, start: "2026-03-01", chains: 0 });
  await generate({ ...common, folder: future, days, start: "2026-03-21", chains });
  const planned = await harden([join(past, "background"), join(past, "attack")], { mode: "enforce" });
  const files = Object.fromEntries(planned.files.map(({ name, text }) => [name, text]));
  const labels = readLabels(future);
  const { asked, broken, installed } = await brokenBy(files, future, labels.benign.filter(isWrongToReport));
  const core = labels.truth.filter(({ scope, outcome }) => scope === "core" && outcome === "executed");
  const [windows, linux] = [core.filter(({ os }) => os === "windows"), core.filter(({ os }) => os === "linux")];
  const stops = await stopsOf(files, future, windows, installed);
  const stopped = await stoppedRows(files, future, linux);
  const names = readdirSync(join(future, "background")).filter((name) => name.startsWith("lx-"));
  const starts = names.flatMap((name) => startsOf(readFileSync(join(future, "background", name), "utf8")));
  return {
    files,
    hostDays: HOSTS * days,
    asked,
    broken,
    starts: starts.length,
    brokenStarts: [...new Set(starts.flatMap((run) => stoppedText(files, run) ?? []))],
    windows: { rows: windows, passed: windows.filter((row) => stops.get(row) === undefined) },
    linux: { rows: linux, passed: linux.filter((row) => !stopped.has(row)) },
  };
}

function stoppedText(files: Files, run: LinuxRun): string | undefined {
  const by = stoppedOnLinux(files, run);
  return by && `${run.image}: ${by}`;
}

/** Attacks of Linux whose start is stopped, or that of the program that they name. */
async function stoppedRows(files: Files, folder: string, rows: readonly TruthRow[]): Promise<ReadonlySet<TruthRow>> {
  const stopped = new Set<TruthRow>();
  const read = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const lines = read.get(file) ?? readFileSync(file, "utf8").split("\n").filter(Boolean);
    read.set(file, lines);
    return lines;
  };
  for (const [row, events] of await eventsOf(folder, rows))
    for (const { record } of events) {
      const line = linesOf(record.file)[record.index] ?? "";
      for (const run of startsOf(line)) {
        const { payload } = row;
        const named = payload?.startsWith("/")
          ? [{ ...run, image: payload, parent: run.image, grandparent: run.parent }]
          : [];
        if ([run, ...named].some((one) => stoppedOnLinux(files, one))) stopped.add(row);
      }
    }
  return stopped;
}
