import { createUnderstander } from "../../src/events/registry.ts";
import type { Event } from "../../src/model/event.ts";
import { readInputs } from "../../src/pipeline/inputs/read-inputs.ts";
import { placeOf } from "../../src/pipeline/labels/join.ts";
import type { BenignRow, TruthRow } from "../../src/pipeline/labels/labels.ts";
import type { Run } from "./independent.ts";

type Row = Pick<TruthRow | BenignRow, "file" | "record_ids" | "event_id" | "ordinals">;

/** Whether an event is one that a label names. */
export function isRow(row: Row, event: Event, folder: string): boolean {
  const { file, recordId, eventId, index } = event.record;
  if (placeOf(file, folder) !== row.file.toLowerCase()) return false;
  if (eventId !== undefined && row.event_id.length > 0 && !row.event_id.includes(eventId)) return false;
  if (recordId !== undefined && row.record_ids.length > 0) return row.record_ids.includes(recordId);
  return (row.ordinals ?? []).includes(index);
}

/** All events on which labels stand, by label. */
export async function eventsOf<T extends Row>(
  folder: string,
  rows: readonly T[],
): Promise<ReadonlyMap<T, readonly Event[]>> {
  const places = new Map<string, T[]>();
  const put = (key: string, row: T) => places.set(key, [...(places.get(key) ?? []), row]);
  for (const row of rows) {
    const file = row.file.toLowerCase();
    for (const id of row.record_ids) put(`${file}#${id}`, row);
    for (const ordinal of row.ordinals ?? []) put(`${file}@${ordinal}`, row);
  }
  const found = new Map<T, Event[]>();
  const understander = createUnderstander({ joins: false });
  const paths = [...new Set(rows.map(({ file }) => `${folder}/${file.split("!", 1)[0]}`))];
  await readInputs(
    paths,
    { wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape) },
    (record) => {
      const file = placeOf(record.file, folder);
      const near = [
        ...(places.get(`${file}#${record.recordId}`) ?? []),
        ...(places.get(`${file}@${record.index}`) ?? []),
      ];
      if (near.length === 0) return;
      for (const event of understander.understand(record))
        for (const row of new Set(near))
          if (isRow(row, event, folder)) found.set(row, [...(found.get(row) ?? []), event]);
    },
    () => undefined,
    () => undefined,
  );
  return found;
}

const long = (path: string) =>
  path
    .replace(/^c:\\progra~1\\/i, "C:\\Program Files\\")
    .replace(/^c:\\progra~2\\/i, "C:\\Program Files (x86)\\")
    .replace(/^c:\\progra~3\\/i, "C:\\ProgramData\\");

function placed(path: string, folder: string | undefined): string {
  if (/^(?:[a-z]:\\|\\\\)/i.test(path)) return long(path);
  const bare = path.replace(/^\.\\/, "");
  return folder === undefined ? bare : `${folder.replace(/\\$/, "")}\\${bare}`;
}

/** Libraries on a command line, read in the simplest way: words with a library's ending, and what rundll32 enters by a comma. */
function librariesOn(line: string, image: string): string[] {
  const words = line.match(/"[^"]+"|[^\s",]+/g)?.map((word) => word.replace(/"/g, "")) ?? [];
  const named = words.filter((word) => /\.(?:dll|ocx|cpl)$/i.test(word));
  const entered = /rundll32/i.test(image) ? /(?:^|[\s\\])(\w+)(?:\.dll)?,\s?[#\w]/i.exec(line)?.[1] : undefined;
  return entered ? [...named, `${entered}.dll`] : named;
}

/** Kinds of payloads that a program interprets itself: what comes of them are its own children. */
const INTERPRETED = /^(?:script|xml|inf|scriptlet|inline|command)$/;

/** What a label says of a run’s way on: its payload, and other events that it names. */
export type Onward = Pick<TruthRow, "file" | "payload" | "payload_kind" | "technique" | "related">;

/** The events that labels name beside the run itself, by label. */
export async function onwardOf<T extends Onward>(
  folder: string,
  rows: readonly T[],
): Promise<ReadonlyMap<T, readonly Event[]>> {
  const owners = new Map(
    rows.flatMap((row) =>
      (row.related ?? []).map(
        ({ id, event }) =>
          [{ file: row.file, record_ids: [id], event_id: event === null ? [] : [event] }, row] as const,
      ),
    ),
  );
  const found = new Map<T, Event[]>();
  for (const [place, events] of await eventsOf(folder, [...owners.keys()])) {
    const row = owners.get(place);
    if (row) found.set(row, [...(found.get(row) ?? []), ...events]);
  }
  return found;
}

/**
 * Runs without which an attack comes to nothing, by its label and the events that this names: the start of the program that it hands
 * over, the loads that go with it, the fetch of a payload that lies elsewhere, and, where the payload is interpreted, the first
 * processes that it starts. What a library has started says nothing: by then it ran.
 */
export function stepsOf(
  run: Run,
  { payload, payload_kind, technique }: Onward,
  events: readonly Event[],
): readonly Run[] {
  const isWhole = (path: string) => /^(?:[a-z]:\\|\\\\)/i.test(path);
  const steps: Run[] = [];
  if (payload !== null && payload_kind === "exe" && isWhole(payload))
    steps.push({ ...NOTHING, user: run.user, elevated: run.elevated, image: payload, parent: run.image, loads: [] });
  // InstallUtil, regasm and regsvcs load what they are given, whatever it is called.
  if (payload !== null && isWhole(payload) && /^T1218\.00[49]$/.test(technique))
    steps.push({ ...run, loads: [payload] });
  // What a library of Windows opens is opened by its type, as from the shell.
  if (payload !== null && payload_kind === "url" && isWhole(payload))
    steps.push({ ...run, parent: "C:\\Windows\\explorer.exe", document: payload });
  for (const event of events) {
    if (event.kind === "moduleLoad" && event.module !== undefined)
      steps.push({ ...run, image: event.process.image ?? run.image, loads: [event.module] });
    if (event.kind === "processCreation" && INTERPRETED.test(payload_kind))
      steps.push(...[runOf(event, { ...NO_LABEL, payload: null, payload_kind })].flatMap((step) => step ?? []));
    if (event.kind === "networkConnection" && /^https?:/i.test(payload ?? ""))
      steps.push({ ...run, fetches: true, far: isFar(event.destinationIp ?? "") ? "web" : undefined });
  }
  return steps;
}

/** What a label says of the run beside its place. */
export type Labelled = Partial<Pick<TruthRow, "payload" | "payload_kind" | "evidence" | "scope">> & Row;

const isFar = (address: string) =>
  /^\d+\./.test(address) && !/^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\./.test(address);

/** An address of the internet on a line; a name may be anybody’s. */
function farOf(line: string): Run["far"] {
  const [, web, share] = /\bhttps?:\/\/(\d+\.\d+\.\d+\.\d+)|\\\\(\d+\.\d+\.\d+\.\d+)\\/i.exec(line) ?? [];
  if (!isFar(web ?? share ?? "")) return undefined;
  return web === undefined ? "share" : "web";
}

const LEVELS: Readonly<Record<string, boolean>> = { high: true, system: true, medium: false, low: false };
const NOTHING = { original: undefined, parent: undefined, packages: [], fetches: false, document: undefined };
const NO_LABEL: Row = { file: "", record_ids: [], event_id: [] };
const SYSTEM_LIBRARY = /^(?:shell32|scrobj|url|ieframe|zipfldr|mshtml|comsvcs|advpack|shdocvw)\.dll$/i;

/**
 * The run that a label means, by the fields of its process creation and nothing that src/ makes of them. Where the label stands on
 * a child, because the start itself was not logged, it is the parent.
 */
export function runOf(event: Event, { payload, payload_kind, evidence, scope }: Labelled): Run | undefined {
  // Where no start was logged but what the process did, it is known by the label that the process had loaded the library.
  if (evidence === "registry" && event.process.image !== undefined && payload && payload_kind === "dll")
    return { ...NOTHING, image: event.process.image, user: event.user, loads: [placed(payload, undefined)] };
  if (event.kind !== "processCreation" || event.image === undefined) return undefined;
  const isParent = evidence?.startsWith("parent_command_line") ?? false;
  const image = isParent ? event.parent.image : event.image;
  if (image === undefined) return undefined;
  const currentDirectory = isParent ? undefined : event.currentDirectory;
  const line = (isParent ? event.parentCommandLine : event.commandLine) ?? "";
  // Windows is searched first: only an attack’s own payload is not found there by a bare name.
  const isSystems = (one: string) =>
    !one.includes("\\") && (scope === undefined || SYSTEM_LIBRARY.test(one) || one !== payload);
  const named = [
    ...librariesOn(line, image),
    ...(payload && (payload_kind === "dll" || /\.(?:dll|ocx|cpl)$/i.test(payload)) ? [payload] : []),
  ];
  return {
    image,
    original: isParent ? undefined : event.originalFileName,
    user: event.user,
    elevated: isParent ? undefined : LEVELS[event.integrityLevel?.toLowerCase() ?? ""],
    parent: isParent ? undefined : event.parent.image,
    loads: named.map((one) => (isSystems(one) ? one : placed(one, currentDirectory))),
    packages: (line.match(/[^\s"]+\.ms[ipt]\b/gi) ?? []).map((one) => placed(one, currentDirectory)),
    fetches: /\bhttps?:\/\//i.test(line),
    far: farOf(line),
    document: /"?([^"]+\.\w+)"?\s*,?$/.exec(line.replace(/^\s*(?:"[^"]*"|\S+)\s*/, ""))?.[1],
  };
}
