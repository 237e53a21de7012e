import fc from "fast-check";
import { expect, it } from "vitest";
import { Names, Texts } from "./names.ts";

it("keeps what a set keeps, in the order of a set", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c", "")), (words) => {
      const [names, set] = [new Names(), new Set<string>()];
      for (const word of words) {
        names.add(word);
        set.add(word);
        expect(names.size).toBe(set.size);
      }
      expect([...names]).toEqual([...set]);
    }),
  );
});

it("gives the text that came first, and no more than it has room for", () => {
  const texts = new Texts(1);
  expect(["a", "b", "a", undefined].map((text) => texts.once(text))).toEqual(["a", "b", "a", undefined]);
});
