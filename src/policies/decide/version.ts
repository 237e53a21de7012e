const PARTS = 4;

/** Four numbers of a version such as `10.0.19041.1 (WinBuild.160101.0800)`; undefined where it begins otherwise. */
function numbersOf(version: string): number[] | undefined {
  const found = /^\s*(\d{1,9}(?:[.,]\s?\d{1,9}){0,3})/.exec(version)?.[1];
  if (found === undefined) return undefined;
  const numbers = found.split(/[.,]/).map(Number);
  while (numbers.length < PARTS) numbers.push(0);
  return numbers;
}

/** Below 0, 0 or above 0; undefined where either is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  const left = numbersOf(a);
  const right = numbersOf(b);
  if (!left || !right) return undefined;
  for (let i = 0; i < PARTS; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a bound lets every version pass: no file can be above 65535 or below 0 in each part. */
export const isLowest = (version: string): boolean => numbersOf(version)?.every((n) => n === 0) ?? false;
export const isHighest = (version: string): boolean => numbersOf(version)?.every((n) => n >= 65535) ?? false;
