import fc from "fast-check";
import { expect, it } from "vitest";
import { LEVELS } from "../../src/model/level.ts";
import { aFinding } from "../../test/support/finding.ts";
import { binsOf } from "./bins.ts";

const time = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });

it("counts every finding that has a time, once, in bins that follow each other", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(time, fc.constantFrom(...LEVELS)), { minLength: 1, maxLength: 50 }), (rows) => {
      const bins = binsOf(rows.map(([date, level]) => aFinding({ time: date.toISOString(), level })));
      expect(bins.length).toBeLessThanOrEqual(120);
      expect(bins.reduce((sum, { total }) => sum + total, 0)).toBe(rows.length);
      for (const [index, bin] of bins.entries()) if (index > 0) expect(bin.start).toBe(bins[index - 1]?.end);
    }),
  );
});

it("has none where no finding has a time", () => {
  const { time: _, ...timeless } = aFinding();
  expect(binsOf([timeless])).toEqual([]);
});
