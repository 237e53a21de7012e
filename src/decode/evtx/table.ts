import { u16 } from "./bytes.ts";
import type { Plan } from "./plan.ts";

/** The values that fill one template instance: `count` descriptors (size u16, type u8, 0) at `at`, then the values. */
export class ValueTable {
  // Declared only, as they would be made twice: by the language, and by the constructor.
  declare readonly bytes: Buffer;
  declare readonly plan: Plan;
  declare readonly count: number;
  readonly #at: number;
  readonly #end: number;
  /** Where the last search ended: fields are asked for in rising order as a rule. */
  #slot = 0;
  #value: number;

  /** `end` bounds the values: what lies beyond belongs to somebody else. */
  constructor(bytes: Buffer, plan: Plan, at: number, count: number, end: number) {
    this.bytes = bytes;
    this.plan = plan;
    this.count = count;
    this.#at = at;
    this.#end = end;
    this.#value = at + count * 4;
  }

  type(slot: number): number {
    return slot < this.count ? this.bytes[this.#at + slot * 4 + 2]! : 0;
  }

  /** Chunk offset of a value. */
  start(slot: number): number {
    if (slot < this.#slot) {
      this.#slot = 0;
      this.#value = this.#at + this.count * 4;
    }
    while (this.#slot < slot) {
      this.#value += u16(this.bytes, this.#at + this.#slot * 4);
      this.#slot++;
    }
    return this.#value;
  }

  /** Bytes of a value that are really there. */
  size(slot: number): number {
    if (slot >= this.count) return 0;
    return Math.max(0, Math.min(u16(this.bytes, this.#at + slot * 4), this.#end - this.start(slot)));
  }
}
