import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatContract } from "../../test/contracts/format-contract.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LogRecord } from "../model/record.ts";
import { json } from "./json.ts";

const SAMPLE = `${[
  {
    EventID: 1,
    Channel: "Microsoft-Windows-Sysmon/Operational",
    Image: "C:\\Windows\\System32\\müller.exe",
    RecordNumber: 7,
  },
  { "@timestamp": "2024-05-01T10:00:00.123Z", event: { kind: "event" }, process: { args: ["id", "-u"], pid: 4 } },
  { Event: { System: { EventID: 4688, Computer: "pc" }, EventData: { NewProcessName: "x" } } },
]
  .map((record) => JSON.stringify(record))
  .join("\r\n\r\n")}\r\n`;

function read(input: string | Uint8Array, wants?: (record: Pick<LogRecord, "provider" | "eventId">) => boolean) {
  const records: LogRecord[] = [];
  const diagnostics: (Diagnostic & { counts: boolean })[] = [];
  const reader = json.open(wants ? { file: "f", wants } : { file: "f" }, {
    record: (record) => records.push(record),
    diagnostic: (diagnostic, counts = false) => diagnostics.push({ ...diagnostic, counts }),
  });
  reader.push(typeof input === "string" ? Buffer.from(input) : input);
  reader.end();
  return { records, diagnostics };
}

formatContract(json, { bytes: Buffer.from(SAMPLE), records: 3 });

describe("json", () => {
  it("joins the records of an audit event that a collector shipped line by line, and keeps to what is beside them", () => {
    const line = (type: string, rest: string) => ({
      "@timestamp": "2024-05-02T09:15:00Z",
      host: { name: "web1" },
      ecs: { version: "8" },
      message: `type=${type} msg=audit(1714641295.125:9): ${rest}`,
    });
    const lines = [
      line("SYSCALL", 'syscall=59 success=yes pid=40 exe="/usr/bin/find"'),
      { "@timestamp": "2024-05-02T09:15:00Z", event: { kind: "event" } },
      line("EXECVE", 'argc=2 a0="find" a1="/"'),
      { ...line("EOE", ""), message: undefined, log: "type=EOE msg=audit(1714641295.125:9): " },
    ];
    const { records, diagnostics } = read(lines.map((one) => JSON.stringify(one)).join("\n"));
    expect(diagnostics).toEqual([]);
    expect(records.map(({ shape, index }) => [shape, index])).toEqual([
      ["ecs", 1],
      ["audit", 0],
    ]);
    expect(records[1]).toMatchObject({ host: "web1", time: 1714641295125, recordId: 9 });
    expect(records[1]!.list("EXECVE.args")).toEqual(["find", "/"]);
  });

  it("reads UTF-16 with a byte order mark, of either order", () => {
    const little = Buffer.from(`\ufeff${SAMPLE}`, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      expect(json.sniff(bytes, "x")).toBeGreaterThan(0.5);
      expect(read(bytes).records[0]!.get("Image")).toContain("müller");
      expect(read(bytes).records.length).toBe(3);
    }
  });

  it("recognises a log that begins in the middle of a record", () => {
    expect(json.sniff(Buffer.from(`e":1}\n${'{"EventID":1,"Channel":"x"}\n'.repeat(9)}`), "x")).toBeGreaterThan(0.5);
    expect(json.sniff(Buffer.from("words\nand\nmore\nwords\n"), "x")).toBe(0);
  });

  it("counts a bad line, gives it an index, and says where it stands", () => {
    const { records, diagnostics } = read(
      '{"EventID":1,"Channel":"x"}\n\n{"EventID":oops}\n{"EventID":2,"Channel":"x"}\n',
    );
    expect(records.map((record) => record.index)).toEqual([0, 2]);
    expect(diagnostics).toEqual([
      expect.objectContaining({ code: "json/syntax", line: 3, offset: 29, index: 1, counts: true }),
    ]);
  });

  it("replaces broken UTF-8, and says so once", () => {
    const line = Buffer.concat([
      Buffer.from('{"EventID":1,"Channel":"'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"}\n'),
    ]);
    const { records, diagnostics } = read(Buffer.concat([line, line]));
    expect(records[1]!.channel).toBe("\ufffd\ufffd");
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["json/encoding"]);
  });

  it("reads strings with bare control characters", () => {
    const { records, diagnostics } = read('{"EventID":1,"Channel":"a\tb\u0000c"}');
    expect(records[0]!.channel).toBe("a\tb\0c");
    expect(diagnostics[0]!.code).toBe("json/repaired");
  });

  it("loses no object of unknown shape: it stays a record, and is said", () => {
    const { records, diagnostics } = read('{"a":{"b":[1,2]}}\n{"a":{"b":3}}\n');
    expect(records.map((record) => [record.shape, record.names()])).toEqual([
      ["mapped", ["a.b"]],
      ["mapped", ["a.b"]],
    ]);
    expect(diagnostics).toEqual([expect.objectContaining({ code: "json/unknown-shape", line: 1, counts: false })]);
    expect(diagnostics[0]!.message).toContain("2 records");
  });

  it("does not take inherited properties for fields", () => {
    const [record] = read('{"EventID":1,"Channel":"x","__proto__":{"Image":"evil"}}').records;
    expect([record!.get("constructor"), record!.get("Image"), record!.get("toString")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("takes an object for what it is, whatever the order of its members", () => {
    const event = { EventID: 11, Channel: "Microsoft-Windows-Sysmon/Operational", TargetFilename: "C:\\a.exe" };
    const orders = (members: [string, unknown][]) =>
      members.map((_, at) => Object.fromEntries([...members.slice(at), ...members.slice(0, at)]));
    const found = (members: [string, unknown][]) =>
      orders(members).map((object) =>
        read(JSON.stringify(object)).records.map((record) => [record.shape, record.eventId]),
      );
    const start: [string, unknown][] = [
      ["results", [{ name: "x" }]],
      ["ActionType", "ProcessCreated"],
      ["Timestamp", "2026-03-04T09:10:11Z"],
      ["FileName", "a.exe"],
      ["DeviceName", "pc"],
    ];
    const twice = [
      ["winevent", 11],
      ["winevent", 11],
    ];
    expect(found(start)).toEqual(start.map(() => [["mde", undefined]]));
    for (const key of ["results", "alerts"]) {
      const envelope: [string, unknown][] = [
        [key, [event, event]],
        ["Timestamp", "2026-03-04T09:10:11Z"],
        ["count", 2],
      ];
      expect(found(envelope)).toEqual(envelope.map(() => twice));
    }
    // A line among others, and each of several lists.
    expect(
      read(`{"EventID":1,"Channel":"x"}\n${JSON.stringify({ a: [event], b: { c: [event] } })}`).records,
    ).toHaveLength(3);
  });

  it("skips a record above 64 MiB and goes on", () => {
    const reader = json.open(
      { file: "f" },
      { record: (record) => indexes.push(record.index), diagnostic: (d) => codes.push(d.code) },
    );
    const indexes: number[] = [];
    const codes: string[] = [];
    reader.push(Buffer.from('{"EventID":1,"Channel":"'));
    for (let mib = 0; mib < 65; mib += 1) reader.push(Buffer.alloc(1 << 20, 0x61));
    reader.push(Buffer.from('"}\n{"EventID":1,"Channel":"x"}\n'));
    reader.end();
    expect(codes).toEqual(["json/too-large"]);
    expect(indexes).toEqual([1]);
  });

  const trace = join("..", "shared", "telemetry", "background", "linux-trace", "package-install-and-admin.ndjson");
  it.skipIf(!existsSync(trace))("reads a real trace of process starts (skipped: no shared data)", () => {
    const { records, diagnostics } = read(readFileSync(trace));
    expect(diagnostics).toEqual([]);
    expect(records.length).toBe(760);
    expect(records.every((record) => record.shape === "ecs" && record.time && record.list("process.args"))).toBe(true);
  });
});
