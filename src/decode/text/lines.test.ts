import fc from "fast-check";
import { expect, it } from "vitest";
import { LineSplitter } from "./lines.ts";

function split(blocks: readonly Uint8Array[], max?: number): [string, number, boolean][] {
  const lines: [string, number, boolean][] = [];
  const splitter = new LineSplitter((text, offset, cut) => lines.push([text, offset, cut]), max);
  for (const block of blocks) {
    const reused = Uint8Array.from(block);
    splitter.push(reused);
    reused.fill(0x78);
  }
  splitter.end();
  return lines;
}

it("drops a byte order mark and carriage returns, and keeps offsets", () => {
  const bytes = Buffer.from("\ufeffone\r\n\r\ntwo");
  expect(split([bytes])).toEqual([
    ["one", 0, false],
    ["", 8, false],
    ["two", 10, false],
  ]);
});

it("cuts a long line and goes on with the next", () => {
  expect(split([Buffer.from("abcdef\ngh\n")], 4)).toEqual([
    ["abcd", 0, true],
    ["gh", 7, false],
  ]);
});

it("does not depend on where the blocks end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "ä", "\r", "\n", "語") })),
      fc.array(fc.nat(40)),
      (texts, cuts) => {
        const bytes = Buffer.from(texts.join("\n"));
        const blocks: Uint8Array[] = [];
        let from = 0;
        for (const size of cuts) {
          blocks.push(bytes.subarray(from, from + size));
          from += size;
        }
        blocks.push(bytes.subarray(from));
        expect(split(blocks)).toEqual(split([bytes]));
      },
    ),
  );
});
