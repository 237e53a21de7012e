import { existsSync } from "node:fs";
import { BaselineFile } from "../baseline/file.ts";
import { loadCatalog } from "../catalog/load.ts";
import { isOfInterest } from "../correlate/interest.ts";
import { VERSION } from "../version.ts";
import { Lesson } from "./lesson.ts";
import { type ReadEventsOptions, readEvents } from "./read-events.ts";
import { EventSorter } from "./sort.ts";

export interface LearnOptions extends ReadEventsOptions {
  readonly catalogDirs?: readonly string[];
}

export interface Learnt {
  readonly events: number;
  /** Process starts that were too suspicious to teach anything (see src/score/trains.ts). */
  readonly alerted: number;
  /** Events without a host, or without a time that may be true: they cannot be counted. */
  readonly undated: number;
  readonly keys: number;
}

/**
 * Learns what is normal from logs and joins it to the baseline at `target`, which is replaced as a whole or not at all. What a scan of
 * the same logs would tell of at medium or above teaches nothing, and neither does what its processes do.
 */
export async function learn(paths: readonly string[], target: string, options: LearnOptions = {}): Promise<Learnt> {
  const existing = existsSync(target) ? new BaselineFile(target) : undefined;
  const catalog = await loadCatalog(options.catalogDirs);
  const lesson = new Lesson(catalog);
  const sorter = new EventSorter();
  try {
    // Damage is found now, and not when all logs have been read.
    existing?.check();
    await readEvents(paths, {}, options, (event) => {
      lesson.see(event);
      if (isOfInterest(event, catalog)) sorter.add(event);
    });
    // An interrupted run changes nothing: half a day learnt would look like a day on which little happened.
    const nothing = { events: 0, alerted: 0, undated: 0, keys: 0 };
    if (options.signal?.aborted) return nothing;
    await lesson.learn(() => sorter.sorted(), options.signal);
    if (options.signal?.aborted) return nothing;
    const { events, alerted, undated } = lesson;
    return { events, alerted, undated, keys: lesson.learner.finish(target, VERSION, existing) };
  } finally {
    sorter.close();
    lesson.learner.close();
    existing?.close();
  }
}
