/** Days of a fleet: who works when, and what happens on which day. All times are UTC. */
export interface Day {
  /** Number since the first day of the run. */
  readonly number: number;
  /** Midnight, milliseconds since 1970. */
  readonly start: number;
  readonly working: boolean;
  /** Second Tuesday of the month, when Windows updates come, and the two days after it. */
  readonly patching: boolean;
}

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
const DAY = 24 * HOUR;

/** Fixed holidays, month-day. */
const HOLIDAYS = ["01-01", "05-01", "10-03", "12-24", "12-25", "12-26", "12-31"];

function isPatchDay(date: Date): boolean {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)).getUTCDay();
  const secondTuesday = 8 + ((2 - first + 7) % 7);
  const offset = date.getUTCDate() - secondTuesday;
  return offset >= 0 && offset <= 2;
}

export function dayAt(first: number, number: number): Day {
  const start = first + number * DAY;
  const date = new Date(start);
  const weekday = date.getUTCDay();
  const holiday = HOLIDAYS.includes(date.toISOString().slice(5, 10));
  return { number, start, working: weekday >= 1 && weekday <= 5 && !holiday, patching: isPatchDay(date) };
}
