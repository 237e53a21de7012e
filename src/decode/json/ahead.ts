import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, isSpace, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from "./bytes.ts";
import { isOfRecord, LONGEST_KEY } from "./envelope.ts";
import { Held } from "./held.ts";
import type { JsonValues } from "./values.ts";

/** Bytes that are looked ahead: records are smaller, and what is larger than them is no record for the list that it holds. */
const FARTHEST = 1 << 20;

/**
 * What follows the start of an array, looked at before it is taken for one of records: members behind it may tell that the
 * object is a record itself. One pass; what was looked at is kept, and read again from its start.
 */
export class Ahead {
  /** Whether the array is called as those of well-known exports are. */
  private readonly isNamed: boolean;
  /** Whether a key of the object is one of a record's. */
  private ofRecord: boolean;
  /** Depth of the elements, and of what is at hand, as the splitter counts. */
  private readonly within: number;
  private depth: number;
  private readonly held = new Held();
  private block: Buffer = Buffer.alloc(0);
  private inString = false;
  private escaped = false;
  private key: string | undefined;
  private last = OPEN_ARRAY;
  /** Where the first element and the object end; -1 where they do not yet. */
  private first = -1;
  private end = -1;

  constructor(depth: number, isNamed: boolean, ofRecord: boolean) {
    this.within = depth;
    this.depth = depth;
    this.isNamed = isNamed;
    this.ofRecord = ofRecord;
  }

  /** Everything that was taken; valid until the next block. */
  get bytes(): Buffer {
    return this.held.length > 0 ? this.held.view() : this.block;
  }

  /** Takes a block; true as soon as enough has been seen. It is copied only where that takes more than one. */
  take(block: Buffer): boolean {
    const before = this.held.length;
    const isEnough = this.sees(block, before);
    if (isEnough && before === 0) this.block = block;
    else this.held.append(block);
    return isEnough;
  }

  private sees(block: Buffer, before: number): boolean {
    for (let at = 0; at < block.length; at += 1) {
      if (this.inString) at = this.string(block, at);
      else if (this.ends(block[at]!, before + at + 1)) return true;
      if (before + at >= FARTHEST) return true;
    }
    return false;
  }

  /**
   * Whether the elements of the array are the records, by what was seen; `before` gives the bytes of the object up to the first
   * element, undefined where they are not kept.
   */
  isEnvelope(before: (() => Buffer) | undefined, values: JsonValues): boolean {
    const { bytes } = this;
    const first = this.first < 0 ? undefined : bytes.subarray(0, this.first);
    if (!values.isRecord) return this.isNamed && !this.ofRecord;
    if (!this.isNamed) return bytes.length >= FARTHEST && first !== undefined && values.isRecord(first, true);
    const whole = before && this.end >= 0 ? Buffer.concat([before(), bytes.subarray(0, this.end)]) : undefined;
    if (whole && values.isRecord(whole, false)) return false;
    const isFirst = first !== undefined && values.isRecord(first, true);
    // Records may stand beside what is called like a list of them.
    if (whole && !isFirst && values.holdsRecords?.(whole)) return false;
    return !this.ofRecord || (whole === undefined && isFirst);
  }

  private string(block: Buffer, from: number): number {
    let at = from;
    for (; at < block.length; at += 1) {
      const byte = block[at]!;
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) {
        this.inString = false;
        this.last = QUOTE;
        this.ofRecord ||= this.key !== undefined && isOfRecord(this.key);
        break;
      }
      if (this.key !== undefined && this.key.length < LONGEST_KEY) this.key += String.fromCharCode(byte);
    }
    return at;
  }

  /** Whether this byte, before `next`, ends what is to be looked at. */
  private ends(byte: number, next: number): boolean {
    if (isSpace(byte)) return false;
    if (byte === QUOTE) {
      this.inString = true;
      this.key = this.depth === 1 && this.last === COMMA ? "" : undefined;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      this.depth -= 1;
      if (this.depth === this.within && this.first < 0) this.first = next;
      if (this.depth <= 0) this.end = next;
    }
    this.last = byte;
    return this.end >= 0 || (!this.isNamed && this.depth < this.within);
  }
}
