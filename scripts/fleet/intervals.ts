/** Both bounds of a 95 % interval. */
export type Interval = readonly [low: number, high: number];

const Z = 1.959964;

/** Wilson's score interval of a share. */
export function wilson(part: number, of: number): Interval {
  if (of === 0) return [0, 1];
  const p = part / of;
  const scale = 1 + (Z * Z) / of;
  const middle = (p + (Z * Z) / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Probability of at most `count` events where `mean` are expected. */
function atMost(count: number, mean: number): number {
  // Terms as logarithms: the first vanishes for large means.
  let term = -mean;
  let sum = Math.exp(term);
  for (let i = 1; i <= count; i++) {
    term += Math.log(mean / i);
    sum += Math.exp(term);
  }
  return sum;
}

/** The mean at which a falling function of it comes down to `wanted`. */
function solve(falling: (mean: number) => number, wanted: number, most: number): number {
  let low = 0;
  let high = most;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (falling(middle) > wanted) low = middle;
    else high = middle;
  }
  return high;
}

/** Garwood's exact interval of a Poisson rate: events counted over so much exposure. */
export function poisson(count: number, exposure: number): Interval {
  const most = 10 + 2 * count + 10 * Math.sqrt(count + 1);
  const low = count === 0 ? 0 : solve((mean) => atMost(count - 1, mean), 0.975, most);
  return [low / exposure, solve((mean) => atMost(count, mean), 0.025, most) / exposure];
}
