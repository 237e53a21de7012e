import { describe, expect, it } from "vitest";
import { formatContract, readAll } from "../../test/contracts/format-contract.ts";
import type { LogRecord } from "../model/record.ts";
import { eventXml } from "./event-xml.ts";

const event = (
  id: number,
  data: string,
): string => `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
  <System>
    <Provider Name="Microsoft-Windows-Sysmon" Guid="{0}"/>
    <EventID Qualifiers="">${id}</EventID>
    <TimeCreated SystemTime='2024-05-01T10:00:00.1234567Z'/>
    <EventRecordID>42</EventRecordID>
    <Execution ProcessID="4" ThreadID="5"/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>
    <Computer>pc.example</Computer><Security UserID="S-1-5-18"/>
  </System>
  <EventData>${data}</EventData>
</Event>`;

const ONE = event(
  1,
  `<Data Name="Image">C:\\a &amp; b\\ü.exe</Data><Data Name="Empty"/><Data Name='CommandLine'>x  "y" &lt;z&gt;</Data>`,
);
const TWO = event(2, "<Data>first</Data><Data>second</Data>");

formatContract(eventXml, { bytes: Buffer.from(`${ONE}\n${TWO}\n`), records: 2 });

function read(text: string): LogRecord[] {
  const records: LogRecord[] = [];
  const reader = eventXml.open({ file: "f" }, { record: (record) => records.push(record), diagnostic() {} });
  reader.push(Buffer.from(text));
  reader.end();
  return records;
}

describe("event-xml", () => {
  it("reads the system fields and the data", () => {
    const [one, two] = read(ONE + TWO);
    expect(one).toMatchObject({
      shape: "winevent",
      provider: "Microsoft-Windows-Sysmon",
      eventId: 1,
      recordId: 42,
      channel: "Microsoft-Windows-Sysmon/Operational",
      host: "pc.example",
      time: Date.UTC(2024, 4, 1, 10) + 123.4567,
    });
    expect(["Image", "Empty", "CommandLine", "System.UserID"].map((name) => one!.get(name))).toEqual([
      "C:\\a & b\\ü.exe",
      "",
      'x  "y" <z>',
      "S-1-5-18",
    ]);
    expect([two!.get("Data"), two!.get("Data2")]).toEqual(["first", "second"]);
  });

  it.each([
    ["a declaration", `<?xml version="1.0" encoding="utf-8"?>\n${ONE}`, 1],
    ["an element around all", `<Events>${ONE}${TWO}</Events>`, 2],
    ["a mark of byte order", `\ufeff${ONE}`, 1],
    ["lines of a syslog", `May  1 10:00:00 pc sysmon: ${ONE.replaceAll("\n", "")}\n`, 1],
  ])("reads %s", (_, text, count) => {
    expect(eventXml.sniff(Buffer.from(text), "x")).toBeGreaterThan(0.5);
    expect(readAll(eventXml, Buffer.from(text)).records.length).toBe(count);
  });

  it("reads UTF-16", () => {
    const bytes = Buffer.from(`\ufeff${ONE}`, "utf16le");
    expect(eventXml.sniff(bytes, "x")).toBeGreaterThan(0.5);
    expect(readAll(eventXml, bytes).records.length).toBe(1);
  });

  it("loses only the event that is cut short", () => {
    const { records, damaged, diagnostics } = readAll(
      eventXml,
      Buffer.from(`${TWO}${ONE.slice(0, 300)}\n${TWO}${ONE.slice(0, 200)}`),
    );
    expect([records.length, damaged]).toEqual([2, 2]);
    expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.index])).toEqual([
      ["xml/bad-event", 1],
      ["xml/bad-event", 3],
    ]);
  });

  it("counts an event without an id", () => {
    expect(readAll(eventXml, Buffer.from("<Event><System></System></Event>")).damaged).toBe(1);
  });

  it("passes over an event larger than 64 MiB", () => {
    const codes: string[] = [];
    const records: number[] = [];
    const reader = eventXml.open(
      { file: "f" },
      { record: (record) => records.push(record.index), diagnostic: ({ code }) => codes.push(code) },
    );
    reader.push(Buffer.from("<Event><System><EventID>1</EventID></System><x>"));
    for (let mib = 0; mib < 65; mib += 1) reader.push(Buffer.alloc(1 << 20, 0x61));
    reader.push(Buffer.from(`</x></Event>${TWO}`));
    reader.end();
    expect([codes, records]).toEqual([["xml/bad-event"], [1]]);
  });

  it("knows nothing of other XML", () => {
    expect(eventXml.sniff(Buffer.from("<Task><Actions/></Task>"), "x.xml")).toBe(0);
    expect(eventXml.sniff(Buffer.from('{"message":"<Event><System></System></Event>"}'), "x")).toBe(0);
  });
});
