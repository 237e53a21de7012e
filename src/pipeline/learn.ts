import { existsSync } from "node:fs";
import { BaselineFile } from "../baseline/file.ts";
import { loadCatalog } from "../catalog/load.ts";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { VERSION } from "../version.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import { Lesson, TAUGHT } from "./lesson.ts";

export interface LearnOptions {
  readonly catalogDirs?: readonly string[];
  readonly signal?: AbortSignal;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(events: number): void;
}

export interface Learnt {
  readonly events: number;
  /** Process starts that scored medium or above and therefore taught nothing. */
  readonly alerted: number;
  /** Events without a time or host, which cannot be counted. */
  readonly undated: number;
  readonly keys: number;
}

/**
 * Learns what is normal from logs and joins it to the baseline at `target`, which is replaced as a whole or not at all. Starts that
 * score medium or above teach nothing, and neither does what their processes do.
 */
export async function learn(paths: readonly string[], target: string, options: LearnOptions = {}): Promise<Learnt> {
  const existing = existsSync(target) ? new BaselineFile(target) : undefined;
  const lesson = new Lesson(await loadCatalog(options.catalogDirs));
  const understander = createUnderstander({ kinds: TAUGHT });
  try {
    await readInputs(
      paths,
      {
        wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape),
        ...(options.signal && { signal: options.signal }),
      },
      (record) => {
        for (const event of understander.understand(record)) lesson.take(event);
        if (lesson.events % 4096 === 0) options.onProgress?.(lesson.events);
      },
      (diagnostic) => options.onDiagnostic?.(diagnostic),
      () => {},
    );
    const { events, alerted, undated } = lesson;
    // An interrupted run changes nothing: half a day learnt would look like a day on which little happened.
    if (options.signal?.aborted) return { events, alerted, undated, keys: 0 };
    return { events, alerted, undated, keys: lesson.learner.finish(target, VERSION, existing) };
  } finally {
    lesson.learner.close();
    existing?.close();
  }
}
