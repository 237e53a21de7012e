import { bufferOf } from "../buffer.ts";
import { Ahead } from "./ahead.ts";
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isFiller,
  isSpace,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  objectLine,
  QUOTE,
} from "./bytes.ts";
import { EnvelopeProbe, PROBED_DEPTH } from "./envelope.ts";
import { Held } from "./held.ts";
import { Recovery } from "./recovery.ts";
import type { JsonDamage, JsonLimits, JsonValues } from "./values.ts";

/**
 * Finds the records in JSON: lines (NDJSON), concatenated or pretty-printed values, the elements of a top-level array and
 * of known envelopes. One pass over the bytes; memory is bounded by one value, and it never recurses.
 *
 * After damage it goes on at the next line which opens an object in the column where the damaged one began.
 */
export class JsonSplitter extends Recovery {
  private readonly limits: JsonLimits;
  private readonly probe = new EnvelopeProbe();
  private readonly held = new Held();
  /** True where the open object or array at each depth is an object. */
  private readonly kinds: Uint8Array;
  private depth = 0;
  /** Last byte that is not space. */
  private last = 0;
  private escaped = false;
  private inKey = false;
  private envelopeAt = -1;
  /** What is looked at before an array is taken for one of records, and what it told of the value at hand. */
  private ahead: Ahead | undefined;
  private isEnvelope: boolean | undefined;
  /** Where the value begins in this block. */
  private from = 0;
  /** The value is passed over, its nesting still followed: too large, too deep, or what is left of an envelope. */
  private dropped = false;
  /** The records fill a line each: an object that opens at the start of a line is a new one. */
  private linewise = false;
  /** Up to here, in this block, no line that is one object can begin: many values in a line are not tried one by one. */
  private tried = 0;

  constructor(values: JsonValues, limits: JsonLimits) {
    super(values);
    this.limits = limits;
    this.kinds = new Uint8Array(limits.depth + PROBED_DEPTH + 2);
  }

  push(bytes: Uint8Array): void {
    const { ahead } = this;
    if (!ahead) this.read(bytes);
    else if (ahead.take(bufferOf(bytes))) this.readSeen(ahead);
  }

  private readSeen(ahead: Ahead): void {
    this.ahead = undefined;
    this.isEnvelope = ahead.isEnvelope(this.dropped ? undefined : () => this.held.view(), this.values);
    this.read(ahead.bytes);
  }

  private read(bytes: Uint8Array): void {
    this.block = bufferOf(bytes);
    this.from = 0;
    this.tried = 0;
    let at = 0;
    while (at < this.block.length) at = this[this.state](at);
    if (this.state === "value" || this.state === "string") this.hold(this.block.length);
    this.position.consumed += this.block.length;
    this.block = Buffer.alloc(0);
  }

  end(): void {
    if (this.ahead) this.readSeen(this.ahead);
    if (this.state === "text") this.values.damaged("text", this.place);
    const inValue = this.state === "value" || this.state === "string";
    if (inValue && !this.dropped) this.values.damaged("truncated", this.place);
    else if (this.base > 0 || inValue) this.values.damaged("open", this.position.here(0));
  }

  private between(start: number): number {
    const { block } = this;
    let at = start;
    for (; at < block.length; at += 1) {
      const byte = block[at]!;
      if (byte === NEWLINE) this.position.newline(at);
      else if (!isFiller(byte)) break;
    }
    if (at === block.length) return at;
    const byte = block[at]!;
    if (byte === OPEN_OBJECT) {
      const next = this.base === 0 && !this.probe.active ? this.wholeLine(at) : at;
      return next > at ? next : this.begin(at);
    }
    if (byte === OPEN_ARRAY && this.base === 0) {
      this.kinds[0] = 0;
      this.depth = 1;
      this.base = 1;
      return at + 1;
    }
    if (byte === CLOSE_ARRAY && this.base > 0) return this.leaveArray(at);
    if (this.base > 0 && (byte === OPEN_ARRAY || byte === QUOTE)) return this.begin(at);
    this.place = this.position.here(at);
    this.state = "text";
    return at;
  }

  /** The fast path: a line that is one object. Returns where the line ends, or `at` where it is not that simple. */
  private wholeLine(at: number): number {
    if (at < this.tried) return at;
    const skimmed = this.values.skim?.(this.block, at);
    this.linewise ||= skimmed !== undefined && skimmed.lines > 0;
    if (skimmed?.lines) return this.position.pass(skimmed.lines, skimmed.end);
    const end = this.block.indexOf(NEWLINE, at);
    this.tried = end < 0 ? this.block.length : end;
    if (end < 0 || end - at > this.limits.size) return at;
    const bytes = objectLine(this.block, at, end, this.limits.depth);
    if (!bytes || !this.values.line(bytes, this.position.here(at))) return at;
    this.linewise = true;
    return this.position.pass(1, end + 1);
  }

  private begin(at: number): number {
    this.place = this.position.here(at);
    this.column = this.position.columnOf(at);
    this.from = at;
    this.depth = this.base;
    this.last = COMMA;
    this.lastLine = this.position.line;
    this.dropped = false;
    this.envelopeAt = -1;
    if (this.base === 0) {
      this.isEnvelope = undefined;
      this.probe.ofRecord = false;
    }
    this.state = "value";
    return at;
  }

  private leaveArray(at: number): number {
    this.depth = this.base - 1;
    this.base = 0;
    if (this.depth > 0) {
      this.state = "value";
      this.dropped = true;
      this.column = -1;
      this.last = CLOSE_ARRAY;
    }
    return at + 1;
  }

  private value(start: number): number {
    const { block } = this;
    for (let at = start; at < block.length; at += 1) {
      const byte = block[at]!;
      if (byte === NEWLINE) this.position.newline(at);
      if (isSpace(byte)) continue;
      if (byte === QUOTE) return this.openString(at);
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (this.startsAnew(at, byte)) return this.lose("syntax", at, "between");
        if (!this.dropped && !this.mayOpen()) return this.lose("syntax", at + 1, "skip");
        if (byte === OPEN_OBJECT && this.envelopeAt === this.depth && this.last === OPEN_ARRAY) return this.enter(at);
        this.open(byte);
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (!this.dropped && this.kinds[this.depth - 1] !== (byte === CLOSE_OBJECT ? 1 : 0)) {
          return this.lose("syntax", at + 1, "skip");
        }
        this.depth -= 1;
        if (this.depth === this.base) return this.finish(at + 1);
      }
      this.last = byte;
      this.lastLine = this.position.line;
    }
    return block.length;
  }

  /** An object on a line of its own that cannot be part of this value: the value before it was cut short. */
  private startsAnew(at: number, byte: number): boolean {
    if (byte !== OPEN_OBJECT || this.position.line === this.lastLine) return false;
    if (this.position.columnOf(at) > this.column || this.depth === this.base) return false;
    return this.linewise || this.dropped || this.last === COLON || !this.mayOpen();
  }

  private mayOpen(): boolean {
    if (this.depth === this.base) return true;
    if (this.kinds[this.depth - 1] === 1) return this.last === COLON;
    return this.last === OPEN_ARRAY || this.last === COMMA;
  }

  private open(byte: number): void {
    if (this.depth - this.base >= this.limits.depth) this.drop("depth");
    if (this.depth < this.kinds.length) this.kinds[this.depth] = byte === OPEN_OBJECT ? 1 : 0;
    const mayHold = this.probe.active && this.base === 0 && byte === OPEN_ARRAY && this.last === COLON;
    // Of what is left of an envelope only arrays of well-known names are records too.
    if (mayHold && this.depth <= PROBED_DEPTH && (!this.isEnvelope || this.probe.isNamed(this.depth))) {
      this.envelopeAt = this.depth + 1;
    }
    this.depth += 1;
  }

  /** From here on the elements of the array are the records, where what follows tells no other. */
  private enter(at: number): number {
    const isNamed = this.probe.isNamed(this.depth - 1);
    if (this.isEnvelope === undefined) {
      const ahead = new Ahead(this.depth, isNamed, this.probe.ofRecord);
      if (!ahead.take(this.block.subarray(at))) {
        // What is left of the block comes again when more has been seen.
        this.ahead = ahead;
        this.block = this.block.subarray(0, at);
        return at;
      }
      const before = [this.held.view(), this.block.subarray(this.from, at)];
      this.isEnvelope = ahead.isEnvelope(this.dropped ? undefined : () => Buffer.concat(before), this.values);
    }
    if (this.isEnvelope) {
      this.held.clear();
      this.base = this.depth;
      return this.begin(at);
    }
    this.envelopeAt = -1;
    this.isEnvelope = undefined;
    if (isNamed) this.probe.active = false;
    return at;
  }

  private openString(at: number): number {
    const isKey = this.last === OPEN_OBJECT || (this.last === COMMA && this.kinds[this.depth - 1] === 1);
    this.inKey = isKey && this.probe.active && this.base === 0 && this.depth <= PROBED_DEPTH;
    if (this.inKey) this.probe.startKey();
    this.state = "string";
    return at + 1;
  }

  private string(start: number): number {
    const { block } = this;
    let at = start;
    for (; at < block.length; at += 1) {
      const byte = block[at]!;
      if (byte === NEWLINE) {
        if (!this.dropped) return this.lose("syntax", at, "skip");
        this.position.newline(at);
      } else if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) break;
    }
    if (this.inKey) this.probe.addToKey(block, start, at);
    if (at === block.length) return at;
    if (this.inKey) this.probe.endKey(this.depth);
    this.last = QUOTE;
    this.lastLine = this.position.line;
    this.state = "value";
    return this.depth === this.base ? this.finish(at + 1) : at + 1;
  }

  private hold(to: number): void {
    if (!this.dropped) this.held.append(this.block.subarray(this.from, to));
    if (this.held.length > this.limits.size) this.drop("size");
  }

  private drop(why: JsonDamage): void {
    if (!this.dropped) this.values.damaged(why, this.place);
    if (this.base === 0) this.probe.active = false;
    this.dropped = true;
    this.held.clear();
  }

  private finish(to: number): number {
    this.state = "between";
    if (this.dropped) return to;
    const whole = this.held.length === 0 ? this.block.subarray(this.from, to) : undefined;
    if (!whole) this.hold(to);
    else if (whole.length > this.limits.size) this.drop("size");
    if (!this.dropped) this.values.value(whole ?? this.held.view(), this.place);
    this.held.clear();
    if (this.base === 0) {
      this.probe.active = false;
      this.linewise = this.position.line === this.place.line && this.column === 0;
    }
    return to;
  }

  /** Gives the value up, and goes on at `next` in `state`. */
  private lose(why: JsonDamage, next: number, state: "between" | "skip"): number {
    this.drop(why);
    this.escaped = false;
    this.depth = this.base;
    this.lastLine = this.position.line;
    this.state = state;
    return next;
  }
}
