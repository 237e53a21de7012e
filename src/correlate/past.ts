import { dayOf } from "../baseline/days.ts";
import type { History } from "../baseline/history.ts";
import { fromPlain } from "../events/plain.ts";
import { shortHost } from "../model/host.ts";
import { type Level, scoreFrom } from "../model/level.ts";
import { effectReasons, historyReasons, mayTell } from "../score/history.ts";
import type { Past } from "../score/likelihood.ts";
import { scoredOf } from "./build.ts";
import type { Pending } from "./pending.ts";

/** Whether a history says what is normal where and when something happened. */
export function pastOf({ subject: { host, time } }: Pending, history: History | undefined): Past {
  return history?.knows({ host: shortHost(host), day: dayOf(time ?? 0) }) ? "known" : "unknown";
}

/**
 * Adds what a history says of a finding that is about to be given out. Of the many starts that nobody will be told of, whatever it says,
 * it is not asked.
 */
export function recall(pending: Pending, history: History, minLevel: Level): void {
  const { judgement, subject, around, resolution, origin, component: kind } = pending;
  if (!(pending.isStart || origin.kind === "effect") || !mayTell(scoredOf(pending).score, scoreFrom(minLevel))) return;
  const asked = {
    parent: around.parent,
    domain: resolution.request.domain,
    host: shortHost(subject.host),
    time: subject.time,
  };
  const reasons =
    origin.kind === "effect"
      ? effectReasons(judgement, fromPlain(origin.event), history, asked)
      : historyReasons(judgement, history, asked);
  pending.corroborations.unshift(...reasons.map((reason) => ({ ...reason, sources: [], kind })));
}
