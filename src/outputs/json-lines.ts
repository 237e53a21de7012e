import { safeJson } from "./escape.ts";

/** Room for a block of answers, most often. */
const BLOCK = 1 << 18;

/**
 * Values as lines, each as `jsonLine` writes it, in bytes. Were they joined as texts first, one character beyond Latin letters would
 * make all of them take twice the room, and longer to encode.
 */
export class JsonLines {
  #bytes = Buffer.allocUnsafe(BLOCK);
  #length = 0;

  add(value: unknown): void {
    const json = JSON.stringify(value);
    // Most is ASCII, which its length in bytes tells at once; of that one character is hidden.
    const isPlain = Buffer.byteLength(json) === json.length && !json.includes("\u007f");
    const text = isPlain ? json : safeJson(json);
    const end = this.#length + (isPlain ? json.length : Buffer.byteLength(text)) + 1;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.write(text, this.#length, isPlain ? "latin1" : "utf8");
    this.#bytes[end - 1] = 0x0a;
    this.#length = end;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(least: number): void {
    const more = Buffer.allocUnsafe(Math.max(least, 2 * this.#bytes.length));
    this.#bytes.copy(more, 0, 0, this.#length);
    this.#bytes = more;
  }
}
