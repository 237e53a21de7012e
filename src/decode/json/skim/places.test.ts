import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leb } from "./assemble.ts";
import { byteByByte, LINE_WORDS, PIECE, type Places, vectors } from "./places.ts";

const text = fc
  .array(fc.constantFrom('"', "\\", "\n", "\r\n", "\r", "\t", "u", "n", "x", "é", "abc", " ".repeat(30), "\\\\\\"), {
    maxLength: 120,
  })
  .map((parts) => Buffer.from(parts.join("")));

interface Plain {
  readonly quotes: number[];
  /** Quotes before each line's end, the end, and whether the line is odd. */
  readonly lines: [number, number, boolean][];
}

function plain({ quotes, lines, lineCount }: Places): Plain {
  const found: [number, number, boolean][] = [];
  for (let i = 0, start = 0; i < lineCount; i++) {
    const [count, end, odd] = [0, 1, 2].map((word) => lines[i * LINE_WORDS + word]!) as [number, number, number];
    found.push([count, end, odd >= start]);
    start = end + 1;
  }
  return { quotes: [...quotes.slice(0, found.at(-1)?.[0] ?? 0)], lines: found };
}

describe("places of quotes and lines", () => {
  it("are the same by vectors and byte by byte", () => {
    const find = vectors();
    fc.assert(
      fc.property(text, (bytes) => {
        const fast = plain(find(bytes));
        const slow = plain(byteByByte(bytes));
        expect(fast.quotes).toEqual(slow.quotes);
        expect(fast.lines.map(([count, end]) => [count, end])).toEqual(slow.lines.map(([count, end]) => [count, end]));
        // By vectors a line may be called odd that is not, for something shortly behind it; never the other way.
        for (const [i, [, , isOdd]] of slow.lines.entries()) if (isOdd) expect(fast.lines[i]![2]).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("calls ordinary lines ordinary", () => {
    const bytes = Buffer.from('{"a":"C:\\\\x\\n"}\r\n{"b":1}\n'.repeat(50));
    const odd = plain(vectors()(bytes)).lines.filter(([, , isOdd]) => isOdd);
    expect(odd.length).toBeLessThan(15);
    expect(plain(byteByByte(bytes)).lines.some(([, , isOdd]) => isOdd)).toBe(false);
  });

  it("reads a whole piece of nothing but quotes or lines", () => {
    const find = vectors();
    for (const byte of ['"', "\n"]) {
      const bytes = Buffer.alloc(PIECE, byte);
      expect(plain(find(bytes))).toEqual(plain(byteByByte(bytes)));
    }
  });

  it("writes numbers in LEB128 as the standard shows", () => {
    expect([leb(624_485), leb(-123_456, true), leb(64, true), leb(-1, true)]).toEqual([
      [0xe5, 0x8e, 0x26],
      [0xc0, 0xbb, 0x78],
      [0xc0, 0x00],
      [0x7f],
    ]);
  });
});
