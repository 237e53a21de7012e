import type { Dice } from "./random.ts";

/** Longest input that is made. */
const MAX_SIZE = 256 * 1024;

/** Numbers at the edges of types, and bytes at the edges of grammars. */
const EDGES = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
const BYTES = Array.from(Buffer.from("\0\t\n\r \"'`\\/{}[]()<>=,:;|&$%^*#@-+~!?.0A\x1b\x7f\xff", "latin1"));

type Mutation = (bytes: Buffer, dice: Dice, others: readonly Buffer[]) => Buffer;

const span = (bytes: Buffer, dice: Dice): readonly [from: number, to: number] => {
  const from = dice.below(bytes.length + 1);
  const longest = dice.below(4) === 0 ? bytes.length : 16;
  return [from, Math.min(bytes.length, from + dice.below(longest) + 1)];
};

const insert = (bytes: Buffer, at: number, what: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at)]);

function edge(bytes: Buffer, dice: Dice): Buffer {
  const width = dice.pick([1, 2, 4] as const);
  if (bytes.length < width) return bytes;
  const at = dice.below(bytes.length - width + 1);
  const value = (dice.pick(EDGES) & (2 ** (8 * width) - 1)) >>> 0;
  if (dice.below(2) === 0) bytes.writeUIntLE(value, at, width);
  else bytes.writeUIntBE(value, at, width);
  return bytes;
}

/** What formats and languages name things with. */
const isOfWord = (byte: number | undefined) => byte !== undefined && /[\w@.:-]/.test(String.fromCharCode(byte));

const dictionaries = new WeakMap<readonly Buffer[], readonly Buffer[]>();

/** The words of a corpus: names of fields, keywords and values, each once. */
function wordsOf(corpus: readonly Buffer[]): readonly Buffer[] {
  let words = dictionaries.get(corpus);
  if (!words) {
    const found = new Set(corpus.flatMap((part) => part.toString("latin1").match(/[\w@.:-]{1,64}/g) ?? []));
    words = [...found].map((word) => Buffer.from(word, "latin1"));
    dictionaries.set(corpus, words);
  }
  return words;
}

/** A word of the corpus in the place of another one, so that what comes out is still well formed. */
function word(bytes: Buffer, dice: Dice, others: readonly Buffer[]): Buffer {
  const words = wordsOf(others);
  if (words.length === 0) return bytes;
  let to = dice.below(bytes.length + 1);
  while (to < bytes.length && !isOfWord(bytes[to])) to += 1;
  let from = to;
  while (isOfWord(bytes[from - 1])) from -= 1;
  while (isOfWord(bytes[to])) to += 1;
  return Buffer.concat([bytes.subarray(0, from), dice.pick(words), bytes.subarray(to)]);
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, dice) => {
    if (bytes.length > 0) bytes[dice.below(bytes.length)]! ^= 1 << dice.below(8);
    return bytes;
  },
  (bytes, dice) => {
    if (bytes.length > 0) bytes[dice.below(bytes.length)] = dice.pick(BYTES);
    return bytes;
  },
  edge,
  word,
  word,
  (bytes, dice) => insert(bytes, dice.below(bytes.length + 1), Buffer.from([dice.pick(BYTES)])),
  // Takes a part away, doubles it, repeats it, moves it, or cuts all behind it off.
  (bytes, dice) => {
    const [from, to] = span(bytes, dice);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, dice) => {
    const [from, to] = span(bytes, dice);
    return insert(bytes, to, bytes.subarray(from, to));
  },
  (bytes, dice) => {
    const [from, to] = span(bytes, dice);
    const part = bytes.subarray(from, Math.min(to, from + 64));
    // A flood now and then: what is not linear shows in it, while a small input says the same in a hundredth of the time.
    const most = dice.below(32) === 0 ? 12 : 5;
    const times = Math.min(1 << dice.below(most), Math.floor(MAX_SIZE / 4 / (part.length || 1)));
    return insert(bytes, from, Buffer.concat(Array.from({ length: times }, () => part)));
  },
  (bytes, dice) => {
    const [from, to] = span(bytes, dice);
    return insert(bytes, dice.below(bytes.length + 1), bytes.subarray(from, to));
  },
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1)),
  // A part of another input: its beginning or something from inside.
  (bytes, dice, others) => {
    const other = dice.pick(others);
    const [from, to] = span(other, dice);
    return insert(bytes, dice.below(bytes.length + 1), other.subarray(from, to));
  },
  (bytes, dice, others) => {
    const other = dice.pick(others);
    return Buffer.concat([
      bytes.subarray(0, dice.below(bytes.length + 1)),
      other.subarray(dice.below(other.length + 1)),
    ]);
  },
];

/** An input made of a corpus: one of its members, changed once to some times. */
export function mutated(corpus: readonly Buffer[], dice: Dice): Buffer {
  let bytes: Buffer = Buffer.from(dice.pick(corpus));
  for (let left = 1 + dice.below(dice.below(3) === 0 ? 12 : 3); left > 0; left -= 1) {
    bytes = dice.pick(MUTATIONS)(bytes, dice, corpus);
    if (bytes.length > MAX_SIZE) bytes = bytes.subarray(0, MAX_SIZE);
  }
  return bytes;
}
