/** A key of a hive to write: values as [name, type, data], and the keys below. */
export interface HiveKey {
  readonly name: string;
  readonly values?: readonly (readonly [name: string, type: number, data: Buffer])[];
  readonly keys?: readonly HiveKey[];
}

const BASE = 4096;
const NONE = 0xffffffff;
const SEGMENT = 16_344;

export const wide = (text: string): Buffer => Buffer.from(`${text}\0`, "utf16le");

/** A registry hive by M. Suhanov's specification, with lists of the kind that is asked for. `sequence` counts the second number up. */
export function encodeHive(root: HiveKey, list: "lf" | "lh" | "li" | "ri" = "lh", sequence = 0): Buffer {
  const cells: Buffer[] = [];
  let end = 32;
  const put = (content: Buffer): number => {
    const size = (content.length + 4 + 7) & ~7;
    const cell = Buffer.alloc(size);
    cell.writeInt32LE(-size, 0);
    content.copy(cell, 4);
    cells.push(cell);
    end += size;
    return end - size;
  };
  const numbers = (values: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
    return bytes;
  };
  const head = (kind: string, count: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.write(kind, 0, "latin1");
    bytes.writeUInt16LE(count, 2);
    return bytes;
  };
  const dataOf = (data: Buffer): number => {
    if (data.length <= SEGMENT) return put(data);
    const segments: number[] = [];
    for (let at = 0; at < data.length; at += SEGMENT) segments.push(put(data.subarray(at, at + SEGMENT)));
    return put(Buffer.concat([head("db", segments.length), numbers([put(numbers(segments))])]));
  };
  const putValue = ([name, type, data]: readonly [string, number, Buffer]): number => {
    const isLatin = /^[\0-\xff]*$/.test(name);
    const text = Buffer.from(name, isLatin ? "latin1" : "utf16le");
    const value = Buffer.alloc(20);
    value.write("vk", 0, "latin1");
    value.writeUInt16LE(text.length, 2);
    const inPlace = data.length <= 4;
    value.writeUInt32LE((data.length | (inPlace ? 0x80000000 : 0)) >>> 0, 4);
    if (inPlace) data.copy(value, 8);
    else value.writeUInt32LE(dataOf(data), 8);
    value.writeUInt32LE(type, 12);
    value.writeUInt16LE(isLatin ? 1 : 0, 16);
    return put(Buffer.concat([value, text]));
  };
  const listOf = (keys: readonly number[]): number => {
    if (list === "li") return put(Buffer.concat([head("li", keys.length), numbers(keys)]));
    const hashed = (part: readonly number[], kind: string) =>
      put(Buffer.concat([head(kind, part.length), numbers(part.flatMap((offset) => [offset, 0]))]));
    if (list !== "ri") return hashed(keys, list);
    const parts = keys.map((offset) => hashed([offset], "lh"));
    return put(Buffer.concat([head("ri", parts.length), numbers(parts)]));
  };
  const putKey = ({ name, values = [], keys = [] }: HiveKey, isRoot: boolean): number => {
    const below = keys.map((key) => putKey(key, false));
    const isLatin = /^[\0-\xff]*$/.test(name);
    const text = Buffer.from(name, isLatin ? "latin1" : "utf16le");
    const key = Buffer.alloc(76);
    key.write("nk", 0, "latin1");
    key.writeUInt16LE((isLatin ? 0x20 : 0) | (isRoot ? 0x0c : 0), 2);
    key.writeUInt32LE(below.length, 20);
    key.writeUInt32LE(below.length > 0 ? listOf(below) : NONE, 28);
    key.writeUInt32LE(NONE, 32);
    key.writeUInt32LE(values.length, 36);
    key.writeUInt32LE(values.length > 0 ? put(numbers(values.map(putValue))) : NONE, 40);
    key.writeUInt32LE(NONE, 44);
    key.writeUInt32LE(NONE, 48);
    key.writeUInt16LE(text.length, 72);
    return put(Buffer.concat([key, text]));
  };
  const first = putKey(root, true);
  const size = (end + BASE - 1) & ~(BASE - 1);
  const bytes = Buffer.alloc(BASE + size);
  bytes.write("regf", 0, "latin1");
  bytes.writeUInt32LE(1, 4);
  bytes.writeUInt32LE(1 + sequence, 8);
  for (const [at, value] of [
    [20, 1],
    [24, 5],
    [32, 1],
    [36, first],
    [40, size],
    [44, 1],
  ] as const)
    bytes.writeUInt32LE(value, at);
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum = (sum ^ bytes.readUInt32LE(at)) >>> 0;
  bytes.writeUInt32LE(sum, 508);
  bytes.write("hbin", BASE, "latin1");
  bytes.writeUInt32LE(size, BASE + 8);
  Buffer.concat(cells).copy(bytes, BASE + 32);
  if (size > end) bytes.writeInt32LE(size - end, BASE + end);
  return bytes;
}
