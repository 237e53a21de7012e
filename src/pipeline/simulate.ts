import { loadCatalog } from "../catalog/load.ts";
import { createDetector } from "../correlate/detector.ts";
import { isOfInterest } from "../correlate/interest.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { ActReader, RULED_ON } from "../policies/acts.ts";
import type { Answer } from "../policies/decide/act.ts";
import type { PolicySet } from "../policies/set.ts";
import { type Simulation, SimulationTally } from "../policies/simulation.ts";
import { type ReadEventsOptions, readEvents } from "./read-events.ts";
import { EventSorter } from "./sort.ts";
import { inTurns } from "./turns.ts";

/** The output contract of `simulate --format ndjson`: one line per event and policy that rules on it. */
export interface DecidedEvent {
  readonly source: { readonly file: string; readonly recordId?: number; readonly index: number };
  readonly decision: Answer;
  readonly policy: string;
  readonly rule: string;
  readonly reason: string;
}

export interface SimulateOptions extends ReadEventsOptions {
  readonly catalogDirs?: readonly string[];
  /** False where nobody asks what it means for attacks: they are not looked for then. */
  readonly attacks?: boolean;
  onDecided?(decided: DecidedEvent, set: PolicySet): void;
}

/** Replays policies on telemetry: every event that one rules on, and what that would have meant for attacks and for people. */
export async function simulate(
  paths: readonly string[],
  sets: readonly PolicySet[],
  options: SimulateOptions = {},
): Promise<Simulation> {
  const catalog = await loadCatalog(options.catalogDirs);
  const reader = new ActReader(catalog);
  const tally = new SimulationTally(sets, catalog);
  const sorter = new EventSorter();
  try {
    await readEvents(paths, { joins: false }, options, (event) => {
      if (options.attacks !== false && isOfInterest(event, catalog)) sorter.add(event);
      if (RULED_ON.has(event.kind)) decide(event, reader, sets, tally, options);
    });
    const detector = createDetector({ catalog, minLevel: "medium", hostByHost: true });
    const take = (findings: readonly Finding[]) => {
      for (const finding of findings) tally.finding(finding);
    };
    await inTurns(sorter.sorted(), (event) => take(detector.push(event)), options.signal);
    take(detector.end());
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
