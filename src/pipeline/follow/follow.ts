import { setTimeout as sleep } from "node:timers/promises";
import type { History } from "../../baseline/history.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { loadCatalog } from "../../catalog/load.ts";
import type { AllowList } from "../../correlate/allow/list.ts";
import { CaseBuilder } from "../../correlate/cases/builder.ts";
import { createDetector, type Detector } from "../../correlate/detector.ts";
import { isOfInterest } from "../../correlate/interest.ts";
import type { Site } from "../../correlate/site/site.ts";
import { WhatranError } from "../../errors.ts";
import { createUnderstander } from "../../events/registry.ts";
import { FORMATS } from "../../formats/registry.ts";
import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { RunSummary } from "../../outputs/summary.ts";
import { loadAllowList } from "../allow.ts";
import { formatsNamed } from "../formats-named.ts";
import { Known } from "../known.ts";
import type { ScanOptions } from "../scan.ts";
import { loadSite } from "../site.ts";
import { EventSorter } from "../sort.ts";
import { Tally } from "../tally.ts";
import { inTurns } from "../turns.ts";
import type { FileReading } from "./file.ts";
import { FollowedFiles } from "./files.ts";
import { Fragments } from "./fragments.ts";
import { Results } from "./results.ts";
import { type FollowState, StateFile } from "./state.ts";
import { FollowedStdin } from "./stdin.ts";

export interface FollowOptions extends ScanOptions {
  /** File that keeps what is known, so that the run can be taken up again. */
  readonly state?: string;
  /** Milliseconds between two looks at the files. */
  readonly interval?: number;
  /** How much later than a younger event of its host an event may arrive, in milliseconds. */
  readonly lateness?: number;
  /** A result was given: what writes it must not keep it back. */
  onGiven?(): void;
  /** Outputs that are files, and can be brought back to what they were when a state was saved. */
  readonly outputs?: Outputs;
}

export interface Outputs {
  /** In bytes. */
  sizes(): readonly number[];
  /** Cuts off what was written since; false where an output is not the file that it was. */
  rewind(sizes: readonly number[]): boolean;
}

const INTERVAL = 500;
const LATENESS = 30_000;
/** Without results a state is saved at most this often, and for at most a tenth of the time. */
const SAVE_EVERY = 2_000;
const SAVE_SHARE = 10;
/** Counts of results that were given out, before their file is begun anew. */
const COUNTS = 1_000;

/** What a run goes by. */
interface Around {
  readonly catalog: Catalog;
  readonly history: History | undefined;
  readonly allow: AllowList | undefined;
  readonly site: Site;
  readonly tally: Tally;
}

/** A run that goes on until it is stopped: looks, thinks, saves, tells; and again. */
class Follower {
  readonly #options: FollowOptions;
  readonly #catalog: Catalog;
  readonly #detector: Detector;
  readonly #cases: CaseBuilder | undefined;
  readonly #results: Results;
  readonly #fragments: Fragments;
  readonly #files: FollowedFiles;
  readonly #stdin: FollowedStdin | undefined;
  readonly #onlyStdin: boolean;
  readonly #state: StateFile | undefined;
  readonly #understander = createUnderstander({ joins: false });
  readonly #tally: Tally;
  #sorter = new EventSorter();
  #records = 0;
  #saved = { at: 0, took: 0, records: -1 };
  #counts = 0;
  #quietSince = performance.now();

  constructor(paths: readonly string[], options: FollowOptions, { catalog, history, allow, site, tally }: Around) {
    this.#options = options;
    this.#catalog = catalog;
    this.#tally = tally;
    this.#detector = createDetector({
      catalog,
      minLevel: options.minLevel ?? "low",
      prior: options.prior,
      patience: 0,
      lateness: options.lateness ?? LATENESS,
      traces: options.cases ?? false,
      ...(allow && { gate: allow }),
      ...(history && { history }),
      site,
    });
    this.#cases = options.cases ? new CaseBuilder() : undefined;
    this.#state = options.state === undefined ? undefined : new StateFile(options.state);
    const state = this.#load();
    if (state) this.#detector.restore(state.detector);
    if (state?.cases) this.#cases?.restore(state.cases);
    this.#results = new Results(this.#detector, this.#cases, {
      waiting: [...(state?.results ?? [])],
      given: state?.given ?? 0,
    });
    this.#fragments = new Fragments(state?.fragments);
    const reading = this.#reading();
    const files = paths.filter((path) => path !== "-");
    this.#files = new FollowedFiles(files, reading, state?.files);
    this.#onlyStdin = files.length === 0;
    if (files.length < paths.length) this.#stdin = new FollowedStdin(options.stdin ?? process.stdin, reading);
  }

  /** Outputs that are files are cut back to the saved state; for others the counter says how far they have come. */
  #load(): FollowState | undefined {
    const state = this.#state?.load();
    const isRewound = state?.outputs !== undefined && this.#options.outputs?.rewind(state.outputs);
    return state && !isRewound ? this.#state?.uncounted(state) : state;
  }

  #reading(): FileReading {
    const { signal, onDiagnostic } = this.#options;
    const understander = this.#understander;
    return {
      formats: formatsNamed(this.#options) ?? FORMATS,
      options: {
        wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape),
        ...(signal && { signal }),
      },
      sink: {
        record: (record) => this.#record(record),
        diagnostic: (diagnostic) => onDiagnostic?.(diagnostic),
      },
    };
  }

  #record(record: LogRecord): void {
    this.#records++;
    this.#tally.records++;
    for (const part of this.#understander.understand(record))
      for (const event of this.#fragments.push(part)) this.#event(event);
  }

  #event(event: Event): void {
    this.#tally.event(event);
    if (isOfInterest(event, this.#catalog)) this.#sorter.add(event);
  }

  async run(): Promise<void> {
    const { signal, interval = INTERVAL } = this.#options;
    this.#state?.restartCounter(this.#results.given);
    this.#give();
    while (!signal?.aborted) {
      const before = this.#records;
      await this.#files.poll();
      this.#stdin?.poll();
      await this.#think(this.#records > before);
      if (this.#records > before) this.#options.onProgress?.(this.#tally.progress());
      const over = this.#onlyStdin && this.#stdin?.done === true;
      if (over) await this.#end();
      this.#settle(over);
      if (over) return;
      await sleep(interval, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
    // Without a state nobody takes the run up again: what still waits is told now.
    if (!this.#state) await this.#end();
    this.#settle(true);
  }

  /** Hands what was read to the detector, in order. */
  async #think(isNew: boolean): Promise<void> {
    const now = performance.now();
    if (isNew) {
      const sorter = this.#sorter;
      this.#sorter = new EventSorter();
      try {
        await inTurns(sorter.sorted(), (event) => this.#results.add(this.#detector.push(event)));
      } finally {
        sorter.close();
      }
      this.#quietSince = now;
      return;
    }
    const quiet = now - this.#quietSince;
    const lateness = this.#options.lateness ?? LATENESS;
    // Nothing has come for longer than anything may be late: time goes on without events.
    if (quiet > lateness) this.#results.add(this.#detector.rest(quiet));
  }

  async #end(): Promise<void> {
    for (const event of this.#fragments.end()) this.#event(event);
    await this.#think(true);
    this.#results.end();
  }

  /** Saves, then tells: a kill in between leaves results that the next run tells. */
  #settle(always: boolean): void {
    const now = performance.now();
    const { waiting } = this.#results;
    const due = now - this.#saved.at > Math.max(SAVE_EVERY, SAVE_SHARE * this.#saved.took);
    const changed = this.#saved.records !== this.#records;
    if (this.#state && (always || waiting.length > 0 || (due && changed))) {
      this.#state.save(this.#snapshot());
      this.#saved = { at: performance.now(), took: performance.now() - now, records: this.#records };
    }
    this.#give();
  }

  #snapshot(): FollowState {
    return {
      files: this.#files.save(),
      detector: this.#detector.snapshot(),
      ...(this.#cases && { cases: this.#cases.save() }),
      fragments: this.#fragments.save(),
      given: this.#results.given,
      results: this.#results.waiting,
      ...(this.#options.outputs && { outputs: this.#options.outputs.sizes() }),
    };
  }

  #give(): void {
    const { waiting } = this.#results;
    if (waiting.length === 0) return;
    for (const result of waiting) {
      if (result.schema === "whatran/finding/1") {
        this.#tally.finding(result);
        this.#options.onFinding(result);
      } else this.#options.onCase?.(result);
      this.#options.onGiven?.();
      this.#results.given++;
      this.#state?.count(this.#results.given);
    }
    this.#results.waiting = [];
    this.#counts += waiting.length;
    if (this.#counts < COUNTS) return;
    this.#state?.restartCounter(this.#results.given);
    this.#counts = 0;
  }

  close(): void {
    this.#sorter.close();
    this.#state?.close();
  }
}

/**
 * Reads files that are still being written, new files, and an endless standard input; gives out findings as their time comes. With a
 * state a run can be stopped at any moment, even killed, and taken up again: every finding comes once. (On a pipe, which cannot be cut
 * back, a kill between a finding and its count repeats that one finding, under the same id.)
 * @throws WhatranError for an operator's mistake, and for a state that cannot be read
 */
export async function follow(paths: readonly string[], options: FollowOptions): Promise<RunSummary> {
  if (options.selfBaseline) throw new WhatranError("usage", "--self-baseline needs an end, which --follow has not");
  const catalog = await loadCatalog(options.catalogDirs, options.chainSettings);
  const site = loadSite(options, options.onDiagnostic);
  const allow = await loadAllowList(options.allow, catalog);
  const known = new Known(options, catalog);
  const tally = new Tally();
  try {
    const history = known.history(await known.past(Date.now()));
    const follower = new Follower(paths, options, { catalog, history, allow, site, tally });
    try {
      await follower.run();
    } finally {
      follower.close();
    }
  } finally {
    known.close();
  }
  return tally.summary(catalog.version, options.signal?.aborted ?? false, allow?.report());
}
