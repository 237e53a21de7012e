import { u32 } from "./bytes.ts";
import { MIN_RECORD_SIZE, RECORD_HEADER_SIZE, RECORD_MAGIC } from "./layout.ts";

/** A record found in a chunk, by chunk offsets. */
export interface FoundRecord {
  readonly at: number;
  /** Behind its last byte. */
  readonly end: number;
  /** What was wrong with its frame. */
  readonly flaw?: string;
}

/** FILETIMEs of 1990 to 2060 begin with these upper halves: what else stands in a record's time is damage. */
const FIRST_YEAR = 0x01b00000;
const LAST_YEAR = 0x02200000;

/**
 * Finds the records of a chunk from offset `at` on, one after another, until `accepts` refuses one. Where a record's
 * frame is damaged the walk goes on at the next place that looks like a record; bytes passed over are told. Behind
 * `slack` lie old bytes that nobody misses: there the walk ends at the first that are no record. `passes` may
 * pass over some before each.
 */
export function walkRecords(
  bytes: Buffer,
  at: number,
  slack: number,
  accepts: (found: FoundRecord) => boolean,
  passed: (at: number, end: number) => void,
  passes?: (at: number) => number,
): void {
  const limit = bytes.length;
  for (;;) {
    if (passes) at = passes(at);
    if (at + MIN_RECORD_SIZE > limit) return;
    const found = frameAt(bytes, at, limit);
    if (found !== undefined) {
      if (!accepts(found)) return;
      at = found.end;
      continue;
    }
    if (at >= slack) return;
    const next = nextRecord(bytes, at + 1, limit);
    const until = Math.min(next < 0 ? limit : next, slack);
    if (!isZero(bytes, at, until)) passed(at, until);
    at = until;
  }
}

function frameAt(bytes: Buffer, at: number, limit: number): FoundRecord | undefined {
  const size = u32(bytes, at + 4);
  const fits = size >= MIN_RECORD_SIZE && at + size <= limit;
  const hasCopy = fits && u32(bytes, at + size - 4) === size;
  if (!hasMagic(bytes, at))
    return hasCopy && looksLive(bytes, at) ? { at, end: at + size, flaw: "no signature" } : undefined;
  if (hasCopy) return { at, end: at + size };
  if (fits && (hasMagic(bytes, at + size) || isZero(bytes, at + size, Math.min(at + size + 4, limit)))) {
    return { at, end: at + size, flaw: "the copy of its size differs" };
  }
  if (!looksLive(bytes, at)) return undefined;
  const next = nextRecord(bytes, at + 4, limit);
  return { at, end: next < 0 ? limit : next, flaw: "its size is wrong" };
}

/** The next offset from `from` on that looks like a record; -1 where there is none. */
function nextRecord(bytes: Buffer, from: number, limit: number): number {
  for (let at = bytes.indexOf(RECORD_MAGIC, from); at >= 0; at = bytes.indexOf(RECORD_MAGIC, at + 1)) {
    if (at + MIN_RECORD_SIZE > limit) return -1;
    const size = u32(bytes, at + 4);
    const fits = size >= MIN_RECORD_SIZE && at + size <= limit;
    if ((fits && u32(bytes, at + size - 4) === size) || looksLive(bytes, at)) return at;
  }
  return -1;
}

function hasMagic(bytes: Buffer, at: number): boolean {
  return u32(bytes, at) === 0x00002a2a;
}

/** A time of our days and the beginning of a BinXML fragment where a record has them. */
function looksLive(bytes: Buffer, at: number): boolean {
  const time = u32(bytes, at + 20);
  const token = bytes[at + RECORD_HEADER_SIZE];
  return time >= FIRST_YEAR && time < LAST_YEAR && (token === 0x0f || token === 0x0c);
}

function isZero(bytes: Buffer, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (bytes[i] !== 0) return false;
  return true;
}
