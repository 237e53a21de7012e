import type { Event, ProcessCreation, ProcessRef } from "../model/event.ts";
import type { Host, Known } from "./host.ts";
import { relate } from "./pending.ts";
import { isSameRecord, relatedTo, sourceOf } from "./refs.ts";

/** Two sources write one start of a process within this time, in milliseconds. */
const SAME_START = 2_000;

/** A drive as processes name it, and the volume as the kernel and the firewall do. */
const VOLUME = /^(?:[a-z]:|\\device\\harddiskvolume\d+)(?=\\)/i;

const isImage = (one: string | undefined, other: string | undefined): boolean =>
  one?.replace(VOLUME, "").toLowerCase() === other?.replace(VOLUME, "").toLowerCase();

/** Lists of processes name a start each time that they are made: what says all the same in the same instant is the same. */
function isListedAgain({ pending, time, image }: Known, event: ProcessCreation): boolean {
  const line = pending?.subject.commandLine;
  return line !== undefined && line === event.commandLine && time === event.time && isImage(image, event.image);
}

const byKey = (host: Host, { key }: ProcessRef): Known | undefined =>
  key === undefined ? undefined : host.processes.get(key);

/** The latest process of this pid, if it started before. */
function byPid(host: Host, { pid }: ProcessRef, time: number | undefined): Known | undefined {
  const known = pid === undefined ? undefined : host.byPid.get(String(pid));
  return known?.time !== undefined && time !== undefined && known.time > time ? undefined : known;
}

/** The same start of a process, already seen from another source (4688 and Sysmon 1), or the same event once more. */
export function sameStart(host: Host, event: ProcessCreation): Known | undefined {
  const { process, time, image } = event;
  const same = byKey(host, process);
  if (same) return same;
  const known = process.pid === undefined ? undefined : host.byPid.get(String(process.pid));
  if (!known || known.time === undefined || time === undefined) return undefined;
  if (isSameRecord(known.source, known.time, event)) return known;
  if (known.provider === event.record.provider) return isListedAgain(known, event) ? known : undefined;
  const near = Math.abs(known.time - time) <= SAME_START;
  return near && isImage(known.image, image) ? known : undefined;
}

/** The parent by its key; by pid only together with its image, or as the latest process of that pid before this one. */
export function parentOf(host: Host, event: ProcessCreation): Known | undefined {
  const { parent, time } = event;
  const same = byKey(host, parent);
  if (same || parent.key?.startsWith("id:")) return same;
  const known = byPid(host, parent, time);
  return parent.image === undefined || isImage(known?.image, parent.image) ? known : undefined;
}

/**
 * The process that acts in an event: by its key; where the source gives only a pid (Security 5156, 4657 and 4663, audit), as the latest
 * process of that pid that started before, if its image is none other.
 */
export function actorOf(host: Host, event: Event): Known | undefined {
  const { process, time, record } = event;
  const known = byKey(host, process);
  if (known) return known;
  const latest = byPid(host, process, time);
  // A source that has a key of its own would have given the start the same one.
  if (process.key !== undefined && (latest?.provider === record.provider || process.image === undefined))
    return undefined;
  return process.image === undefined || isImage(latest?.image, process.image) ? latest : undefined;
}

/** A start as the host remembers it. */
export function knownOf(event: ProcessCreation, parent: Known | undefined): Known {
  const { process, record, image, time, originalFileName } = event;
  return {
    key: process.key ?? `at:${record.file}#${record.index}`,
    pid: process.pid,
    image,
    parentKey: parent?.key ?? event.parent.key,
    time,
    source: sourceOf(event),
    provider: record.provider,
    original: originalFileName !== undefined,
    seen: time,
    pending: undefined,
  };
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
