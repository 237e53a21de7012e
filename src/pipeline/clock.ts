import { DAY } from "../baseline/days.ts";

/** No log of today is older; what has an earlier time comes from a clock that was never set. */
export const EARLIEST = Date.UTC(2000, 0, 1);

/** Whether something may have happened at a time: since 2000, and not in the future. */
export const isPlausible = (time: number | undefined): time is number => isPresent(time) && time >= EARLIEST;

/** Whether a time may be true: clocks that are years ahead would make everything learnt look old. */
export function isPresent(time: number | undefined): time is number {
  return time !== undefined && time < Date.now() + DAY;
}
