import { MAX_NODES, NODE, NODES_AT, TEXTS_AT, TEXTS_SIZE } from "./layout.ts";
import type { Step } from "./pattern.ts";

/** The patterns in a matcher's memory, as a tree: lines that begin alike are followed together as long as they are alike. */
export class PatternTree {
  readonly #bytes: Buffer;
  readonly #words: Int32Array;
  #nodes = 1;
  #texts = TEXTS_AT;

  constructor(memory: ArrayBuffer) {
    this.#bytes = Buffer.from(memory);
    this.#words = new Int32Array(memory);
  }

  hasRoomFor(steps: readonly Step[]): boolean {
    const length = steps.reduce((sum, { text }) => sum + text.length, 0);
    return this.#nodes + steps.length <= MAX_NODES && this.#texts + length <= TEXTS_AT + TEXTS_SIZE;
  }

  /** The new leaf, where there is room for it; undefined where the pattern is there already. */
  add(steps: readonly Step[], passes: boolean): number | undefined {
    let node = NODES_AT;
    let isNew = false;
    for (const step of steps) {
      const known: number = isNew ? 0 : this.#childOf(node, step);
      isNew = known === 0;
      node = known || this.#grow(node, step);
    }
    if (!isNew) return undefined;
    this.#set(node, NODE.passes, passes ? 1 : 0);
    return node;
  }

  /** How many lines have passed at a leaf since this was asked last. */
  takeCount(leaf: number): number {
    const count = this.#get(leaf, NODE.count);
    this.#set(leaf, NODE.count, 0);
    return count;
  }

  clear(): void {
    this.#nodes = 1;
    this.#texts = TEXTS_AT;
    this.#set(NODES_AT, NODE.first, 0);
  }

  #childOf(parent: number, { text, kind }: Step): number {
    let node = this.#get(parent, NODE.first);
    while (node !== 0) {
      const from = this.#get(node, NODE.text);
      const to = from + this.#get(node, NODE.length);
      if (this.#get(node, NODE.kind) === kind && text.equals(this.#bytes.subarray(from, to))) break;
      node = this.#get(node, NODE.next);
    }
    return node;
  }

  #grow(parent: number, { text, kind }: Step): number {
    const node = NODES_AT + this.#nodes++ * NODE.size;
    this.#bytes.set(text, this.#texts);
    this.#set(node, NODE.text, this.#texts);
    this.#set(node, NODE.length, text.length);
    this.#set(node, NODE.kind, kind);
    this.#set(node, NODE.next, this.#get(parent, NODE.first));
    this.#set(node, NODE.first, 0);
    this.#set(node, NODE.count, 0);
    this.#set(parent, NODE.first, node);
    this.#texts += text.length;
    return node;
  }

  #get(node: number, field: number): number {
    return this.#words[(node + field) >> 2]!;
  }

  #set(node: number, field: number, value: number): void {
    this.#words[(node + field) >> 2] = value;
  }
}
