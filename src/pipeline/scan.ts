import { DAY } from "../baseline/count.ts";
import { loadCatalog } from "../catalog/load.ts";
import { CaseBuilder } from "../correlate/cases/builder.ts";
import { createDetector } from "../correlate/detector.ts";
import { isOfInterest, SUBSCRIBED } from "../correlate/interest.ts";
import { WhatranError } from "../errors.ts";
import { createUnderstander } from "../events/registry.ts";
import type { Mapping } from "../formats/mapping.ts";
import { formatsWith } from "../formats/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event, EventKind } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { Level } from "../model/level.ts";
import type { LogRecord } from "../model/record.ts";
import type { CaseItem } from "../outputs/output.ts";
import type { InputSummary, RunSummary } from "../outputs/summary.ts";
import { VERSION } from "../version.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import { Known, type KnownOptions } from "./known.ts";
import { EventSorter } from "./sort.ts";

export interface Progress {
  readonly files: number;
  readonly bytes: number;
  readonly records: number;
  readonly events: number;
  readonly findings: number;
}

export interface ScanOptions extends KnownOptions {
  /** Findings below this level are left out. Default: low. */
  readonly minLevel?: Level;
  readonly hash?: boolean;
  readonly cases?: boolean;
  readonly threads?: number;
  /** Name of the format that every input is in; told from the content where absent. */
  readonly inputFormat?: string;
  /** What the columns of tables and the keys of JSON mean; goes before the shapes that are known. */
  readonly mapping?: Mapping;
  readonly catalogDirs?: readonly string[];
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  onFinding(finding: Finding): void;
  onCase?(item: CaseItem): void;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(progress: Progress): void;
}

/** Records between two reports of progress. */
const PROGRESS_EVERY = 4096;

/** The formats to choose from; undefined for all of them as they are. */
function formatsOf({ inputFormat: name, mapping }: ScanOptions) {
  if (name === undefined) return mapping && formatsWith(mapping);
  const formats = formatsWith(mapping).filter((format) => format.name === name);
  if (formats.length === 0) throw new WhatranError("usage", `“${name}” is no input format; see whatran formats`);
  return formats;
}

/** Counts what a run does. */
class Tally {
  readonly inputs: InputSummary[] = [];
  readonly events: Partial<Record<EventKind, number>> = {};
  readonly findings: Partial<Record<Level, number>> = {};
  records = 0;
  bytes = 0;
  eventCount = 0;
  findingCount = 0;
  /** Time of the latest event, milliseconds since the epoch. */
  lastTime = 0;
  readonly #started = performance.now();
  readonly #cpu = process.cpuUsage();

  event({ kind, time }: Event): void {
    this.events[kind] = (this.events[kind] ?? 0) + 1;
    this.eventCount++;
    // Clocks that are years ahead would make everything learnt look old.
    if (time !== undefined && time > this.lastTime && time < Date.now() + DAY) this.lastTime = time;
  }
  finding({ level }: Finding): void {
    this.findings[level] = (this.findings[level] ?? 0) + 1;
    this.findingCount++;
  }
  progress(): Progress {
    return {
      files: this.inputs.length,
      bytes: this.bytes,
      records: this.records,
      events: this.eventCount,
      findings: this.findingCount,
    };
  }
  summary(catalog: string, interrupted: boolean): RunSummary {
    const cpu = process.cpuUsage(this.#cpu);
    const sum = (field: "records" | "damaged") => this.inputs.reduce((total, input) => total + input[field], 0);
    return {
      schema: "whatran/summary/1",
      version: VERSION,
      catalog,
      inputs: this.inputs,
      records: sum("records"),
      damaged: sum("damaged"),
      events: this.events,
      findings: this.findings,
      seconds: Math.round(performance.now() - this.#started) / 1000,
      cpuSeconds: Math.round((cpu.user + cpu.system) / 1000) / 1000,
      peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      ...(interrupted && { interrupted }),
    };
  }
}

/**
 * Reads inputs, understands their records, and gives out findings: the main job. Bad input never throws; it comes as diagnostics.
 * @throws WhatranError for an operator's mistake: an unknown format, a wrong catalogue
 */
export async function scan(paths: readonly string[], options: ScanOptions): Promise<RunSummary> {
  const catalog = await loadCatalog(options.catalogDirs);
  const understander = createUnderstander({ kinds: SUBSCRIBED });
  const known = new Known(options, catalog);
  const tally = new Tally();
  const sorter = new EventSorter();
  const formats = formatsOf(options);
  const collect = (event: Event) => {
    tally.event(event);
    if (!isOfInterest(event, catalog)) return;
    known.take(event);
    sorter.add(event);
  };
  const onRecord = (record: LogRecord) => {
    tally.records++;
    if (tally.records % PROGRESS_EVERY === 0) options.onProgress?.(tally.progress());
    for (const event of understander.understand(record)) collect(event);
  };
  try {
    await readInputs(
      paths,
      {
        hash: options.hash ?? false,
        wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape),
        ...(formats && { formats }),
        ...(options.signal && { signal: options.signal }),
        ...(options.stdin && { stdin: options.stdin }),
      },
      onRecord,
      (diagnostic) => options.onDiagnostic?.(diagnostic),
      (input) => {
        tally.inputs.push(input);
        tally.bytes += input.bytes;
        options.onProgress?.(tally.progress());
      },
    );
    for (const event of understander.end()) collect(event);
    const history = known.history(tally.lastTime);
    const cases = options.cases ? new CaseBuilder() : undefined;
    const detector = createDetector({
      catalog,
      minLevel: options.minLevel ?? "low",
      traces: options.cases ?? false,
      ...(history && { history }),
    });
    const report = (findings: readonly Finding[]) => {
      for (const finding of findings) {
        tally.finding(finding);
        options.onFinding(finding);
        const trace = cases && detector.traceOf(finding);
        if (trace) for (const item of cases.add(finding, trace)) options.onCase?.(item);
      }
    };
    for (const event of sorter.sorted()) report(detector.push(event));
    report(detector.end());
    for (const item of cases?.finish() ?? []) options.onCase?.(item);
  } finally {
    sorter.close();
    known.close();
  }
  return tally.summary(catalog.version, options.signal?.aborted ?? false);
}
