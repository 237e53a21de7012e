/** A number as English texts have it: `1,234`. */
export const number = (value: number): string => value.toLocaleString("en-US");

/** How many of something: `1 file`, `1,234 files`. */
export const plural = (value: number, noun: string, many = `${noun}s`): string =>
  `${number(value)} ${value === 1 ? noun : many}`;
