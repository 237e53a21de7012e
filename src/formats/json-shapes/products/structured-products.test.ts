import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";

const MSHTA = "C:\\Windows\\System32\\mshta.exe";
const TIME = "2026-03-01T10:00:00.000Z";
const AT = Date.parse(TIME);

describe("Symantec Endpoint Security", () => {
  const actor = {
    pid: 44,
    cmd_line: "mshta a.hta",
    file: { path: MSHTA, name: "mshta.exe" },
    user: { name: "kim", domain: "CORP" },
  };
  const event = (type_id: number, more: object) =>
    eventsOf({ device_name: "PC-1", device_os_name: "Windows 11", time: TIME, type_id, actor, ...more });
  const by = { host: "PC-1", time: AT, user: "CORP\\kim", process: { pid: 44, image: MSHTA } };

  it("is a start of a process by another, and its end", () => {
    const process = { pid: 45, cmd_line: "cmd /c x", file: { path: "C:\\cmd.exe" }, user: { name: "SYSTEM" } };
    expect(event(8001, { process })).toMatchObject([
      { kind: "processCreation", commandLine: "cmd /c x", process: { pid: 45 }, parent: { pid: 44, image: MSHTA } },
    ]);
    expect(event(8001, { id: 2, process })).toMatchObject([{ kind: "processTermination" }]);
  });

  it("tells what was loaded, written, set and connected to", () => {
    expect(event(8002, { module: { path: "C:\\a.dll" } })).toMatchObject([
      { kind: "moduleLoad", module: "C:\\a.dll", ...by },
    ]);
    expect(event(8003, { file: { path: "C:\\a.exe" } })).toMatchObject([
      { kind: "fileCreation", path: "C:\\a.exe", ...by },
    ]);
    const value = {
      reg_value: { path: "HKLM\\Software\\A\\", name: "u", data: "old" },
      reg_value_result: { data: "x" },
    };
    expect(event(8006, value)).toMatchObject([
      { kind: "registryKeyModification", path: "HKLM\\Software\\A\\u", value: "x", ...by },
    ]);
    expect(event(8007, { connection: { dst_ip: "203.0.113.9", dst_port: 80, direction_id: 2 } })).toMatchObject([
      { kind: "networkConnection", destinationIp: "203.0.113.9", destinationPort: 80, initiated: true, ...by },
    ]);
  });

  it("is nothing of what else the sensor tells, such as files that were deleted", () => {
    expect(event(8015, { data: "{}" })).toEqual([]);
    expect(event(8003, { id: 2, file: { path: "C:\\a.exe" } })).toEqual([]);
  });
});

describe("Trellix Endpoint Security", () => {
  const alert = (type: string, values: Record<string, unknown>) =>
    eventsOf({
      event_type: type,
      event_at: TIME,
      event_values: Object.fromEntries(Object.entries(values).map(([name, value]) => [`${type}/${name}`, value])),
    });
  const by = { pid: 44, process: "mshta.exe", processPath: "C:\\Windows\\System32", username: "CORP\\kim" };
  const actor = { user: "CORP\\kim", time: AT, process: { pid: 44, image: MSHTA } };

  it.each([
    ["imageLoadEvent", { fullPath: "C:\\a.dll" }, { kind: "moduleLoad", module: "C:\\a.dll" }],
    ["fileWriteEvent", { fullPath: "C:\\a.exe" }, { kind: "fileCreation", path: "C:\\a.exe" }],
    [
      "regKeyEvent",
      { path: "HKLM\\A\\u", text: "x", value: "eAA=", eventType: 1 },
      { kind: "registryKeyModification", path: "HKLM\\A\\u", value: "x" },
    ],
    [
      "ipv4NetworkEvent",
      { remoteIP: "203.0.113.9", remotePort: 80 },
      { kind: "networkConnection", destinationIp: "203.0.113.9", destinationPort: 80 },
    ],
    ["dnsLookupEvent", { hostname: "a.example" }, { kind: "networkConnection", query: "a.example" }],
  ])("%s", (type, values, event) => {
    expect(alert(type, { ...by, ...values })).toMatchObject([{ ...event, ...actor }]);
  });

  it("is a start where the process began, and its end where it ended", () => {
    const start = { ...by, processCmdLine: "mshta a.hta", parentPid: 3, parentProcessPath: "C:\\b.exe" };
    expect(alert("processEvent", { ...start, eventType: "start" })).toMatchObject([
      { kind: "processCreation", image: MSHTA, commandLine: "mshta a.hta", parent: { pid: 3, image: "C:\\b.exe" } },
    ]);
    expect(alert("processEvent", { ...start, eventType: "end" })).toMatchObject([{ kind: "processTermination" }]);
  });
});

describe("Tracee's structured events", () => {
  const event = (name: string, ...data: object[]) =>
    eventsOf({
      timestamp: TIME,
      id: 1,
      name,
      workload: {
        process: { pid: 7, host_pid: 44, executable: { path: "/usr/bin/bash" }, ancestors: [{ host_pid: 3 }] },
      },
      data,
    });
  const process = { pid: 44, image: "/usr/bin/bash" };

  it.each([
    [
      "security_file_open",
      [
        { name: "pathname", str: "/etc/cron.d/x" },
        { name: "flags", str: "O_WRONLY|O_CREAT" },
      ],
      { kind: "fileCreation", path: "/etc/cron.d/x" },
    ],
    [
      "security_socket_connect",
      [{ name: "remote_addr", sockaddr: { sa_family: "AF_INET", sin_addr: "203.0.113.9", sin_port: 80 } }],
      { kind: "networkConnection", destinationIp: "203.0.113.9", destinationPort: 80 },
    ],
    [
      "net_packet_dns",
      [{ name: "proto_dns", dns: { questions: [{ name: "a.example" }] } }],
      { kind: "networkConnection", query: "a.example" },
    ],
    ["ptrace", [{ name: "pid", int32: 9 }], { kind: "osApiExecution", api: "ptrace", target: { pid: 9 } }],
  ])("%s", (name, data, expected) => {
    expect(event(name, ...data)).toMatchObject([{ ...expected, time: AT, process }]);
  });

  it("are starts with their argument vector", () => {
    const argv = ["find", "-exec", "sh", ";"];
    const data = [
      { name: "pathname", str: "/usr/bin/find" },
      { name: "argv", str_array: { value: argv } },
    ];
    expect(event("sched_process_exec", ...data)).toMatchObject([
      { kind: "processCreation", image: "/usr/bin/find", args: argv, process: { pid: 44 }, parent: { pid: 3 } },
    ]);
  });
});

it("Falcon: tasks", () => {
  const task = { TaskName: "\\u", TaskExecCommand: MSHTA, TaskExecArguments: "a.hta", TaskAuthor: "CORP\\kim" };
  expect(
    eventsOf({ event_simpleName: "ScheduledTaskRegistered", event_platform: "Win", aid: "m", ...task }),
  ).toMatchObject([{ kind: "scheduledTask", name: "\\u", commandLine: `${MSHTA} a.hta`, user: "CORP\\kim" }]);
});

it("UDM: tasks and services", () => {
  const event = (eventType: string) =>
    eventsOf({
      metadata: { eventType, eventTimestamp: TIME },
      principal: { hostname: "PC-1" },
      target: { resource: { name: "u" }, process: { commandLine: "mshta a.hta" } },
    });
  expect(event("SCHEDULED_TASK_CREATION")).toMatchObject([
    { kind: "scheduledTask", name: "u", commandLine: "mshta a.hta", host: "PC-1", time: AT },
  ]);
  expect(event("SERVICE_CREATION")).toMatchObject([
    { kind: "commandExecution", text: "mshta a.hta", name: "u", origin: "service" },
  ]);
});

it("takes `process` for ECS only where its names are those of ECS, and no owner of a file for an account", () => {
  const process = { pid: 4, exe_path: MSHTA, exe_file: { owner: "x" }, username: "CORP\\kim", cmd_line: "mshta a.hta" };
  expect(eventsOf({ timestamp: TIME, hostname: "PC-1", process: { name: "mshta.exe", ...process } })).toMatchObject([
    { kind: "processCreation", image: MSHTA, commandLine: "mshta a.hta", user: "CORP\\kim", host: "PC-1", time: AT },
  ]);
});
