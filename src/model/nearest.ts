/** Longer words are none that a person mistypes. */
const LONGEST = 64;

/** Characters to insert, drop, replace or swap with their neighbour to make one word of the other. */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (same ? 0 : 1),
        swapped ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}

/** The known word that a mistyped one was to be: one slip in a short word, two in a longer one; undefined where none is so close. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length < 3 || word.length > LONGEST) return undefined;
  const typed = word.toLowerCase();
  let least = word.length < 6 ? 2 : 3;
  let best: string | undefined;
  for (const one of known) {
    if (Math.abs(one.length - typed.length) >= least) continue;
    const count = slips(typed, one.toLowerCase());
    if (count < least) {
      least = count;
      best = one;
    }
  }
  return best;
}

/** What a message about an unknown word ends with. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
