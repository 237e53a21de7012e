import { OUT_AT, WORD } from "./layout.ts";
import type { ObjectRef, Ref } from "./pattern.ts";

/** Methods of Node's buffers that its types leave out: without the choice of encoding that `toString` makes each time. */
interface Slices {
  latin1Slice(from: number, to: number): string;
  utf8Slice(from: number, to: number): string;
}

/** Values of lines as `unpack` left them. Its memory is used again, so that what must last is moved away first. */
export class Unpacked {
  #bytes: Buffer & Slices;
  #words: Uint32Array;

  /** @param memory a matcher's, where `OUT_AT` is the place 0 of what is unpacked */
  constructor(memory: ArrayBuffer) {
    this.#bytes = Buffer.from(memory, OUT_AT) as Buffer & Slices;
    this.#words = new Uint32Array(memory, OUT_AT);
  }

  /** Keeps a copy of the first `size` bytes: the memory is needed for others. */
  moveAway(size: number): void {
    const bytes = Buffer.allocUnsafeSlow((size + 3) & -4);
    this.#bytes.copy(bytes, 0, 0, size);
    this.#bytes = bytes as Buffer & Slices;
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  }

  /** The text in a slot of the line at `at`, which has `slots` of them. */
  text(at: number, slots: number, slot: number): string {
    const word = (at >> 2) + slot;
    const end = this.#words[word]!;
    const from = slot === 0 ? at + slots * 4 : this.#words[word - 1]! & WORD.end;
    const to = end & WORD.end;
    if (end === to) return this.#bytes.latin1Slice(from, to);
    const text = this.#bytes.utf8Slice(from, to);
    return (end & WORD.escaped) === 0 ? text : (JSON.parse(`"${text}"`) as string);
  }
}

/** Where one line's values are. */
export interface Line {
  readonly from: Unpacked;
  readonly at: number;
  readonly slots: number;
}

/** A JSON object of a line that fits a pattern. Its values are read when asked for; its keys are known before. */
export class LineObject {
  /** As any JSON object to the compiler, so that the two may stand for each other; it has no property but methods. */
  readonly [key: string]: unknown;
  readonly #ref: ObjectRef;
  readonly #line: Line;

  constructor(ref: ObjectRef, line: Line) {
    this.#ref = ref;
    this.#line = line;
  }

  value(key: string): unknown {
    const ref = this.#ref.members.get(key);
    return ref && valueIn(this.#line, ref);
  }

  has(key: string): boolean {
    return this.#ref.members.has(key);
  }

  keys(): string[] {
    return [...this.#ref.members.keys()];
  }
}

/** Objects in objects are read when asked for, too; lists as a whole. */
function valueIn(line: Line, ref: Ref): unknown {
  return ref.is === "object" ? new LineObject(ref, line) : wholeValue(line, ref);
}

function wholeValue(line: Line, ref: Ref): unknown {
  switch (ref.is) {
    case "string":
      return line.from.text(line.at, line.slots, ref.slot);
    case "number":
      return Number(line.from.text(line.at, line.slots, ref.slot));
    case "same":
      return ref.value;
    case "list":
      return ref.items.map((item) => wholeValue(line, item));
    case "object":
      return Object.fromEntries([...ref.members].map(([key, member]) => [key, wholeValue(line, member)]));
  }
}
