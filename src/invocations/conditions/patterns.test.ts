import fc from "fast-check";
import { expect, it } from "vitest";
import { View } from "../../cmdline/normal/view.ts";
import { globByCharacter } from "../glob.ts";
import { Patterns } from "./patterns.ts";

const text = fc.string({ unit: fc.constantFrom("a", "B", "\\", "/", "."), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "\\", ".", "*", "*", "?"), maxLength: 6 });

/** What a pattern means, character by character. */
function fits(one: string, whole: string): boolean {
  const lower = whole.toLowerCase();
  const base = lower.replace(/^.*[\\/]/s, "");
  const extension = /\.\w{1,4}$/.exec(one)?.[0] ?? "";
  const isAdded = base !== "" && !base.includes(".") && one !== `*${extension}`;
  const added = isAdded ? base + extension : base;
  return [lower, base, added].some((form) => globByCharacter(one, form));
}

it("fits a text, its last name, and that with the pattern's extension", () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 3 }), text, (patterns, one) => {
      expect(new Patterns(patterns).fit(new View(one))).toBe(patterns.some((each) => fits(each, one)));
    }),
    { numRuns: 10_000 },
  );
});

it("takes no name for one with an extension, where a pattern asks for that alone", () => {
  expect(new Patterns(["*.log"]).fit(new View("c:\\windows\\system32\\config\\sam"))).toBe(false);
  expect(new Patterns(["scr*.dll"]).fit(new View("scrobj"))).toBe(true);
});
