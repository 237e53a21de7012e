import { atLeast, type Level, levelOf, scoreFrom } from "../../src/model/level.ts";
import type { Row } from "./data.ts";
import { type Bound, isLoud, type Line, scoreWith } from "./lines.ts";
import { fit as regress, type Sample, type Weights } from "./model.ts";
import { rounded } from "./weights.ts";

/** How much a line counts that the weights would judge worse than before. */
const HELD = 1;
const ROUNDS = 20;
const MEDIUM = scoreFrom("medium");

/** Equal findings once, with a count that grows by the logarithm of their number: a fleet repeats itself, and says little more each time. */
function distinctOf(rows: readonly Row[]): (Row & Sample)[] {
  const all = new Map<string, { row: Row; times: number }>();
  for (const row of rows) {
    const key = JSON.stringify([row.set, row.label, row.behaviour, row.features]);
    const known = all.get(key);
    if (known) known.times++;
    else all.set(key, { row, times: 1 });
  }
  return [...all.values()].map(({ row, times }) => ({ ...row, times: 1 + Math.log(times) }));
}

/** Lines that were right with the analyst's weights and are wrong with these. */
function broken(bounds: readonly Bound[], before: Weights, after: Weights): { line: Line; loud: boolean }[] {
  return bounds.flatMap(({ lines, loud }) =>
    lines
      .filter((line) => isLoud(line, before) === loud && isLoud(line, after) !== loud)
      .map((line) => ({ line, loud })),
  );
}

const levelWith = ({ features, floor }: Row, weights: Weights): Level =>
  levelOf(Math.max(MEDIUM - 1, scoreWith(features, floor, weights)));

/** Labelled acts that fell below medium, and ordinary findings that rose to medium or to a higher level than they had. */
function misplaced(rows: readonly Row[], before: Weights, after: Weights): Row[] {
  return rows.filter((row) => {
    const [was, is] = [levelWith(row, before), levelWith(row, after)];
    return row.label ? atLeast(was, "medium") && !atLeast(is, "medium") : was !== is && atLeast(is, was);
  });
}

const between = (before: Weights, after: Weights, share: number): Weights =>
  rounded(
    new Map([...before].map(([name, weight]) => [name, weight + share * ((after.get(name) ?? weight) - weight)])),
  );

export interface Trained {
  readonly weights: Weights;
  /** How much of the way from the analyst's weights to the fitted ones was gone. */
  readonly share: number;
  /** What is judged worse than before in spite of it: nothing, unless the bounds could not be kept at all. */
  readonly worse: number;
}

/**
 * Fits the weights and holds them to the bounds: no labelled act, no vector of an attack falls below medium, no ordinary line rises to
 * it, that was right before. What would break the bounds joins the samples; what is still broken then is mended by going less far.
 */
export function train(rows: readonly Row[], bounds: readonly Bound[], prior: Weights, spread: number): Trained {
  const held: Sample[] = [];
  const distinct = distinctOf(rows);
  let fitted: Weights = prior;
  const worse = (weights: Weights) => [
    ...broken(bounds, prior, weights).map(({ line, loud }) => ({ acts: line.acts, label: loud })),
    ...misplaced(distinct, prior, weights).map((row) => ({ acts: [row], label: row.label })),
  ];
  for (let round = 0; round < ROUNDS; round++) {
    fitted = rounded(regress([...distinct, ...held], prior, { spread }));
    const wrong = worse(fitted);
    if (wrong.length === 0) return { weights: fitted, share: 1, worse: 0 };
    for (const { acts, label } of wrong) {
      const loudest = acts.toSorted(
        (a, b) => scoreWith(b.features, b.floor, fitted) - scoreWith(a.features, a.floor, fitted),
      )[0];
      if (loudest) held.push({ label, features: loudest.features, times: HELD });
    }
  }
  for (let share = 0.95; share > 0; share -= 0.05) {
    const weights = between(prior, fitted, share);
    if (worse(weights).length === 0) return { weights, share, worse: 0 };
  }
  return { weights: prior, share: 0, worse: 0 };
}
