import { isSame, u32, utf16, viewOf } from "./bytes.ts";
import { guidText } from "./guid.ts";

/** Texts that are remembered, and the longest of them in characters. A place is the next text's that falls on it. */
const TEXTS = 1 << 12;
const LONGEST = 1 << 8;
/** Characters of a text from which its place is told: what many texts of a log share is their beginning. */
const TOLD_BY = 32;
const GUIDS = 1 << 10;

/**
 * Makes texts of values. Logs say the same things again and again: what was read before is compared with the bytes and given out as
 * the same string, which is cheaper than making another, and much cheaper for whoever looks it up.
 */
class Interned {
  readonly #texts = new Array<string | undefined>(TEXTS).fill(undefined);
  /** Their bytes, as it takes longer to ask a string for its characters. */
  readonly #written = new DataView(new ArrayBuffer(TEXTS * LONGEST * 2));
  readonly #guids = new Array<string | undefined>(GUIDS).fill(undefined);
  readonly #guidWords = new Uint32Array(GUIDS * 4);

  /** As {@link utf16} reads it. */
  text(bytes: Buffer, at: number, length: number): string {
    const count = length >>> 1;
    if (count === 0) return "";
    if (count > LONGEST || at + count * 2 > bytes.length) return utf16(bytes, at, length);
    const view = viewOf(bytes);
    const size = count * 2;
    const place = placeOf(view, at, size);
    const from = place * LONGEST * 2;
    const known = this.#texts[place];
    if (known !== undefined && known.length === count && isSame(this.#written, from, view, at, size)) return known;
    const text = utf16(bytes, at, length);
    if (text.length === count) {
      this.#texts[place] = text;
      for (let i = 0; i < size; i += 2) this.#written.setInt16(from + i, view.getInt16(at + i));
    }
    return text;
  }

  /** As {@link guidText} reads it. */
  guid(bytes: Uint8Array, at: number): string {
    const [a, b, c, d] = [u32(bytes, at), u32(bytes, at + 4), u32(bytes, at + 8), u32(bytes, at + 12)];
    const place = (Math.imul(a ^ Math.imul(b ^ c ^ d, 0x9e3779b1), 0x85ebca6b) >>> 16) & (GUIDS - 1);
    const words = this.#guidWords;
    const known = this.#guids[place];
    const first = place * 4;
    const isKnown = words[first] === a && words[first + 1] === b && words[first + 2] === c && words[first + 3] === d;
    if (known !== undefined && isKnown) return known;
    words[first] = a;
    words[first + 1] = b;
    words[first + 2] = c;
    words[first + 3] = d;
    const text = guidText(bytes, at);
    this.#guids[place] = text;
    return text;
  }
}

function placeOf(view: DataView, at: number, size: number): number {
  // The end of a path or a line tells more than its beginning.
  const from = at + Math.max(0, size - 2 * TOLD_BY);
  let hash = size;
  let i = at + size - 4;
  for (; i >= from; i -= 4) hash = Math.imul(hash ^ view.getInt32(i, true), 0x9e3779b1) ^ (hash >>> 15);
  if (i === from - 2) hash = Math.imul(hash ^ view.getInt16(from, true), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) & (TEXTS - 1);
}

export const interned = new Interned();
