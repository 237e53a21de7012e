import { DAY } from "../baseline/count.ts";

/** Whether a time may be true: clocks that are years ahead would make everything learnt look old. */
export function isPresent(time: number | undefined): time is number {
  return time !== undefined && time < Date.now() + DAY;
}
