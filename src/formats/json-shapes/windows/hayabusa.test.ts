import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../decode/json/parse.ts";
import { createUnderstander } from "../../../events/registry.ts";
import { csv } from "../../csv.ts";
import { recognise, recordsIn } from "../shapes.ts";

function eventsOf(object: JsonObject) {
  const record = recognise(object, { file: "f", index: 0 });
  return record ? createUnderstander().understand(record) : [];
}

const row = (Channel: string, EventID: number, Details: unknown, more: JsonObject = {}): JsonObject => ({
  Timestamp: "2024-05-01 14:00:00.125 +02:00",
  RuleTitle: "Proc Exec",
  Computer: "pc",
  RecordID: 7,
  Channel,
  EventID,
  Details,
  ...more,
});

describe("Hayabusa's timelines", () => {
  it("reads fields under their short names, and the rest under their own", () => {
    const details = { Cmdline: "x /a", Proc: "C:\\x.exe", User: "D\\u", PID: 7, ParentPID: 8, Company: "-" };
    const extra = { ParentImage: "C:\\y.exe", CurrentDirectory: "C:\\" };
    const [event] = eventsOf(row("Sysmon", 1, details, { ExtraFieldInfo: extra }));
    expect(event).toMatchObject({
      kind: "processCreation",
      time: Date.UTC(2024, 4, 1, 12, 0, 0, 125),
      host: "pc",
      user: "D\\u",
      image: "C:\\x.exe",
      commandLine: "x /a",
      currentDirectory: "C:\\",
      process: { pid: 7 },
      parent: { pid: 8, image: "C:\\y.exe" },
    });
    expect(event).toMatchObject({ company: undefined, record: { provider: "Microsoft-Windows-Sysmon", recordId: 7 } });
  });

  it.each([
    [
      "older names",
      "Sec",
      4688,
      { CmdLine: "x", Path: "C:\\x.exe", PID: "0x10", User: "u" },
      { kind: "processCreation", image: "C:\\x.exe", process: { pid: 16 }, user: "u" },
    ],
    [
      "a module",
      "Sysmon",
      7,
      { Image: "C:\\a.dll", Proc: "C:\\x.exe", Signed: "true", Sig: "Valid" },
      { kind: "moduleLoad", module: "C:\\a.dll", process: { image: "C:\\x.exe" }, signature: { status: "Valid" } },
    ],
    [
      "a registry value behind its key",
      "Sysmon",
      13,
      { EventType: "SetValue", TgtObj: "HKLM\\Run\\x: C:\\a.exe /b: c" },
      { kind: "registryKeyModification", path: "HKLM\\Run\\x", value: "C:\\a.exe /b: c" },
    ],
    ["a script block", "PwSh", 4104, { ScriptBlock: "iex x" }, { kind: "commandExecution", text: "iex x" }],
    ["a service", "Sys", 7045, { Svc: "s", Path: "cmd /c x" }, { text: "cmd /c x", name: "s" }],
    [
      "a connection",
      "Sec",
      5156,
      { Proc: "C:\\x.exe", SrcIP: "192.0.2.1", TgtIP: "192.0.2.2", TgtPort: 443, PID: 4 },
      { destinationIp: "192.0.2.2", destinationPort: 443, process: { image: "C:\\x.exe", pid: 4 } },
    ],
  ])("reads %s", (_, channel, id, details, event) => {
    expect(eventsOf(row(channel, id, details))).toMatchObject([event]);
    const cell = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
    expect(eventsOf(row(channel, id, cell.join(" ¦ ")))).toMatchObject([event]);
  });

  it("leaves a bar inside of a value, and bears names of every object's own", () => {
    expect(eventsOf(row("PwSh", 4104, "ScriptBlock: a ¦ b"))).toMatchObject([{ text: "a ¦ b" }]);
    expect(eventsOf(row("Sysmon", 1, { __proto__: { Image: "x" }, constructor: "y" }))).toHaveLength(1);
    expect(eventsOf(row("Sysmon", 1, { Cmdline: "x" }, { AllFieldInfo: { CommandLine: "y" } }))).toMatchObject([
      { commandLine: "y" },
    ]);
  });

  it("is known by its columns, and no other table is", () => {
    const columns = '"Timestamp","RuleTitle","Level","Computer","Channel","EventID","RecordID","Details","RuleID"\n';
    expect(csv.sniff(Buffer.from(columns), "x")).toBeGreaterThan(0.5);
    expect(recognise({ RuleTitle: "x", Details: "y" }, { file: "f", index: 0 })).toBeUndefined();
  });
});

it("Docker's container logs hold the record as text", () => {
  const inner = { process_exec: { process: { pid: 3, binary: "/bin/id" } }, node_name: "n1" };
  const object = { log: `${JSON.stringify(inner)}\n`, stream: "stdout", time: "2024-05-01T12:00:00Z" };
  expect(recordsIn(object).flatMap(eventsOf)).toMatchObject([
    { kind: "processCreation", image: "/bin/id", host: "n1" },
  ]);
});
