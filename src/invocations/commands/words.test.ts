import fc from "fast-check";
import { expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { words } from "./words.ts";

/** The same, as short as it can be said, and dear where nothing ends a quote. */
const plainly = (text: string): string[] =>
  (text.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\S)+/g) ?? []).map((word) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );

it("splits as the pattern of words and quotes does", () => {
  const piece = fc.constantFrom(..."ab\"'\\ \t\n\u00e9\u00a0\u2028=", '\\"', "\\\\", "''", '""');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      expect(words(text)).toEqual(plainly(text));
    }),
    { numRuns: 3000 },
  );
});

it("is quick where nothing ends the quotes", () => {
  for (const piece of ['\\"', '"', "'", "\\", '"\\', "a'", '\\" ']) {
    const run = () => words(piece.repeat(1_000_000 / piece.length));
    expect(millis(run, 1000), piece).toBeLessThan(1000);
  }
});
