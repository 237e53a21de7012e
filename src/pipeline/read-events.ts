import { createUnderstander, type UnderstanderOptions } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event } from "../model/event.ts";
import type { FormatChoice } from "./formats-named.ts";
import { inputOptions, PROGRESS_EVERY } from "./input-options.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import type { Progress } from "./scan.ts";

export interface ReadEventsOptions extends FormatChoice {
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(progress: Pick<Progress, "files" | "bytes" | "records">): void;
}

/** Reads inputs with this thread alone, and hands over those of their events that are understood as they come. */
export async function readEvents(
  paths: readonly string[],
  understood: UnderstanderOptions,
  options: ReadEventsOptions,
  take: (event: Event) => void,
): Promise<void> {
  const understander = createUnderstander(understood);
  let files = 0;
  let bytes = 0;
  let records = 0;
  await readInputs(
    paths,
    inputOptions(understander, options),
    (record) => {
      for (const event of understander.understand(record)) take(event);
      if (++records % PROGRESS_EVERY === 0) options.onProgress?.({ files, bytes, records });
    },
    (diagnostic) => options.onDiagnostic?.(diagnostic),
    (input) => {
      files++;
      bytes += input.bytes;
    },
  );
  for (const event of understander.end()) take(event);
}
