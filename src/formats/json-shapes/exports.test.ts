import { expect, it } from "vitest";
import { eventsOf } from "../../../test/support/json-events.ts";

const INSERTS = { Channel: "System", Computer: "pc", TimeCreated: "2024-05-01 14:00:00 +0200" };

it("Fluent Bit: values without names", () => {
  const service = { ...INSERTS, ProviderName: "Service Control Manager", EventID: 7045 };
  expect(eventsOf({ ...service, StringInserts: ["svc", "cmd /c x", "user", "auto", "LocalSystem"] })).toMatchObject([
    { kind: "commandExecution", text: "cmd /c x", name: "svc", time: Date.UTC(2024, 4, 1, 12) },
  ]);
  const block = { ...INSERTS, ProviderName: "Microsoft-Windows-PowerShell", EventID: 4104 };
  expect(eventsOf({ ...block, StringInserts: [1, 1, "iex x", "id", "C:\\x.ps1"] })).toMatchObject([
    { kind: "commandExecution", text: "iex x", name: "C:\\x.ps1" },
  ]);
  const installer = { ...INSERTS, ProviderName: "MsiInstaller", EventID: 1042 };
  expect(eventsOf({ ...installer, StringInserts: ["C:\\x.msi", "77", "(NULL)"] })).toMatchObject([
    { kind: "moduleLoad", module: "C:\\x.msi", process: { pid: 77 } },
  ]);
});

it("reads services and script blocks from their English messages", () => {
  const service = { Id: 7045, ProviderName: "Service Control Manager", LogName: "System" };
  const Message =
    "A service was installed in the system.\n\nService Name:  svc\nService File Name:  cmd /c x: y\nService Type:  user";
  expect(eventsOf({ ...service, Message })).toMatchObject([{ text: "cmd /c x: y", name: "svc" }]);
  const block = {
    Id: 4104,
    ProviderName: "Microsoft-Windows-PowerShell",
    LogName: "Microsoft-Windows-PowerShell/Operational",
  };
  const script = "a\r\n\r\nScriptBlock ID: x\r\nb";
  const id = "11111111-2222-3333-4444-555555555555";
  const shown = `Creating Scriptblock text (1 of 1):\r\n${script}\r\n\r\nScriptBlock ID: ${id}\r\nPath: C:\\x.ps1`;
  expect(eventsOf({ ...block, Message: shown })).toMatchObject([{ text: script, name: "C:\\x.ps1" }]);
});

const PROCESS = { NewProcessName: "C:\\x.exe", CommandLine: "x y" };
const SYSTEM = { Provider: { Name: "Microsoft-Windows-Security-Auditing" }, EventID: 4688, Computer: "pc" };
const listed = (key: string) => Object.entries(PROCESS).map(([Name, value]) => ({ Name, [key]: value }));

it.each([
  ["values as `text`", { Event: { System: SYSTEM, EventData: { Data: listed("text") } } }],
  ["values as `_value`", { Event: { System: SYSTEM, EventData: { Data: listed("_value") } } }],
  [
    "evtx's own envelope",
    { event_record_id: 1, timestamp: "x", data: { Event: { System: SYSTEM, EventData: PROCESS } } },
  ],
  [
    "flat, small letters",
    { ...PROCESS, provider: "Microsoft-Windows-Security-Auditing", event_id: 4688, computer: "pc" },
  ],
])("Windows events: %s", (_, object) => {
  expect(eventsOf(object)).toMatchObject([
    { kind: "processCreation", host: "pc", image: "C:\\x.exe", commandLine: "x y" },
  ]);
});

it("takes the table's name off a row of advanced hunting", () => {
  const record = { DeviceName: "pc", ActionType: "ProcessCreated", ProcessCommandLine: "x y", FileName: "x.exe" };
  expect(eventsOf({ table: "DeviceProcessEvents", record })).toMatchObject([{ kind: "processCreation", host: "pc" }]);
});

it("knows the service manager by the name that Splunk has for it", () => {
  const head = "LogName=System\nEventCode=7045\nSourceName=Microsoft-Windows-Service Control Manager\nComputerName=pc";
  const _raw = `${head}\nMessage=A service was installed.\n\nService Name:  svc\nService File Name:  cmd /c x`;
  expect(eventsOf({ _raw })).toMatchObject([{ kind: "commandExecution", text: "cmd /c x", name: "svc", host: "pc" }]);
});

const MOVED = { "@timestamp": "2024-05-01T12:00:00Z", host: { name: "pc" }, process: { name: "x.exe", pid: 5 } };

it.each([
  [1, { event: { provider: "Microsoft-Windows-Sysmon" } }, { kind: "processCreation", image: "x.exe" }],
  [1, { winlog: { channel: "Microsoft-Windows-Sysmon/Operational" } }, { kind: "processCreation", image: "x.exe" }],
  [3, { event: { provider: "Linux-Sysmon" }, destination: { ip: "192.0.2.1" } }, { destinationIp: "192.0.2.1" }],
])("ECS without categories: Sysmon's number %s", (code, source, expected) => {
  const event = { code, ...("event" in source ? source.event : {}) };
  expect(eventsOf({ ...MOVED, ...source, event })).toMatchObject([{ host: "pc", process: { pid: 5 }, ...expected }]);
  expect(eventsOf({ ...MOVED, ...source, event: { ...event, provider: "other" } })).toEqual([]);
});
