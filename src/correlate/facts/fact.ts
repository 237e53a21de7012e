import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Event, EventKind, Signature } from "../../model/event.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import type { Source } from "../../model/record.ts";
import { decayOf, weightOf } from "../../score/score.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { sourceOf } from "../refs.ts";

const SECOND = 1000;

/** Reasons of one group are correlated; see src/score/score.ts. */
type FactGroup = "load" | "network" | "drop" | "registry" | "child" | "thread";

export interface FactInput {
  readonly id: string;
  readonly group: FactGroup;
  readonly text: string;
  readonly kind: EventKind;
  readonly source: Source;
  /** Milliseconds since the epoch. */
  readonly time: number | undefined;
  /** Milliseconds between the event and the process start; undefined where a time is missing. */
  readonly apart: number | undefined;
  /** What the catalogue or the place and signer of the file explain is told, but weighs nothing. */
  readonly ordinary?: boolean;
}

/** What began at a time. */
export interface Dated {
  readonly subject: Pick<Pending["subject"], "time">;
}

/** Where and when an event showed a fact, and how far that is from the start which it is told of. */
export const shownBy = (event: Event, pending: Dated) => ({
  kind: event.kind,
  source: sourceOf(event),
  time: event.time,
  apart: since(pending, event.time),
});

/** A fact with the weight that is left of it after `apart`; undefined where it lies too far away. */
export function factOf(input: FactInput): Corroboration | undefined {
  const { id, group, text, kind, source, time, apart, ordinary } = input;
  const { halfLife, within } = decayOf(id);
  const seconds = Math.max(0, apart ?? 0) / SECOND;
  if (seconds > within) return undefined;
  const weight = ordinary ? 0 : weightOf(id) * 2 ** (-seconds / halfLife);
  return { id, group, weight, text, kind, sources: [source], ...(time !== undefined && { time }) };
}

/** Whether the catalogue describes the judged use as ordinary. */
export const isDocumented = ({ judgement }: Pending): boolean =>
  judgement.reasons.some(({ id }) => id === "documented-use");

/** Undefined where the log says nothing of signatures. */
export function isSigned(signature: Signature | undefined): boolean | undefined {
  if (signature?.signed === undefined) return undefined;
  return signature.signed && (signature.status === undefined || /^valid$/i.test(signature.status));
}

/** Payloads that the invocation runs, over all its behaviours. */
export function payloadsOf({ judgement }: Pending): readonly Payload[] {
  return judgement.invocation.behaviours.flatMap((behaviour) => behaviour.runs);
}

/** By which a payload is joined with files and values that other events name. */
export const payloadId = (payload: Payload): string => identity(resolvedOf(payload), "windows");

/** Whether a payload is the file at `path`; a name without a folder is found along the search path. */
export function isFile(payload: Payload, path: string): boolean {
  const wanted = payloadId(payload);
  const found = identity(path, "windows");
  return wanted === found || (!/[\\/]/.test(wanted) && baseName(found) === wanted);
}

export const since = (pending: Dated, time: number | undefined): number | undefined =>
  pending.subject.time === undefined || time === undefined ? undefined : time - pending.subject.time;

/** “less than 1 s”, “40 s”, “12 min”, “3 h”. */
export function span(milliseconds: number): string {
  if (Math.abs(milliseconds) < SECOND) return "less than 1 s";
  const seconds = Math.round(Math.abs(milliseconds) / SECOND);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
