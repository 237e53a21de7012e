import { expect, it } from "vitest";
import type { JsonObject } from "../../decode/json/parse.ts";
import { createUnderstander } from "../../events/registry.ts";
import { recognise, recordsIn } from "./shapes.ts";

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
    childproc_hash: ["0".repeat(31) + "1", "a".repeat(64)],
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
