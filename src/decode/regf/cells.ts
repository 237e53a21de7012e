import type { Pieces } from "./pieces.ts";

/** Length of the base block, behind which offsets of cells count. */
const BASE = 4096;
/** Longest cell that is read: keys and values are short, and data in one cell has at most 16,344 bytes. */
const MAX_CELL = 1 << 20;
const NONE = 0xffffffff;
/** Data of one segment of a value that is too long for one cell. */
const SEGMENT = 16_344;
/** Longest name of a key (255 characters) or a value (16,383), in bytes. */
const MAX_NAME = 2 * 16_383;
const MAX_DEPTH_OF_LISTS = 4;

export interface KeyCell {
  readonly name: string;
  /** Offset of the list of keys below, and of the list of values with how many it holds. */
  readonly subkeys: number;
  readonly values: number;
  readonly valueCount: number;
}

export interface ValueCell {
  readonly name: string;
  /** As the registry numbers them: 1 is text, 2 text with variables, 7 several texts. */
  readonly type: number;
  readonly size: number;
  data(most: number): Buffer;
}

/**
 * The cells of a hive of the Windows registry, as Windows NT 3.51 and later write them (M. Suhanov's specification of the format).
 * Whatever does not fit is undefined or left out.
 */
export class Cells {
  readonly #file: Pieces;

  constructor(file: Pieces) {
    this.#file = file;
  }

  /** Contents of an allocated cell; empty where there is none. */
  #cell(offset: number): Buffer {
    if (offset === NONE) return Buffer.alloc(0);
    const head = this.#file.at(BASE + offset, 4);
    const size = head.length < 4 ? 0 : -head.readInt32LE(0);
    return size < 8 ? Buffer.alloc(0) : this.#file.at(BASE + offset + 4, Math.min(size - 4, MAX_CELL));
  }

  key(offset: number): KeyCell | undefined {
    const cell = this.#cell(offset);
    if (cell.length < 76 || cell.toString("latin1", 0, 2) !== "nk") return undefined;
    const length = cell.readUInt16LE(72);
    return {
      name: nameOf(cell.subarray(76, 76 + Math.min(length, MAX_NAME)), (cell.readUInt16LE(2) & 0x20) !== 0),
      subkeys: cell.readUInt32LE(20) === 0 ? NONE : cell.readUInt32LE(28),
      values: cell.readUInt32LE(40),
      valueCount: cell.readUInt32LE(36),
    };
  }

  /** Offsets of the keys that a list names, and the lists in it. */
  *subkeys(list: number, depth = 0): Generator<number> {
    const cell = this.#cell(list);
    if (cell.length < 4) return;
    const kind = cell.toString("latin1", 0, 2);
    const step = kind === "lf" || kind === "lh" ? 8 : kind === "li" || kind === "ri" ? 4 : 0;
    if (step === 0) return;
    const end = Math.min(4 + cell.readUInt16LE(2) * step, cell.length - 3);
    for (let at = 4; at < end; at += step) {
      const offset = cell.readUInt32LE(at);
      if (kind !== "ri") yield offset;
      else if (depth < MAX_DEPTH_OF_LISTS) yield* this.subkeys(offset, depth + 1);
    }
  }

  *values({ values, valueCount }: KeyCell): Generator<ValueCell | undefined> {
    if (valueCount === 0) return;
    const list = this.#cell(values);
    const count = Math.min(valueCount, Math.floor(list.length / 4));
    if (count < valueCount) yield undefined;
    for (let index = 0; index < count; index += 1) yield this.#value(list.readUInt32LE(index * 4));
  }

  #value(offset: number): ValueCell | undefined {
    const cell = this.#cell(offset);
    if (cell.length < 20 || cell.toString("latin1", 0, 2) !== "vk") return undefined;
    const length = cell.readUInt16LE(2);
    const written = cell.readUInt32LE(4);
    const place = cell.readUInt32LE(8);
    const inPlace = (written & 0x80000000) !== 0;
    const size = written & 0x7fffffff;
    return {
      name: nameOf(cell.subarray(20, 20 + Math.min(length, MAX_NAME)), (cell.readUInt16LE(16) & 1) !== 0),
      type: cell.readUInt32LE(12),
      size,
      data: (most) => (inPlace ? cell.subarray(8, 8 + Math.min(size, 4)) : this.#data(place, Math.min(size, most))),
    };
  }

  #data(place: number, size: number): Buffer {
    const cell = this.#cell(place);
    const isLong = size > SEGMENT && cell.length >= 8 && cell.toString("latin1", 0, 2) === "db";
    if (!isLong) return cell.subarray(0, size);
    const list = this.#cell(cell.readUInt32LE(4));
    const count = Math.min(cell.readUInt16LE(2), Math.floor(list.length / 4), Math.ceil(size / SEGMENT));
    const parts = Array.from({ length: count }, (_, index) =>
      this.#cell(list.readUInt32LE(index * 4)).subarray(0, SEGMENT),
    );
    return Buffer.concat(parts).subarray(0, size);
  }
}

/** Names in Latin-1 are marked; the others are UTF-16. */
function nameOf(bytes: Buffer, isLatin: boolean): string {
  return isLatin ? bytes.toString("latin1") : bytes.subarray(0, bytes.length & ~1).toString("utf16le");
}
