import fc from "fast-check";
import { expect, it } from "vitest";
import { visible } from "./escape.ts";
import { cell, clip, clipStart, width, wrapText } from "./width.ts";

const text = fc.string({ unit: "grapheme", maxLength: 60 }).map(visible);
const columns = fc.integer({ min: 12, max: 40 });

it("counts wide characters twice and combining ones not at all", () => {
  expect([width("abc"), width("漢字"), width("e\u0301"), width("")]).toEqual([3, 4, 1, 0]);
});

it("keeps within the columns", () => {
  fc.assert(
    fc.property(text, columns, (s, most) => {
      expect(width(clip(s, most))).toBeLessThanOrEqual(most);
      expect(width(clipStart(s, most))).toBeLessThanOrEqual(most);
      expect(width(cell(s, most))).toBe(most);
      for (const line of wrapText(s, most)) expect(width(line)).toBeLessThanOrEqual(most);
    }),
  );
});

it("loses nothing but spaces when it wraps", () => {
  fc.assert(
    fc.property(text, columns, (s, most) => {
      expect(wrapText(s, most).join("").replace(/\s/g, "")).toBe(s.replace(/\s/g, ""));
    }),
  );
});

it("keeps the end of a path and the start of a sentence", () => {
  expect(clip("a long sentence", 6)).toBe("a lon…");
  expect(clipStart("a/very/long/path/to/file.evtx", 14)).toBe("…/to/file.evtx");
});
