import { expect, it } from "vitest";
import type { JsonObject } from "../../../decode/json/parse.ts";
import { createUnderstander } from "../../../events/registry.ts";
import { recognise, recordsIn } from "../shapes.ts";

const eventsOf = (object: JsonObject) =>
  recordsIn(object).flatMap((one) => {
    const record = recognise(one, { file: "f", index: 0 });
    expect(record).toBeDefined();
    return createUnderstander().understand(record!);
  });

const BLACK = {
  device_name: "PC-1",
  device_os: "WINDOWS",
  device_timestamp: "2024-05-02 09:14:55.125 +0000 UTC",
  process_guid: "K-1",
  process_pid: 40,
  process_path: "c:\\windows\\explorer.exe",
  process_cmdline: "explorer.exe",
  process_username: "LAB\\kim",
};
const actor = { host: "PC-1", user: "LAB\\kim", platform: "windows", process: { pid: 40 } };

it("Carbon Black: the child of a start, its parent being the process of the event", () => {
  const start = {
    ...BLACK,
    type: "endpoint.event.procstart",
    childproc_name: "c:\\windows\\system32\\mshta.exe",
    childproc_pid: 41,
    childproc_guid: "K-2",
    childproc_username: "LAB\\kim",
    childproc_hash: [`${"0".repeat(31)}1`, "a".repeat(64)],
    childproc_publisher: [{ name: "Microsoft Windows" }],
    target_cmdline: "mshta a.hta",
  };
  expect(eventsOf(start)).toMatchObject([
    {
      kind: "processCreation",
      time: Date.UTC(2024, 4, 2, 9, 14, 55, 125),
      user: "LAB\\kim",
      image: "c:\\windows\\system32\\mshta.exe",
      commandLine: "mshta a.hta",
      company: "Microsoft Windows",
      hashes: `MD5=${"0".repeat(31)}1,SHA256=${"a".repeat(64)}`,
      process: { pid: 41 },
      parent: { pid: 40, image: "c:\\windows\\explorer.exe" },
      parentCommandLine: "explorer.exe",
    },
  ]);
});

it.each([
  ["procend", {}, { kind: "processTermination" }],
  ["moduleload", { modload_name: "c:\\a.dll" }, { kind: "moduleLoad", module: "c:\\a.dll" }],
  ["filemod", { action: "ACTION_FILE_CREATE", filemod_name: "c:\\a" }, { kind: "fileCreation", action: "create" }],
  ["filemod", { action: "ACTION_FILE_DELETE", filemod_name: "c:\\a" }, { kind: "fileCreation", action: "delete" }],
  [
    "netconn",
    { remote_ip: "203.0.113.9", remote_port: 443, netconn_inbound: false, netconn_protocol: "PROTO_TCP" },
    { kind: "networkConnection", initiated: true, destinationIp: "203.0.113.9", destinationPort: 443, protocol: "tcp" },
  ],
  ["regmod", { action: "ACTION_WRITE_VALUE", regmod_name: "HKLM\\a" }, { action: "setValue", path: "HKLM\\a" }],
  ["regmod", { action: "ACTION_LOAD_KEY | ACTION_CREATE_KEY", regmod_name: "HKLM\\a" }, { action: "createKey" }],
  [
    "crossproc",
    { action: "ACTION_CREATE_REMOTE_THREAD", crossproc_name: "c:\\b.exe" },
    { kind: "osApiExecution", api: "createRemoteThread", target: { image: "c:\\b.exe" } },
  ],
  ["crossproc", { action: "ACTION_OPEN_PROCESS_HANDLE" }, { api: "processAccess" }],
  ["fileless_scriptload", { fileless_scriptload_cmdline: "iex 1" }, { kind: "commandExecution", text: "iex 1" }],
])("Carbon Black: %s %o", (type, fields, expected) => {
  expect(eventsOf({ ...BLACK, type: `endpoint.event.${type}`, ...fields })).toMatchObject([{ ...actor, ...expected }]);
});

it("Carbon Black: an event of another kind has no meaning, and is known", () => {
  expect(eventsOf({ ...BLACK, type: "endpoint.event.procblock" })).toEqual([]);
});

const ASKED = {
  kind: "Event",
  apiVersion: "audit.k8s.io/v1",
  auditID: "a-1",
  requestURI:
    "/api/v1/namespaces/n/pods/web-0/exec?command=sh&command=-c&command=id+%3E%2Ftmp%2Fx&container=c&stdin=true",
  user: { username: "kim" },
  objectRef: { resource: "pods", name: "web-0", subresource: "exec" },
  requestReceivedTimestamp: "2024-05-02T09:14:55.125000Z",
};

it("Kubernetes: a command that the API server had started in a pod, by whom it asked", () => {
  expect(eventsOf({ ...ASKED, stage: "ResponseStarted", responseStatus: { code: 101 } })).toMatchObject([
    {
      kind: "processCreation",
      host: "web-0",
      user: "kim",
      platform: "linux",
      image: "sh",
      args: ["sh", "-c", "id >/tmp/x"],
      time: Date.UTC(2024, 4, 2, 9, 14, 55, 125),
    },
  ]);
});

it.each([
  ["not answered yet", { stage: "RequestReceived" }],
  ["refused", { responseStatus: { code: 403 } }],
  ["another subresource", { responseStatus: { code: 200 }, objectRef: { resource: "pods", subresource: "log" } }],
])("Kubernetes: nothing was started: %s", (_, fields) => {
  expect(eventsOf({ ...ASKED, ...fields })).toEqual([]);
});

const HELK = {
  log_name: "Microsoft-Windows-Sysmon/Operational",
  host_name: "pc-1.lab",
  "@event_date_creation": "2024-05-02T09:14:55.125Z",
  process_guid: "A6977",
  process_id: "40",
  process_path: "c:\\windows\\system32\\mshta.exe",
  user_account: "lab\\kim",
  winlog: { channel: "Microsoft-Windows-Sysmon/Operational", record_id: 9 },
};
const known = { host: "pc-1.lab", time: Date.UTC(2024, 4, 2, 9, 14, 55, 125) };

it.each([
  [1, { process_command_line: "mshta a.hta" }, { kind: "processCreation", commandLine: "mshta a.hta" }],
  [3, { dst_ip_addr: "203.0.113.9", dst_port: "443" }, { destinationIp: "203.0.113.9", destinationPort: 443 }],
  [10, { target_process_path: "c:\\b.exe" }, { api: "processAccess", target: { image: "c:\\b.exe" } }],
  [22, { dst_host_name: "a.example" }, { kind: "networkConnection", query: "a.example" }],
])("HELK: Sysmon's event %i under its names", (event_id, fields, expected) => {
  expect(eventsOf({ ...HELK, event_id, ...fields })).toMatchObject([{ ...known, ...expected }]);
});

it("Falcon: what was done to a value of any class, and numbers", () => {
  const value = {
    aid: "c0ffee",
    event_platform: "Win",
    event_simpleName: "RegSystemConfigValueUpdate",
    RegObjectName: "\\REGISTRY\\MACHINE\\SOFTWARE\\a",
    RegValueName: "b",
  };
  const path = "\\REGISTRY\\MACHINE\\SOFTWARE\\a\\b";
  expect(eventsOf({ ...value, RegOperationType: "1", RegNumericValue: "0" })).toMatchObject([
    { kind: "registryKeyModification", action: "setValue", path, value: "0" },
  ]);
  expect(eventsOf({ ...value, RegOperationType_decimal: "2" })).toMatchObject([{ action: "deleteValue", path }]);
});

it("Tetragon in camel case, as clients of its gRPC write it", () => {
  const process = { execId: "e", pid: 40, binary: "/usr/bin/find", arguments: "-x", startTime: "2024-05-02T09:14:55Z" };
  const start = { processExec: { process, parent: { execId: "p", binary: "/bin/sh" } }, nodeName: "n" };
  expect(eventsOf(start)).toMatchObject([
    { kind: "processCreation", host: "n", commandLine: "/usr/bin/find -x", parent: { image: "/bin/sh" } },
  ]);
});

it("Falco: times only among the fields, and an address with its port", () => {
  const fields = { "evt.rawtime": "1714641295125000000", "evt.type": "connect", "fd.rip": "203.0.113.9:80" };
  expect(eventsOf({ rule: "r", output_fields: { ...fields, "proc.name": "nc" } })).toMatchObject([
    { time: 1714641295125, destinationIp: "203.0.113.9", destinationPort: 80 },
  ]);
});

it("Sysdig: a call as it ends, of any event", () => {
  const call = {
    "evt.time": 1714641295125000000,
    "evt.type": "execve",
    "proc.name": "find",
    "proc.pid": 40,
    "proc.cmdline": "find / -exec id",
    "user.name": "kim",
  };
  expect(eventsOf({ ...call, "evt.dir": "<" })).toMatchObject([
    { kind: "processCreation", time: 1714641295125, user: "kim", commandLine: "find / -exec id", process: { pid: 40 } },
  ]);
  expect(eventsOf({ ...call, "evt.dir": ">" })).toEqual([]);
});

const SYSMON = {
  Channel: "Microsoft-Windows-Sysmon/Operational",
  Image: "C:\\a.exe",
  CommandLine: "a.exe -x",
  ProcessId: "40",
};
const startOf = { kind: "processCreation", host: "pc-1", commandLine: "a.exe -x", process: { pid: 40 } };

it("GELF: names behind an underscore", () => {
  const fields = { EventID: 1, SourceName: "Microsoft-Windows-Sysmon", ...SYSMON };
  const named = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`_${name}`, value]));
  const message = { version: "1.1", host: "pc-1", short_message: "x", timestamp: 1714641295.125, ...named };
  expect(eventsOf(message)).toMatchObject([{ ...startOf, time: 1714641295125 }]);
});

it.each(["winlogbeat_winlog_", "winlog_"])("Graylog: Winlogbeat's names behind %s", (prefix) => {
  const { Channel, ...data } = SYSMON;
  const event = { event_id: 1, channel: Channel, provider_name: "Microsoft-Windows-Sysmon", computer_name: "pc-1" };
  const message = {
    timestamp: "2024-05-02T09:14:55.125Z",
    source: "pc-1",
    ...Object.fromEntries(Object.entries(event).map(([name, value]) => [prefix + name, value])),
    ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`${prefix}event_data_${name}`, value])),
  };
  expect(eventsOf(message)).toMatchObject([{ ...startOf, time: Date.UTC(2024, 4, 2, 9, 14, 55, 125) }]);
});

it("SilkETW: numbers that are written for people, of both of the kernel's providers", () => {
  const trace = { ProviderName: "p", TimeStamp: "2024-05-02T09:14:55.125+00:00" };
  const started = { ProcessID: "12,004", ParentProcessID: "8,416", ImageName: "\\Device\\a.exe" };
  expect(eventsOf({ ...trace, EventName: "ProcessStart/Start", XmlEventData: started })).toMatchObject([
    {
      kind: "processCreation",
      time: Date.UTC(2024, 4, 2, 9, 14, 55, 125),
      image: "\\Device\\a.exe",
      process: { pid: 12004 },
      parent: { pid: 8416 },
    },
  ]);
  const logged = { ProcessID: "40", ParentID: "4", ImageFileName: "a.exe", CommandLine: "a.exe -x" };
  expect(eventsOf({ ...trace, EventName: "Process/Start", XmlEventData: logged })).toMatchObject([
    { commandLine: "a.exe -x", process: { pid: 40 }, parent: { pid: 4 } },
  ]);
  expect(eventsOf({ ...trace, EventName: "ThreadStop/Stop", XmlEventData: { ProcessID: "40" } })).toEqual([]);
});

it("Velociraptor: a list of processes", () => {
  const listed = { Pid: 40, Ppid: 4, Name: "a.exe", Exe: "C:\\a.exe", CommandLine: "a.exe -x", Username: "LAB\\kim" };
  expect(eventsOf({ ...listed, CreateTime: "2024-05-02T09:14:55Z" })).toMatchObject([
    {
      kind: "processCreation",
      time: Date.UTC(2024, 4, 2, 9, 14, 55),
      user: "LAB\\kim",
      image: "C:\\a.exe",
      platform: "windows",
      process: { pid: 40 },
      parent: { pid: 4 },
    },
  ]);
});

const PROCMON = { "Time of Day": "9:14:55.1 AM", "Process Name": "a.exe", PID: "40", Result: "SUCCESS", Path: "C:\\b" };

it.each([
  [
    "Process Create",
    { Detail: 'PID: 41, Command line: "C:\\b.exe" x, y' },
    {
      kind: "processCreation",
      image: "C:\\b",
      commandLine: '"C:\\b.exe" x, y',
      process: { pid: 41 },
      parent: { pid: 40 },
    },
  ],
  ["Load Image", {}, { kind: "moduleLoad", module: "C:\\b", process: { pid: 40 } }],
  ["TCP Connect", { Path: "pc:1 -> 203.0.113.9:443" }, { destinationIp: "203.0.113.9", destinationPort: 443 }],
  [
    "RegSetValue",
    { Detail: "Type: REG_SZ, Length: 4, Data: x, y" },
    { kind: "registryKeyModification", value: "x, y" },
  ],
])("Process Monitor: %s", (Operation, fields, expected) => {
  expect(eventsOf({ ...PROCMON, Operation, ...fields })).toMatchObject([{ platform: "windows", ...expected }]);
  expect(eventsOf({ ...PROCMON, Operation, ...fields, Result: "ACCESS DENIED" })).toEqual([]);
});

it("Sysmon's events without a channel are known by their process's GUID", () => {
  const event = {
    EventID: 1,
    Computer: "pc-1",
    Image: "a.exe",
    CommandLine: "a.exe -x",
    ProcessId: 40,
    ProcessGuid: "{g}",
  };
  expect(eventsOf(event)).toMatchObject([startOf]);
});

it("a command of sudo in the journal as Vector ships it, and in a line as Filebeat does", () => {
  const said = "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/find / -exec id ;";
  const command = { kind: "commandExecution", user: "kim", text: "/usr/bin/find / -exec id ;", host: "web1" };
  const timestamp = "2024-05-02T09:14:55Z";
  expect(eventsOf({ SYSLOG_IDENTIFIER: "sudo", _PID: "9", host: "web1", message: said, timestamp })).toMatchObject([
    { ...command, time: Date.UTC(2024, 4, 2, 9, 14, 55), process: { pid: 9 } },
  ]);
  const message = `2024-05-02T09:14:55Z web1 sudo[9]: ${said}`;
  const shipped = { "@timestamp": "2024-05-02T09:15:00Z", message, ecs: { version: "8" }, host: { name: "x" } };
  expect(eventsOf(shipped)).toMatchObject([{ ...command, time: Date.UTC(2024, 4, 2, 9, 14, 55) }]);
});
