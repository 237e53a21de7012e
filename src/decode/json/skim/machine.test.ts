import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leb } from "./assemble.ts";
import { LINES, NEXT, NODE, OUT_AT } from "./layout.ts";
import { Unpacked } from "./line-object.ts";
import { type Machine, plainMachine, vectors } from "./machine.ts";
import { patternOf, type Telling } from "./pattern.ts";
import { PatternTree } from "./tree.ts";

const telling: Telling = { decisive: new Set(["id"]), texts: new Set(["text"]) };

const string = fc
  .oneof(
    fc.array(
      fc.constantFrom(
        "\\",
        '"',
        "\n",
        "\u0001",
        "é",
        "€",
        "abc",
        "Event",
        "<Event",
        "EventCode=",
        "{",
        " ",
        "x".repeat(15),
        "y".repeat(500),
      ),
      {
        maxLength: 12,
      },
    ),
    fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }),
  )
  .map((parts) => parts.join(""));
const leaf = fc.oneof(string, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null));
const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(string, leaf, { maxKeys: 2 }));
const object = fc.record(
  { id: fc.constantFrom(1, 2, "1"), text: string, a: value, b: value, c: leaf, "d\\": string },
  { requiredKeys: ["id"] },
);
/** Escapes and numbers that JSON.stringify does not write, and damage. */
const rewrite = fc.constantFrom<(line: string) => string>(
  (line) => line,
  (line) => line,
  (line) => line.replaceAll("a", "\\u0061"),
  (line) => line.replaceAll("a", "\\u00g1"),
  (line) => line.replaceAll(/(\d)([,}\]])/g, "$1E-02$2"),
  (line) => line.replaceAll(/:(\d)/g, ":0$1"),
  (line) => line.replaceAll(/:(\d)/g, ":-$1"),
  (line) => line.replaceAll(/(\d)([,}\]])/g, "$1.$2"),
  (line) => line.replaceAll("\\n", "\\q"),
  (line) => line.replaceAll("\\n", "\t"),
  (line) => line.replaceAll(",", " , "),
  (line) => `${line} \t\r`,
  (line) => line.slice(0, -1),
);
const line = fc.tuple(object, rewrite).map(([one, how]) => how(JSON.stringify(one)));

/** Puts patterns and lines into a machine, and tells all that it finds. */
function tell({ memory, engine }: Machine, patterns: readonly string[], text: Buffer): unknown[] {
  const words = new Int32Array(memory);
  const bytes = Buffer.from(memory);
  const tree = new PatternTree(memory);
  tree.clear();
  const slots = new Map<number, number>();
  for (const [i, pattern] of patterns.entries()) {
    const { steps, slots: count } = patternOf(Buffer.from(pattern), telling) ?? { steps: [], slots: 0 };
    const address = steps.length > 0 ? tree.add(steps, i % 3 === 0) : undefined;
    if (address !== undefined) slots.set(address, count);
  }
  text.copy(bytes);
  bytes[text.length] = 0x0a;
  words[LINES >> 2] = 0;
  const told: unknown[] = [];
  let from = 0;
  let out = OUT_AT;
  while (from < text.length) {
    const found = engine.run(from, text.length);
    const next = words[NEXT >> 2]!;
    told.push([found, next, words[LINES >> 2]]);
    if (found === 0) from = text.indexOf("\n", next) + 1;
    else {
      from = next;
      const end = engine.unpack(out, slots.get(found)!);
      const unpacked = new Unpacked(memory);
      const count = slots.get(found)!;
      told.push(Array.from({ length: count }, (_, slot) => unpacked.text(out - OUT_AT, count, slot)));
      out = end;
    }
    if (from === 0) break;
  }
  return [told, [...slots.keys()].map((address) => words[(address + NODE.count) >> 2])];
}

const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
};

describe("the programs over a matcher's memory", () => {
  const fast = vectors();
  const slow = plainMachine();

  it("find the same by vectors and byte by byte", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(40), (lines, cut) => {
        const patterns = lines.filter(isJson);
        const text = Buffer.from([...lines, ...lines].join("\n"));
        const cutText = text.subarray(0, text.length - cut);
        expect(tell(fast, patterns, cutText)).toEqual(tell(slow, patterns, cutText));
      }),
      { numRuns: 1500 },
    );
  });

  it("take no line for like another that is no JSON, or has other keys or types", () => {
    const skeleton = (one: unknown): unknown =>
      typeof one !== "object" || one === null
        ? typeof one === "boolean" || one === null
          ? String(one)
          : typeof one
        : Array.isArray(one)
          ? one.map(skeleton)
          : Object.entries(one).map(([key, inner]) => [key, key === "id" ? JSON.stringify(inner) : skeleton(inner)]);
    let fitting = 0;
    fc.assert(
      fc.property(object, leaf, rewrite, rewrite, (one, another, how, also) => {
        const pattern = JSON.stringify(one);
        const isLike = (old: unknown) => typeof old === typeof another && old !== null && another !== null;
        const other = also(how(JSON.stringify(one, (key, old) => (key !== "id" && isLike(old) ? another : old))));
        const [[[found]]] = tell(fast, ["{}", pattern], Buffer.from(`${other}\n`)) as [[[number]]];
        if (found === 0) return;
        fitting++;
        expect(skeleton(JSON.parse(other))).toEqual(skeleton(JSON.parse(pattern)));
      }),
      { numRuns: 3000 },
    );
    expect(fitting).toBeGreaterThan(50);
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
