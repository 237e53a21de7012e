import { expect, it } from "vitest";
import { type Fields, fakeRecord } from "../../../test/support/record.ts";
import { createUnderstander } from "../registry.ts";

const mde = (fields: Fields) => createUnderstander().understand(fakeRecord("mde", undefined, undefined, fields))[0];

const INITIATOR = {
  InitiatingProcessId: "6",
  InitiatingProcessFileName: "winword.exe",
  InitiatingProcessFolderPath: "c:\\program files\\office\\winword.exe",
  InitiatingProcessCommandLine: "winword.exe a.docm",
  InitiatingProcessCreationTime: "2024-01-02T03:00:00.1234567Z",
  InitiatingProcessAccountDomain: "lab",
  InitiatingProcessAccountName: "eve",
};

it("a process start: the initiating process is the parent, ids of their own make no key", () => {
  const event = mde({
    ...INITIATOR,
    ActionType: "ProcessCreated",
    FileName: "mshta.exe",
    FolderPath: "C:\\Windows\\System32\\mshta.exe",
    ProcessId: "12",
    ProcessUniqueId: "1970324836974610",
    ProcessCreationTime: "2024-01-02T03:04:05.6785Z",
    ProcessCommandLine: "mshta.exe a.hta",
    ProcessVersionInfoOriginalFileName: "MSHTA.EXE",
    ProcessIntegrityLevel: "Medium",
    SHA256: "ab",
    MD5: "",
    AccountDomain: "lab",
    AccountName: "adm",
  });
  expect(event).toMatchObject({
    kind: "processCreation",
    platform: "windows",
    image: "C:\\Windows\\System32\\mshta.exe",
    commandLine: "mshta.exe a.hta",
    originalFileName: "MSHTA.EXE",
    integrityLevel: "Medium",
    hashes: "SHA256=AB",
    user: "lab\\adm",
    process: { key: `pid:host1|12|${Date.UTC(2024, 0, 2, 3, 4, 5, 678)}` },
    parent: {
      key: `pid:host1|6|${Date.UTC(2024, 0, 2, 3, 0, 0, 123)}`,
      image: "c:\\program files\\office\\winword.exe",
    },
    parentCommandLine: "winword.exe a.docm",
  });
});

it.each([
  ["C:\\Windows", "a.exe", "C:\\Windows\\a.exe"],
  ["C:\\Windows\\A.exe", "a.exe", "C:\\Windows\\A.exe"],
  ["/usr/bin/", "split", "/usr/bin/split"],
  ["", "a.exe", "a.exe"],
  ["C:\\x", "", "C:\\x"],
])("a path from folder %j and name %j is %s", (FolderPath, FileName, module) => {
  expect(mde({ ActionType: "ImageLoaded", FolderPath, FileName })).toMatchObject({ kind: "moduleLoad", module });
});

it("tells the platform by the paths", () => {
  const platform = (FolderPath: string) => mde({ ActionType: "ProcessCreated", FolderPath })?.platform;
  expect(["C:\\a", "/usr/bin/a", "/Applications/a"].map(platform)).toEqual(["windows", "linux", "macos"]);
});

it("connections: a host name and a URL in one field, inbound told from outbound", () => {
  const fields = { ...INITIATOR, RemoteIP: "192.0.2.1", RemotePort: "443", Protocol: "Tcp" };
  expect(mde({ ...fields, ActionType: "ConnectionSuccess", RemoteUrl: "a.example" })).toMatchObject({
    initiated: true,
    destinationHost: "a.example",
    url: undefined,
    protocol: "tcp",
    process: { pid: 6 },
    user: "lab\\eve",
  });
  expect(mde({ ...fields, ActionType: "ConnectionSuccess", RemoteUrl: "http://a.example/x" })).toMatchObject({
    destinationHost: undefined,
    url: "http://a.example/x",
  });
  expect(mde({ ...fields, ActionType: "InboundConnectionAccepted" })).toMatchObject({ initiated: false });
});

it("registry values and keys, by the previous name where they are gone", () => {
  const value = { RegistryKey: "HKEY_LOCAL_MACHINE\\x", RegistryValueName: "v", RegistryValueData: "cmd" };
  expect(mde({ ...value, ActionType: "RegistryValueSet" })).toMatchObject({
    action: "setValue",
    path: "HKEY_LOCAL_MACHINE\\x\\v",
    value: "cmd",
  });
  expect(mde({ PreviousRegistryKey: "HKEY_USERS\\y", ActionType: "RegistryKeyDeleted" })).toMatchObject({
    action: "deleteKey",
    path: "HKEY_USERS\\y",
  });
});

it("DeviceEvents: AdditionalFields as JSON text or as an object; broken JSON is no command", () => {
  const command = (fields: Fields) => mde({ ActionType: "PowerShellCommand", ...fields });
  expect(command({ AdditionalFields: '{"Command":"Get-Date"}' })).toMatchObject({
    text: "Get-Date",
    origin: "pipeline",
  });
  expect(command({ "AdditionalFields.Command": "Get-Date" })).toMatchObject({ text: "Get-Date" });
  expect(command({ AdditionalFields: '{"Command":' })).toBeUndefined();
  expect(command({ AdditionalFields: '{"Command":7}' })).toBeUndefined();
  expect(mde({ ActionType: "OpenProcessApiCall", ...INITIATOR, FileName: "lsass.exe", ProcessId: "8" })).toMatchObject({
    api: "processAccess",
    process: { pid: 6 },
    target: { pid: 8, image: "lsass.exe" },
  });
});

it("tasks: each program that the definition runs; the name alone where there is no definition", () => {
  const task = (fields: object) =>
    mde({ ActionType: "ScheduledTaskCreated", AdditionalFields: JSON.stringify(fields) });
  const TaskContent =
    "<Task><Actions><Exec><Command>mshta.exe</Command><Arguments>a.hta</Arguments></Exec></Actions></Task>";
  expect(task({ TaskName: "\\u", TaskContent })).toMatchObject({
    kind: "scheduledTask",
    name: "\\u",
    commandLine: "mshta.exe a.hta",
  });
  expect(task({ TaskName: "\\u" })).toMatchObject({ kind: "scheduledTask", name: "\\u", commandLine: undefined });
});

it("DNS as the network sensor sees it, and calls into other processes", () => {
  const seen = { ActionType: "DnsConnectionInspected", "AdditionalFields.query": "a.example", RemoteIP: "192.0.2.1" };
  expect(mde(seen)).toMatchObject({ kind: "networkConnection", query: "a.example" });
  const into = { ...INITIATOR, FileName: "lsass.exe", ProcessId: "8" };
  expect(mde({ ActionType: "QueueUserApcRemoteApiCall", ...into })).toMatchObject({
    api: "createRemoteThread",
    target: { pid: 8 },
  });
  expect(mde({ ActionType: "ReadProcessMemoryApiCall", ...into })).toMatchObject({ api: "processAccess" });
});

it.each([
  ["AsrOfficeChildProcessBlocked", "asr", "block"],
  ["AsrOfficeChildProcessAudited", "asr", "audit"],
  ["AppControlExecutableAudited", "appcontrol", "audit"],
  ["AntivirusDetection", "defender", "audit"],
])("%s is a decision of %s: %s", (ActionType, product, decision) => {
  expect(mde({ ActionType, FolderPath: "C:\\x.exe" })).toMatchObject({ product, decision, path: "C:\\x.exe" });
});

it("an action of no meaning here is no event", () => {
  expect(mde({ ActionType: "LogonSuccess" })).toBeUndefined();
  expect(mde({ ActionType: "constructor" })).toBeUndefined();
  expect(mde({})).toBeUndefined();
});

it("a start on Linux has its working directory among the additional fields", () => {
  const AdditionalFields = JSON.stringify({ ProcessCurrentWorkingDirectory: "/srv" });
  const start = {
    ActionType: "ProcessCreated",
    FolderPath: "/bin/sh",
    ProcessCommandLine: "sh a.sh",
    AdditionalFields,
  };
  expect(mde(start)).toMatchObject({ kind: "processCreation", currentDirectory: "/srv" });
});
