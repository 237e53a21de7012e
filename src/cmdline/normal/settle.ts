/** A rewriting may uncover what the next pass rewrites (`x\..\file:c:\y`); nobody nests that deep. */
const ROUNDS = 8;

/** Applies a step until it changes nothing, at most eight times. */
export function settle(text: string, step: (text: string) => string): string {
  let now = text;
  for (let round = 0; round < ROUNDS; round++) {
    const next = step(now);
    if (next === now) return now;
    now = next;
  }
  return now;
}
