import { describe, expect, it } from "vitest";
import { toPlain } from "../../src/events/plain.ts";
import { createUnderstander } from "../../src/events/registry.ts";
import { json } from "../../src/formats/json.ts";
import { FORMATS } from "../../src/formats/registry.ts";
import { corpusOf } from "../fuzz/corpus.ts";
import { TARGETS } from "../fuzz/targets.ts";
import { findingsOf } from "../support/bad.ts";
import { whatran } from "../support/io.ts";
import { folder, processStart, SCRIPTLET } from "../support/logs.ts";
import { hostileLines, jsonObjectsOf, TEXTS } from "./hostile-values.ts";

/** Every so many of the changes are made, another share of each place: all of them take a minute. */
const STEP = 7;
const TEXT_STEP = 41;

/** A record of its own between two others, so that what one of them breaks of the next shows. */
const BETWEEN = '{"EventID":5,"Channel":"between","Marker":"here"}';
/** Farther from 1970 no date of JavaScript's lies. */
const LATEST = 8.64e15;

/** Reads lines, makes all events of them whole, and counts the records that stood between. */
function between(lines: readonly string[]): number {
  const understander = createUnderstander();
  let count = 0;
  const reader = json.open(
    { file: "sample" },
    {
      record(record) {
        if (record.channel === "between" && record.get("Marker") === "here") count += 1;
        for (const name of record.names().slice(0, 200)) if (record.get(name) === undefined) record.list(name);
        for (const event of understander.understand(record)) {
          const { time } = event;
          const { values } = toPlain(event);
          JSON.stringify(values);
          if (Object.values(values).some((value) => typeof value === "function")) throw new Error("a function");
          if (time !== undefined && !(Math.abs(time) <= LATEST)) throw new Error(`${time} is no time`);
        }
      },
      diagnostic: () => {},
    },
  );
  reader.push(Buffer.from(lines.flatMap((line) => [BETWEEN, line]).join("\n")));
  reader.end();
  return count;
}

describe("a bad value at any place of a record", () => {
  it("of JSON costs no other record, and changes no object", () => {
    const objects = jsonObjectsOf(corpusOf("json"));
    expect(objects.length).toBeGreaterThan(150);
    for (const [number, object] of objects.entries()) {
      const lines = hostileLines(object, STEP, number);
      expect(between(lines), object.slice(0, 200)).toBe(lines.length);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect("polluted" in {}).toBe(false);
  });

  it.each([
    ["a channel", '{"Event":{"System":{"EventID":7045,"Channel":"constructor"},"EventData":{}}}'],
    ["a channel of the system", '{"Event":{"System":{"EventID":7045,"Channel":"__proto__"},"EventData":{}}}'],
    ["a protocol", '{"EventID":5156,"Channel":"Security","Protocol":"constructor","DestAddress":"192.0.2.1"}'],
    [
      "a call's number",
      '{"process_tracepoint":{"process":{"binary":"/bin/a"},"event":"sys_enter","args":[{"syscall_id":{"id":{"toString":1},"abi":{"valueOf":1}}}]},"node_name":"n"}',
    ],
  ])("where %s was once asked of an object", (_, line) => {
    expect(between([line])).toBe(1);
  });

  it.each(FORMATS.filter(({ name }) => name !== "json"))("of $name is borne", async ({ name }) => {
    const target = TARGETS.find((one) => one.name === name)!;
    let number = 0;
    for (const part of corpusOf(name).filter(({ length }) => length < 20_000)) {
      for (const { 0: word, index } of part.toString("latin1").matchAll(/[\w@.:+-]{1,64}/g)) {
        for (const text of TEXTS) {
          number += 1;
          if (number % TEXT_STEP !== 0) continue;
          const rest = part.subarray(index + word.length);
          await target.run(Buffer.concat([part.subarray(0, index), Buffer.from(text), rest]));
        }
      }
    }
    expect("polluted" in {}).toBe(false);
  });

  it("is written as JSON, and nothing of it steers a terminal", async () => {
    const dir = folder();
    const lines = hostileLines(processStart(SCRIPTLET), STEP, 0);
    const file = dir.write("a.ndjson", `${lines.join("\n")}\n`);
    for (const format of ["ndjson", "table", "csv", "html"]) {
      const { code, out, err } = await whatran(["scan", file, "--format", format, "--min-level", "informational"]);
      expect([0, 3]).toContain(code);
      expect(`${out}${err}`).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      if (format === "ndjson") expect(findingsOf(out).length).toBeGreaterThan(10);
    }
    dir.remove();
  });
});

describe("a record of an unlikely size", () => {
  const start = processStart(SCRIPTLET);
  const many = (count: number, text: string) => Array.from({ length: count }, () => text).join(",");
  it.each([
    ["lists in lists", `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
    ["objects in objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["JSON in JSON", `{"message":${JSON.stringify(`${'{"message":'.repeat(10_000)}1${"}".repeat(10_000)}`)}}`],
    ["a list of a million", `{"process":{"args":[${many(1_000_000, '"a"')}]}}`],
    ["objects of no kind", `{"rows":[${many(200_000, "{}")}],"columns":["a"]}`],
    ["a key that comes fifty thousand times", `{${many(50_000, '"CommandLine":"a.exe"')}}`],
    ["twenty thousand keys", `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":1`).join(",")}}`],
    ["a name of a mebibyte", `{"${"a_".repeat(1 << 19)}":1}`],
  ])("%s costs none of the others", (_, line) => {
    expect(between([start, line, start])).toBe(3);
  });
});
