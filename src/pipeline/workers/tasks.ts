import { closeSync, openSync, readSync } from "node:fs";
import { CHUNK_MAGIC, FILE_HEADER_SIZE, FILE_MAGIC } from "../../decode/evtx/layout.ts";
import { RANGE_SIZE, rangeEnd } from "../../formats/evtx.ts";
import type { Found } from "../inputs/walk.ts";

/** A smaller log is not worth sharing. */
const LARGE = 2 * RANGE_SIZE;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The parts of a large Windows event log that threads may read apart: such as begin with a chunk each. undefined for anything
 * else, which is read as a whole.
 */
export function rangesOf(found: Found & { readonly kind: "file" }): readonly Range[] | undefined {
  const size = Number(found.stats.size);
  if (!found.stats.isFile() || size < LARGE) return undefined;
  let file: number;
  try {
    file = openSync(found.path, "r");
  } catch {
    return undefined;
  }
  try {
    const magic = Buffer.alloc(FILE_MAGIC.length);
    const begins = (at: number, wanted: Buffer) =>
      readSync(file, magic, 0, magic.length, at) === magic.length && magic.equals(wanted);
    if (!begins(0, FILE_MAGIC)) return undefined;
    const ranges: Range[] = [];
    for (let from = 0; from < size; from = rangeEnd(from)) {
      if (from >= FILE_HEADER_SIZE && !begins(from, CHUNK_MAGIC)) return undefined;
      ranges.push({ from, to: Math.min(size, rangeEnd(from)) });
    }
    return ranges;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}
