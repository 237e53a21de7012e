import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { recognise } from "../shapes.ts";

const TIME = Date.UTC(2026, 1, 1, 10);
const RUN = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run";

describe("Kunai", () => {
  const task = { name: "find", pid: 9, tgid: 9, guuid: "a-9", uid: 0, user: "root" };
  const event = (name: string, data: object) => ({
    data,
    info: {
      ...{ host: { name: "web" }, event: { source: "kunai", name }, task, utc_time: "2026-02-01T10:00:00.5Z" },
      parent_task: { name: "sh", pid: 8, tgid: 8, guuid: "a-8" },
    },
  });
  const exe = { path: "/usr/bin/find" };

  it("starts", () => {
    const data = { exe, command_line: "find / -exec id ;", parent_exe: "/usr/bin/sh", parent_command_line: "sh x" };
    expect(eventsOf(event("execve", data))).toMatchObject([
      {
        ...{ kind: "processCreation", host: "web", user: "root", time: TIME + 500, platform: "linux" },
        ...{ image: "/usr/bin/find", commandLine: "find / -exec id ;", process: { pid: 9 } },
        ...{ parent: { pid: 8, image: "/usr/bin/sh" }, parentCommandLine: "sh x" },
      },
    ]);
  });

  it.each([
    ["mmap_exec", { mapped: { path: "/tmp/a.so" } }, { kind: "moduleLoad", module: "/tmp/a.so" }],
    ["file_create", { path: "/etc/cron.d/a" }, { kind: "fileCreation", path: "/etc/cron.d/a", action: "create" }],
    ["write_config", { path: "/etc/passwd" }, { kind: "fileCreation", action: "modify" }],
    [
      "connect",
      { dst: { ip: "198.51.100.1", port: 80, hostname: "?" } },
      { kind: "networkConnection", destinationIp: "198.51.100.1", destinationHost: undefined, destinationPort: 80 },
    ],
    ["dns_query", { query: "a.example" }, { kind: "networkConnection", query: "a.example" }],
    ["exit", {}, { kind: "processTermination" }],
  ])("%s", (name, data, wanted) => {
    const events = eventsOf(event(name, { exe, ...data }));
    expect(events).toMatchObject([{ ...wanted, process: { pid: 9, image: "/usr/bin/find" } }]);
  });

  it("nothing of what is not known", () => expect(eventsOf(event("bpf_prog_load", { exe }))).toEqual([]));
});

describe("Inspektor Gadget", () => {
  it("reads the names of old and new gadgets, and no start that failed", () => {
    const old = { node: "n", pid: 9, ppid: 8, comm: "env", mountnsid: 1, timestamp: TIME * 1e6 };
    expect(eventsOf({ ...old, ret: 0, args: ["/usr/bin/env", "a b"] })).toMatchObject([
      { host: "n", image: "/usr/bin/env", args: ["/usr/bin/env", "a b"], process: { pid: 9 }, parent: { pid: 8 } },
    ]);
    expect(eventsOf({ ...old, ret: -2, args: ["/usr/bin/env"] })).toEqual([]);
    const proc = { comm: "env", pid: 9, creds: { user: "root" }, parent: { comm: "sh", pid: 8 } };
    expect(eventsOf({ k8s: { node: "n" }, proc, args: "env a", exepath: "/usr/bin/env", error: "" })).toMatchObject([
      { host: "n", user: "root", image: "/usr/bin/env", commandLine: "env a", parent: { pid: 8 } },
    ]);
    expect(eventsOf({ proc, args: "env a", error: "ENOENT" })).toEqual([]);
  });
});

describe("Cortex XDR", () => {
  const actor = { actor_process_image_path: "C:\\a.exe", actor_process_os_pid: 8, actor_process_command_line: "a x" };
  const head = { agent_hostname: "pc", agent_os_type: "AGENT_OS_WINDOWS", event_timestamp: TIME };

  it("starts, also of alerts", () => {
    const action = { action_process_image_path: "C:\\b.exe", action_process_image_command_line: "b y" };
    const wanted = { image: "C:\\b.exe", commandLine: "b y", parent: { image: "C:\\a.exe" }, time: TIME };
    const row = { ...actor, ...head, ...action, event_type: "ENUM.PROCESS", event_sub_type: "PROCESS_START" };
    expect(eventsOf(row)).toMatchObject([{ ...wanted, host: "pc", platform: "windows", parentCommandLine: "a x" }]);
    const numbered = { ...row, agent_os_type: 1, agent_os_sub_type: "Windows 11", event_type: 1 };
    expect(eventsOf({ ...numbered, event_sub_type: 1 })).toMatchObject([{ ...wanted, platform: "windows" }]);
    expect(eventsOf({ ...numbered, event_sub_type: 2 })).toMatchObject([{ kind: "processTermination" }]);
    expect(eventsOf({ ...row, event_sub_type: "PROCESS_STOP" })).toMatchObject([{ kind: "processTermination" }]);
    const alert = { ...actor, ...action, host_name: "pc", detection_timestamp: TIME, event_type: "Process Execution" };
    expect(eventsOf(alert)).toMatchObject([wanted]);
    expect(recognise(alert, { file: "f", index: 0 })?.pickedBy).toBe("Cortex XDR");
    const { event_type, ...beside } = { ...alert, event_timestamp: TIME };
    const events = [
      { ...actor, ...action, event_type },
      { ...actor, event_type: "Registry Event", action_registry_key_name: RUN },
    ];
    expect(eventsOf({ host_name: "pc", detection_timestamp: TIME, events: events[0] })).toMatchObject([
      { ...wanted, host: "pc" },
    ]);
    expect(eventsOf({ ...beside, events })).toMatchObject([wanted, { kind: "registryKeyModification", host: "pc" }]);
  });

  it.each([
    ["LOAD_IMAGE", "", { action_module_path: "C:\\m.dll" }, { kind: "moduleLoad", module: "C:\\m.dll" }],
    ["FILE", "FILE_CREATE_NEW", { action_file_path: "C:\\f" }, { kind: "fileCreation", path: "C:\\f" }],
    [
      "REGISTRY",
      "REGISTRY_SET_VALUE",
      { action_registry_key_name: RUN, action_registry_value_name: "u", action_registry_data: "x" },
      { kind: "registryKeyModification", path: `${RUN}\\u`, value: "x" },
    ],
    ["NETWORK", "", { action_remote_ip: "198.51.100.1" }, { kind: "networkConnection", initiated: true }],
  ])("%s", (event_type, event_sub_type, action, wanted) => {
    const events = eventsOf({ ...actor, ...head, ...action, event_type, event_sub_type });
    expect(events).toMatchObject([{ ...wanted, process: { pid: 8, image: "C:\\a.exe" } }]);
  });
});

describe("Trend Vision One", () => {
  const actor = { processFilePath: "C:\\a.exe", processCmd: "a x", processPid: 8 };
  const head = { endpointHostName: "pc", eventTime: TIME, osName: "Windows" };

  it.each([2, "TELEMETRY_PROCESS_CREATE"])("a start (%s)", (eventSubId) => {
    const made = { objectFilePath: "C:\\b.exe", objectCmd: "b y", objectPid: 9, objectUser: "kim" };
    expect(eventsOf({ ...actor, ...head, ...made, eventId: "1", eventSubId, objectUserDomain: "LAB" })).toMatchObject([
      {
        ...{
          kind: "processCreation",
          host: "pc",
          user: "LAB\\kim",
          time: TIME,
          image: "C:\\b.exe",
          commandLine: "b y",
        },
        ...{ process: { pid: 9 }, parent: { pid: 8, image: "C:\\a.exe" }, parentCommandLine: "a x" },
      },
    ]);
  });

  it.each([
    [4, { objectFilePath: "C:\\m.dll" }, { kind: "moduleLoad", module: "C:\\m.dll" }],
    [101, { objectFilePath: "C:\\f" }, { kind: "fileCreation", path: "C:\\f" }],
    [204, { dst: "198.51.100.1", dpt: 443 }, { kind: "networkConnection", destinationPort: 443 }],
    [
      402,
      { objectRegistryKeyHandle: RUN, objectRegistryValue: "u", objectRegistryData: "x" },
      { kind: "registryKeyModification", path: `${RUN}\\u`, value: "x" },
    ],
    [901, { objectRawDataStr: "iex x" }, { kind: "commandExecution", text: "iex x" }],
  ])("event %s", (eventSubId, object, wanted) => {
    expect(eventsOf({ ...actor, ...head, ...object, eventSubId })).toMatchObject([{ ...wanted, process: { pid: 8 } }]);
  });
});

describe("Carbon Black EDR", () => {
  const base = { cb_server: "s", computer_name: "PC", timestamp: TIME / 1000, pid: 9, process_path: "c:\\a.exe" };
  const event = (type: string, more: object) => ({ ...base, ...more, type: `ingress.event.${type}` });

  it.each([
    [
      "procstart",
      { path: "c:\\a.exe", command_line: "a x", parent_path: "c:\\b.exe", parent_pid: 8 },
      { image: "c:\\a.exe", commandLine: "a x", parent: { pid: 8, image: "c:\\b.exe" }, host: "PC", time: TIME },
    ],
    ["moduleload", { path: "c:\\m.dll" }, { kind: "moduleLoad", module: "c:\\m.dll" }],
    ["filemod", { path: "c:\\f", action: "create" }, { kind: "fileCreation", path: "c:\\f" }],
    ["filemod", { path: "c:\\f", action: "delete" }, { kind: "fileCreation", action: "delete" }],
    [
      "netconn",
      { remote_ip: "198.51.100.1", remote_port: 443, protocol: 6, direction: "outbound" },
      { kind: "networkConnection", initiated: true, destinationPort: 443, protocol: "tcp" },
    ],
  ])("%s", (type, more, wanted) => {
    expect(eventsOf(event(type, more))).toMatchObject([{ ...wanted, process: { pid: 9 } }]);
  });

  it("nothing of what the server says of binaries", () =>
    expect(eventsOf({ ...base, type: "binaryinfo.observed", md5: "0" })).toEqual([]));
});

describe("Sentinel's normal form (ASIM)", () => {
  const head = {
    DvcHostname: "pc",
    TimeGenerated: "2026-02-01T10:00:00Z",
    DvcOs: "Windows",
    ActorUsername: "LAB\\kim",
  };
  const acting = { ActingProcessName: "C:\\a.exe", ActingProcessId: "8" };

  it.each([
    [
      { EventSchema: "ProcessEvent", EventType: "ProcessCreated", TargetProcessName: "C:\\b.exe" },
      { image: "C:\\b.exe", parent: { pid: 8, image: "C:\\a.exe" }, user: "LAB\\kim", host: "pc", time: TIME },
    ],
    [
      { EventSchema: "RegistryEvent", EventType: "RegistryValueSet", RegistryKey: RUN, RegistryValue: "u" },
      { kind: "registryKeyModification", path: `${RUN}\\u`, process: { image: "C:\\a.exe" } },
    ],
    [
      { EventSchema: "FileEvent", EventType: "FileCreated", TargetFilePath: "C:\\f" },
      { kind: "fileCreation", path: "C:\\f" },
    ],
    [
      {
        EventSchema: "NetworkSession",
        EventType: "NetworkSession",
        DstIpAddr: "198.51.100.1",
        SrcProcessName: "C:\\c",
      },
      { kind: "networkConnection", destinationIp: "198.51.100.1", process: { image: "C:\\c" } },
    ],
  ])("%o", (event, wanted) => expect(eventsOf({ ...head, ...acting, ...event })).toMatchObject([wanted]));

  it("nothing of other schemas", () =>
    expect(eventsOf({ ...head, EventSchema: "Authentication", EventType: "Logon" })).toEqual([]));
});

it("macOS' Endpoint Security, as eslogger writes it", () => {
  const target = { executable: { path: "/usr/bin/env" }, audit_token: { pid: 9, euid: 501 }, ppid: 8 };
  const process = { executable: { path: "/bin/zsh" }, audit_token: { pid: 9, euid: 501 } };
  const exec = { target, args: ["env", "a b"], cwd: { path: "/tmp" } };
  expect(eventsOf({ time: "2026-02-01T10:00:00Z", process, event: { exec } })).toMatchObject([
    {
      ...{ kind: "processCreation", platform: "macos", image: "/usr/bin/env", args: ["env", "a b"], user: "501" },
      ...{ time: TIME, currentDirectory: "/tmp", process: { pid: 9 }, parent: { pid: 8, image: "/bin/zsh" } },
    },
  ]);
  const destination = { new_path: { dir: { path: "/tmp" }, filename: "a" } };
  expect(eventsOf({ process, event: { create: { destination } } })).toMatchObject([
    { kind: "fileCreation", path: "/tmp/a", process: { pid: 9, image: "/bin/zsh" } },
  ]);
  expect(eventsOf({ process, event: { fork: {} } })).toEqual([]);
});
