import type { Event, EventKind, ProcessRef } from "../model/event.ts";
import type { LogRecord, Shape } from "../model/record.ts";
import { eventOf, type Fragment, propertiesOf } from "./define.ts";
import { fragmentOf } from "./fragment.ts";
import { NO_PROCESS } from "./process.ts";

/** Where a plain event came from: what a finding cites, without the fields. */
interface PlainRecord {
  readonly shape: Shape;
  readonly file: string;
  readonly index: number;
  readonly recordId?: number;
  readonly provider?: string;
  readonly eventId?: number;
  readonly channel?: string;
}

/**
 * An event with every property read, as JSON and structured clone can carry it: for snapshots, spill files and workers.
 * Undefined properties are left out.
 */
export interface PlainEvent {
  readonly kind: EventKind;
  readonly record: PlainRecord;
  readonly values: Readonly<Record<string, unknown>>;
  readonly fragment?: Fragment;
}

const CITED = ["recordId", "provider", "eventId", "channel"] as const;

export function toPlain(event: Event): PlainEvent {
  const values: Record<string, unknown> = {};
  for (const name of propertiesOf(event.kind)) {
    const value = (event as unknown as Record<string, unknown>)[name];
    if (value !== undefined) values[name] = PROCESSES.has(name) ? plainProcess(value as ProcessRef) : value;
  }
  const { shape, file, index } = event.record;
  const record: Record<string, unknown> = { shape, file, index };
  for (const name of CITED) if (event.record[name] !== undefined) record[name] = event.record[name];
  const fragment = fragmentOf(event);
  const plain = { kind: event.kind, record: record as unknown as PlainRecord, values };
  return fragment === undefined ? plain : { ...plain, fragment };
}

/** The event again. Its record can be cited, but carries no field that was not made a property. */
export function fromPlain(plain: PlainEvent): Event {
  const values: Record<string, unknown> = { ...plain.values };
  for (const name of PROCESSES) {
    const value = values[name];
    if (typeof value === "object") values[name] = { ...NO_PROCESS, ...value };
  }
  const { record } = plain;
  const cited = new CitedRecord({
    shape: record.shape,
    file: record.file,
    index: record.index,
    recordId: record.recordId,
    provider: record.provider,
    eventId: record.eventId,
    channel: record.channel,
    host: values.host as string | undefined,
    time: values.time as number | undefined,
  });
  return eventOf(plain.kind, cited, values, plain.fragment);
}

const PROCESSES = new Set(["process", "parent", "target"]);

/** `target` of a shortcut is a path, and stays one. */
function plainProcess(value: ProcessRef | string): unknown {
  if (typeof value === "string") return value;
  const { key, pid, image } = value;
  return {
    ...(key === undefined ? undefined : { key }),
    ...(pid === undefined ? undefined : { pid }),
    ...(image === undefined ? undefined : { image }),
  };
}

/** What is known of a record without its fields. */
export type Citation = Omit<LogRecord, "get" | "list" | "names">;

/** A record that is past: it can be cited, but no longer asked for fields. */
export class CitedRecord implements LogRecord {
  // Declared only, as they would be made twice: by the language, and by the constructor.
  declare readonly shape: Shape;
  declare readonly file: string;
  declare readonly index: number;
  declare readonly recordId: number | undefined;
  declare readonly provider: string | undefined;
  declare readonly eventId: number | undefined;
  declare readonly channel: string | undefined;
  declare readonly host: string | undefined;
  declare readonly time: number | undefined;

  constructor(citation: Citation) {
    this.shape = citation.shape;
    this.file = citation.file;
    this.index = citation.index;
    this.recordId = citation.recordId;
    this.provider = citation.provider;
    this.eventId = citation.eventId;
    this.channel = citation.channel;
    this.host = citation.host;
    this.time = citation.time;
  }
  get(): undefined {
    return undefined;
  }
  list(): undefined {
    return undefined;
  }
  names(): readonly string[] {
    return [];
  }
}
