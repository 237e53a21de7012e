import { EVENT_KINDS, type Event, type EventKind } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { Level } from "../model/level.ts";
import type { InputSummary, RunSummary } from "../outputs/summary.ts";
import { VERSION } from "../version.ts";
import { EARLIEST, isPresent } from "./clock.ts";
import { peakMiB } from "./peak.ts";

export interface Progress {
  readonly files: number;
  readonly bytes: number;
  readonly records: number;
  readonly events: number;
  readonly findings: number;
}

/** Counts what a run does. */
export class Tally {
  readonly inputs: InputSummary[] = [];
  readonly events: Partial<Record<EventKind, number>> = {};
  readonly findings: Partial<Record<Level, number>> = {};
  records = 0;
  bytes = 0;
  eventCount = 0;
  findingCount = 0;
  /** Time of the latest event, milliseconds since the epoch. */
  lastTime = 0;
  /** Events whose time cannot be right: before 2000, or in the future. */
  misdated = 0;
  readonly #started = performance.now();
  readonly #cpu = process.cpuUsage();

  event({ kind, time }: Pick<Event, "kind" | "time">): void {
    this.count(kind, 1);
    if (time === undefined) return;
    // What is no later than a time that may be true may be true, and needs no clock.
    if (time > this.lastTime && isPresent(time)) this.lastTime = time;
    if (!(time >= EARLIEST && time <= this.lastTime)) this.misdated++;
  }
  count(kind: EventKind, count: number): void {
    this.events[kind] = (this.events[kind] ?? 0) + count;
    this.eventCount += count;
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
  summary(catalog: string, interrupted: boolean, allowed?: RunSummary["allowed"]): RunSummary {
    const cpu = process.cpuUsage(this.#cpu);
    const sum = (field: "records" | "damaged") => this.inputs.reduce((total, input) => total + input[field], 0);
    return {
      schema: "whatran/summary/1",
      version: VERSION,
      catalog,
      inputs: this.inputs,
      records: sum("records"),
      damaged: sum("damaged"),
      events: inOrder(this.events),
      findings: this.findings,
      ...(this.misdated > 0 && { misdated: this.misdated }),
      ...(allowed && { allowed }),
      seconds: Math.round(performance.now() - this.#started) / 1000,
      cpuSeconds: Math.round((cpu.user + cpu.system) / 1000) / 1000,
      peakMiB: peakMiB(),
      ...(interrupted && { interrupted }),
    };
  }
}

/** The counts in the order of the kinds, whatever came first. */
function inOrder(counts: Partial<Record<EventKind, number>>): Partial<Record<EventKind, number>> {
  return Object.fromEntries(EVENT_KINDS.flatMap((kind) => (kind in counts ? [[kind, counts[kind]]] : [])));
}
