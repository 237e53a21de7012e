import { type Code, I32, I64, moduleOf, op, V128 } from "./assemble.ts";

/** Bytes that are looked at in one go, and where the memory has them, the quotes and the lines. */
export const PIECE = 1 << 17;
export const QUOTES_AT = PIECE + 64;
export const LINES_AT = QUOTES_AT + PIECE * 4;
/** Words for each line: number of quotes before its end, its end, the last odd place seen so far. */
export const LINE_WORDS = 3;
const LINES_SIZE = (PIECE + 1) * LINE_WORDS * 4;
export const PAGES = Math.ceil((LINES_AT + LINES_SIZE) / 65_536);

const [LENGTH, AT, QUOTE_COUNT, LINE_OUT, ODD] = [0, 1, 2, 3, 4];
const [QUOTES, BACKS, LINES, CONTROLS, ESCAPED, FOLLOWS, CARRY, BIT, ODDS] = [5, 6, 7, 8, 9, 10, 11, 12, 13];
const SUM = 14;
const [LOW, HIGH] = [15, 16];

/** The bytes of both halves for which `test` holds, as 32 bits. */
function bitsOf(test: (half: number) => Code): Code {
  return [...test(LOW), ...op.bits, ...test(HIGH), ...op.bits, ...op.i32(16), ...op.shl, ...op.or];
}

const is =
  (byte: number) =>
  (half: number): Code => [...op.get(half), ...op.i32(byte), ...op.splat, ...op.equal8];
const below =
  (byte: number) =>
  (half: number): Code => [...op.get(half), ...op.i32(byte), ...op.splat, ...op.less8];
const isOneOf =
  (text: string) =>
  (half: number): Code =>
    [...Buffer.from(text)].flatMap((byte, i) => [...is(byte)(half), ...(i > 0 ? op.or128 : [])]);
const not = (code: Code): Code => [...code, ...op.i32(-1), ...op.xor];
const evenBits = op.i32(0x5555_5555);

/**
 * Characters behind an odd number of backslashes, as simdjson finds them (Langdale, Lemire: Parsing Gigabytes of JSON per Second,
 * 3.1.1): a sequence that starts at an odd place is told by the carry of an addition.
 */
const escapes: Code = [
  ...[...op.get(BACKS), ...not(op.get(CARRY)), ...op.and, ...op.set(BACKS)],
  ...[...op.get(BACKS), ...op.i32(1), ...op.shl, ...op.get(CARRY), ...op.or, ...op.set(FOLLOWS)],
  ...[...op.get(BACKS), ...not(evenBits), ...op.and, ...not(op.get(FOLLOWS)), ...op.and, ...op.wide],
  ...[...op.get(BACKS), ...op.wide, ...op.add64, ...op.set(SUM)],
  ...[...op.get(SUM), ...op.i64(32), ...op.shr64, ...op.narrow, ...op.set(CARRY)],
  ...[...op.get(SUM), ...op.narrow, ...op.i32(1), ...op.shl, ...evenBits, ...op.xor],
  ...[...op.get(FOLLOWS), ...op.and, ...op.set(ESCAPED)],
  ...[...op.get(QUOTES), ...not(op.get(ESCAPED)), ...op.and, ...op.set(QUOTES)],
  // What stands escaped and is neither a short escape nor `\u`, which takes a closer look as well, is no JSON.
  ...[...op.get(ODDS), ...op.get(ESCAPED), ...not(bitsOf(isOneOf('"\\/bfnrt'))), ...op.and, ...op.or, ...op.set(ODDS)],
];

/** Every line end: how many quotes stand before it, where it is, and the last odd place up to these 32 bytes' end. */
const lineEnds: Code = op.while(
  op.get(LINES),
  [...op.get(LINES), ...op.i32(0), ...op.get(LINES), ...op.sub, ...op.and, ...op.set(BIT)],
  [...op.get(LINE_OUT), ...op.get(QUOTE_COUNT), ...op.get(QUOTES), ...op.get(BIT), ...op.i32(1), ...op.sub],
  [...op.and, ...op.ones, ...op.add, ...op.store32],
  [...op.get(LINE_OUT), ...op.i32(4), ...op.add, ...op.get(AT), ...op.get(BIT), ...op.trailingZeros, ...op.add],
  [...op.store32, ...op.get(LINE_OUT), ...op.i32(8), ...op.add, ...op.get(ODD), ...op.store32],
  [...op.get(LINE_OUT), ...op.i32(LINE_WORDS * 4), ...op.add, ...op.set(LINE_OUT)],
  [...op.get(LINES), ...op.get(BIT), ...op.xor, ...op.set(LINES)],
);

const quotes: Code = op.while(
  op.get(QUOTES),
  [...op.get(QUOTE_COUNT), ...op.i32(2), ...op.shl, ...op.i32(QUOTES_AT), ...op.add],
  [...op.get(AT), ...op.get(QUOTES), ...op.trailingZeros, ...op.add, ...op.store32],
  [...op.get(QUOTE_COUNT), ...op.i32(1), ...op.add, ...op.set(QUOTE_COUNT)],
  [...op.get(QUOTES), ...op.get(QUOTES), ...op.i32(1), ...op.sub, ...op.and, ...op.set(QUOTES)],
);

const body: Code = [
  ...[...op.i32(LINES_AT), ...op.set(LINE_OUT), ...op.i32(-1), ...op.set(ODD)],
  ...op.while(
    [...op.get(AT), ...op.get(LENGTH), ...op.less],
    [
      ...op.get(AT),
      ...op.load128,
      ...op.set(LOW),
      ...op.get(AT),
      ...op.i32(16),
      ...op.add,
      ...op.load128,
      ...op.set(HIGH),
    ],
    [...bitsOf(is(0x22)), ...op.set(QUOTES), ...bitsOf(is(0x5c)), ...op.set(BACKS)],
    [...bitsOf(is(0x0a)), ...op.set(LINES)],
    // Control characters but line ends, which may have a CR before them.
    [
      ...bitsOf(below(0x20)),
      ...not(op.get(LINES)),
      ...op.and,
      ...op.set(CONTROLS),
      ...op.get(CONTROLS),
      ...op.set(ODDS),
    ],
    op.if(
      [...op.get(CONTROLS)],
      [
        ...op.get(CONTROLS),
        ...not([...bitsOf(is(0x0d)), ...op.get(LINES), ...op.i32(1), ...op.shr, ...op.and]),
        ...op.and,
      ],
      op.set(ODDS),
    ),
    op.if([...op.get(BACKS), ...op.get(CARRY), ...op.or], escapes),
    op.if(op.get(ODDS), [
      ...op.get(AT),
      ...op.i32(31),
      ...op.add,
      ...op.get(ODDS),
      ...op.leadingZeros,
      ...op.sub,
      ...op.set(ODD),
    ]),
    lineEnds,
    quotes,
    [...op.get(AT), ...op.i32(32), ...op.add, ...op.set(AT)],
  ),
  ...[...op.get(LINE_OUT), ...op.i32(LINES_AT), ...op.sub],
];

/** `run(length)`: looks at that many bytes, padded to 32 with blanks, and yields the bytes of lines that it has written. */
export function program(): Uint8Array<ArrayBuffer> {
  const ints = new Array<number>(13).fill(I32);
  return moduleOf(1, [...ints, I64, V128, V128], PAGES, body);
}
