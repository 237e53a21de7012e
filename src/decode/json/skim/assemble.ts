/**
 * As much of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary) as a few functions over one memory take.
 * It is written here instead of being generated, so that nothing but this text decides what runs.
 */
export type Code = number | Labelled | Jump | readonly Code[];

/** A block, a loop or a condition, which a jump may name. */
interface Labelled {
  readonly opcode: number;
  readonly label: string;
  readonly body: Code;
}

interface Jump {
  readonly opcode: number;
  readonly to: string;
}

/** A number in LEB128; `signed` as constants want it, unsigned as sizes and indices do. */
export function leb(value: number, signed = false): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const low = rest & 0x7f;
    rest = signed ? rest >> 7 : rest >>> 7;
    const isLast = signed ? (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40) : rest === 0;
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

const I32 = 0x7f;
const V128 = 0x7b;
const NO_VALUE = 0x40;
const END = 0x0b;

type Binary = (a: Code, b: Code) => Code;
const binary =
  (opcode: number): Binary =>
  (a, b) => [a, b, opcode];
const simd = (opcode: number): Code => [0xfd, leb(opcode)];

export const i32 = (value: number): Code => [0x41, leb(value, true)];
export const get = (local: number): Code => [0x20, leb(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, leb(local)];
export const add = binary(0x6a);
export const sub = binary(0x6b);
export const and = binary(0x71);
export const or = binary(0x72);
export const xor = binary(0x73);
export const shl = binary(0x74);
export const shr = binary(0x76);
export const equal = binary(0x46);
export const differs = binary(0x47);
/** Unsigned. */
export const below = binary(0x49);
export const atLeast = binary(0x4f);
export const isZero = (a: Code): Code => [a, 0x45];
export const trailingZeros = (a: Code): Code => [a, 0x68];

export const load32 = (address: Code, offset = 0): Code => [address, 0x28, 2, leb(offset)];
export const load8 = (address: Code, offset = 0): Code => [address, 0x2d, 0, leb(offset)];
export const load128 = (address: Code): Code => [address, simd(0x00), 0, 0];
export const store32 = (address: Code, value: Code, offset = 0): Code => [address, value, 0x36, 2, leb(offset)];
export const store8 = (address: Code, value: Code): Code => [address, value, 0x3a, 0, 0];
export const store128 = (address: Code, value: Code): Code => [address, value, simd(0x0b), 0, 0];
/** Sixteen times the same byte. */
export const all8 = (byte: number): Code => [simd(0x0c), new Array<number>(16).fill(byte)];
export const equal8: Binary = (a, b) => [a, b, simd(0x23)];
export const below8: Binary = (a, b) => [a, b, simd(0x26)];
export const or128: Binary = (a, b) => [a, b, simd(0x50)];
/** The highest bit of each of sixteen bytes. */
export const bits = (a: Code): Code => [a, simd(0x64)];

export const block = (label: string, ...body: Code[]): Code => ({ opcode: 0x02, label, body });
export const loop = (label: string, ...body: Code[]): Code => ({ opcode: 0x03, label, body });
export const when = (condition: Code, ...body: Code[]): Code => [condition, { opcode: 0x04, label: "", body }];
/** To the end of a block, or the start of a loop, around it. */
export const jump = (to: string): Code => ({ opcode: 0x0c, to });
export const jumpIf = (condition: Code, to: string): Code => [condition, { opcode: 0x0d, to }];
export const give = (value: Code): Code => [value, 0x0f];

/** One function: its 32-bit parameters come first among the locals, then further 32-bit ones, then vectors. It yields 32 bits. */
export interface Definition {
  readonly name: string;
  readonly parameters: number;
  readonly ints: number;
  readonly vectors: number;
  readonly body: Code;
}

/** The bytes of code, each jump counted in blocks from where it stands. */
function flatten(code: Code, labels: readonly string[] = []): number[] {
  if (typeof code === "number") return [code];
  if (!("opcode" in code)) return code.flatMap((part) => flatten(part, labels));
  if ("to" in code) return [code.opcode, ...leb(labels.length - 1 - labels.lastIndexOf(code.to))];
  return [code.opcode, NO_VALUE, ...flatten(code.body, [...labels, code.label]), END];
}

/** A module with these functions over the imported memory `env.memory`. */
export function moduleOf(functions: readonly Definition[], pages: number): Uint8Array<ArrayBuffer> {
  const sized = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
  const list = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()];
  const section = (id: number, bytes: readonly number[]): number[] => [id, ...sized(bytes)];
  const name = (text: string): number[] => sized([...Buffer.from(text)]);
  const ints = (count: number): number[] => new Array<number>(count).fill(I32);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(functions.map(({ parameters }) => [0x60, ...sized(ints(parameters)), 1, I32]))),
    ...section(2, list([[...name("env"), ...name("memory"), 0x02, 0x00, ...leb(pages)]])),
    ...section(3, list(functions.map((_, i) => leb(i)))),
    ...section(7, list(functions.map((one, i) => [...name(one.name), 0x00, ...leb(i)]))),
    ...section(
      10,
      list(
        functions.map(({ ints: count, vectors, body }) =>
          sized([
            ...list([
              [...leb(count), I32],
              [...leb(vectors), V128],
            ]),
            ...flatten(body),
            END,
          ]),
        ),
      ),
    ),
  ]);
}
