import type { ProcessCreation } from "../model/event.ts";
import type { Host, Known } from "./host.ts";
import { relate } from "./pending.ts";
import { isSameRecord, relatedTo } from "./refs.ts";

/** Two sources write one start of a process within this time, in milliseconds. */
const SAME_START = 2_000;

/** The same start of a process, already seen from another source (4688 and Sysmon 1), or the same event once more. */
export function sameStart(host: Host, event: ProcessCreation): Known | undefined {
  const { process, time, image } = event;
  const byKey = process.key === undefined ? undefined : host.processes.get(process.key);
  if (byKey) return byKey;
  const known = process.pid === undefined ? undefined : host.byPid.get(String(process.pid));
  if (!known || known.time === undefined || time === undefined) return undefined;
  if (isSameRecord(known.source, known.time, event)) return known;
  if (known.provider === event.record.provider) return undefined;
  const near = Math.abs(known.time - time) <= SAME_START;
  return near && known.image?.toLowerCase() === image?.toLowerCase() ? known : undefined;
}

/** The parent by its key; by pid only together with its image, or as the latest process of that pid before this one. */
export function parentOf(host: Host, event: ProcessCreation): Known | undefined {
  const { parent, time } = event;
  const byKey = parent.key === undefined ? undefined : host.processes.get(parent.key);
  if (byKey || parent.key?.startsWith("id:") || parent.pid === undefined) return byKey;
  const known = host.byPid.get(String(parent.pid));
  if (!known || (known.time !== undefined && time !== undefined && known.time > time)) return undefined;
  return parent.image === undefined || known.image?.toLowerCase() === parent.image.toLowerCase() ? known : undefined;
}

/** Puts what a richer source says of a start in the place of what a poorer one said. */
export function replace(poorer: Known, richer: Known): void {
  const before = poorer.pending;
  poorer.pending = richer.pending;
  if (before) before.dropped = true;
  if (!richer.pending) return;
  relate(richer.pending, relatedTo(poorer.source, "same"), ...(before?.related ?? []));
  const known = new Set(richer.pending.corroborations.map(({ id }) => id));
  richer.pending.corroborations.push(...(before?.corroborations.filter(({ id }) => !known.has(id)) ?? []));
}
