import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../test/support/json-events.ts";
import { json } from "../json.ts";
import { recognise, recordsIn } from "./shapes.ts";

const SYSMON = "Microsoft-Windows-Sysmon";

describe("tables that queries answer with", () => {
  const names = ["TimeGenerated", "Computer", "EventID", "EventSourceName", "NewProcessName", "CommandLine"];
  const row = ["2026-02-01T10:00:00Z", "pc", 4688, "Microsoft-Windows-Security-Auditing", "C:\\w\\a.exe", "a x"];
  const wanted = [{ kind: "processCreation", host: "pc", image: "C:\\w\\a.exe", commandLine: "a x" }];

  it.each([
    ["Log Analytics", { tables: [{ name: "PrimaryResult", columns: names.map((name) => ({ name })), rows: [row] }] }],
    ["Data Explorer", { Tables: [{ Columns: names.map((ColumnName) => ({ ColumnName })), Rows: [row] }] }],
    ["ES|QL", { took: 1, columns: names.map((name) => ({ name, type: "keyword" })), values: [row] }],
    ["SQL of OpenSearch", { schema: names.map((name) => ({ name })), datarows: [row] }],
  ])("%s", (_, object) => expect(eventsOf(object)).toMatchObject(wanted));

  it("lists nothing where the columns are no names or the rows no lists", () => {
    expect(eventsOf({ columns: [1, "a"], rows: [[1, 2]] })).toEqual([]);
    expect(eventsOf({ columns: [{ name: "a" }], rows: [{ a: 1 }, "x"] })).toEqual([]);
  });

  it("reads each row by what stands in it, however alike the lines are", () => {
    const line = (id: number) => JSON.stringify({ columns: names.map((name) => ({ name })), rows: [row.with(2, id)] });
    const text = Array.from({ length: 400 }, (_, at) => line(at % 4 === 0 ? 4688 : 4624)).join("\n");
    let records = 0;
    const sink = { record: () => void records++, diagnostic: () => {} };
    const reader = json.open({ file: "f", wants: ({ eventId }) => eventId === 4688 }, sink);
    reader.push(Buffer.from(text));
    reader.end();
    expect(records).toBe(100);
  });
});

describe("wrappers", () => {
  const event = { EventID: 1, SourceName: SYSMON, ProcessGuid: "{1}", Image: "C:\\a.exe", CommandLine: "a" };
  const wanted = [{ kind: "processCreation", image: "C:\\a.exe", commandLine: "a" }];

  it.each([
    ["Filebeat's decoder", { "@timestamp": "2026-02-01T10:00:00Z", json: event }],
    ["Google Cloud's logging", { logName: "projects/p/logs/w", jsonPayload: event }],
    ["Loki", { labels: { job: "w" }, line: JSON.stringify(event), timestamp: "2026-02-01T10:00:00Z" }],
    ["Wazuh's decoder of JSON", { decoder: { name: "json" }, agent: { name: "x" }, data: event }],
    ["EventData as an object", { EventID: 1, Provider: SYSMON, Channel: "x", EventData: event }],
    ["EventData as JSON", { EventID: 1, Provider: SYSMON, Channel: "x", EventData: JSON.stringify(event) }],
    [
      "EventData as elements",
      {
        event_id: 1,
        source: SYSMON,
        channel: `${SYSMON}/Operational`,
        event_data: "<Data Name='Image'>C:\\a.exe</Data><Data Name='CommandLine'>a</Data>",
      },
    ],
    [
      "plaso",
      {
        parser: "winevtx",
        xml_string: `<Event><System><Provider Name="${SYSMON}"/><EventID>1</EventID></System><EventData><Data Name="Image">C:\\a.exe</Data><Data Name="CommandLine">a</Data></EventData></Event>`,
      },
    ],
  ])("%s", (_, object) => expect(eventsOf(object)).toMatchObject(wanted));

  it("OpenTelemetry: keys and values, the host of the resource where the body names none", () => {
    const text = (value: string) => ({ stringValue: value });
    const pairs = (of: Record<string, object>) => ({
      kvlistValue: { values: Object.entries(of).map(([key, value]) => ({ key, value })) },
    });
    const body = pairs({
      event_id: pairs({ id: { intValue: "1" } }),
      provider: pairs({ name: text(SYSMON) }),
      event_data: pairs({ Image: text("C:\\a.exe"), CommandLine: text("a") }),
    });
    const attributes = [{ key: "host.name", value: text("pc") }];
    const logRecords = [{ timeUnixNano: "1769940000000000000", body }, { body: text("no event") }];
    const object = { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords }] }] };
    expect(eventsOf(object)).toMatchObject([{ ...wanted[0], host: "pc", time: Date.UTC(2026, 1, 1, 10) }]);
  });

  it("Zircolite: what a rule matched, as picked", () => {
    const [record] = recordsIn({ title: "r", rule_level: "high", matches: [event] });
    expect(recognise(record!, { file: "f", index: 0 })).toMatchObject({ pickedBy: "Zircolite", eventId: 1 });
    expect(eventsOf({ title: "r", rule_level: "high", matches: [event, event] })).toHaveLength(2);
  });

  it("Volatility: the children below their parents", () => {
    const process = (PID: number, ...below: object[]) => ({
      ...{ PID, PPID: 1, Cmd: `a ${PID}`, Path: "C:\\a.exe", __children: below },
    });
    expect(eventsOf(process(2, process(3, process(4)), process(5)))).toMatchObject(
      [2, 3, 4, 5].map((pid) => ({ commandLine: `a ${pid}`, process: { pid } })),
    );
    const wide = { ...process(2), __children: Array.from({ length: 1_000_000 }, () => ({})) };
    expect(recordsIn(wide)).toHaveLength(1 << 16);
  });
});

it("Defender's alerts: processes of their evidence, on the device that stands beside them", () => {
  const graph = {
    title: "x",
    evidence: [
      { deviceDnsName: "pc.lab.example" },
      {
        processId: 7,
        processCommandLine: "mshta a.hta",
        processCreationDateTime: "2026-02-01T10:00:00Z",
        imageFile: { fileName: "mshta.exe", filePath: "C:\\Windows\\System32" },
        userAccount: { accountName: "kim", domainName: "LAB" },
        parentProcessId: 6,
        parentProcessImageFile: { fileName: "cmd.exe", filePath: "C:\\Windows\\System32" },
      },
    ],
  };
  const [, one] = recordsIn(graph);
  expect(recognise(one!, { file: "f", index: 0 })?.pickedBy).toBe("Defender");
  expect(eventsOf(graph)).toMatchObject([
    {
      host: "pc.lab.example",
      user: "LAB\\kim",
      image: "C:\\Windows\\System32\\mshta.exe",
      commandLine: "mshta a.hta",
      time: Date.UTC(2026, 1, 1, 10),
      process: { pid: 7 },
      parent: { pid: 6, image: "C:\\Windows\\System32\\cmd.exe" },
    },
  ]);
  const [file] = [{ fileName: "a.exe", filePath: "C:\\x\\a.exe", processCommandLine: "a", processId: 1 }];
  expect(eventsOf({ machineName: "pc", evidence: [file] })).toMatchObject([{ host: "pc", image: "C:\\x\\a.exe" }]);
});
