/** How a bench is run. */
export interface BenchOptions {
  /** Size of the corpus, MiB; each bench has its own usual size. */
  readonly size: number | undefined;
  readonly runs: number;
  /** Where corpora are made and kept from run to run. */
  readonly folder: string;
  /** Program to measure: the built command line. */
  readonly cli: string;
}

/** One line of a result: what was measured, and against what. */
export interface Ratio {
  readonly name: string;
  /** Seconds, or what `unit` says. */
  readonly value: number;
  readonly reference: number;
  readonly unit: "s CPU" | "s" | "ms" | "µs a line" | "MiB";
  /** `value / reference` should be at most (or, with `least`, `reference / value` at least) this. */
  readonly goal: number;
  readonly least?: boolean;
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  run(options: BenchOptions, say: (line: string) => void): Promise<readonly Ratio[]>;
}

/** A ratio as a line of text: both figures, the ratio, and whether the goal is reached. */
export function ratioLine({ name, value, reference, unit, goal, least }: Ratio): string {
  const ratio = least ? reference / value : value / reference;
  const isReached = least ? ratio >= goal : ratio <= goal;
  const figures = `${value.toFixed(2)} against ${reference.toFixed(2)} ${unit}`;
  return `${name}: ${ratio.toFixed(2)}× (goal ${least ? "≥" : "≤"} ${goal}×, ${isReached ? "reached" : "MISSED"}); ${figures}`;
}
