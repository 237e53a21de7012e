import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

const NAMES = ["rundll32", "regsvr32", "mshta", "find", "high", "html"];

describe("nearest", () => {
  it.each([
    ["rundl32", "rundll32"],
    ["RUNDLL23", "rundll32"],
    ["regsrv32", "regsvr32"],
    ["msthta", "mshta"],
    ["hihg", "high"],
  ])("takes %s for %s", (word, meant) => {
    expect(nearest(word, NAMES)).toBe(meant);
  });

  it.each(["", "x", "fnid2", "rund", "yaml", "powershell"])("takes %s for nothing", (word) => {
    expect(nearest(word, NAMES)).toBeUndefined();
  });

  it("takes the closest, and of equals the first", () => {
    expect(nearest("aaaaab", ["aaaacc", "aaaaaa", "aaaaac"])).toBe("aaaaaa");
  });

  it("ends a sentence", () => {
    expect([didYouMean("rundl32", NAMES), didYouMean("powershell", NAMES)]).toEqual(["; did you mean rundll32?", ""]);
  });

  it("does not weigh what no person typed", () => {
    expect(nearest("a".repeat(65), ["a".repeat(64)])).toBeUndefined();
  });

  it("forgives one character too many, wherever", () => {
    const word = fc.string({ unit: "grapheme-ascii", minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.nat(), (word, at) => {
        const where = at % (word.length + 1);
        expect(nearest(`${word.slice(0, where)}x${word.slice(where)}`, [word])).toBe(word);
      }),
    );
  });
});
