import type { History } from "../baseline/history.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import type { Judgement } from "../score/judge.ts";
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

/** Findings whose time to collect is over at `until`; where too many wait, the oldest go early. */
export function release(
  host: Host,
  until: number,
  { minLevel, gate, history, prior }: Releasing,
  give: (finding: Finding, pending: Pending) => void,
): Finding[] {
  const full = host.pending.length > MAX_PENDING || host.waiting > MAX_WAITING;
  if (!full && host.due >= until) return [];
  // Room is made for many at once, so that a flood does not have every event look through all.
  const excess = full ? host.pending.length - (Math.min(host.pending.length, MAX_PENDING) >> 1) : 0;
  const kept: Pending[] = [];
  const findings: Finding[] = [];
  for (let index = 0; index < host.pending.length; index++) {
    const pending = host.pending[index]!;
    if (!pending.dropped && pending.deadline >= until && index >= excess) {
      kept.push(pending);
      continue;
    }
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
  if (kept.length < host.pending.length) host.chains.forgetDropped();
  host.holdOnly(kept);
  return findings;
}
