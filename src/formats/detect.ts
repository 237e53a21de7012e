import type { Format } from "./format.ts";

/** How many of the first bytes a format may look at. */
export const HEAD = 64 * 1024;

/** The format that is surest of these first bytes; undefined where none is. The name is a hint only. */
export function detect(head: Uint8Array, name: string, formats: readonly Format[]): Format | undefined {
  const bytes = head.subarray(0, HEAD);
  let best: Format | undefined;
  let sureness = 0;
  for (const format of formats) {
    const sure = format.sniff(bytes, name);
    if (sure > sureness) {
      best = format;
      sureness = sure;
    }
  }
  return best;
}
