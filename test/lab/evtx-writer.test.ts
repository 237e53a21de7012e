import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EvtxEvent, encodeEvtx, openEvtxFile } from "../../lab/writers/evtx.ts";
import { evtx } from "../../src/formats/evtx.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { LogRecord } from "../../src/model/record.ts";
import { sysmonEvent } from "../support/sysmon.ts";

const SYSMON = "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}";

function event(i: number, commandLine = `"C:\\Windows\\System32\\notepad.exe" note-${i}.txt`): EvtxEvent {
  return sysmonEvent({
    time: Date.UTC(2026, 2, 3, 9, 30) + i * 1000 + 0.25,
    processId: 3000,
    threadId: 3100 + (i % 3),
    computer: "ws-014.example.net",
    userSid: "S-1-5-18",
    data: [
      { name: "RuleName", type: "string", value: "-" },
      {
        name: "ProcessGuid",
        type: "guid",
        value: `{11223344-5566-7788-99AA-${(i + 1).toString(16).padStart(12, "0").toUpperCase()}}`,
      },
      { name: "ProcessId", type: "uint32", value: 4000 + i },
      { name: "CommandLine", type: "string", value: commandLine },
      { name: "LogonId", type: "hex64", value: 0x3e7n },
      ...(i % 2 ? [] : [{ name: "Signed", type: "boolean" as const, value: true }]),
    ],
  });
}

interface Read {
  event_record_id: number;
  data: { Event: { System: Record<string, unknown>; EventData?: Record<string, unknown>; UserData?: unknown } };
}

/** What the independent reader (the Python package `evtx`) finds in a file. */
function readIndependently(path: string): Read[] {
  const script = `import json,sys\nfrom evtx import PyEvtxParser\nfor r in PyEvtxParser(sys.argv[1]).records_json():\n  r['data']=json.loads(r['data']);print(json.dumps(r))`;
  const out = execFileSync("python3", ["-c", script, path], { maxBuffer: 1 << 28, encoding: "utf8" });
  return out
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Read);
}

const HAS_READER = spawnSync("python3", ["-c", "import evtx"]).status === 0;
const independently = HAS_READER ? it : it.skip;
const note = HAS_READER ? "" : " (skipped: the Python package evtx is not installed)";

describe("EVTX writer", () => {
  independently(`is read back by an independent reader${note}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "evtx-"));
    const path = join(folder, "log.evtx");
    const writer = openEvtxFile(path, 5001);
    const events = Array.from({ length: 700 }, (_, i) => event(i));
    events.push({
      ...event(700),
      eventId: 8003,
      userData: "RuleAndFileData",
      data: [{ name: "FullFilePath", type: "string", value: "C:\\Tools\\a.exe" }],
    });
    for (const e of events) writer.write(e);
    writer.close();
    const read = readIndependently(path);
    rmSync(folder, { recursive: true });
    expect(read.map((r) => r.event_record_id)).toEqual(events.map((_, i) => 5001 + i));
    const first = read[0]?.data.Event;
    expect(first?.EventData).toEqual({
      RuleName: "-",
      ProcessGuid: "11223344-5566-7788-99AA-000000000001",
      ProcessId: 4000,
      CommandLine: '"C:\\Windows\\System32\\notepad.exe" note-0.txt',
      LogonId: "0x3e7",
      Signed: true,
    });
    expect(first?.System).toMatchObject({
      Provider: { "#attributes": { Name: "Microsoft-Windows-Sysmon", Guid: SYSMON.slice(1, -1) } },
      EventID: 1,
      TimeCreated: { "#attributes": { SystemTime: "2026-03-03T09:30:00.000250Z" } },
      Execution: { "#attributes": { ProcessID: 3000, ThreadID: 3100 } },
      Channel: "Microsoft-Windows-Sysmon/Operational",
      Computer: "ws-014.example.net",
      Security: { "#attributes": { UserID: "S-1-5-18" } },
    });
    expect(read.slice(0, 700).map((r) => r.data.Event.EventData?.CommandLine)).toEqual(
      events.slice(0, 700).map((e) => e.data[3]?.value),
    );
    expect(JSON.stringify(read[700]?.data.Event.UserData)).toContain("C:\\\\Tools\\\\a.exe");
  });

  it("is read back by the project's own reader", () => {
    const events = Array.from({ length: 300 }, (_, i) => event(i));
    const records: LogRecord[] = [];
    const problems: Diagnostic[] = [];
    const reader = evtx.open({ file: "x" }, { record: (r) => records.push(r), diagnostic: (d) => problems.push(d) });
    reader.push(encodeEvtx(events, 77));
    reader.end();
    expect(problems).toEqual([]);
    expect(records.map((r) => [r.recordId, r.time, r.get("CommandLine"), r.get("Signed")])).toEqual(
      events.map((e, i) => [77 + i, e.time, e.data[3]?.value, i % 2 ? undefined : "true"]),
    );
  });

  it("writes checksums over header, chunk header and records", () => {
    const bytes = Buffer.from(encodeEvtx(Array.from({ length: 300 }, (_, i) => event(i))));
    expect(crc32(bytes.subarray(0, 120))).toBe(bytes.readUInt32LE(124));
    const chunks = bytes.readUInt16LE(42);
    expect(chunks).toBeGreaterThan(1);
    expect(bytes.length).toBe(4096 + 65536 * chunks);
    for (let i = 0; i < chunks; i++) {
      const chunk = bytes.subarray(4096 + 65536 * i, 4096 + 65536 * (i + 1));
      expect(crc32(chunk.subarray(512, chunk.readUInt32LE(48)))).toBe(chunk.readUInt32LE(52));
      expect(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120)))).toBe(chunk.readUInt32LE(124));
    }
  });

  it("defines a template once a chunk", () => {
    const bytes = Buffer.from(encodeEvtx(Array.from({ length: 40 }, (_, i) => event(i))));
    const definitions =
      bytes.toString("latin1").split(Buffer.from("EventRecordID", "utf16le").toString("latin1")).length - 1;
    expect(definitions).toBe(1);
  });

  it("gives equal bytes for equal events, and never loses one to a chunk's end", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 4000 }), { maxLength: 40 }), (texts) => {
        const events = texts.map((text, i) => event(i, text));
        const bytes = Buffer.from(encodeEvtx(events));
        expect(bytes.equals(encodeEvtx(events))).toBe(true);
        let records = 0;
        for (let at = 4096; at < bytes.length; at += 65536)
          records += Number(bytes.readBigUInt64LE(at + 16) - bytes.readBigUInt64LE(at + 8)) + 1;
        expect(records).toBe(texts.length);
      }),
      { numRuns: 50 },
    );
  });

  it("refuses a value that the format cannot hold", () => {
    expect(() => encodeEvtx([event(0, "x".repeat(40_000))])).toThrow(RangeError);
  });
});
