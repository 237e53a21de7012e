import type { Benign, LabEvent, Truth } from "./world/events.ts";
import type { Host } from "./world/fleet.ts";
import { isLinux } from "./world/fleet.ts";
import { fileName } from "./world/session.ts";

/** Where an event was written. */
export interface Written {
  readonly file: string;
  /** The log's own number; undefined where the format has none. */
  readonly recordId: number | undefined;
  /** Zero-based position in the file. */
  readonly ordinal: number;
  readonly eventId: number | undefined;
}

/** An event stands in several logs where several sensors see it. */
export type Places = ReadonlyMap<LabEvent, readonly Written[]>;

function numbers(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}

/** What an event is, in a word and its object. */
function describe(event: LabEvent): string {
  switch (event.kind) {
    case "start":
      return `child:${fileName(event.proc.program.image).replace(/\.exe$/i, "")}`;
    case "load":
      return `load:${event.module.image}`;
    case "file":
    case "stream":
      return `file:${event.path}`;
    case "net":
      return `net:${event.ip}:${event.port}`;
    case "dns":
      return `dns:${event.query}`;
    case "registry":
      return `registry:${event.path}`;
    case "thread":
      return `access:${event.target.program.image}`;
    case "script":
      return "script";
    case "shortcut":
      return `file:${event.path}`;
    case "exit":
      return "exit";
  }
}

function common(event: LabEvent, host: Host, at: Written) {
  return {
    file: at.file,
    record_ids: numbers(at.recordId),
    event_id: numbers(at.eventId),
    host: host.name,
    command_line: event.kind === "shortcut" ? `${event.target} ${event.args}` : event.proc.commandLine,
    os: isLinux(host.role) ? "linux" : "windows",
  };
}

/** The record of an event that stands in the same file, if there is one. */
function near(places: Places, event: LabEvent, file: string): Written | undefined {
  const all = places.get(event) ?? [];
  return all.find((place) => place.file === file) ?? all[0];
}

function truthRow(event: LabEvent, truth: Truth, host: Host, at: Written, places: Places): object {
  const { file, record_ids, event_id, host: name, command_line, os } = common(event, host, at);
  const related = (truth.related ?? []).flatMap((other) => {
    const place = near(places, other, file);
    return place?.recordId === undefined
      ? []
      : [{ id: place.recordId, event: place.eventId ?? null, what: describe(other) }];
  });
  const wrappers = (truth.wrappers ?? []).flatMap((other) => numbers(near(places, other, file)?.recordId));
  return {
    file,
    record_ids,
    ordinals: [at.ordinal],
    event_id,
    host: name,
    binary: truth.binary,
    command_line,
    payload: truth.payload,
    payload_kind: truth.kind,
    remote: truth.remote ?? false,
    technique: truth.technique,
    also: truth.also ?? [],
    scope: truth.scope ?? "core",
    outcome: truth.outcome ?? "started",
    os,
    note: truth.note,
    related,
    wrapper_record_ids: wrappers,
    evidence: truth.evidence ?? "process_creation",
  };
}

function benignRow(event: LabEvent, benign: Benign, host: Host, at: Written): object {
  const { file, record_ids, event_id, host: name, command_line, os } = common(event, host, at);
  return {
    file,
    record_ids,
    // Only needed where the log does not number its records.
    ...(record_ids.length === 0 ? { ordinals: [at.ordinal] } : {}),
    event_id,
    host: name,
    binary: benign.binary,
    command_line,
    payload: "",
    payload_kind: "",
    remote: false,
    technique: "",
    os,
    parent: fileName(event.proc.parent?.program.image ?? "").replace(/\.exe$/i, ""),
    label: benign.label,
    reason: benign.reason,
  };
}

/** Every record of one injected act, by file: a finding on any of them is no false one. */
export interface ActRow {
  readonly act: string;
  readonly number: number;
  readonly host: string;
  /** Day of its first event, `YYYY-MM-DD`. */
  readonly day: string;
  readonly os: "windows" | "linux";
  readonly scope: "core" | "adjacent";
  /** Zero-based positions in each file. */
  readonly records: Record<string, number[]>;
}

function actRows(events: readonly LabEvent[], host: Host, places: Places): ActRow[] {
  const rows = new Map<string, ActRow>();
  for (const event of events) {
    if (!event.act) continue;
    const { id, number } = event.act;
    const day = new Date(event.time).toISOString().slice(0, 10);
    const key = `${id} ${number}`;
    let row = rows.get(key);
    if (!row) {
      const os = isLinux(host.role) ? "linux" : "windows";
      const core = events.some(({ act, truth }) => act === event.act && truth && truth.scope !== "adjacent");
      row = { act: id, number, host: host.name, day, os, scope: core ? "core" : "adjacent", records: {} };
      rows.set(key, row);
    }
    for (const { file, ordinal } of places.get(event) ?? []) {
      row.records[file] ??= [];
      row.records[file].push(ordinal);
    }
  }
  return [...rows.values()];
}

/** The label rows of one host's day, in the order of its events. */
export function labelRows(
  events: readonly LabEvent[],
  host: Host,
  places: Places,
): { truth: object[]; benign: object[]; acts: ActRow[] } {
  const truth: object[] = [];
  const benign: object[] = [];
  for (const event of events) {
    for (const at of places.get(event) ?? []) {
      if (event.truth) truth.push(truthRow(event, event.truth, host, at, places));
      else if (event.benign) benign.push(benignRow(event, event.benign, host, at));
    }
  }
  return { truth, benign, acts: actRows(events, host, places) };
}
