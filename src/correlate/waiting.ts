import type { History } from "../baseline/history.ts";
import type { Event, ProcessCreation } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import type { Judgement } from "../score/judgement.ts";
import { likelihoodOf } from "../score/likelihood.ts";
import type { Gate } from "./allow/list.ts";
import { buildFinding, scoredOf } from "./build.ts";
import { type Host, MAX_PENDING, MAX_WAITING } from "./host.ts";
import { pastOf, recall } from "./past.ts";
import type { Pending, Subject } from "./pending.ts";
import { sourceOf } from "./refs.ts";

/** @param key of the process whose finding it is, where it is known */
export function subjectOf(event: Event, commandLine: string | undefined, key?: string): Subject {
  const { process, time, host, user } = event;
  return {
    key,
    pid: process.pid,
    time,
    host,
    user,
    image: process.image,
    commandLine,
    source: sourceOf(event),
    provider: event.record.provider,
    processGuid: process.key?.startsWith("id:") ? process.key : undefined,
  };
}

export const subjectOfStart = (event: ProcessCreation, key: string): Subject =>
  subjectOf(event, event.commandLine ?? event.args?.join(" "), key);

/** Puts a judged invocation among those that collect what happens around them. */
export function wait(
  host: Host,
  event: Event,
  hold: number,
  judgement: Judgement,
  {
    subject,
    origin,
    resolution,
    around,
    component = event.kind,
  }: Pick<Pending, "subject" | "origin" | "resolution" | "around"> & Partial<Pick<Pending, "component">>,
): Pending {
  const pending: Pending = {
    subject,
    origin,
    resolution,
    around,
    component,
    judgement,
    within: undefined,
    related: [],
    corroborations: [],
    deadline: event.time === undefined ? Number.NEGATIVE_INFINITY : event.time + hold,
    dropped: false,
  };
  host.hold(pending);
  return pending;
}

export interface Releasing {
  readonly minLevel: Level;
  readonly gate?: Gate | undefined;
  readonly history: History | undefined;
  readonly prior: number | undefined;
}

const isFull = ({ pending, waiting }: Host): boolean => pending.length > MAX_PENDING || waiting > MAX_WAITING;

/** Whether there is anything to release at `until`. */
export const isDue = (host: Host, until: number): boolean => host.due < until || isFull(host);

/** Findings whose time to collect is over at `until`; where too many wait, the oldest go early. */
export function release(
  host: Host,
  until: number,
  { minLevel, gate, history, prior }: Releasing,
  give: (finding: Finding, pending: Pending) => void,
): Finding[] {
  const all = host.pending;
  // Room is made for many at once, so that a flood does not have every event look through all.
  const excess = isFull(host) ? all.length - (Math.min(all.length, MAX_PENDING) >> 1) : 0;
  const findings: Finding[] = [];
  let kept = 0;
  for (let index = 0; index < all.length; index++) {
    const pending = all[index]!;
    if (!pending.dropped && pending.deadline >= until && index >= excess) {
      all[kept++] = pending;
      continue;
    }
    host.places.delete(pending);
    let fate: "given" | "merged" | undefined = "merged";
    if (!pending.dropped) {
      if (history) recall(pending, history, minLevel);
      const scored = scoredOf(pending);
      fate = atLeast(scored.level, minLevel) ? "given" : undefined;
      if (fate && !gate?.hides(pending, scored)) {
        const finding = buildFinding(pending, scored, likelihoodOf(scored.score, pastOf(pending, history), prior));
        findings.push(finding);
        give(finding, pending);
      }
      pending.dropped = true;
    }
    // What was given out collects no more: its process forgets it, and so does memory.
    const { key } = pending.subject;
    const known = key === undefined ? undefined : host.processes.get(key);
    if (known?.pending !== pending) continue;
    known.pending = undefined;
    if (fate) known.reported = fate;
  }
  if (kept < all.length) host.chains.forgetDropped();
  all.length = kept;
  host.recount();
  return findings;
}
