import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { recognise } from "../shapes.ts";

const FALCON = {
  aid: "c0ffee",
  ComputerName: "PC-1",
  event_platform: "Win",
  timestamp: "1714641295125",
};

it("Falcon: a process start, its parent by the sensor's own id", () => {
  const start = {
    ...FALCON,
    event_simpleName: "ProcessRollup2",
    ImageFileName: "\\Device\\HarddiskVolume3\\Windows\\System32\\mshta.exe",
    CommandLine: "mshta a.hta",
    TargetProcessId: "77",
    RawProcessId: "4711",
    ParentProcessId: "66",
    ParentBaseFileName: "explorer.exe",
    ProcessStartTime: "1714641295.100",
    SHA256HashData: "ab",
    MD5HashData: "00000000000000000000000000000000",
    UserSid: "S-1-5-21-1",
  };
  expect(eventsOf(start)).toMatchObject([
    {
      kind: "processCreation",
      host: "PC-1",
      time: 1714641295125,
      platform: "windows",
      commandLine: "mshta a.hta",
      user: "S-1-5-21-1",
      hashes: "SHA256=ab",
      process: { key: "id:c0ffee:77", pid: 4711, image: start.ImageFileName },
      parent: { key: "id:c0ffee:66", image: "explorer.exe" },
    },
  ]);
  const { TargetProcessId, ...rest } = start;
  expect(eventsOf({ ...rest, TargetProcessId_decimal: TargetProcessId })).toMatchObject([
    { process: { key: "id:c0ffee:77" } },
  ]);
});

it.each([
  [
    "NetworkConnectIP4",
    { RemoteAddressIP4: "192.0.2.1", RemotePort: "443", ContextProcessId: "77" },
    {
      kind: "networkConnection",
      initiated: true,
      destinationIp: "192.0.2.1",
      destinationPort: 443,
      process: { key: "id:c0ffee:77" },
    },
  ],
  ["NetworkReceiveAcceptIP4", { RemoteAddressIP4: "192.0.2.1" }, { initiated: false }],
  ["DnsRequest", { DomainName: "a.example" }, { query: "a.example" }],
  [
    "ClassifiedModuleLoad",
    { ImageFileName: "C:\\a.dll", TargetProcessId: "77" },
    { kind: "moduleLoad", module: "C:\\a.dll" },
  ],
  ["PeFileWritten", { TargetFileName: "C:\\a.dll" }, { kind: "fileCreation", path: "C:\\a.dll" }],
  [
    "AsepValueUpdate",
    { RegObjectName: "\\REGISTRY\\x", RegValueName: "y", RegStringValue: "z" },
    { path: "\\REGISTRY\\x\\y", value: "z" },
  ],
  [
    "ScriptControlScanInfo",
    { ScriptContent: "iex 1" },
    { kind: "commandExecution", dialect: "powershell", text: "iex 1" },
  ],
  ["CommandHistory", { CommandHistory: "dir¶whoami" }, { text: "dir\nwhoami", dialect: "cmd" }],
  ["EndOfProcessV4", { TargetProcessId: "77" }, { kind: "processTermination", process: { key: "id:c0ffee:77" } }],
])("Falcon: %s", (event_simpleName, fields, expected) => {
  expect(eventsOf({ ...FALCON, event_simpleName, ...fields })).toMatchObject([expected]);
});

it("Falcon: other events are records without a meaning", () => {
  expect(
    recognise({ ...FALCON, event_simpleName: "AgentOnline", CommandLine: "x" }, { file: "f", index: 0 }),
  ).toBeDefined();
  expect(eventsOf({ ...FALCON, event_simpleName: "AgentOnline", CommandLine: "x" })).toEqual([]);
});

const ENTRY = { __REALTIME_TIMESTAMP: "1714641295125000", _HOSTNAME: "web1", SYSLOG_IDENTIFIER: "sudo", _PID: "12" };

it("journal: a command of sudo, also where the message is a list of bytes", () => {
  const MESSAGE = "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/tar cf a b";
  const expected = [
    { text: "/usr/bin/tar cf a b", user: "kim", host: "web1", time: 1714641295125, process: { pid: 12 } },
  ];
  expect(eventsOf({ ...ENTRY, MESSAGE })).toMatchObject(expected);
  expect(eventsOf({ ...ENTRY, MESSAGE: [...Buffer.from(MESSAGE)] })).toMatchObject(expected);
  expect(eventsOf({ ...ENTRY, SYSLOG_IDENTIFIER: "sshd", MESSAGE })).toEqual([]);
  expect(eventsOf({ ...ENTRY, MESSAGE: null })).toEqual([]);
});
