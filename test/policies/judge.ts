import type { Event } from "../../src/model/event.ts";
import type { BenignRow, TruthRow } from "../../src/pipeline/labels/labels.ts";
import { type Files, type Run, stoppedBy } from "./independent.ts";
import { eventsOf, onwardOf, runOf, stepsOf } from "./telemetry.ts";

const isInstalled = (path: string | undefined) => /^c:\\(?:windows|program files(?: \(x86\))?)\\/i.test(path ?? "");
const hashOf = (event: Event) =>
  event.kind === "processCreation" ? /SHA256=([0-9a-f]{64})/i.exec(event.hashes ?? "")?.[1]?.toLowerCase() : undefined;

/** Hashes of programs that were started from where Windows and installers keep them. */
function installedIn(events: Iterable<Event>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const event of events)
    if (event.kind === "processCreation" && isInstalled(event.image)) {
      const hash = hashOf(event);
      if (hash !== undefined) found.add(hash);
    }
  return found;
}

/** The same start of a process, logged twice, has the same line and the same consequences. */
const actOf = ({ file, command_line, related = [] }: TruthRow) =>
  JSON.stringify([file, command_line, related.map(({ id }) => id)]);

export interface Broken {
  readonly row: BenignRow;
  readonly by: string;
}

/** Ordinary runs that the files would stop, and how many were asked about. */
export async function brokenBy(
  files: Files,
  folder: string,
  rows: readonly BenignRow[],
): Promise<{ readonly asked: number; readonly broken: readonly Broken[]; readonly installed: ReadonlySet<string> }> {
  const events = await eventsOf(folder, rows);
  const installed = installedIn([...events.values()].flat());
  let asked = 0;
  const broken: Broken[] = [];
  for (const [row, ones] of events)
    for (const event of ones) {
      const run = runOf(event, row);
      if (!run) continue;
      asked++;
      const by = stoppedBy(files, run);
      if (by !== undefined) broken.push({ row, by });
    }
  return { asked, broken, installed };
}

/** What stops each attack on Windows: its own run, a step without which it comes to nothing, or the same start in another log. */
export async function stopsOf(
  files: Files,
  folder: string,
  rows: readonly TruthRow[],
  installed: ReadonlySet<string>,
): Promise<ReadonlyMap<TruthRow, string | undefined>> {
  const events = await eventsOf(folder, rows);
  const onward = await onwardOf(folder, rows);
  const byAct = new Map<string, string>();
  for (const row of rows)
    for (const event of events.get(row) ?? []) {
      const own = runOf(event, row);
      if (!own) continue;
      const run: Run = { ...own, isCopy: !isInstalled(own.image) && installed.has(hashOf(event) ?? "") };
      const by = [run, ...stepsOf(run, row, onward.get(row) ?? [])].flatMap((one) => stoppedBy(files, one) ?? [])[0];
      if (by !== undefined) byAct.set(actOf(row), by);
    }
  return new Map(rows.map((row) => [row, byAct.get(actOf(row))]));
}
