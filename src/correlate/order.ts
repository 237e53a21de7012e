import type { Event } from "../model/event.ts";

/** Most events of a host that wait for their turn; beyond it the oldest are taken early. */
const MAX_WAITING = 4_096;

export const timed = (event: Event): number => event.time ?? Number.NEGATIVE_INFINITY;

/** The order in which a host's events are taken: by time, then by where they stand. */
export function before(a: Event, b: Event): number {
  const [x, y] = [a.record, b.record];
  return timed(a) - timed(b) || (x.file < y.file ? -1 : x.file > y.file ? 1 : 0) || x.index - y.index;
}

/** Whether one is the other, delivered again. A log that was begun anew counts from the beginning: there the place says too little. */
function isAgain(a: Event, b: Event): boolean {
  if (a.kind !== b.kind || before(a, b) !== 0) return false;
  const [x, y] = [a.record, b.record];
  const isUnlike = (name: string) => {
    const [one, other] = [x.get(name), y.get(name)];
    return one !== undefined && other !== undefined && one !== other;
  };
  return x.recordId === y.recordId && !x.names().some(isUnlike);
}

/**
 * Brings the events of one host into order: each is held back until no event that is at most `lateness` older can still come. With
 * that, results do not depend on the order of arrival within it, and an event that arrives twice is taken once.
 */
export class Reorder {
  /** Events that wait, in order. */
  waiting: Event[] = [];
  /** Time of the latest event, milliseconds since the epoch. */
  latest = Number.NEGATIVE_INFINITY;

  /** Takes an event in and yields those whose turn has come. */
  push(event: Event, lateness: number): Event[] {
    if (event.time === undefined) return [event];
    if (event.time > this.latest) this.latest = event.time;
    let at = this.waiting.length;
    while (at > 0 && before(this.waiting[at - 1] as Event, event) > 0) at--;
    for (let twin = at - 1; twin >= 0 && before(this.waiting[twin] as Event, event) === 0; twin--)
      if (isAgain(this.waiting[twin] as Event, event)) return [];
    this.waiting.splice(at, 0, event);
    return this.take(this.latest - lateness);
  }

  /** Events older than `until`, in order. */
  take(until: number): Event[] {
    const excess = this.waiting.length - MAX_WAITING;
    let count = 0;
    while (count < this.waiting.length && (count < excess || timed(this.waiting[count] as Event) < until)) count++;
    return count === 0 ? [] : this.waiting.splice(0, count);
  }
}
