import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { eventsIn } from "../../../test/support/read-events.ts";

const START = { EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Image: "C:\\a.exe", CommandLine: "a x" };
const END = { EventID: 5, Channel: "Microsoft-Windows-Sysmon/Operational", Image: "C:\\a.exe", ProcessId: 7 };
const text = JSON.stringify(START);
const base64 = (content: string | Buffer) => Buffer.from(content).toString("base64");
const kindsIn = (object: unknown) => eventsIn(JSON.stringify(object)).map(({ kind }) => kind);

describe("an envelope that nobody told of", () => {
  it.each([
    ["a message", { topic: "logs", offset: 5, payload: text }],
    ["a message of several", { Messages: [{ MessageId: 1, Body: `[${text},${JSON.stringify(END)}]` }] }],
    [
      "a batch of several",
      {
        Records: [
          { messageId: 1, body: text },
          { messageId: 2, body: JSON.stringify(END) },
        ],
      },
    ],
    ["a message in a message", { Records: [{ body: JSON.stringify({ Type: "Notification", Message: text }) }] }],
    ["a message in base64", { message: { data: base64(text), messageId: "1" }, subscription: "s" }],
    ["packed logs", { awslogs: { data: base64(gzipSync(JSON.stringify({ logEvents: [{ id: 1, message: text }] }))) } }],
    ["an object", { version: "0", detail: END }],
  ])("gives the records of %s", (_, object) => {
    const kinds = kindsIn(object);
    expect(kinds[0]).toMatch(/^process/);
    expect(kinds).toHaveLength(JSON.stringify(object).includes("several") || "Messages" in object ? 2 : kinds.length);
  });

  it("is one record where nothing in it is known, or it is what it says it is", () => {
    expect(kindsIn({ a: '{"b":1}', c: { d: { e: '{"f":"g"}' } } })).toEqual([]);
    expect(kindsIn({ ...END, Details: text })).toEqual(["processTermination"]);
  });

  it("is bounded", () => {
    let inner: unknown = START;
    for (let layer = 0; layer < 40; layer += 1) inner = { x: JSON.stringify(inner).slice(0, 1 << 16) };
    expect(kindsIn(inner)).toEqual([]);
    expect(kindsIn({ data: base64(gzipSync(Buffer.alloc(64 << 20, " "))) })).toEqual([]);
    expect(kindsIn({ list: Array.from({ length: 3000 }, () => '{"a":1}'), last: text })).toEqual([]);
  });

  it("stands in a cell of a table too", () => {
    const cell = `"${text.replaceAll('"', '""')}"`;
    expect(eventsIn(`time,shard,content\n1,2,${cell}\n3,4,plain\n`)).toMatchObject([{ commandLine: "a x" }]);
  });
});
