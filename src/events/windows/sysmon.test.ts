import { expect, it } from "vitest";
import { type Fields, fakeRecord } from "../../../test/support/record.ts";
import type { Event } from "../../model/event.ts";
import { createUnderstander } from "../registry.ts";

const SYSMON = "Microsoft-Windows-Sysmon";
const GUID = "{365abb72-7c01-5cc4-0000-00102b3e0c00}";
const OTHER = "{365abb72-7c02-5cc4-0000-00102b3e0c01}";

function understand<T extends Event>(eventId: number, fields: Fields, provider = SYSMON): T {
  const [event] = createUnderstander().understand(fakeRecord("winevent", provider, eventId, fields));
  return event as T;
}

it("1: a process start with its parent", () => {
  const event = understand<Extract<Event, { kind: "processCreation" }>>(1, {
    ProcessGuid: GUID,
    ProcessId: "6636",
    Image: "C:\\Windows\\System32\\rundll32.exe",
    OriginalFileName: "RUNDLL32.EXE",
    CommandLine: "rundll32.exe %%TEMP%%\\a.dll,Go",
    CurrentDirectory: "C:\\Users\\",
    User: "LAB\\eve",
    IntegrityLevel: "High",
    Hashes: "SHA256=AB,IMPHASH=CD",
    Company: "?",
    Product: "-",
    ParentProcessGuid: OTHER,
    ParentProcessId: "12",
    ParentImage: "C:\\Windows\\explorer.exe",
    ParentCommandLine: "explorer.exe 100%%",
  });
  expect(event).toMatchObject({
    kind: "processCreation",
    platform: "windows",
    commandLine: "rundll32.exe %TEMP%\\a.dll,Go",
    originalFileName: "RUNDLL32.EXE",
    user: "LAB\\eve",
    integrityLevel: "High",
    hashes: "SHA256=AB,IMPHASH=CD",
    process: { key: `id:${GUID.slice(1, -1)}`, pid: 6636, image: "C:\\Windows\\System32\\rundll32.exe" },
    parent: { key: `id:${OTHER.slice(1, -1)}`, pid: 12, image: "C:\\Windows\\explorer.exe" },
    parentCommandLine: "explorer.exe 100%%",
  });
  expect(event.company).toBeUndefined();
  expect(event.product).toBeUndefined();
  expect(event.signature).toBeUndefined();
  expect(event.args).toBeUndefined();
});

it("1: a parent that Sysmon did not know is no process", () => {
  const event = understand<Extract<Event, { kind: "processCreation" }>>(1, {
    Image: "<unknown process>",
    ParentProcessGuid: "{00000000-0000-0000-0000-000000000000}",
    ParentProcessId: "12",
    ParentImage: "-",
    ParentCommandLine: "-",
  });
  expect(event.image).toBeUndefined();
  expect(event.parent).toMatchObject({ key: undefined, pid: 12, image: undefined });
  expect(event.parentCommandLine).toBeUndefined();
});

it("1: Sysmon for Linux does not double percent signs", () => {
  const event = understand<Extract<Event, { kind: "processCreation" }>>(
    1,
    { Image: "/usr/bin/date", CommandLine: "date +%%s" },
    "Linux-Sysmon",
  );
  expect(event).toMatchObject({ platform: "linux", commandLine: "date +%%s" });
});

it("3: a connection, port 0 and `-` being none", () => {
  const fields = { ProcessGuid: GUID, Initiated: "true", SourcePort: "0", DestinationHostname: "-", Protocol: "tcp" };
  const event = understand<Extract<Event, { kind: "networkConnection" }>>(3, {
    ...fields,
    DestinationIp: "203.0.113.9",
    DestinationPort: "443",
  });
  expect(event).toMatchObject({
    kind: "networkConnection",
    initiated: true,
    destinationIp: "203.0.113.9",
    destinationPort: 443,
    protocol: "tcp",
  });
  expect(event.sourcePort).toBeUndefined();
  expect(event.destinationHost).toBeUndefined();
});

it("7: a module with its signature; 6: a driver without a process", () => {
  const signed = { ImageLoaded: "C:\\x.dll", Signed: "true", Signature: "Acme", SignatureStatus: "Valid" };
  expect(understand(7, { ...signed, ProcessGuid: GUID })).toMatchObject({
    kind: "moduleLoad",
    module: "C:\\x.dll",
    signature: { signed: true, signer: "Acme", status: "Valid" },
    process: { key: `id:${GUID.slice(1, -1)}` },
  });
  expect(understand(7, { ImageLoaded: "C:\\x.dll", Signed: "false", Signature: "-" })).toMatchObject({
    signature: { signed: false, signer: undefined },
  });
  expect(understand(6, signed)).toMatchObject({ kind: "moduleLoad", process: { key: undefined, image: undefined } });
});

it("8 and 10: the target, in both spellings of the GUID fields", () => {
  const remote = understand(8, { SourceProcessGuid: GUID, TargetProcessGuid: OTHER, StartModule: "C:\\k.dll" });
  expect(remote).toMatchObject({ api: "createRemoteThread", startModule: "C:\\k.dll" });
  const access = understand(10, { SourceProcessGUID: GUID, TargetProcessGUID: OTHER, GrantedAccess: "0x1fffff" });
  expect(access).toMatchObject({ api: "processAccess", access: "0x1fffff" });
  for (const event of [remote, access]) {
    expect(event).toMatchObject({
      process: { key: `id:${GUID.slice(1, -1)}` },
      target: { key: `id:${OTHER.slice(1, -1)}` },
    });
  }
});

it.each([
  [2, "timestamp"],
  [11, "create"],
  [15, "stream"],
  [23, "delete"],
  [26, "delete"],
  [27, "create"],
  [29, "create"],
])("%i: a file (%s)", (eventId, action) => {
  const event = understand(eventId, {
    TargetFilename: "C:\\a.dll",
    Contents: "[ZoneTransfer] ZoneId=3",
    Hash: "MD5=A",
  });
  expect(event).toMatchObject({ kind: "fileCreation", action, path: "C:\\a.dll", contents: "[ZoneTransfer] ZoneId=3" });
  expect((event as { hashes?: string }).hashes).toBe(eventId === 15 ? "MD5=A" : undefined);
});

it.each([
  [12, "CreateKey", "createKey"],
  [12, "DeleteKey", "deleteKey"],
  [12, "DeleteValue", "deleteValue"],
  [13, "SetValue", "setValue"],
  [14, "RenameKey", "rename"],
])("%i %s: a registry change", (eventId, EventType, action) => {
  const event = understand(eventId, { EventType, TargetObject: "HKLM\\Software\\x", Details: "%%windir%%\\a" });
  expect(event).toMatchObject({
    kind: "registryKeyModification",
    action,
    path: "HKLM\\Software\\x",
    value: "%windir%\\a",
  });
});

it("13: a value under Run is an autostart entry too; numbers and drivers are none", () => {
  const kinds = (fields: Fields) =>
    createUnderstander()
      .understand(fakeRecord("winevent", SYSMON, 13, fields))
      .map(({ kind }) => kind);
  const run = "HKU\\S-1-5-21\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\upd";
  expect(kinds({ TargetObject: run, Details: "rundll32.exe a.dll,Go" })).toEqual(["registryKeyModification", "runKey"]);
  expect(kinds({ TargetObject: run, Details: "DWORD (0x00000001)" })).toEqual(["registryKeyModification"]);
  const service = "HKLM\\System\\CurrentControlSet\\Services\\drv\\ImagePath";
  expect(kinds({ TargetObject: service, Details: "\\SystemRoot\\drv.sys" })).toEqual(["registryKeyModification"]);
  expect(kinds({ TargetObject: "HKLM\\Software\\Runner\\x", Details: "a.exe" })).toEqual(["registryKeyModification"]);
});

it("20: the command of a WMI consumer, unquoted; a script consumer is not a command line", () => {
  const fields = { Name: ' "Updater"', Destination: ' "cmd.exe /c \\"C:\\\\a b\\\\x.bat\\""' };
  expect(understand(20, { ...fields, Type: "Command Line" })).toMatchObject({
    kind: "commandExecution",
    text: 'cmd.exe /c "C:\\a b\\x.bat"',
    dialect: "commandLine",
    origin: "wmiConsumer",
    name: "Updater",
  });
  expect(understand(20, { ...fields, Type: "Log File" })).toBeUndefined();
});

it("22: a query is a connection that names its question", () => {
  expect(understand(22, { ProcessGuid: GUID, QueryName: "files.example" })).toMatchObject({
    kind: "networkConnection",
    initiated: true,
    query: "files.example",
  });
});

it("25: the tampered process is the target", () => {
  expect(understand(25, { ProcessGuid: GUID, Type: "Image is replaced" })).toMatchObject({
    api: "processTampering",
    target: { key: `id:${GUID.slice(1, -1)}` },
    access: "Image is replaced",
  });
});

it("falls back to UtcTime where the record has no time", () => {
  const fields = { UtcTime: "2024-01-02 03:04:05.678" };
  const record = fakeRecord("winevent", SYSMON, 5, fields, { time: undefined });
  expect(createUnderstander().understand(record)[0]?.time).toBe(Date.UTC(2024, 0, 2, 3, 4, 5, 678));
});

it("12: a word that no type is says no more than the number", () => {
  const EventType = "constructor";
  expect(understand(12, { EventType, TargetObject: "HKLM\\X" })).toMatchObject({ action: "createKey" });
});
