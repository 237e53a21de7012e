import type { Finding } from "../../src/model/finding.ts";
import { LEVELS, type Level } from "../../src/model/level.ts";

export interface Bin {
  /** Milliseconds since the epoch: start inclusive, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly total: number;
  readonly counts: Readonly<Record<Level, number>>;
}

const MOST_BINS = 120;
const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** Lengths of a bin that people count in. */
const STEPS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200]
  .map((seconds) => seconds * SECOND)
  .concat([1, 2, 7, 14, 28, 91, 182, 364, 3640].map((days) => days * DAY));

/** Counts findings in at most 120 bins of a round length that cover all of them; none where no finding has a time. */
export function binsOf(findings: readonly Finding[]): Bin[] {
  const timed = findings
    .flatMap((finding) =>
      finding.time === undefined ? [] : [{ time: Date.parse(finding.time), level: finding.level }],
    )
    .filter(({ time }) => Number.isFinite(time));
  if (timed.length === 0) return [];
  const first = timed.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const last = timed.reduce((most, { time }) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const span = last - first;
  const step = STEPS.find((length) => span / length < MOST_BINS - 1) ?? Math.ceil(span / (MOST_BINS - 2));
  const start = Math.floor(first / step) * step;
  // A handful of findings within a second still makes a strip, not one wide block.
  const length = Math.max(24, Math.floor((last - start) / step) + 1);
  const counts = Array.from(
    { length },
    () => Object.fromEntries(LEVELS.map((level) => [level, 0])) as Record<Level, number>,
  );
  for (const { time, level } of timed) (counts[Math.floor((time - start) / step)] as Record<Level, number>)[level]++;
  return counts.map((levels, index) => ({
    start: start + index * step,
    end: start + (index + 1) * step,
    total: Object.values(levels).reduce((sum, count) => sum + count, 0),
    counts: levels,
  }));
}
