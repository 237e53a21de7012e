export const DAY = 86_400_000;

/** Days since 1970-01-01, UTC. */
export const dayOf = (time: number): number => Math.max(0, Math.floor(time / DAY));

/** A day as `2026-11-30`. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The year 2243: what lies beyond was never learnt. */
const MAX_DAY = 100_000;

/** @throws RangeError for a day that no calendar of ours has */
export function validDay(day: number): number {
  if (!Number.isInteger(day) || day < 0 || day > MAX_DAY) throw new RangeError("a day lies outside 1970 to 2243");
  return day;
}
