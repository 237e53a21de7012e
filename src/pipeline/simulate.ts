import type { Catalog } from "../catalog/catalog.ts";
import { loadCatalog } from "../catalog/load.ts";
import { createDetector } from "../correlate/detector.ts";
import { isOfInterest } from "../correlate/interest.ts";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { ActReader, RULED_ON } from "../policies/acts.ts";
import type { Answer } from "../policies/decide/act.ts";
import type { PolicySet } from "../policies/set.ts";
import { type Simulation, SimulationTally } from "../policies/simulation.ts";
import { type FormatChoice, formatsNamed } from "./formats-named.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import type { Progress } from "./scan.ts";
import { EventSorter } from "./sort.ts";

/** The output contract of `simulate --format ndjson`: one line per event and policy that rules on it. */
export interface DecidedEvent {
  readonly source: { readonly file: string; readonly recordId?: number; readonly index: number };
  readonly decision: Answer;
  readonly policy: string;
  readonly rule: string;
  readonly reason: string;
}

export interface SimulateOptions extends FormatChoice {
  readonly catalogDirs?: readonly string[];
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** False where nobody asks what it means for attacks: it is not looked for them then. */
  readonly attacks?: boolean;
  onDecided?(decided: DecidedEvent, set: PolicySet): void;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(progress: Pick<Progress, "files" | "bytes" | "records">): void;
}

/** Replays policies on telemetry: every event that one rules on, and what that would have meant for attacks and for people. */
export async function simulate(
  paths: readonly string[],
  sets: readonly PolicySet[],
  options: SimulateOptions = {},
): Promise<Simulation> {
  const formats = formatsNamed(options);
  const catalog = await loadCatalog(options.catalogDirs);
  const understander = createUnderstander({ joins: false });
  const reader = new ActReader(catalog);
  const tally = new SimulationTally(sets, catalog);
  const sorter = new EventSorter();
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
        for (const event of understander.understand(record)) {
          if (options.attacks !== false && isOfInterest(event, catalog)) sorter.add(event);
          if (RULED_ON.has(event.kind)) decide(event, reader, sets, tally, options);
        }
        if (++records % 4096 === 0) options.onProgress?.({ files, bytes, records });
      },
      (diagnostic) => options.onDiagnostic?.(diagnostic),
      (input) => {
        files++;
        bytes += input.bytes;
      },
    );
    for (const finding of findingsOf(sorter, catalog)) tally.finding(finding);
  } finally {
    sorter.close();
  }
  return tally.result();
}

function decide(
  event: Event,
  reader: ActReader,
  sets: readonly PolicySet[],
  tally: SimulationTally,
  options: SimulateOptions,
): void {
  const acts = reader.of(event);
  if (acts.length === 0) return;
  const { file, index, recordId } = event.record;
  const source = { file, ...(recordId !== undefined && { recordId }), index };
  for (const set of sets) {
    const decision = set.decide(acts);
    tally.decided(set, event, acts, decision);
    if (!decision) continue;
    const { decision: answer, rule, reason } = decision;
    options.onDecided?.({ source, decision: answer, policy: set.name, rule, reason }, set);
  }
}

function* findingsOf(sorter: EventSorter, catalog: Catalog): Generator<Finding> {
  const detector = createDetector({ catalog, minLevel: "medium" });
  for (const event of sorter.sorted()) yield* detector.push(event);
  yield* detector.end();
}
