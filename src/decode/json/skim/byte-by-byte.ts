import {
  CLASS,
  CLASS_AT,
  FLAG,
  KIND,
  LINES,
  LONG_VALUE,
  MEANING_AT,
  NEXT,
  NODE,
  NODES_AT,
  OUT_AT,
  SLOT,
  SLOTS_AT,
  WORD,
} from "./layout.ts";
import { isPlainText } from "./pattern.ts";

/** The two functions over the memory that layout.ts describes; what they do is said at their programs. */
export interface Engine {
  run(from: number, to: number): number;
  unpack(out: number, count: number): number;
}

/** The same as the programs, one byte after another. */
export function byteByByte(memory: ArrayBuffer): Engine {
  const bytes = Buffer.from(memory);
  const words = new Int32Array(memory);
  const word = (at: number): number => words[at >> 2]!;
  const setWord = (at: number, value: number): void => {
    words[at >> 2] = value;
  };
  const isDigit = (at: number): boolean => bytes[at]! >= 0x30 && bytes[at]! <= 0x39;

  const digits = (at: number): number => {
    let next = at;
    while (isDigit(next)) next++;
    return next > at ? next : -1;
  };
  const number = (at: number): number => {
    let next = bytes[at] === 0x2d ? at + 1 : at;
    next = bytes[next] === 0x30 ? next + 1 : digits(next);
    if (next >= 0 && bytes[next] === 0x2e) next = digits(next + 1);
    if (next >= 0 && (bytes[next]! | 0x20) === 0x65)
      next = digits(bytes[next + 1] === 0x2b || bytes[next + 1] === 0x2d ? next + 2 : next + 1);
    return next;
  };
  const string = (from: number): { end: number; flags: number } => {
    let flags = 0;
    for (let at = from; ; at++) {
      const byte = bytes[at]!;
      if (byte === 0x22) return { end: at, flags };
      if (byte < 0x20) return { end: -1, flags };
      if (byte >= 0x80) flags |= FLAG.wide;
      if (byte !== 0x5c) continue;
      at++;
      if (bytes[at] === 0x75) {
        for (let digit = at + 1; digit < at + 5; digit++)
          if ((bytes[CLASS_AT + bytes[digit]!]! & CLASS.hex) === 0) return { end: -1, flags };
        flags |= FLAG.unicode;
        at += 4;
      } else if ((bytes[CLASS_AT + bytes[at]!]! & CLASS.escape) === 0) return { end: -1, flags };
      else flags |= FLAG.escape;
    }
  };
  /** The place behind what the node wants at `from`; -1 where something else stands there. */
  const behind = (node: number, from: number, to: number, slot: number): number => {
    const length = word(node + NODE.length);
    const text = word(node + NODE.text);
    if (bytes.compare(bytes, text, text + length, from, from + length) !== 0) return -1;
    const start = from + length;
    const kind = word(node + NODE.kind);
    if (kind === KIND.end) {
      let at = start;
      while (bytes[at] === 0x20 || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
      return bytes[at] === 0x0a && at < to ? at : -1;
    }
    const { end, flags } = kind === KIND.number ? { end: number(start), flags: 0 } : string(start);
    if (end < 0 || (kind === KIND.text && ((flags & FLAG.unicode) !== 0 || !isPlainText(bytes, start, end)))) return -1;
    setWord(slot + SLOT.start, start);
    setWord(slot + SLOT.end, end);
    setWord(slot + SLOT.flags, flags);
    return end;
  };
  /** The leaf that the line at `from` leads to, and its end; 0 where it leads to none. */
  const follow = (from: number, to: number): { leaf: number; end: number } => {
    let parent = NODES_AT;
    let at = from;
    for (let slot = SLOTS_AT; ; slot += SLOT.size) {
      let node = word(parent + NODE.first);
      let end = -1;
      while (node !== 0) {
        end = behind(node, at, to, slot);
        if (end >= 0) break;
        node = word(node + NODE.next);
      }
      if (node === 0 || word(node + NODE.kind) === KIND.end) return { leaf: node, end };
      parent = node;
      at = end;
    }
  };
  return {
    run(start, to) {
      let from = start;
      let stopped = 0;
      while (from < to && stopped === 0) {
        const { leaf, end } = follow(from, to);
        if (leaf === 0) break;
        from = end + 1;
        setWord(LINES, word(LINES) + 1);
        if (word(leaf + NODE.passes) === 0) stopped = leaf;
        else setWord(leaf + NODE.count, word(leaf + NODE.count) + 1);
      }
      setWord(NEXT, from);
      return stopped;
    },
    unpack(out, count) {
      let at = out + count * 4;
      for (let i = 0; i < count; i++) {
        const slot = SLOTS_AT + i * SLOT.size;
        const [from, to, flags] = [word(slot + SLOT.start), word(slot + SLOT.end), word(slot + SLOT.flags)];
        const isPlainlyEscaped = (flags & (FLAG.escape | FLAG.unicode)) === FLAG.escape && to - from < LONG_VALUE;
        const isLeft = !isPlainlyEscaped && (flags & FLAG.escape) !== 0;
        for (let next = from; next < to; next++) {
          if (isPlainlyEscaped && bytes[next] === 0x5c) bytes[at++] = bytes[MEANING_AT + bytes[++next]!]!;
          else bytes[at++] = bytes[next]!;
        }
        setWord(out + i * 4, (at - OUT_AT) | (((flags >> 1) | (isLeft ? 1 : 0)) * WORD.escaped));
      }
      return (at + 3) & -4;
    },
  };
}
