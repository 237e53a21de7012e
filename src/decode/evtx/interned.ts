import { u16, u32, utf16 } from "./bytes.ts";
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
  readonly #guids = new Array<string | undefined>(GUIDS).fill(undefined);
  readonly #guidWords = new Uint32Array(GUIDS * 4);

  /** As {@link utf16} reads it. */
  text(bytes: Buffer, at: number, length: number): string {
    const count = length >>> 1;
    if (count === 0) return "";
    if (count > LONGEST || at + count * 2 > bytes.length) return utf16(bytes, at, length);
    const place = placeOf(bytes, at, count);
    const known = this.#texts[place];
    if (known !== undefined && known.length === count && isText(known, bytes, at)) return known;
    const text = utf16(bytes, at, length);
    if (text.length === count) this.#texts[place] = text;
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

function placeOf(bytes: Uint8Array, at: number, count: number): number {
  // The end of a path or a line tells more than its beginning.
  const from = at + 2 * Math.max(0, count - TOLD_BY);
  let hash = count;
  for (let i = at + 2 * count - 2; i >= from; i -= 2) hash = Math.imul(hash ^ u16(bytes, i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (TEXTS - 1);
}

/** Whether UTF-16LE text of that length is this. */
export function isText(text: string, bytes: Uint8Array, at: number): boolean {
  for (let i = text.length - 1; i >= 0; i--) if (text.charCodeAt(i) !== u16(bytes, at + i * 2)) return false;
  return true;
}

export const interned = new Interned();
