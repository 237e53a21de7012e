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
    ...[
      "",
      "",
      "-",
      "C:\\Windows\\x.exe",
      "<Event>",
      '{"EventID":1}',
      "é",
      "Event",
      "a\tb",
      '"',
      "\u0007",
      "\ud83d\ude00",
    ],
    ...["\ud83d", "}{", "[[", "2026-03-09 11:12:13.125", "2026-03-09T11:12:13Z", "17", "x".repeat(40), "\\".repeat(33)],
    "Process Create:\nImage: C:\\a.exe\nUtcTime: 2026-03-09 11:12:13.125\nCommandLine: a b",
    '<EventData><Data Name="Image">a.exe</Data></EventData>',
    '{"EventData":{"Data":[{"@Name":"Image","#text":"a.exe"}]}}',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(0, -0.5, 1e300, 2 ** 53));
const id = fc.constantFrom<unknown>(1, 1, 1, 10, 10, 10, "10", "1", 4624, [10], null);
const channel = `${SYSMON}/Operational`;

interface Parts {
  readonly id: unknown;
  readonly a: string;
  readonly b: string;
  readonly n: number;
  readonly extra: unknown;
  readonly more: number;
  readonly data: object;
}

/** Windows events in the shapes of exporters, one object each. */
const SHAPES: readonly ((parts: Parts) => unknown)[] = [
  ({ id, b, n, data }) => ({
    "@timestamp": "2024-05-02T09:14:22Z",
    EventID: id,
    Channel: channel,
    Message: b,
    Task: n,
    ...data,
  }),
  ({ id, a, b, data }) => ({
    winlog: { event_id: id, provider_name: SYSMON, event_data: data },
    message: a,
    host: { name: b },
  }),
  ({ id, a, n, data }) => ({
    Event: {
      System: {
        Provider: { "#attributes": { Name: SYSMON } },
        EventID: { "#text": id },
        EventRecordID: n,
        Computer: a,
      },
      EventData: data,
    },
  }),
  ({ id, b, more, data }) => ({
    data: { win: { system: { eventID: id, providerName: SYSMON }, eventdata: data } },
    ...(more < 2 && { _raw: b }),
  }),
  ({ id, a, b, n, more, data }) => ({
    EventCode: id,
    SourceName: more === 1 ? "Other" : SYSMON,
    LogName: channel,
    EventTime: a,
    Hostname: b,
    RecordNumber: n,
    ...data,
  }),
  ({ id, a, n, b }) => ({
    "winlog.event_id": id,
    "winlog.provider_name": SYSMON,
    "winlog.event_data.Image": a,
    "winlog.record_id": n,
    "host.name": b,
    Id: n,
  }),
  ({ id, a, extra, data }) => ({
    _index: "x",
    _source: { EventID: id, Channel: channel, Payload: a, Tags: [extra, a], ...data },
  }),
  ({ id, a, b, extra }) => ({ EventID: id, Channel: channel, EventData: a, UtcTime: b, Keywords: extra }),
  ({ id, a, n, extra, data }) => ({
    System: { EventID: id, Channel: channel, TimeCreated: { "#attributes": { SystemTime: a } }, EventRecordID: n },
    EventData: { Data: [{ "@Name": "Image", "#text": a }, { "@Name": "ProcessId", "#text": n }, extra], ...data },
  }),
  ({ id, a, b, extra, data }) => ({
    event_id: { id },
    provider: { name: SYSMON },
    channel,
    computer: a,
    event_data: { data: [{ Image: a }, { CommandLine: b, x: extra }], ...(a.length > 5 && data) },
  }),
];

const object = fc
  .record({
    shape: fc.nat(SHAPES.length - 1),
    ...{ id, a: text, b: text, n: number, more: fc.nat(9) },
    extra: fc.oneof(text, number, fc.boolean(), fc.constantFrom(null, [], {}, [[]], { a: [1, { b: "x" }] })),
  })
  .map(({ shape, ...parts }): unknown => {
    const { a, b, n, extra, more } = parts;
    const data = { Image: a, CommandLine: b, ProcessId: n, ...(more === 0 && { Extra: extra }) };
    return SHAPES[shape]!({ ...parts, data });
  });

/** Ways of writing the same that an exporter may have, and some that none has. */
const FORMS: readonly ((line: string) => string)[] = [
  (line) => JSON.stringify(JSON.parse(line), null, 1),
  (line) => `${line}\r`,
  (line) => line.replace("EventID", "Event\\u0049D"),
  (line) => `${line} ${line}`,
  (line) => `  ${line}`,
  (line) => line.replaceAll("e", "\\u0065"),
  (line) => line.replaceAll("/", "\\/"),
  (line) => line.replaceAll(":", " : ").replaceAll(",", ", "),
  (line) => line.replace(/"Image"/g, '"CommandLine"'),
  (line) => line.replace(/"Image"/g, '"7"'),
  (line) => line.replace(/"Image"/g, '"__proto__"'),
  (line) => line.replace(/(\d)([,}])/g, "$1e+1$2"),
  (line) => line.replace("{", '{"EventID":10,"winlog":null,'),
  (line) => line.slice(0, -1),
  (line) => `${line},`,
  (line) => line.replace("}", `,"long":"${"y".repeat(3000)}"}`),
];
const line = fc.tuple(object, fc.nat(FORMS.length * 3)).map(([value, form]) => {
  const plain = JSON.stringify(value);
  return FORMS[form]?.(plain) ?? plain;
});

/** A change of one byte somewhere: half of them of what JSON gives a meaning. */
const change = fc.record({
  at: fc.nat(),
  byte: fc.oneof(fc.constantFrom(...Buffer.from('"{}[],:\\\n0-. ')), fc.nat(255)),
});

/** All that a record says. */
function tell(record: LogRecord): string {
  const { index, shape, provider, eventId, channel, recordId, host, time } = record;
  const names = record.names();
  const fields = names.map((name) => [name, record.get(name), record.list(name)]);
  const absent = [record.get("absent"), record.get("message"), record.get("Message")];
  return JSON.stringify({ index, shape, provider, eventId, channel, recordId, host, time, fields, absent });
}

/** Every record and diagnostic as text, and how many records were found. */
function story(bytes: Uint8Array, wants: ReadContext["wants"], size: number): { told: string[]; found: number } {
  const told: string[] = [];
  const records: LogRecord[] = [];
  let found = 0;
  const counting: ReadContext["wants"] = (record, count = 1) => {
    const wanted = wants?.(record) ?? true;
    if (!wanted) found += count;
    return wanted;
  };
  const sink = {
    record: (record: LogRecord) => {
      found += 1;
      records.push(record);
      told.push(tell(record));
    },
    diagnostic: (diagnostic: Diagnostic, counts?: boolean) => told.push(JSON.stringify([diagnostic, counts])),
  };
  const reader = json.open({ file: "x", wants: counting }, sink);
  for (let at = 0; at < bytes.length; at += size) {
    const block = Uint8Array.from(bytes.subarray(at, at + size));
    reader.push(block);
    block.fill(0x7b);
  }
  reader.end();
  // A record may be kept, and be asked later than the reader is done.
  expect(records.map(tell)).toEqual(told.filter((one) => one.startsWith('{"index')));
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

/** Each object several times in a row and later once more, with other texts in the same places. */
function likeALog(lines: readonly string[]): Buffer {
  const again = lines.map((one) => one.replaceAll("C:", "D:").replaceAll("é", "ü").replace("12:13", "59:59"));
  return Buffer.from(`${[...lines, ...again, ...lines].join("\n")}\n`);
}

describe("lines that are like others", () => {
  it("say what they say when they are read, among lines of any kind", () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 200, max: 20_000 }),
        (lines, size) => {
          const bytes = likeALog(lines);
          expect(story(bytes, wants, size)).toEqual(naively(bytes, size));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("say so where bytes are changed", () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 6 }), changes, fc.nat(), (objects, list, seed) => {
        const lines = Array.from({ length: 40 }, (_, i) => JSON.stringify(objects[(i * (seed | 1)) % objects.length]));
        const bytes = Buffer.from(`${lines.join("\n")}\n`);
        for (const { at, byte } of list) bytes[at % bytes.length] = byte;
        expect(story(bytes, wants, 1 << 20)).toEqual(naively(bytes, 1 << 20));
      }),
      { numRuns: 800 },
    );
  });

  it("say so where a line is longer than what is looked at in one go, or than a block", () => {
    const long = (i: number, length: number) =>
      `{"EventID":${(i % 2) + 1},"Channel":"${SYSMON}/Operational","Image":"C:\\\\x${i}","X":"${"é\\\\".repeat(length)}"}`;
    const lengths = [1, 2, 30, 30_000, 1, 20_000, 32_000, 3, 60_000, 1, 1, 1];
    const bytes = likeALog([...lengths, ...lengths].map((length, i) => long(i, length)));
    for (const size of [50_000, 1 << 20]) expect(story(bytes, wants, size)).toEqual(naively(bytes, size));
  });

  it("are counted where they are read at the very end, behind a text that nothing closes", () => {
    const unwanted = (i: number) => `{"EventID":10,"Channel":"${SYSMON}/Operational","ProcessId":${i}}`;
    const lines = Array.from({ length: 40 }, (_, i) => unwanted(i));
    for (const open of ['{"X":"a', '{"X":"\\\\"b"}', '{"X":{"Y":[']) {
      const bytes = Buffer.from(`${[open, ...lines].join("\n")}\n`);
      expect(story(bytes, wants, 1 << 20)).toEqual(naively(bytes, 1 << 20));
    }
  });

  it("are not parsed", () => {
    const unwanted = (i: number) =>
      `{"EventID":10,"Channel":"${SYSMON}/Operational","Image":"C:\\\\x${i}.exe","ProcessId":${i}}`;
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => `${unwanted(i)}\n`).join(""));
    const parse = vi.spyOn(JSON, "parse");
    const { told, found } = story(bytes, wants, 4096);
    const calls = parse.mock.calls.length;
    const wanted = story(Buffer.from(bytes.toString().replaceAll(":10,", ":1,")), wants, 4096);
    const callsForWanted = parse.mock.calls.length - calls;
    parse.mockRestore();
    expect([told, found]).toEqual([[], 1000]);
    expect(wanted.told.length).toBe(1000);
    // One line of each block goes on in the next one, and is read.
    expect([calls < 150, callsForWanted < 150]).toEqual([true, true]);
  });
});
