import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf16 } from "./bytes.ts";
import { guidText } from "./guid.ts";
import { interned } from "./interned.ts";

const PATH = "C:\\Windows\\System32\\";

/** Texts that share much, so that they meet in what is remembered; of any units, NUL and halves of pairs too. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom("", PATH, PATH.repeat(60)),
      fc.string({ unit: fc.constantFrom("a", "b", "\0", "é", "\ud83d"), maxLength: 3 }),
    )
    .map((parts) => parts.join("")),
);

describe("interned values", () => {
  it("are texts as they are read without", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), fc.nat(3), fc.nat(5), (texts, offset, cut) => {
        for (const one of [...texts, ...texts]) {
          const bytes = Buffer.concat([Buffer.alloc(offset, 0x41), Buffer.from(one, "utf16le")]);
          const whole = bytes.subarray(0, Math.max(offset, bytes.length - cut));
          for (const length of [one.length * 2, one.length * 2 - cut, one.length * 2 + cut])
            if (length >= 0) expect(interned.text(whole, offset, length)).toBe(utf16(whole, offset, length));
        }
      }),
    );
  });

  it("are GUIDs as they are read without", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 16, maxLength: 16, max: 1 }), { maxLength: 50 }), (guids) => {
        for (const guid of [...guids, ...guids]) expect(interned.guid(guid, 0)).toBe(guidText(guid, 0));
      }),
      { numRuns: 200 },
    );
  });
});
