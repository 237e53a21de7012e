import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Skimmer } from "../decode/json/skim/skimmer.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LogRecord } from "../model/record.ts";
import type { ReadContext } from "./format.ts";
import { json } from "./json.ts";

const SYSMON = "Microsoft-Windows-Sysmon";
const text = fc.oneof(
  fc.constantFrom(
    "",
    "C:\\Windows\\x.exe",
    "<Event>",
    '{"EventID":1}',
    "é",
    "Event",
    "a\tb",
    '"',
    "\u0007",
    "\ud83d\ude00",
  ),
  fc.string({ maxLength: 12 }),
);
const number = fc.oneof(fc.integer(), fc.constantFrom(0, -0.5, 1e300, 2 ** 53));
const id = fc.constantFrom<unknown>(1, 1, 10, 10, 10, "10", "1", 4624, [10], null);

/** Windows events in the shapes of exporters, one object each; many alike, as logs have them. */
const object = fc
  .record({
    shape: fc.nat(5),
    id,
    a: text,
    b: text,
    n: number,
    extra: fc.oneof(text, number, fc.boolean()),
    more: fc.nat(9),
  })
  .map(({ shape, id, a, b, n, extra, more }): unknown => {
    const data = { Image: a, CommandLine: b, ProcessId: n, ...(more === 0 && { Extra: extra }) };
    const channel = `${SYSMON}/Operational`;
    switch (shape) {
      case 0:
        return { "@timestamp": "2024-05-02T09:14:22Z", EventID: id, Channel: channel, Message: b, ...data };
      case 1:
        return { winlog: { event_id: id, provider_name: SYSMON, event_data: data }, message: a, host: { name: b } };
      case 2:
        return {
          Event: {
            System: { Provider: { "#attributes": { Name: SYSMON } }, EventID: { "#text": id } },
            EventData: data,
          },
        };
      case 3:
        return {
          data: { win: { system: { eventID: id, providerName: SYSMON }, eventdata: data } },
          ...(more < 2 && { _raw: b }),
        };
      case 4:
        return { EventCode: id, SourceName: more === 1 ? "Other" : SYSMON, LogName: channel, ...data };
      default:
        return { "winlog.event_id": id, "winlog.provider_name": SYSMON, "winlog.event_data.Image": a, Id: n };
    }
  });

const line = fc.tuple(object, fc.nat(40)).map(([value, form]) => {
  const plain = JSON.stringify(value);
  if (form === 0) return JSON.stringify(value, null, 1);
  if (form === 1) return `${plain}\r`;
  if (form === 2) return plain.replace("EventID", "Event\\u0049D");
  if (form === 3) return `${plain} ${plain}`;
  if (form === 4) return `  ${plain}`;
  return plain;
});

/** A change of one byte somewhere: half of them of what JSON gives a meaning. */
const change = fc.record({
  at: fc.nat(),
  byte: fc.oneof(fc.constantFrom(...Buffer.from('"{}[],:\\\n0-. ')), fc.nat(255)),
});

/** Every record and diagnostic as text, and how many records were found. */
function story(bytes: Uint8Array, wants: ReadContext["wants"], size: number): { told: string[]; found: number } {
  const told: string[] = [];
  let found = 0;
  const counting: ReadContext["wants"] = (record) => {
    found += 1;
    return wants?.(record) ?? true;
  };
  const sink = {
    record: (record: LogRecord) =>
      told.push(
        JSON.stringify([record.index, record.provider, record.eventId, record.names().map((n) => record.get(n))]),
      ),
    diagnostic: (diagnostic: Diagnostic, counts?: boolean) => told.push(JSON.stringify([diagnostic, counts])),
  };
  const reader = json.open({ file: "x", wants: counting }, sink);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
  reader.end();
  return { told, found };
}

const wants: ReadContext["wants"] = ({ provider, eventId }) => provider !== SYSMON || eventId === 1;

/** The same without passing over anything. */
function naively(bytes: Uint8Array, size: number) {
  const spy = vi.spyOn(Skimmer.prototype, "learn").mockImplementation(() => {});
  try {
    return story(bytes, wants, size);
  } finally {
    spy.mockRestore();
  }
}

describe("lines that nobody wants", () => {
  it("are passed over without a trace, among lines of any kind", () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 200, max: 20_000 }),
        (lines, size) => {
          const bytes = Buffer.from(`${[...lines, ...lines].join("\n")}\n`);
          expect(story(bytes, wants, size)).toEqual(naively(bytes, size));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are passed over without a trace where bytes are changed", () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 6 }), changes, fc.nat(), (objects, list, seed) => {
        const lines = Array.from({ length: 40 }, (_, i) => JSON.stringify(objects[(i * (seed | 1)) % objects.length]));
        const bytes = Buffer.from(`${lines.join("\n")}\n`);
        for (const { at, byte } of list) bytes[at % bytes.length] = byte;
        expect(story(bytes, wants, 1 << 20)).toEqual(naively(bytes, 1 << 20));
      }),
      { numRuns: 1500 },
    );
  });

  it("are not parsed", () => {
    const unwanted = (i: number) =>
      `{"EventID":10,"Channel":"${SYSMON}/Operational","Image":"C:\\\\x${i}.exe","ProcessId":${i}}`;
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => `${unwanted(i)}\n`).join(""));
    const parse = vi.spyOn(JSON, "parse");
    const { told, found } = story(bytes, wants, 4096);
    const calls = parse.mock.calls.length;
    parse.mockRestore();
    expect([told, found]).toEqual([[], 1000]);
    expect(calls).toBeLessThan(150);
  });
});
