import {
  add,
  all8,
  and,
  below,
  bits,
  block,
  type Code,
  type Definition,
  equal8,
  get,
  i32,
  isZero,
  jump,
  jumpIf,
  load8,
  load32,
  load128,
  loop,
  or,
  set,
  shl,
  shr,
  store8,
  store32,
  store128,
  sub,
  trailingZeros,
  when,
} from "./assemble.ts";
import { FLAG, LONG_VALUE, MEANING_AT, OUT_AT, SLOT, SLOTS_AT, WORD } from "./layout.ts";

const [OUT, COUNT, SLOT_IN, WORD_OUT, FROM, TO, FLAGS, MASK, LENGTH] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

const forward = (local: number, by: Code): Code => set(local, add(get(local), by));

/** Sixteen bytes at a time; what is written beyond the end is overwritten by what comes next. */
const plain: Code = [
  loop(
    "copy",
    when(
      below(get(FROM), get(TO)),
      store128(get(OUT), load128(get(FROM))),
      forward(FROM, i32(16)),
      forward(OUT, i32(16)),
      jump("copy"),
    ),
  ),
  // FROM is where it would be if the value were a multiple of sixteen long.
  set(OUT, sub(get(OUT), sub(get(FROM), get(TO)))),
];

const unescaped: Code = loop(
  "stretch",
  when(
    below(get(FROM), get(TO)),
    store128(get(OUT), load128(get(FROM))),
    set(MASK, bits(equal8(load128(get(FROM)), all8(0x5c)))),
    set(LENGTH, sub(get(TO), get(FROM))),
    // Of what stands behind the value nothing counts.
    when(below(get(LENGTH), i32(16)), set(MASK, and(get(MASK), sub(shl(i32(1), get(LENGTH)), i32(1))))),
    when(
      get(MASK),
      set(MASK, trailingZeros(get(MASK))),
      forward(OUT, get(MASK)),
      forward(FROM, get(MASK)),
      store8(get(OUT), load8(load8(get(FROM), 1), MEANING_AT)),
      forward(OUT, i32(1)),
      forward(FROM, i32(2)),
      jump("stretch"),
    ),
    when(below(i32(16), get(LENGTH)), set(LENGTH, i32(16))),
    forward(OUT, get(LENGTH)),
    forward(FROM, get(LENGTH)),
    jump("stretch"),
  ),
);

/**
 * `unpack(out, count)`: writes the values of the line that `run` found last: a word for each (see WORD), then their bytes, escapes
 * taken back where none is by number and the value is not long. Yields where the next line goes.
 */
export const unpack: Definition = {
  name: "unpack",
  parameters: 2,
  ints: 7,
  vectors: 0,
  body: [
    set(WORD_OUT, get(OUT)),
    set(OUT, add(get(OUT), shl(get(COUNT), i32(2)))),
    set(SLOT_IN, i32(SLOTS_AT)),
    block(
      "done",
      loop(
        "value",
        jumpIf(isZero(get(COUNT)), "done"),
        set(FROM, load32(get(SLOT_IN), SLOT.start)),
        set(TO, load32(get(SLOT_IN), SLOT.end)),
        set(FLAGS, load32(get(SLOT_IN), SLOT.flags)),
        block(
          "copied",
          when(
            and(get(FLAGS), i32(FLAG.escape)),
            when(
              and(isZero(and(get(FLAGS), i32(FLAG.unicode))), below(sub(get(TO), get(FROM)), i32(LONG_VALUE))),
              unescaped,
              jump("copied"),
            ),
            set(FLAGS, or(get(FLAGS), i32(FLAG.unicode))),
          ),
          plain,
        ),
        store32(
          get(WORD_OUT),
          or(sub(get(OUT), i32(OUT_AT)), shl(shr(get(FLAGS), i32(1)), i32(Math.log2(WORD.escaped)))),
        ),
        forward(WORD_OUT, i32(4)),
        forward(SLOT_IN, i32(SLOT.size)),
        forward(COUNT, i32(-1)),
        jump("value"),
      ),
    ),
    and(add(get(OUT), i32(3)), i32(-4)),
  ],
};
