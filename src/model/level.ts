/** Severity levels, in rising order, as users of Sigma and Hayabusa know them. */
export const LEVELS = ["informational", "low", "medium", "high", "critical"] as const;

export type Level = (typeof LEVELS)[number];

/** Lowest score (0–100) of each level. */
const FROM: Record<Level, number> = { informational: 0, low: 20, medium: 40, high: 70, critical: 90 };

/** The level of a score between 0 and 100. */
export function levelOf(score: number): Level {
  if (score >= FROM.critical) return "critical";
  if (score >= FROM.high) return "high";
  if (score >= FROM.medium) return "medium";
  return score >= FROM.low ? "low" : "informational";
}

/** The lowest score that still has this level. */
export function scoreFrom(level: Level): number {
  return FROM[level];
}

/** Whether `level` is `least` or above. */
export function atLeast(level: Level, least: Level): boolean {
  return FROM[level] >= FROM[least];
}

export function isLevel(text: string): text is Level {
  return (LEVELS as readonly string[]).includes(text);
}
