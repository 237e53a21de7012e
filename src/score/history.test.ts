import fc from "fast-check";
import { expect, it } from "vitest";
import { scoreFrom } from "../model/level.ts";
import { mayTell } from "./history.ts";
import { type Reason, scoreOf } from "./score.ts";

const reason = (group: string, weight: number): Reason => ({ id: group, group, weight, text: "" });

it("asks history of every finding that it could lift to the least level", () => {
  const weight = fc.double({ min: -8, max: 8, noNaN: true });
  const lifts = fc.array(fc.double({ min: 0, max: 0.8, noNaN: true }), { maxLength: 3 });
  fc.assert(
    fc.property(weight, lifts, fc.constantFrom("low", "medium", "high"), (own, history, level) => {
      const reasons = [reason("behaviour", own)];
      const before = scoreOf(reasons).score;
      const after = scoreOf([...reasons, ...history.map((one) => reason("history", one))]).score;
      expect(after < scoreFrom(level) || mayTell(before, scoreFrom(level))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("does not ask it of the many that stay below", () => {
  expect(mayTell(5, scoreFrom("low"))).toBe(false);
  expect(mayTell(0, scoreFrom("low"))).toBe(false);
});
