import fc from "fast-check";
import { expect, it } from "vitest";
import { toInteger } from "./fields.ts";

it("reads whole numbers of any length, padded or not, and nothing else", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789 x-.eA"), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(fc.nat().map(String), fc.maxSafeNat().map(String), digits), (text) => {
      const isNumber = /^ *(?:[0-9]+|0x[0-9a-f]+)$/i.test(text);
      expect(toInteger(text)).toBe(isNumber ? Number(text) : undefined);
    }),
    { numRuns: 1000 },
  );
  expect(toInteger("")).toBeUndefined();
  expect(toInteger("9007199254740993")).toBeUndefined();
});
