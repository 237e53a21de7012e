import { expect, it } from "vitest";
import type { Fields } from "../../../test/support/record.ts";
import { understood } from "../../../test/support/understood.ts";

const security = (eventId: number, fields: Fields) =>
  understood("Microsoft-Windows-Security-Auditing", eventId, fields);

const SUBJECT = { SubjectUserName: "eve", SubjectDomainName: "LAB" };
const START = {
  ...SUBJECT,
  NewProcessId: "0x1cc4",
  NewProcessName: "C:\\Windows\\System32\\mshta.exe",
  ProcessId: "0x1ad0",
  CommandLine: "mshta.exe C:\\a.hta",
  TokenElevationType: "%%1938",
};

it("4688: hexadecimal pids, and a key of host, pid and start", () => {
  const [event] = security(4688, START);
  expect(event).toMatchObject({
    kind: "processCreation",
    commandLine: "mshta.exe C:\\a.hta",
    user: "LAB\\eve",
    process: { key: `pid:host1|7364|${Date.UTC(2024, 0, 2, 3, 4, 5, 678)}`, pid: 7364, image: START.NewProcessName },
    parent: { key: undefined, pid: 6864, image: undefined },
    integrityLevel: "Medium",
  });
});

it("4688: an empty command line, and `-` for parent and target account, are none", () => {
  const fields = { CommandLine: "", ParentProcessName: "-", TargetUserName: "-", TargetDomainName: "-" };
  const [event] = security(4688, { ...START, ...fields });
  expect(event).toMatchObject({ user: "LAB\\eve", parent: { image: undefined } });
  for (const name of ["commandLine", "originalFileName", "hashes", "company", "signature", "args"]) {
    expect((event as unknown as Record<string, unknown>)[name], name).toBeUndefined();
  }
});

it("4688: parent, target account and label where the newer form has them", () => {
  const newer = {
    ParentProcessName: "C:\\Windows\\explorer.exe",
    TargetUserName: "adm",
    TargetDomainName: "LAB",
    MandatoryLabel: "S-1-16-12288",
  };
  expect(security(4688, { ...START, ...newer })[0]).toMatchObject({
    parent: { image: "C:\\Windows\\explorer.exe" },
    user: "LAB\\adm",
    integrityLevel: "High",
  });
});

it.each([
  ["%%1937", "High"],
  ["TokenElevationTypeFull (2)", "High"],
  ["%%1936", undefined],
])("4688: elevation %s without a label is %s", (TokenElevationType, level) => {
  const [event] = security(4688, { ...START, TokenElevationType });
  expect(event?.kind === "processCreation" && event.integrityLevel).toBe(level);
});

it("4689: an end knows its process, but not since when it ran", () => {
  const [event] = security(4689, { ProcessId: "0x4c4", ProcessName: "C:\\a.exe" });
  expect(event).toMatchObject({
    kind: "processTermination",
    process: { key: undefined, pid: 1220, image: "C:\\a.exe" },
  });
});

it("4663: writes and deletions of files and keys, and opened processes", () => {
  const act = (ObjectType: string, AccessMask: string) => {
    const ObjectName = ObjectType === "Key" ? "\\REGISTRY\\MACHINE\\SOFTWARE\\x" : "C:\\x";
    const [event] = security(4663, { ObjectType, ObjectName, AccessMask, ProcessId: "0x4" });
    if (event === undefined) return undefined;
    return event.kind === "osApiExecution" ? [event.api, event.target.image] : "action" in event && event.action;
  };
  expect(act("File", "0x2")).toBe("modify");
  expect(act("File", "0x10000")).toBe("delete");
  expect(act("File", "0x1")).toBeUndefined();
  expect(act("Key", "0x2")).toBe("setValue");
  expect(act("Key", "0x4")).toBe("createKey");
  expect(act("Key", "0x1")).toBeUndefined();
  expect(act("Process", "0x10")).toEqual(["processAccess", "C:\\x"]);
  expect(act("Token", "0x2")).toBeUndefined();
});

it("4656: a handle that was asked for counts for processes only", () => {
  expect(security(4656, { ObjectType: "File", ObjectName: "C:\\x", AccessMask: "0x2" })).toEqual([]);
  expect(security(4656, { ObjectType: "Process", ObjectName: "C:\\x", AccessMask: "0x10" })).toHaveLength(1);
});

it("4657: a value's path in the words of Sysmon", () => {
  const value = {
    ObjectName: "\\REGISTRY\\USER\\S-1-5-21\\Environment",
    ObjectValueName: "windir",
    OperationType: "%%1905",
    NewValue: "cmd /k",
  };
  expect(security(4657, value)[0]).toMatchObject({
    action: "setValue",
    path: "HKU\\S-1-5-21\\Environment\\windir",
    value: "cmd /k",
  });
  expect(security(4657, { ...value, OperationType: "%%1906" })[0]).toMatchObject({ action: "deleteValue" });
});

it("4657: a Run value is an autostart entry too", () => {
  const events = security(4657, {
    ObjectName: "\\REGISTRY\\MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run",
    ObjectValueName: "upd",
    OperationType: "%%1904",
    NewValue: "regsvr32 /s a.dll",
  });
  expect(events.map(({ kind }) => kind)).toEqual(["registryKeyModification", "runKey"]);
  expect(events[1]).toMatchObject({
    path: "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\upd",
    name: "upd",
    commandLine: "regsvr32 /s a.dll",
  });
});

it("4690: a handle handed to another process", () => {
  expect(security(4690, { SourceProcessId: "0x10", TargetProcessId: "0x4" })[0]).toMatchObject({
    api: "handle",
    process: { pid: 16 },
    target: { pid: 4 },
  });
});

it("4697: a service's command; without one nothing", () => {
  expect(security(4697, { ...SUBJECT, ServiceName: "s", ServiceFileName: "%COMSPEC% /c x" })[0]).toMatchObject({
    kind: "commandExecution",
    text: "%COMSPEC% /c x",
    origin: "service",
    name: "s",
    user: "LAB\\eve",
  });
  expect(security(4697, { ServiceName: "s" })).toEqual([]);
});

it("5156: directions and protocols by number or word", () => {
  const flow = { ProcessID: "820", Application: "\\device\\harddiskvolume2\\a.exe", DestAddress: "192.0.2.1" };
  expect(security(5156, { ...flow, Direction: "%%14593", DestPort: "443", Protocol: "6" })[0]).toMatchObject({
    initiated: true,
    destinationPort: 443,
    protocol: "tcp",
    process: { pid: 820, image: "\\device\\harddiskvolume2\\a.exe" },
  });
  expect(security(5156, { ...flow, Direction: "Inbound", Protocol: "47" })[0]).toMatchObject({
    initiated: false,
    protocol: "47",
  });
});

it("4688: a label that is none says no level", () => {
  expect(security(4688, { ...START, MandatoryLabel: "S-1-16-constructor" })).toMatchObject([
    { integrityLevel: "Medium" },
  ]);
});
