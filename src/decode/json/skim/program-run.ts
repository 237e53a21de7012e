import {
  add,
  all8,
  and,
  atLeast,
  below,
  below8,
  bits,
  block,
  type Code,
  type Definition,
  differs,
  equal,
  equal8,
  get,
  give,
  i32,
  isZero,
  jump,
  jumpIf,
  load8,
  load32,
  load128,
  loop,
  or,
  or128,
  set,
  shl,
  store32,
  sub,
  trailingZeros,
  when,
  xor,
} from "./assemble.ts";
import { CLASS, CLASS_AT, FLAG, KIND, LINES, NEXT, NODE, NODES_AT, SLOT, SLOTS_AT } from "./layout.ts";

const [FROM, TO, POS, SLOT_OUT, PARENT, NODE_AT, BEFORE, BASE, TEXT, REST, MASK, BYTE, WIDE, FLAGS, COUNT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
];
const [KIND_OF, START] = [15, 16];
const VECTOR = 17;

const byteIs = (byte: number): Code => equal(get(BYTE), i32(byte));
const forward = (local: number, by: number): Code => set(local, add(get(local), i32(by)));
const inVector = (byte: number): Code => equal8(get(VECTOR), all8(byte));
const isDigit = (offset = 0): Code => below(sub(load8(get(POS), offset), i32(0x30)), i32(10));
const ofClass = (bit: number, offset: number): Code => and(load8(load8(get(POS), offset), CLASS_AT), i32(bit));

/** The node's text, sixteen bytes at a time; POS ends behind it. */
const text: Code = [
  set(POS, get(BASE)),
  set(TEXT, load32(get(NODE_AT), NODE.text)),
  set(REST, load32(get(NODE_AT), NODE.length)),
  loop(
    "text",
    set(MASK, bits(equal8(load128(get(POS)), load128(get(TEXT))))),
    when(
      atLeast(get(REST), i32(16)),
      jumpIf(differs(get(MASK), i32(0xffff)), "other"),
      forward(POS, 16),
      forward(TEXT, 16),
      forward(REST, -16),
      jump("text"),
    ),
  ),
  set(BYTE, sub(shl(i32(1), get(REST)), i32(1))),
  jumpIf(differs(and(get(MASK), get(BYTE)), get(BYTE)), "other"),
  set(POS, add(get(POS), get(REST))),
];

/** Blanks before the line's end. */
const lineEnd: Code = [
  loop(
    "blanks",
    set(BYTE, load8(get(POS))),
    when(or(or(byteIs(0x20), byteIs(0x0d)), byteIs(0x09)), forward(POS, 1), jump("blanks")),
  ),
  jumpIf(differs(get(BYTE), i32(0x0a)), "other"),
  jumpIf(atLeast(get(POS), get(TO)), "other"),
];

const digits = (label: string): Code => [
  jumpIf(isZero(isDigit()), "other"),
  loop(label, forward(POS, 1), jumpIf(isDigit(), label)),
];

/** A number as JSON has it. */
const number: Code = [
  when(equal(load8(get(POS)), i32(0x2d)), forward(POS, 1)),
  block("whole", when(equal(load8(get(POS)), i32(0x30)), forward(POS, 1), jump("whole")), digits("digits")),
  when(equal(load8(get(POS)), i32(0x2e)), forward(POS, 1), digits("fraction")),
  when(
    equal(or(load8(get(POS)), i32(0x20)), i32(0x65)),
    forward(POS, 1),
    set(BYTE, load8(get(POS))),
    when(or(byteIs(0x2b), byteIs(0x2d)), forward(POS, 1)),
    digits("exponent"),
  ),
];

/** Up to the quote that closes a string; POS ends before it. */
const string: Code = [
  block(
    "closed",
    loop(
      "vector",
      set(VECTOR, load128(get(POS))),
      set(WIDE, bits(get(VECTOR))),
      set(MASK, bits(or128(inVector(0x22), below8(get(VECTOR), all8(0x20))))),
      set(REST, bits(inVector(0x5c))),
      when(
        get(REST),
        set(TEXT, and(get(REST), xor(shl(get(REST), i32(1)), i32(-1)))),
        when(
          equal(or(get(TEXT), shl(get(TEXT), i32(1))), get(REST)),
          // Pairs of backslashes only, as in paths of Windows: none of them has a meaning for what follows.
          set(FLAGS, or(get(FLAGS), i32(FLAG.escape))),
          set(REST, i32(0)),
        ),
        set(MASK, or(get(MASK), get(REST))),
      ),
      when(
        isZero(get(MASK)),
        when(get(WIDE), set(FLAGS, or(get(FLAGS), i32(FLAG.wide)))),
        forward(POS, 16),
        jump("vector"),
      ),
      loop(
        "marks",
        set(COUNT, trailingZeros(get(MASK))),
        set(BYTE, load8(add(get(POS), get(COUNT)))),
        when(
          byteIs(0x22),
          when(and(get(WIDE), sub(shl(i32(1), get(COUNT)), i32(1))), set(FLAGS, or(get(FLAGS), i32(FLAG.wide)))),
          set(POS, add(get(POS), get(COUNT))),
          jump("closed"),
        ),
        jumpIf(differs(get(BYTE), i32(0x5c)), "other"),
        set(BYTE, load8(add(get(POS), get(COUNT)), 1)),
        when(get(WIDE), set(FLAGS, or(get(FLAGS), i32(FLAG.wide)))),
        when(
          byteIs(0x75),
          set(POS, add(get(POS), get(COUNT))),
          ...[2, 3, 4, 5].map((offset) => jumpIf(isZero(ofClass(CLASS.hex, offset)), "other")),
          set(FLAGS, or(get(FLAGS), i32(FLAG.unicode))),
          forward(POS, 6),
          jump("vector"),
        ),
        jumpIf(isZero(and(load8(get(BYTE), CLASS_AT), i32(CLASS.escape))), "other"),
        set(FLAGS, or(get(FLAGS), i32(FLAG.escape))),
        // Both bytes of the escape are done with; the second may stand in the next vector.
        when(equal(get(COUNT), i32(15)), forward(POS, 17), jump("vector")),
        set(MASK, and(get(MASK), shl(i32(-4), get(COUNT)))),
        jumpIf(get(MASK), "marks"),
        forward(POS, 16),
        jump("vector"),
      ),
    ),
  ),
];

const first = (byte: number): Code => equal(get(COUNT), i32(byte));
const word = (letters: string): Code => i32(Buffer.from(letters).readInt32LE());

/** A text that begins like JSON, or that may have a Windows event in it as XML or as Splunk writes it, is not passed over. */
const plainText: Code = [
  jumpIf(and(get(FLAGS), i32(FLAG.unicode)), "other"),
  set(TEXT, get(START)),
  when(
    below(get(TEXT), get(POS)),
    set(COUNT, load8(get(TEXT))),
    jumpIf(or(below(get(COUNT), i32(0x21)), atLeast(get(COUNT), i32(0x80))), "other"),
    jumpIf(or(first(0x7b), first(0x5c)), "other"),
  ),
  loop(
    "search",
    when(
      below(get(TEXT), get(POS)),
      set(MASK, bits(equal8(load128(get(TEXT)), all8(0x45)))),
      loop(
        "capital",
        when(
          get(MASK),
          set(REST, add(get(TEXT), trailingZeros(get(MASK)))),
          set(MASK, and(get(MASK), sub(get(MASK), i32(1)))),
          when(
            and(below(get(REST), get(POS)), equal(load32(get(REST), 1), word("vent"))),
            jumpIf(equal(load8(sub(get(REST), i32(1))), i32(0x3c)), "other"),
            jumpIf(equal(load32(get(REST), 5), word("Code")), "other"),
          ),
          jump("capital"),
        ),
      ),
      forward(TEXT, 16),
      jump("search"),
    ),
  ),
];

const kindIs = (kind: number): Code => equal(get(KIND_OF), i32(kind));

/** What stands behind the node's text, into a slot. */
const value: Code = [
  set(START, get(POS)),
  set(FLAGS, i32(0)),
  when(kindIs(KIND.number), number),
  when(below(get(KIND_OF), i32(KIND.number)), string, when(kindIs(KIND.text), plainText)),
  store32(get(SLOT_OUT), get(START), SLOT.start),
  store32(get(SLOT_OUT), get(POS), SLOT.end),
  store32(get(SLOT_OUT), get(FLAGS), SLOT.flags),
  forward(SLOT_OUT, SLOT.size),
];

/** What was found is looked for first the next time. */
const toFront: Code = when(
  get(BEFORE),
  store32(get(BEFORE), load32(get(NODE_AT), NODE.next), NODE.next),
  store32(get(NODE_AT), load32(get(PARENT), NODE.first), NODE.next),
  store32(get(PARENT), get(NODE_AT), NODE.first),
);

/** The line ends here: passed over, or given back. */
const leaf: Code = [
  set(FROM, add(get(POS), i32(1))),
  store32(i32(LINES), add(load32(i32(LINES)), i32(1))),
  when(
    load32(get(NODE_AT), NODE.passes),
    store32(get(NODE_AT), add(load32(get(NODE_AT), NODE.count), i32(1)), NODE.count),
    jump("line"),
  ),
  store32(i32(NEXT), get(FROM)),
  give(get(NODE_AT)),
];

/**
 * `run(from, to)`: follows the tree of patterns along the lines from `from` on, the last of which ends before `to`. Lines whose leaf
 * `passes` are counted there. Yields the leaf of the first line that fits but does not pass, NEXT behind it; or 0, NEXT where the
 * line begins that does not fit. LINES grows by the lines before NEXT.
 */
export const run: Definition = {
  name: "run",
  parameters: 2,
  ints: 15,
  vectors: 1,
  body: [
    loop(
      "line",
      block(
        "unknown",
        jumpIf(atLeast(get(FROM), get(TO)), "unknown"),
        set(PARENT, i32(NODES_AT)),
        set(POS, get(FROM)),
        set(SLOT_OUT, i32(SLOTS_AT)),
        loop(
          "deeper",
          set(BASE, get(POS)),
          set(BEFORE, i32(0)),
          set(NODE_AT, load32(get(PARENT), NODE.first)),
          loop(
            "sibling",
            jumpIf(isZero(get(NODE_AT)), "unknown"),
            block(
              "other",
              text,
              set(KIND_OF, load32(get(NODE_AT), NODE.kind)),
              when(kindIs(KIND.end), lineEnd, toFront, leaf),
              value,
              toFront,
              set(PARENT, get(NODE_AT)),
              jump("deeper"),
            ),
            set(BEFORE, get(NODE_AT)),
            set(NODE_AT, load32(get(NODE_AT), NODE.next)),
            jump("sibling"),
          ),
        ),
      ),
    ),
    store32(i32(NEXT), get(FROM)),
    i32(0),
  ],
};
