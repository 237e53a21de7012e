import { ARRAY, scalarText, sidSize, sizeOfType, TYPE } from "./value.ts";

const SID = 0x13;
const POINTER = 0x10;

/** The items of an array value (type 0x81 …): strings end in NUL, the rest has a size by its type. */
export function arrayTexts(bytes: Buffer, type: number, at: number, size: number): string[] {
  const item = type & ~ARRAY;
  if (item === TYPE.string) return terminatedTexts(bytes.toString("utf16le", at, at + (size & ~1)));
  if (item === 0x02) return terminatedTexts(scalarBytes(bytes, at, size));
  const texts: string[] = [];
  const end = at + size;
  while (at < end) {
    const length = Math.min(itemSize(bytes, item, at), end - at);
    texts.push(scalarText(bytes, item, at, length));
    at += length;
  }
  return texts;
}

function itemSize(bytes: Buffer, item: number, at: number): number {
  if (item === SID) return sidSize(bytes, at);
  if (item === POINTER) return 8;
  // A type of no known size is one item as a whole; so is null, which has none.
  return sizeOfType(item) || Number.POSITIVE_INFINITY;
}

function scalarBytes(bytes: Buffer, at: number, size: number): string {
  return bytes.toString("latin1", at, at + size);
}

function terminatedTexts(text: string): string[] {
  const texts = text.split("\0");
  if (texts.at(-1) === "") texts.pop();
  return texts;
}
