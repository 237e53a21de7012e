import { existsSync } from "node:fs";
import { BaselineFile } from "../baseline/file.ts";
import { loadCatalog } from "../catalog/load.ts";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { VERSION } from "../version.ts";
import { type FormatChoice, formatsNamed } from "./formats-named.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import { Lesson, TAUGHT } from "./lesson.ts";
import type { Progress } from "./scan.ts";

export interface LearnOptions extends FormatChoice {
  readonly catalogDirs?: readonly string[];
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(progress: Pick<Progress, "files" | "bytes" | "records">): void;
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
 * Learns what is normal from logs and joins it to the baseline at `target`, which is replaced as a whole or not at all. Starts that
 * score medium or above teach nothing, and neither does what their processes do.
 */
export async function learn(paths: readonly string[], target: string, options: LearnOptions = {}): Promise<Learnt> {
  const formats = formatsNamed(options);
  const existing = existsSync(target) ? new BaselineFile(target) : undefined;
  const lesson = new Lesson(await loadCatalog(options.catalogDirs));
  const understander = createUnderstander({ kinds: TAUGHT });
  let files = 0;
  let bytes = 0;
  let records = 0;
  try {
    await readInputs(
      paths,
      {
        wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape),
        ...(formats && { formats }),
        ...(options.signal && { signal: options.signal }),
        ...(options.stdin && { stdin: options.stdin }),
      },
      (record) => {
        for (const event of understander.understand(record)) lesson.take(event);
        if (++records % 4096 === 0) options.onProgress?.({ files, bytes, records });
      },
      (diagnostic) => options.onDiagnostic?.(diagnostic),
      (input) => {
        files++;
        bytes += input.bytes;
      },
    );
    for (const event of understander.end()) lesson.take(event);
    const { events, alerted, undated } = lesson;
    // An interrupted run changes nothing: half a day learnt would look like a day on which little happened.
    if (options.signal?.aborted) return { events, alerted, undated, keys: 0 };
    return { events, alerted, undated, keys: lesson.learner.finish(target, VERSION, existing) };
  } finally {
    lesson.learner.close();
    existing?.close();
  }
}
