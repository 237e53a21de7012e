import fc from "fast-check";
import { expect, it } from "vitest";
import { millis } from "../../../../test/support/cost.ts";
import { yamlValues } from "./yaml.ts";

it.each([
  ["a: b", [["a", "b"]]],
  ["- a: 'b c'", [["a", "b c"]]],
  [
    "a: |\n  x\n\n  y\nb: z",
    [
      ["a", "x\n\ny"],
      ["b", "z"],
    ],
  ],
  ["a: [x, 'y, z']", [["a", "x", "y, z"]]],
  [
    "a:\n- x\n- 'y'\nb: z",
    [
      ["a", "x", "y"],
      ["b", "z"],
    ],
  ],
  ["a:\n  - b: c", [["a"], ["b", "c"]]],
  [
    "[{a: b, c: [d: e]}]",
    [
      ["a", "b"],
      ["d", "e"],
    ],
  ],
] as const)("reads %j", (text, values) => {
  expect(yamlValues(text).map(({ key, values: own }) => [key, ...own])).toEqual(values);
});

it("never throws, and takes time that grows with the text", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."a:-[]{},'\"|> \n") }), (text) => void yamlValues(text)));
  for (const unit of ["a:\n", "- ", "{a: ", "a: |\n ", "[", "'"]) {
    const cost = (size: number) => {
      const text = unit.repeat(size / unit.length);
      return millis(() => void yamlValues(text), 0);
    };
    cost(20_000);
    expect(cost(200_000), unit).toBeLessThan(12 * cost(20_000));
  }
});
