import type { Finding, RelatedRole } from "../../model/finding.ts";
import { LEVELS, type Level } from "../../model/level.ts";

/** Where a label stands; both kinds of rows have it. */
interface Place {
  readonly file: string;
  readonly record_ids: readonly number[];
  readonly ordinals?: readonly number[] | null;
  readonly event_id: readonly number[];
}

interface Spot {
  readonly file: string;
  readonly index?: number;
  readonly recordId?: number;
  readonly eventId?: number;
}

interface Entry {
  readonly finding: Finding;
  readonly spot: Spot;
  readonly role: RelatedRole | "source";
}

/** What stands on a labelled row: findings whose source it is, and findings that only mention it. */
export interface Match {
  readonly direct: readonly Finding[];
  readonly related: readonly { readonly finding: Finding; readonly role: RelatedRole }[];
}

export interface Index {
  match(place: Place): Match;
}

/** Paths are compared with `/`, without the folder's own path, and without regard to the separators inside archives. */
export function placeOf(file: string, folder: string): string {
  const plain = (path: string) =>
    path
      .replaceAll("\\", "/")
      .replace(/^(?:\.\/)+/, "")
      .replace(/\/+/g, "/");
  const path = plain(file);
  const root = plain(folder).replace(/\/$/, "");
  return (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path).toLowerCase();
}

/**
 * The log's own number decides where both sides have it, else the position in the file. Where a file holds several
 * channels a number may occur twice: event id and, if still needed, position tell the two apart.
 */
function standsOn(spot: Spot, place: Place): boolean {
  if (spot.eventId !== undefined && place.event_id.length > 0 && !place.event_id.includes(spot.eventId)) return false;
  if (spot.recordId !== undefined && place.record_ids.length > 0) return place.record_ids.includes(spot.recordId);
  return spot.index !== undefined && (place.ordinals ?? []).includes(spot.index);
}

function preferPosition(entries: readonly Entry[], place: Place): readonly Entry[] {
  const exact = entries.filter((e) => e.spot.index !== undefined && (place.ordinals ?? []).includes(e.spot.index));
  return exact.length > 0 ? exact : entries;
}

/** Entries of one file by their numbers, so that many labels stay cheap. */
interface FileEntries {
  readonly byRecord: Map<number, Entry[]>;
  readonly byIndex: Map<number, Entry[]>;
}

function put(map: Map<number, Entry[]>, key: number | undefined, entry: Entry): void {
  if (key === undefined) return;
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

export function indexFindings(findings: readonly Finding[], folder: string): Index {
  const files = new Map<string, FileEntries>();
  const add = (entry: Entry): void => {
    const key = placeOf(entry.spot.file, folder);
    const file = files.get(key) ?? { byRecord: new Map(), byIndex: new Map() };
    files.set(key, file);
    put(file.byRecord, entry.spot.recordId, entry);
    put(file.byIndex, entry.spot.index, entry);
  };
  for (const finding of findings) {
    add({ finding, spot: finding.source, role: "source" });
    for (const related of finding.related) add({ finding, spot: related, role: related.role });
  }
  return {
    match(place) {
      const file = files.get(placeOf(place.file, folder));
      const near = [
        ...place.record_ids.flatMap((id) => file?.byRecord.get(id) ?? []),
        ...(place.ordinals ?? []).flatMap((ordinal) => file?.byIndex.get(ordinal) ?? []),
      ];
      const here = [...new Set(near)].filter((entry) => standsOn(entry.spot, place));
      const sources = here.filter((e) => e.role === "source");
      const related = here.flatMap((e) => (e.role === "source" ? [] : [{ finding: e.finding, role: e.role }]));
      return { direct: preferPosition(sources, place).map((e) => e.finding), related };
    },
  };
}

/** The highest level among findings; undefined where there are none. */
export function highest(findings: readonly Finding[]): Level | undefined {
  return [...LEVELS].reverse().find((level) => findings.some((f) => f.level === level));
}
