import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectLines, type ExecEvent, execLines } from "../../lab/writers/audit.ts";
import { ndjsonLine } from "../../lab/writers/ndjson.ts";
import { audit } from "../../src/formats/audit.ts";
import type { Format } from "../../src/formats/format.ts";
import { json } from "../../src/formats/json.ts";
import type { LogRecord } from "../../src/model/record.ts";
import { sysmonEvent } from "../support/sysmon.ts";

function read(format: Format, text: string): LogRecord[] {
  const records: LogRecord[] = [];
  const reader = format.open(
    { file: "x" },
    { record: (r) => records.push(r), diagnostic: (d) => expect.fail(d.message) },
  );
  reader.push(Buffer.from(text));
  reader.end();
  return records;
}

const call = {
  time: Date.UTC(2026, 2, 9),
  serial: 41,
  node: "lx-1",
  pid: 9,
  parentPid: 8,
  uid: 0,
  executable: "/usr/bin/find",
  terminal: "(none)",
  session: 3,
  command: "find",
};

function exec(args: readonly string[]): ExecEvent {
  return { ...call, args, directory: "/srv/a b" };
}

function argsOf(record: LogRecord | undefined): readonly string[] | undefined {
  return record?.list("EXECVE.args");
}

describe("audit writer", () => {
  it("writes one event of several records", () => {
    const lines = execLines(exec(["find", "/tmp", "-name", "a b"]));
    expect(lines.map((line) => /type=(\w+)/.exec(line)?.[1])).toEqual([
      "SYSCALL",
      "EXECVE",
      "CWD",
      "PATH",
      "PATH",
      "PROCTITLE",
    ]);
    expect(lines[1]).toBe(
      'node=lx-1 type=EXECVE msg=audit(1773014400.000:41): argc=4 a0="find" a1="/tmp" a2="-name" a3=612062\n',
    );
  });

  it("cuts long arguments into numbered parts, over several records", () => {
    const args = ["sh", "-c", "é".repeat(9000), "x".repeat(20_000), "last"];
    const lines = execLines(exec(args));
    expect(lines.filter((line) => line.includes("type=EXECVE")).length).toBeGreaterThan(5);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(16_000);
    expect(argsOf(read(audit, lines.join(""))[0])).toEqual(args);
  });

  it("gives back any arguments", () => {
    const argument = fc.string({ unit: "grapheme-composite", maxLength: 60 }).map((s) => s.replaceAll("\0", ""));
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 12 }), (args) => {
        const records = read(audit, execLines(exec(args)).join(""));
        expect(records).toHaveLength(1);
        expect(argsOf(records[0])).toEqual(args);
        expect(records[0]?.host).toBe("lx-1");
      }),
    );
  });

  it("writes addresses as the kernel does", () => {
    expect(connectLines({ ...call, ip: "192.0.2.7", port: 443 })[1]).toContain(
      "saddr=020001BBC00002070000000000000000",
    );
  });
});

const event = sysmonEvent({
  time: Date.UTC(2026, 2, 9, 7),
  processId: 1,
  threadId: 2,
  computer: "ws-1.example.net",
  userSid: "S-1-5-18",
  data: [
    { name: "ProcessGuid", type: "guid", value: "{11223344-5566-7788-99AA-BBCCDDEEFF00}" },
    { name: "ProcessId", type: "uint32", value: 4711 },
    { name: "CommandLine", type: "string", value: 'cmd /c "é"' },
    { name: "LogonId", type: "hex64", value: 0x3e7n },
  ],
});

describe("NDJSON writer", () => {
  it.each(["winlogbeat", "flat", "evtx_dump"] as const)("writes the %s shape as its reader knows it", (shape) => {
    const [record] = read(json, ndjsonLine(shape, event, 77));
    expect(record).toMatchObject({
      shape: "winevent",
      eventId: 1,
      channel: event.channel,
      provider: event.provider,
      host: event.computer,
      time: event.time,
      recordId: 77,
    });
    expect(record?.get("CommandLine")).toBe('cmd /c "é"');
    expect(record?.get("ProcessId")).toBe("4711");
    expect(record?.get("LogonId")).toBe("0x3e7");
    expect(record?.get("ProcessGuid")?.replace(/[{}]/g, "")).toBe("11223344-5566-7788-99AA-BBCCDDEEFF00");
  });
});
