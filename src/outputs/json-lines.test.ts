import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonLine } from "./escape.ts";
import { JsonLines } from "./json-lines.ts";

it("writes each value as jsonLine does, whatever its texts hold", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("\u007f", "a\u007fb", "\u0080", "\u200e", "\ud800", "\u{e0100}", "“x”", "é", "\n"),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ text, list: fc.array(text) })), (values) => {
      const lines = new JsonLines();
      for (const value of values) lines.add(value);
      expect(Buffer.from(lines.bytes).toString()).toBe(values.map((value) => `${jsonLine(value)}\n`).join(""));
    }),
  );
});

it("has room for any length", () => {
  const lines = new JsonLines();
  const values = [1, 1 << 18, 10, 1 << 20].map((length) => "é".repeat(length));
  for (const value of values) lines.add(value);
  expect(Buffer.from(lines.bytes).toString()).toBe(values.map((value) => `"${value}"\n`).join(""));
});
