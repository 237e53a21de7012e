import { describe, expect, it } from "vitest";
import { formatContract } from "../../test/contracts/format-contract.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LogRecord } from "../model/record.ts";
import { csv, csvWith } from "./csv.ts";
import { jsonWith } from "./json.ts";
import { mappedRecord, readMapping } from "./mapping.ts";

const MDE = `Timestamp,DeviceName,ActionType,FileName,ProcessCommandLine,ReportId
"May 1, 2024 12:00:00 PM",pc,ProcessCreated,x.exe,"""C:\\x.exe"" /a ""b, c""
second line",3
2024-05-01T12:00:00Z,pc,ImageLoaded,ü.dll,,4
`;

formatContract(csv, { bytes: Buffer.from(MDE.replaceAll("\n", "\r\n")), records: 2 });

function read(text: string | Uint8Array, format = csv) {
  const records: LogRecord[] = [];
  const diagnostics: Diagnostic[] = [];
  const reader = format.open(
    { file: "f" },
    { record: (record) => records.push(record), diagnostic: (diagnostic) => diagnostics.push(diagnostic) },
  );
  reader.push(Buffer.from(text));
  reader.end();
  return { records, diagnostics };
}

describe("csv", () => {
  it("takes Event Viewer's cell behind the columns that it names for the message", () => {
    const header = "Level,Date and Time,Source,Event ID,Task Category";
    const row =
      'Information,5/2/2024 9:14:55 AM,Microsoft-Windows-Sysmon,1,Process Create,"Process Create:\r\nImage: C:\\a.exe"';
    const { records, diagnostics } = read(`${header}\r\n${row}\r\n`);
    expect(diagnostics).toEqual([]);
    expect(records[0]!.get("Image")).toBe("C:\\a.exe");
  });

  it("knows a table of nobody's columns by what its first row says", () => {
    const table =
      '"_time","host","EventCode","User","Image","CommandLine"\n"2026-02-01T10:00:00.000+0000","pc","1","LAB\\kim","C:\\a.exe","a.exe /x"\n';
    expect(csv.sniff(Buffer.from(table), "x.csv")).toBeGreaterThan(0.5);
    expect(read(table).records[0]!.get("commandLine")).toBe("a.exe /x");
    expect(csv.sniff(Buffer.from('"_time","host","count"\n"2026-02-01","pc","3"\n'), "x.csv")).toBe(0);
  });

  it("reads quotes, delimiters and newlines inside cells", () => {
    const { records } = read(MDE);
    expect(records.map((record) => [record.shape, record.time, record.recordId, record.host])).toEqual([
      ["mde", Date.UTC(2024, 4, 1, 12), 3, "pc"],
      ["mde", Date.UTC(2024, 4, 1, 12), 4, "pc"],
    ]);
    expect(records[0]!.get("ProcessCommandLine")).toBe('"C:\\x.exe" /a "b, c"\nsecond line');
    expect([records[1]!.get("ProcessCommandLine"), records[1]!.get("FileName")]).toEqual([undefined, "ü.dll"]);
  });

  it.each([
    ["semicolons", "EventID;Channel;Image\n1;Security;x\n"],
    ["tabs", "EventID\tChannel\tImage\n1\tSecurity\tx\n"],
    [
      "a type and a mark before it",
      '\ufeff#TYPE System.Object\r\n"EventID","Channel","Image"\r\n"1","Security","x"\r\n',
    ],
    ["Excel's separator", "sep=;\nEventID;Channel;Image\n1;Security;x"],
    ["stray quotes", 'EventID,Channel,Image,Size\n1,Security,x,5" or 6"\n'],
  ])("reads %s", (_, text) => {
    expect(csv.sniff(Buffer.from(text), "x")).toBeGreaterThan(0.5);
    expect(read(text).records.map((record) => [record.eventId, record.get("Image")])).toEqual([[1, "x"]]);
  });

  it("reads times of the Azure portal, which names the zone in the header", () => {
    const row = "DeviceName,ActionType,FileName,ProcessCommandLine,Timestamp [Local Time]\npc,ProcessCreated,x,x,";
    expect(read(`${row}"5/1/2024, 1:43:21.994 PM"\n`).records[0]!.time).toBe(Date.UTC(2024, 4, 1, 13, 43, 21, 994));
  });

  it("reads the timeline of a device from Defender's portal", () => {
    const header =
      "Event Time,Machine Id,Computer Name,Action Type,File Name,Folder Path,Sha1,Process Command Line,Process Id,Initiating Process Id";
    const row = "2024-11-05T15:19:40.621,a1,pc,ProcessCreated,x.exe,C:\\x,ab,x /y,7,6";
    expect(csv.sniff(Buffer.from(header), "x")).toBeGreaterThan(0.5);
    const [record] = read(`\ufeff${header}\n${row}\n`).records;
    expect(record).toMatchObject({ shape: "mde", host: "pc", time: Date.UTC(2024, 10, 5, 15, 19, 40, 621) });
    expect(["ProcessCommandLine", "ProcessId", "InitiatingProcessId", "SHA1"].map((name) => record!.get(name))).toEqual(
      ["x /y", "7", "6", "ab"],
    );
  });

  it("reads UTF-16, ECS columns and Splunk's raw event", () => {
    const ecs = "@timestamp,host.name,process.executable\n2024-05-01T12:00:00Z,pc,/bin/id\n";
    expect(read(Buffer.from(`\ufeff${ecs}`, "utf16le")).records[0]!.get("process.executable")).toBe("/bin/id");
    const raw = `_time,_raw\nx,"<Event><System><Provider Name=""p""/><EventID>5</EventID></System></Event>"\n`;
    expect(csv.sniff(Buffer.from(raw), "x")).toBeGreaterThan(0.5);
    expect(read(raw).records[0]!.provider).toBe("p");
  });

  it("takes no other table for events", () => {
    for (const text of [
      "a,b\n1,2\n",
      "ProcessId,ProcessName,Handles\n1,x,2\n",
      "CommandLine,Handles\nx,2\n",
      "Id,Source\n1,2\n",
      "words only\n",
      '{"a":1,"b":2}',
    ]) {
      expect(csv.sniff(Buffer.from(text), "x.csv")).toBe(0);
    }
  });

  it("takes a list of processes for what was started", () => {
    expect(csv.sniff(Buffer.from("ProcessId,ProcessName,CommandLine\n1,x,y\n"), "x.csv")).toBe(0.8);
    const { records } = read("ProcessId,ProcessName,CommandLine,Handles\n1,x,x y,2\n2,z,,3\n");
    expect(records.map((record) => record.get("commandLine"))).toEqual(["x y", undefined]);
  });

  it("counts rows with too many cells and a cell that is not closed, and gives them an index", () => {
    const { records, diagnostics } = read('EventID,Channel\n1,a,b\n2,a\n3,"a');
    expect(records.map((record) => [record.eventId, record.index])).toEqual([[2, 1]]);
    expect(diagnostics.map(({ code, line, index }) => [code, line, index])).toEqual([
      ["csv/bad-row", 2, 0],
      ["csv/bad-row", 4, 2],
    ]);
  });

  it("passes over a row that is too large", () => {
    const { records, diagnostics } = read(`EventID,Channel\n1,${"x".repeat(17 << 20)}\n2,a\n`);
    expect([records[0]!.index, diagnostics[0]!.code]).toEqual([1, "csv/too-large"]);
  });

  it("says once that rows are no events", () => {
    const { records, diagnostics } = read("a,b\n1,2\n3,4\n");
    expect([records.length, diagnostics.length]).toEqual([2, 1]);
  });
});

describe("mapping", () => {
  const mapping = readMapping({
    time: "When",
    host: "Machine",
    recordId: "No",
    events: {
      moduleLoad: { when: { Type: ["load", "image"] }, fields: { module: "File" } },
      processCreation: { fields: { commandLine: "Cmd", "parent.image": "Parent", args: "Argv" } },
    },
  });

  it("gives columns the names of event properties", () => {
    const { records } = read(
      "When,Machine,No,Type,Cmd,File,Parent\n2024-05-01 12:00:00,pc,7,start,x /a,,p\n,pc,8,load,,y.dll,\n",
      csvWith(mapping),
    );
    expect(records[0]).toMatchObject({ shape: "mapped", host: "pc", recordId: 7, time: Date.UTC(2024, 4, 1, 12) });
    expect(
      records.map((record) => ["kind", "commandLine", "parent.image", "module"].map((name) => record.get(name))),
    ).toEqual([
      ["processCreation", "x /a", "p", undefined],
      ["moduleLoad", undefined, undefined, "y.dll"],
    ]);
  });

  it("is asked whether a table is one of events", () => {
    expect(csvWith(mapping).sniff(Buffer.from("a,Cmd\n1,x\n"), "x")).toBeGreaterThan(0.5);
    expect(csv.sniff(Buffer.from("a,Cmd\n1,x\n"), "x")).toBe(0);
  });

  it("reads dotted paths and lists in JSON", () => {
    const nested = readMapping({ events: { processCreation: { fields: { commandLine: "p.line", args: "p.argv" } } } });
    const { records } = read('{"p":{"line":"x","argv":["x","y"]}}\n{"q":1}\n', jsonWith(nested));
    expect(records.map((record) => [record.get("commandLine"), record.list("args")])).toEqual([
      ["x", ["x", "y"]],
      [undefined, undefined],
    ]);
  });

  it("sees nothing where no mapped column has a value", () => {
    expect(mappedRecord(mapping, { Type: "start" }, { file: "f", index: 0 })).toBeUndefined();
  });

  it.each([
    [null, "must have names"],
    [{ tiem: "x", events: {} }, "“tiem” is unknown"],
    [{ events: {} }, "events is empty"],
    [{ events: { processCreation: {} } }, "events.processCreation.fields"],
    [{ events: { processCreation: { fields: { a: { b: 1 } } } } }, "events.processCreation.fields.a must be a text"],
  ])("refuses %j", (value, message) => {
    expect(() => readMapping(value)).toThrow(message);
  });
});
