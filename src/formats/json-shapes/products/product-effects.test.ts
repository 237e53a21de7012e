import { expect, it } from "vitest";
import { createUnderstander } from "../../../events/registry.ts";
import { recognise } from "../shapes.ts";

function eventsOf(object: Record<string, unknown>) {
  const record = recognise(object, { file: "a.json", index: 0 });
  return record === undefined ? undefined : createUnderstander().understand(record);
}

const TIME = Date.UTC(2026, 2, 1, 10);

it("Falcon: classes of files, threads and handles, drivers, services, and whose they are", () => {
  const base = {
    aid: "m1",
    ContextProcessId: "7",
    ContextBaseFileName: "a.exe",
    ContextTimeStamp: String(TIME / 1000),
  };
  const done = (name: string, more = {}) =>
    eventsOf({ event_simpleName: name, event_platform: "Win", ...base, ...more });
  const by = { host: "m1", time: TIME, process: { key: "id:m1:7", image: "a.exe" } };
  const file = { TargetFileName: "\\Device\\x" };
  const actions = {
    FileCreateInfo: "create",
    CriticalFileModified: "modify",
    FileDeleteInfo: "delete",
    ExecutableDeleted: "delete",
  };
  for (const [name, action] of Object.entries(actions))
    expect(done(name, file)).toMatchObject([{ kind: "fileCreation", action, path: "\\Device\\x", ...by }]);
  expect(done("FileRenameInfo", { ...file, SourceFileName: "\\Device\\y" })).toMatchObject([{ path: "\\Device\\x" }]);
  const target = { TargetProcessId: "9" };
  for (const name of ["InjectedThread", "JavaInjectedThread", "DllInjection"])
    expect(done(name, { ...target, InjectedDll: "b.dll" })).toMatchObject([
      { api: "createRemoteThread", target: { key: "id:m1:9" }, startModule: "b.dll", ...by },
    ]);
  expect(
    done("LsassHandleFromUnsignedModule", { ...target, DesiredAccess: "16", ImageFileName: "a.exe" }),
  ).toMatchObject([{ api: "processAccess", access: "16", target: { key: "id:m1:9" } }]);
  expect(done("DriverLoad", { ImageFileName: "\\Device\\d.sys", CompanyName: "Acme" })).toMatchObject([
    { kind: "moduleLoad", module: "\\Device\\d.sys", company: "Acme" },
  ]);
  expect(done("ModifyServiceBinary", { ServiceImagePath: "a.exe -s", ServiceDisplayName: "S" })).toMatchObject([
    { kind: "commandExecution", origin: "service", text: "a.exe -s", name: "S" },
  ]);
  expect(done("HttpRequestDetect", { HttpUrl: "http://a.example/", ImageFileName: "w.exe" })).toMatchObject([
    { kind: "networkConnection", url: "http://a.example/", process: { image: "w.exe" } },
  ]);
  expect(done("CommandHistory", { CommandHistory: "dir", ContextProcessId: undefined, ...target })).toMatchObject([
    { text: "dir", process: { key: "id:m1:9" } },
  ]);
  expect(done("ScriptControlScanInfo", { ScriptContent: "id", event_platform: "Mac" })).toMatchObject([
    { dialect: "sh", platform: "macos" },
  ]);
  expect(done("FirewallSetRule")).toEqual([]);
});

it("SentinelOne: drivers, renamed and deleted files, handles, keys and values of its lake", () => {
  const base = {
    "dataSource.name": "SentinelOne",
    "src.process.uid": "A",
    "src.process.pid": 4,
    "tgt.file.path": "C:\\x",
  };
  const done = (type: string, more = {}) => eventsOf({ ...base, "event.type": type, ...more })?.[0];
  expect(done("Driver Load", { "tgt.file.isSigned": "signed" })).toMatchObject({
    kind: "moduleLoad",
    module: "C:\\x",
    signature: { signed: true },
  });
  const actions = { "File Rename": "create", "File Modification": "modify", "File Deletion": "delete" };
  for (const [type, action] of Object.entries(actions)) expect(done(type)).toMatchObject({ action, path: "C:\\x" });
  const into = { "tgt.process.uid": "B", "tgt.process.pid": 5, "tgt.process.accessRights": 16 };
  expect(done("Duplicate Process Handle", into)).toMatchObject({
    api: "handle",
    access: "16",
    target: { key: "id:B" },
  });
  const key = { "registry.keyPath": "MACHINE\\X" };
  const keys = {
    "Registry Key Create": "createKey",
    "Registry Key Delete": "deleteKey",
    "Registry Value Delete": "deleteValue",
  };
  for (const [type, action] of Object.entries(keys))
    expect(done(type, key)).toMatchObject({ action, path: "MACHINE\\X" });
});

it("SentinelOne: the stream of its first Cloud Funnel, by a type or by the key that holds the event", () => {
  const source = {
    node: { key: { value: "S" } },
    executable: { path: "C:\\a.exe" },
    fullPid: { pid: 4 },
    user: { name: "LAB\\kim" },
  };
  const around = {
    meta: { osFamily: "windows", computerName: "ws1" },
    timestamp: { millisecondsSinceEpoch: String(TIME) },
  };
  const by = { host: "ws1", time: TIME, user: "LAB\\kim", process: { key: "id:S", pid: 4, image: "C:\\a.exe" } };
  const value = {
    event_type: "regValueModified",
    regValue: { path: "MACHINE\\X" },
    newValueData: "n",
    oldValueData: "o",
  };
  expect(eventsOf({ ...around, source, ...value })).toMatchObject([
    { action: "setValue", path: "MACHINE\\X", value: "n", ...by },
  ]);
  const held = { source, targetFile: { path: "C:\\b" } };
  expect(eventsOf({ ...around, fileDeletion: held })).toMatchObject([{ action: "delete", path: "C:\\b", ...by }]);
  const ends = { destinationAddress: { address: "192.0.2.1", port: 443 }, direction: "OUTGOING" };
  expect(eventsOf({ ...around, source, event_type: "tcpv4", ...ends })).toMatchObject([
    { initiated: true, destinationIp: "192.0.2.1", destinationPort: 443, ...by },
  ]);
  expect(eventsOf({ ...around, source, event_type: "schedTaskUpdate", taskName: "T" }) ?? []).toEqual([]);
});

it("Wazuh: files and values that its integrity monitoring saw change, and who did it where that is known", () => {
  const seen = (syscheck: object) =>
    eventsOf({ timestamp: "2026-03-01T10:00:00Z", agent: { name: "srv" }, rule: { id: "550" }, syscheck });
  const audit = { process: { id: "8", name: "/usr/bin/vi" }, effective_user: { name: "root" } };
  expect(seen({ path: "/etc/x", event: "added", audit })).toMatchObject([
    {
      action: "create",
      path: "/etc/x",
      host: "srv",
      time: TIME,
      user: "root",
      process: { pid: 8, image: "/usr/bin/vi" },
    },
  ]);
  expect(seen({ path: "C:\\x", event: "deleted" })).toMatchObject([{ action: "delete", platform: "windows" }]);
  const key = "HKEY_LOCAL_MACHINE\\Software\\X";
  expect(seen({ path: key, event: "modified", value_name: "V" })).toMatchObject([
    { action: "setValue", path: `${key}\\V` },
  ]);
  expect(seen({ path: key, event: "modified" })).toEqual([]);
});

it("macOS: what Endpoint Security sees besides starts, with the host where Jamf names it", () => {
  const process = { audit_token: { pid: 5, euid: 501 }, executable: { path: "/bin/a" } };
  const seen = (event: object) =>
    eventsOf({ time: "2026-03-01T10:00:00Z", host: { hostname: "mac1" }, process, event })?.[0];
  const by = { host: "mac1", time: TIME, platform: "macos", process: { pid: 5, image: "/bin/a" } };
  const target = { audit_token: { pid: 6 }, executable: { path: "/bin/b" } };
  expect(seen({ unlink: { target: { path: "/x" } } })).toMatchObject({ action: "delete", path: "/x", ...by });
  expect(seen({ rename: { destination: { new_path: { dir: { path: "/d" }, filename: "f" } } } })).toMatchObject({
    path: "/d/f",
  });
  expect(seen({ remote_thread_create: { target } })).toMatchObject({
    api: "createRemoteThread",
    target: { pid: 6 },
    ...by,
  });
  expect(seen({ get_task: { target } })).toMatchObject({ api: "processAccess", target: { image: "/bin/b" } });
  expect(seen({ sudo: { command: "/bin/ls", from_username: "kim" } })).toMatchObject({
    text: "/bin/ls",
    user: "kim",
    ...by,
  });
  expect(seen({ lw_session_lock: {} })).toBeUndefined();
});

it("macOS: starts in Jamf's telemetry of the old audit; the caller is the parent of what it spawns", () => {
  const told = (name: string, error = 0) =>
    eventsOf({
      header: { event_name: name, time_seconds_epoch: TIME / 1000, time_milliseconds_offset: 5 },
      host_info: { host_name: "mac1" },
      arguments: { child_PID: 70 },
      exec_args: { args: { 1: "/bin/ls", 2: "-l" } },
      path: ["/bin/ls"],
      return: { error },
      subject: { process_id: 60, process_name: "/bin/sh", effective_user_name: "root" },
    });
  const start = { host: "mac1", time: TIME + 5, image: "/bin/ls", args: ["/bin/ls", "-l"], user: "root" };
  expect(told("AUE_POSIX_SPAWN")).toMatchObject([
    { ...start, process: { pid: 70 }, parent: { pid: 60, image: "/bin/sh" } },
  ]);
  expect(told("AUE_EXECVE")).toMatchObject([{ ...start, process: { pid: 60 }, parent: { pid: undefined } }]);
  expect(told("AUE_EXECVE", 2)).toEqual([]);
  expect(told("AUE_CONNECT")).toEqual([]);
});

const feature = (value: string) => ({ totalValues: 1, values: [value] });
const element = (name: string) => ({ totalValues: 1, elementValues: [{ name }] });

it("Cybereason: processes and connections, whose features are lists of values", () => {
  expect(
    eventsOf({
      simpleValues: { commandLine: feature("a.exe -x"), pid: feature("8"), creationTime: feature(String(TIME)) },
      elementValues: { ownerMachine: element("ws1"), user: element("lab\\kim"), parentProcess: element("b.exe") },
    }),
  ).toMatchObject([{ commandLine: "a.exe -x", host: "ws1", time: TIME, user: "lab\\kim", parent: { image: "b.exe" } }]);
  const connection = {
    elementDisplayName: feature("192.0.2.1:50 > 198.51.100.2:443"),
    remotePort: feature("443"),
    direction: feature("OUTGOING"),
  };
  const owners = { ownerMachine: element("ws1"), ownerProcess: element("a.exe") };
  expect(eventsOf({ simpleValues: connection, elementValues: owners })).toMatchObject([
    {
      initiated: true,
      sourceIp: "192.0.2.1",
      destinationIp: "198.51.100.2",
      destinationPort: 443,
      process: { image: "a.exe" },
    },
  ]);
  expect(eventsOf({ simpleValues: { group: feature("g") }, elementValues: {} })).toEqual([]);
});

it("Datadog: events of its agent, files that were opened to be written among them", () => {
  const process = { pid: 9, ppid: 8, user: "root", executable: { path: "/bin/vi", name: "vi" }, args: ["/etc/x"] };
  const around = { date: "2026-03-01T10:00:00Z", hostname: "srv", agent: { os: "linux" }, process };
  const done = (name: string, more = {}) => eventsOf({ ...around, evt: { name }, ...more })?.[0];
  const by = { host: "srv", time: TIME, user: "root", process: { pid: 9, image: "/bin/vi" } };
  expect(done("exec")).toMatchObject({ kind: "processCreation", args: ["vi", "/etc/x"], parent: { pid: 8 }, ...by });
  expect(done("open", { file: { path: "/etc/x", flags: ["O_RDWR"] } })).toMatchObject({
    action: "modify",
    path: "/etc/x",
    ...by,
  });
  expect(done("open", { file: { path: "/etc/x", flags: ["O_RDONLY"] } })).toBeUndefined();
  expect(done("rename", { file: { path: "/a", destination: { path: "/b" } } })).toMatchObject({ path: "/b" });
  expect(done("dns", { dns: { question: { name: "a.example" } } })).toMatchObject({ query: "a.example", ...by });
  const registry = { key_path: "\\REGISTRY\\MACHINE\\X", value_name: "V" };
  expect(done("set_key_value", { registry })).toMatchObject({ action: "setValue", path: "\\REGISTRY\\MACHINE\\X\\V" });
  expect(done("bpf")).toBeUndefined();
});

it("Carbon Black, Sentinel's normal form, LimaCharlie, Tracee: what they say besides", () => {
  const publisher = [{ name: "Acme", state: "FILE_SIGNATURE_STATE_SIGNED | FILE_SIGNATURE_STATE_VERIFIED" }];
  const module = { type: "endpoint.event.moduleload", process_guid: "G", modload_name: "b.dll" };
  expect(eventsOf({ ...module, modload_publisher: publisher })).toMatchObject([
    { signature: { signed: true, signer: "Acme" } },
  ]);
  const unsigned = [{ state: "FILE_SIGNATURE_STATE_NOT_SIGNED" }];
  expect(eventsOf({ ...module, modload_publisher: unsigned })).toMatchObject([{ signature: { signed: false } }]);
  const deleted = { EventSchema: "FileEvent", EventType: "FileDeleted", TargetFilePath: "C:\\x" };
  expect(eventsOf(deleted)).toMatchObject([{ action: "delete", path: "C:\\x" }]);
  const sensed = (event_type: string, event: object) => eventsOf({ routing: { event_type }, event });
  const thread = { PROCESS_ID: 4, TARGET_PROCESS_ID: 5 };
  expect(sensed("NEW_REMOTE_THREAD", thread)).toMatchObject([{ api: "createRemoteThread", target: { pid: 5 } }]);
  expect(sensed("FILE_DELETE", { FILE_PATH: "C:\\x" })).toMatchObject([{ action: "delete" }]);
  expect(sensed("REGISTRY_CREATE", { REGISTRY_KEY: "\\REGISTRY\\X" })).toMatchObject([{ action: "createKey" }]);
  const remote_addr = { sin_addr: "192.0.2.1", sin_port: "22" };
  const System = { EventName: "security_socket_connect", HostProcessID: 6, HostName: "srv" };
  const EventData = { remote_addr, ProcInfo: { Exe: "/usr/bin/ssh", Username: "kim" } };
  expect(eventsOf({ System, EventData })).toMatchObject([
    { destinationPort: 22, user: "kim", process: { pid: 6, image: "/usr/bin/ssh" } },
  ]);
});

it("reads what Falcon's file integrity monitor says was renamed, and no more of it", () => {
  const matched = {
    ...{ event_simpleName: "FileIntegrityMonitorRuleMatched", event_platform: "Lin", ComputerName: "web", aid: "A" },
    ...{ CommandLine: "mv a b", ImageFileName: "/usr/bin/mv", RawProcessId: "7", ObjectName: "/srv/a" },
  };
  expect(eventsOf({ ...matched, ObjectNameNew: "/srv/b" })).toMatchObject([
    { kind: "fileCreation", action: "create", path: "/srv/b", process: { pid: 7, image: "/usr/bin/mv" } },
  ]);
  expect(eventsOf({ ...matched, ObjectAccessOperationType: "6" })).toEqual([]);
});
