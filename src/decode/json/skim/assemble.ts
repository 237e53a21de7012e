/**
 * As much of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary) as one function over one memory takes.
 * It is written here instead of being generated, so that nothing but this text decides what runs.
 */
export type Code = readonly number[];

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

const sized = (bytes: Code): number[] => [...leb(bytes.length), ...bytes];
const simd = (opcode: number): number[] => [0xfd, ...leb(opcode)];

export const I32 = 0x7f;
export const I64 = 0x7e;
export const V128 = 0x7b;

/** Instructions, operands first: each takes what the codes before it have left on the stack. */
export const op = {
  i32: (value: number): Code => [0x41, ...leb(value, true)],
  i64: (value: number): Code => [0x42, ...leb(value, true)],
  get: (local: number): Code => [0x20, ...leb(local)],
  set: (local: number): Code => [0x21, ...leb(local)],
  tee: (local: number): Code => [0x22, ...leb(local)],
  add: [0x6a],
  and: [0x71],
  or: [0x72],
  xor: [0x73],
  shl: [0x74],
  shr: [0x76],
  sub: [0x6b],
  less: [0x49],
  isZero: [0x45],
  trailingZeros: [0x68],
  leadingZeros: [0x67],
  ones: [0x69],
  wide: [0xad],
  narrow: [0xa7],
  add64: [0x7c],
  shr64: [0x88],
  store32: [0x36, 2, 0],
  load128: [...simd(0x00), 0, 0],
  splat: simd(0x0f),
  equal8: simd(0x23),
  less8: simd(0x26),
  bits: simd(0x64),
  or128: simd(0x50),
  /** Repeats while `condition` leaves something other than 0. */
  while: (condition: Code, ...body: Code[]): Code => [
    ...[0x02, 0x40, 0x03, 0x40],
    ...condition,
    ...[0x45, 0x0d, 1],
    ...body.flat(),
    ...[0x0c, 0, 0x0b, 0x0b],
  ],
  if: (condition: Code, ...body: Code[]): Code => [...condition, 0x04, 0x40, ...body.flat(), 0x0b],
} as const;

/**
 * A module with one function `run` over the imported memory `env.memory`.
 * @param parameters how many 32-bit parameters it has; it yields one 32-bit number
 * @param locals types of its further locals, numbered from `parameters` on
 */
export function moduleOf(
  parameters: number,
  locals: readonly number[],
  pages: number,
  body: Code,
): Uint8Array<ArrayBuffer> {
  const section = (id: number, bytes: Code): number[] => [id, ...sized(bytes)];
  const name = (text: string): number[] => sized([...Buffer.from(text)]);
  const code = [...leb(locals.length), ...locals.flatMap((type) => [1, type]), ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...leb(parameters), ...new Array<number>(parameters).fill(I32), 1, I32]),
    ...section(2, [1, ...name("env"), ...name("memory"), 0x02, 0x00, ...leb(pages)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name("run"), 0x00, 0]),
    ...section(10, [1, ...sized(code)]),
  ]);
}
