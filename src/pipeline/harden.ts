import type { Catalog } from "../catalog/catalog.ts";
import { loadCatalog } from "../catalog/load.ts";
import { ofProcess } from "../correlate/requests.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Event, ProcessCreation } from "../model/event.ts";
import { atLeast, type Level } from "../model/level.ts";
import { ActReader, RULED_ON } from "../policies/acts.ts";
import type { PolicyMode } from "../policies/model.ts";
import { Doubts } from "../policies/plan/doubts.ts";
import { Evidence } from "../policies/plan/evidence.ts";
import { evidenceOf } from "../policies/plan/from-baseline.ts";
import { makePlan, type Planned } from "../policies/plan/plan.ts";
import { judge } from "../score/judge.ts";
import { type ReadEventsOptions, readEvents } from "./read-events.ts";
import { Turns } from "./turns.ts";

export interface HardenOptions extends ReadEventsOptions {
  /** A baseline of `whatran learn`, in place of logs or beside them. */
  readonly baseline?: string;
  /** Mode of the files that are written. Default: audit. */
  readonly mode?: PolicyMode;
  readonly catalogDirs?: readonly string[];
  /** Which events speak for a need; default: all that are not suspicious. */
  accepts?(event: Event): boolean;
}

/** Processes that were alerted on are remembered, so that nothing they do counts as a need. */
const MAX_ALERTED = 100_000;

/**
 * Decides from a history which measures the machines can bear, and writes them for every product. Bad input never throws. Where the signal
 * fires the plan is not finished, and of no use.
 */
export async function harden(paths: readonly string[], options: HardenOptions = {}): Promise<Planned> {
  const catalog = await loadCatalog(options.catalogDirs);
  const evidence = options.baseline === undefined ? new Evidence() : evidenceOf(options.baseline, catalog);
  const doubts = new Doubts();
  if (paths.length > 0) {
    const witness = new Witness(evidence, doubts, catalog);
    const take = (event: Event) => witness.take(event, options.accepts?.(event) ?? true);
    await readEvents(paths, { kinds: RULED_ON, joins: false }, options, take);
  }
  const doubtful = doubts.settle(evidence);
  const turns = new Turns();
  return makePlan(catalog, evidence, options.mode ?? "audit", doubtful, {
    pause: () => turns.pause(),
    get isStopped() {
      return options.signal?.aborted ?? false;
    },
  });
}

/** Lets through what speaks for a need. */
class Witness {
  readonly #evidence: Evidence;
  readonly #doubts: Doubts;
  readonly #catalog: Catalog;
  readonly #reader: ActReader;
  readonly #alerted = new Map<string, Level>();

  constructor(evidence: Evidence, doubts: Doubts, catalog: Catalog) {
    this.#evidence = evidence;
    this.#doubts = doubts;
    this.#catalog = catalog;
    this.#reader = new ActReader(catalog);
  }

  take(event: Event, isAccepted: boolean): void {
    const acts = this.#reader.of(event);
    const level = event.kind === "processCreation" ? this.#levelOf(event) : this.#alerted.get(event.process.key ?? "");
    if (isAccepted && level === undefined && event.kind === "networkConnection" && event.query !== undefined)
      this.#evidence.sawName(event.query);
    if (!isAccepted || acts.length === 0) return;
    if (level === undefined) this.#evidence.add(acts, event);
    else this.#doubts.add(acts, event, atLeast(level, "high"));
  }

  /** The level of a suspicious start, or of the suspicious start that it is a child of; undefined for any other. */
  #levelOf(event: ProcessCreation): Level | undefined {
    const judgement = judge(resolve(ofProcess(event), this.#catalog), { parent: event.parent.image });
    const own = judgement?.scored.level;
    const level = own && atLeast(own, "medium") ? own : this.#alerted.get(event.parent.key ?? "");
    if (level === undefined) return undefined;
    this.#evidence.alerted++;
    if (event.process.key !== undefined && this.#alerted.size < MAX_ALERTED)
      this.#alerted.set(event.process.key, level);
    return level;
  }
}
