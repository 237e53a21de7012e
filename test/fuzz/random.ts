/** Random numbers for inputs that can be made again: xorshift32, fast because a run draws billions. */
export class Dice {
  #state: number;

  /** The dice of input `number` of a run with this seed. */
  constructor(seed: number, number = 0) {
    this.#state = (Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(number + 1, 0xc2b2_ae35)) >>> 0 || 1;
    for (let round = 0; round < 4; round += 1) this.next();
  }

  /** 32 random bits. */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return this.next() % Math.max(1, count);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}
