/** Where a matcher's memory has what; all addresses are bytes. */

/** Text that is looked at in one go. A line end that is none stands behind it. */
export const PIECE = 1 << 17;
/** A vector may be loaded at the last byte of anything. */
const SLACK = 64;
/** What each byte is, behind a backslash and otherwise: bits of CLASS. */
export const CLASS_AT = PIECE + SLACK;
/** What each byte means behind a backslash. */
export const MEANING_AT = CLASS_AT + 256;
/** Where `run` leaves where it stopped (NEXT) and how many lines it passed over (LINES). */
export const NEXT = MEANING_AT + 256;
export const LINES = NEXT + 4;
/** The values of a line that fits: three words each, START, END and FLAGS. */
export const SLOTS_AT = LINES + 12;
export const SLOT = { start: 0, end: 4, flags: 8, size: 12 } as const;
export const MAX_SLOTS = 1024;
/** Lines that are wanted, unpacked: see `unpack`. A value takes two bytes of its line at least, and four of its own here. */
export const OUT_AT = SLOTS_AT + MAX_SLOTS * SLOT.size;
const OUT_SIZE = PIECE * 4 + MAX_SLOTS * 4;
export const NODES_AT = OUT_AT + OUT_SIZE + SLACK;
/**
 * A node of the tree of patterns: a text that must stand there, and what comes behind it. `next` is the next node that may stand
 * in its place, `first` the first of those that may follow; 0 for none. A leaf has `passes` and counts lines in `count`.
 */
export const NODE = { text: 0, length: 4, kind: 8, next: 12, first: 16, passes: 20, count: 24, size: 32 } as const;
export const MAX_NODES = 1 << 14;
export const TEXTS_AT = NODES_AT + MAX_NODES * NODE.size;
export const TEXTS_SIZE = 1 << 20;
export const PAGES = Math.ceil((TEXTS_AT + TEXTS_SIZE + SLACK) / 65_536);

/** What stands behind a node's text: any string (its opening quote is in the text), one without a record in it, a number, the line's end. */
export const KIND = { string: 1, text: 2, number: 3, end: 4 } as const;
/** What is in a value: escapes of one letter, escapes by number, bytes above ASCII. */
export const FLAG = { escape: 1, unicode: 2, wide: 4 } as const;
export const CLASS = { escape: 1, hex: 2 } as const;

/** Words of an unpacked line: the end of each value, counted from OUT_AT on, and in the upper bits whether it is still escaped and what is in it. */
export const WORD = { end: 0x0fff_ffff, escaped: 1 << 28, wide: 1 << 29 } as const;
/** Escapes of longer values are left as they are: such are seldom asked for. */
export const LONG_VALUE = 512;

const MEANINGS: readonly (readonly [letter: string, meaning: string])[] = [
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
];

export function writeTables(memory: Uint8Array): void {
  for (const [letter, meaning] of MEANINGS) {
    memory[CLASS_AT + letter.charCodeAt(0)]! |= CLASS.escape;
    memory[MEANING_AT + letter.charCodeAt(0)] = meaning.charCodeAt(0);
  }
  for (const digit of "0123456789abcdefABCDEF") memory[CLASS_AT + digit.charCodeAt(0)]! |= CLASS.hex;
}
