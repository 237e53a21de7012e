import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonSplitter } from "./splitter.ts";
import type { JsonDamage } from "./values.ts";

const LIMITS = { size: 1000, depth: 20 };

/** What the splitter finds: parsed values and damage in order, whatever the size of the blocks. */
function split(text: string, size = text.length + 1, limits = LIMITS): unknown[] {
  const found: unknown[] = [];
  const splitter = new JsonSplitter(
    {
      line(bytes) {
        try {
          found.push(JSON.parse(bytes.toString()));
          return true;
        } catch {
          return false;
        }
      },
      value(bytes, place) {
        try {
          found.push(JSON.parse(bytes.toString()));
        } catch {
          found.push(`unparsed@${place.line}`);
        }
      },
      damaged(why: JsonDamage, place) {
        found.push(`${why}@${place.line}`);
      },
    },
    limits,
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
  splitter.end();
  return found;
}

describe("records", () => {
  const cases: [string, string, unknown[]][] = [
    ["lines", '{"a":1}\n\n  \r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }]],
    ["no newline at the end", '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]],
    ["concatenated", '{"a":1}{"a":2} {"a":3}', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    [
      "pretty-printed",
      '{\n  "a": {\n    "b": [\n      {}\n    ]\n  }\n}\n{\n  "a": 2\n}\n',
      [{ a: { b: [{}] } }, { a: 2 }],
    ],
    ["an array", '[{"a":1},\n {"a":2}]', [{ a: 1 }, { a: 2 }]],
    ["arrays on lines", '[{"a":1}]\n[{"a":2},{"a":3}]\n', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ["elements that are no objects", '[1,"x,]",[2],{"a":1}]', ["text@1", "x,]", [2], { a: 1 }]],
    ["an envelope", '{"took":5,"hits":{"total":{"value":2},"hits":[{"a":1},{"a":2}]},"x":[{}]}', [{ a: 1 }, { a: 2 }]],
    ["envelopes on lines", '{"value":[{"a":1}]}\n{"value":[{"a":2}]}\n', [{ a: 1 }, { a: 2 }]],
    [
      "pretty envelope",
      '{\n "Schema": [\n  {"n":1}\n ],\n "Results": [\n  {\n   "a": 1\n  }\n ],\n "z": [\n  {"n":1}\n ]\n}',
      [{ a: 1 }],
    ],
    ["a record with a list", '{"EventID":1,"results":[{"a":1}]}', [{ EventID: 1, results: [{ a: 1 }] }]],
    ["lists after the first record", '{"a":1}\n{"results":[{"a":1}]}\n', [{ a: 1 }, { results: [{ a: 1 }] }]],
    [
      "a record with a list, its key behind",
      '{"results":[{"a":1}],"EventID":1}',
      [{ results: [{ a: 1 }], EventID: 1 }],
    ],
    [
      "a record's key within its list, and as a value",
      '{"results":[{"EventID":1}],"a":"EventID"}\n{"results":[{"a":1}]}',
      [{ EventID: 1 }, { a: 1 }],
    ],
    ["two lists of an envelope", '{"value":[{"a":1}],"x":[{"b":1}],"results":[{"a":2}]}', [{ a: 1 }, { a: 2 }]],
    ["lists of other names", '{"x":[{"a":1}],"y":{"z":[{"a":2}]}}', [{ x: [{ a: 1 }], y: { z: [{ a: 2 }] } }]],
    ["values that are no objects", '{"results":["a"]}', [{ results: ["a"] }]],
    ["brackets and quotes in strings", '{"a":"}\\"]{["}\n{"a":"\\\\"}', [{ a: '}"]{[' }, { a: "\\" }]],
    ["marks, padding, commas, separators", '\ufeff{"a":1},\n\0\0\x1e{"a":2}\n', [{ a: 1 }, { a: 2 }]],
  ];
  it.each(cases)("%s", (_, text, expected) => {
    for (const size of [1, 2, 3, 7, text.length * 2]) expect(split(text, size)).toEqual(expected);
  });
});

describe("looking ahead", () => {
  const element = `{"x":"${"y".repeat(1000)}"}`;
  const limits = { size: 4 << 20, depth: 20 };
  /** What comes out where records are told by their `EventID`. */
  const told = (text: string, size: number): unknown[] => {
    const found: unknown[] = [];
    const values = {
      line: () => false,
      value: (bytes: Buffer) => void found.push(Object.keys(JSON.parse(bytes.toString())).join()),
      damaged: (why: JsonDamage) => void found.push(why),
      isRecord: (bytes: Buffer) => "EventID" in JSON.parse(bytes.toString()),
    };
    const splitter = new JsonSplitter(values, limits);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
    splitter.end();
    return found;
  };

  it("lets what a whole object is decide, in blocks of any size", () => {
    for (const size of [1, 3, 1 << 20]) {
      expect(told('{"results":[{"a":1}],"EventID":1}', size)).toEqual(["results,EventID"]);
      expect(told('{"_raw":"","results":[{"a":1}]}', size)).toEqual(["_raw,results"]);
      expect(told('{"results":[{"a":1}],"b":1}', size)).toEqual(["a"]);
      expect(told('{"results":[{"a":1},{"b', size)).toEqual(["a", "truncated"]);
    }
  });

  it("looks no further than a record is large, and takes the records one by one from there", () => {
    const many = (count: number, first: string) => `[${first}${`,${element}`.repeat(count)}]`;
    for (const size of [1 << 16, 1 << 24]) {
      // Larger than a value may be: it is read because it streams.
      expect(told(`{"results":${many(6000, element)},"EventID":1}`, size)).toHaveLength(6001);
      expect(told(`{"_raw":1,"alerts":${many(6000, '{"EventID":1}')}}`, size)).toHaveLength(6001);
      expect(told(`{"alerts":${many(2000, element)}}`, size)).toEqual(["alerts"]);
      expect(told(`{"alerts":${many(9, '{"EventID":1}')}}`, size)).toEqual(["alerts"]);
    }
  });

  it("looks at each of many lists once", () => {
    const lists = (count: number) => `{${'"a":[{"b":[{"c":1}]}],'.repeat(count)}"z":1}`;
    expect(told(lists(40_000), 1 << 20)).toHaveLength(1);
    expect(told(lists(40_000), 1000)).toHaveLength(1);
  });
});

describe("damage", () => {
  const cases: [string, string, unknown[]][] = [
    ["a line that is no JSON", '{"a":1}\nhello\n{"a":2}\n', [{ a: 1 }, "text@2", { a: 2 }]],
    ["a line cut in a string", '{"a":1}\n{"a":"x\n{"a":2}\n', [{ a: 1 }, "syntax@2", { a: 2 }]],
    ["a line cut after a colon", '{"a":1}\n{"a":\n{"a":2}\n', [{ a: 1 }, "syntax@2", { a: 2 }]],
    ["a line cut in an array", '{"a":1}\n{"a":[1,\n{"a":2}\n', [{ a: 1 }, "syntax@2", { a: 2 }]],
    ["the first line cut", '{"a":"x\n{"a":2}\n', ["syntax@1", { a: 2 }]],
    ["wrong brackets", '{"a":]}\n{"a":2}\n', ["syntax@1", { a: 2 }]],
    ["missing value", '{"a":,"b":1}\n{"a":2}\n', ["unparsed@1", { a: 2 }]],
    [
      "an element of an array",
      '[\n  {"a":1},\n  {"a":"x\n  },\n  {"a":3}\n]\n{"a":4}',
      [{ a: 1 }, "syntax@3", { a: 3 }, { a: 4 }],
    ],
    ["cut at the end", '{"a":1}\n{"a":2', [{ a: 1 }, "truncated@2"]],
    ["an array cut between records", '[{"a":1},', [{ a: 1 }, "open@1"]],
    ["too large", `{"a":"${"x".repeat(1000)}"}\n{"a":2}`, ["size@1", { a: 2 }]],
    ["too large in an array", `[{"a":"${"x".repeat(1000)}"},{"a":2}]`, ["size@1", { a: 2 }]],
    ["too deep", `{"a":${"[".repeat(20)}${"]".repeat(20)}}\n{"a":2}`, ["depth@1", { a: 2 }]],
    ["too deep and never closed", `{"a":${"[".repeat(500)}\n{"a":2}\n`, ["depth@1", { a: 2 }]],
  ];
  it.each(cases)("%s", (_, text, expected) => {
    for (const size of [1, 2, 3, 7, text.length * 2]) expect(split(text, size)).toEqual(expected);
  });

  it("survives a depth of 100,000", () => {
    expect(split(`${"[".repeat(100_000)}`)).toEqual(["depth@1", "open@1"]);
    expect(split(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}\n{"a":1}`)).toEqual(["depth@1", { a: 1 }]);
  });
});

const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
const layouts = fc.constantFrom(
  (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join(""),
  (values: unknown[]) => values.map((value) => JSON.stringify(value, null, 2)).join("\n"),
  (values: unknown[]) => JSON.stringify(values),
  (values: unknown[]) => JSON.stringify(values, null, "\t"),
  (values: unknown[]) => values.map((value) => JSON.stringify(value)).join(""),
);

describe("properties", () => {
  it("finds every value of every layout, in blocks of any size", () => {
    fc.assert(
      fc.property(
        fc.array(object, { maxLength: 8 }),
        layouts,
        fc.integer({ min: 1, max: 40 }),
        (values, layout, size) => {
          const marked = values.map((value) => ({ EventID: 1, ...value }));
          expect(split(layout(marked), size, { size: 1 << 20, depth: 30 })).toEqual(JSON.parse(JSON.stringify(marked)));
        },
      ),
    );
  });

  it("gives the same for any text, in blocks of any size", () => {
    const piece = fc.constantFrom(
      '{"a":',
      "[",
      "]",
      "}",
      "{",
      '"',
      "\\",
      "\n",
      ",",
      ":",
      "1",
      " ",
      '{"a":1}',
      '{"value":[{',
      "\n{",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
        const text = pieces.join("");
        expect(split(text, size, { size: 60, depth: 5 })).toEqual(split(text, text.length + 1, { size: 60, depth: 5 }));
      }),
      { numRuns: 500 },
    );
  });
});
