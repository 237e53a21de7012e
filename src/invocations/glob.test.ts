import fc from "fast-check";
import { expect, it } from "vitest";
import { glob, globByCharacter } from "./glob.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "\\"), maxLength: 12 });
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "\\", "*", "*", "?"), maxLength: 8 });

it("says what a comparison character by character says", () => {
  fc.assert(
    fc.property(pattern, text, (one, other) => {
      expect(glob(one, other)).toBe(globByCharacter(one, other));
    }),
    { numRuns: 5000 },
  );
});

it("fits whatever stands in the place of the stars", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, between) => {
      expect(glob(parts.join("*"), parts.join(between))).toBe(true);
    }),
  );
});
