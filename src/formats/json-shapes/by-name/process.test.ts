import { describe, expect, it } from "vitest";
import { millis } from "../../../../test/support/cost.ts";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { recognise } from "../shapes.ts";
import { listedProcesses } from "./list.ts";
import { lackOf } from "./process.ts";

const LINE = "hh.exe C:\\Users\\Public\\a.chm";
const IMAGE = "C:\\Windows\\hh.exe";
const TIME = Date.UTC(2026, 1, 1, 10);

describe("a process start by the names that everybody gives", () => {
  it.each([
    [
      "Win32_Process",
      { CSName: "pc", ProcessId: 9, ParentProcessId: 8, Name: "hh.exe", ExecutablePath: IMAGE, CommandLine: LINE },
      { CreationDate: "20260201120000.000000+120" },
      {},
    ],
    [
      "Volatility",
      { PID: 9, PPID: 8, Path: IMAGE, Cmd: LINE, ImageFileName: "hh.exe" },
      { CreateTime: "2026-02-01T10:00:00+00:00" },
      { host: undefined },
    ],
    [
      "Velociraptor",
      { Pid: 9, Ppid: 8, Exe: IMAGE, CommandLine: LINE, Username: "LAB\\kim", Fqdn: "pc" },
      { CreateTime: "2026-02-01T10:00:00Z" },
      { user: "LAB\\kim" },
    ],
    [
      "Splunk's data model",
      { "Processes.dest": "pc", "Processes.process": LINE, "Processes.process_name": "hh.exe" },
      {
        ...{ "Processes.process_path": IMAGE, "Processes.process_id": "9", "Processes.parent_process_id": "8" },
        ...{ "Processes.parent_process": "cmd /c x", "Processes.parent_process_name": "cmd.exe", _time: "1769940000" },
      },
      { parentCommandLine: "cmd /c x", parent: { pid: 8, image: "cmd.exe" } },
    ],
    [
      "an endpoint product, nested",
      { agent: { hostname: "pc" }, process: { cmdline: LINE, exe: IMAGE, pid: 9 } },
      { timestamp: 1769940000000, parent_pid: 8, event_type: "process_start" },
      {},
    ],
    [
      "an alert with folder and name apart",
      { event: { ComputerName: "pc", CommandLine: LINE, FilePath: "C:\\Windows", FileName: "hh.exe", ProcessId: 9 } },
      { metadata: { eventType: "DetectionSummaryEvent" }, eventTime: "2026-02-01T10:00:00Z", parentPid: 8 },
      {},
    ],
  ])("%s", (_, first, more, wanted) => {
    expect(eventsOf({ ...first, ...more })).toMatchObject([
      {
        kind: "processCreation",
        ...{ host: "pc", platform: "windows", image: IMAGE, commandLine: LINE, time: TIME },
        ...{ process: { pid: 9 }, parent: { pid: 8 }, ...wanted },
      },
    ]);
  });

  it("on Linux and macOS, by the path or the system that is named", () => {
    expect(eventsOf({ PID: 9, PPID: 8, COMM: "perl", ARGS: "/usr/bin/perl a.pl" })).toMatchObject([
      { platform: "linux", image: "perl", commandLine: "/usr/bin/perl a.pl" },
    ]);
    expect(eventsOf({ pid: 9, os: "macOS 14", exe: "/usr/bin/osascript", cmdline: "osascript a" })).toMatchObject([
      { platform: "macos" },
    ]);
  });

  it("is nothing where the object tells of the end of a process or of what it did", () => {
    const process = { pid: 9, exe: IMAGE, cmdline: LINE, time: "2026-02-01T10:00:00Z" };
    expect(eventsOf(process)).toHaveLength(1);
    for (const kind of [
      "modified",
      "ProcessTerminated",
      "process_exit",
      "file_create",
      "NetworkConnection",
      "registry_set",
    ])
      expect(eventsOf({ ...process, event_type: kind })).toEqual([]);
    for (const kind of ["process", "ProcessCreated", "exec", "alert"])
      expect(eventsOf({ ...process, event_type: kind })).toHaveLength(1);
  });

  it("is nothing without a command line, or with neither a program nor a number", () => {
    expect(eventsOf({ pid: 9, exe: IMAGE })).toEqual([]);
    expect(eventsOf({ cmdline: LINE, host: "pc" })).toEqual([]);
    expect(eventsOf({ cmdline: "-", exe: IMAGE })).toEqual([]);
    expect(eventsOf({ parent: { cmdline: LINE, exe: IMAGE, pid: 8 } })).toEqual([]);
  });

  it("says of alerts that a product picked them", () => {
    const at = { file: "f", index: 0 };
    const process = { pid: 9, exe: IMAGE, cmdline: LINE };
    expect(recognise(process, at)?.pickedBy).toBeUndefined();
    expect(recognise({ ...process, severity: 4 }, at)?.pickedBy).toBe("the product");
  });
});

it("finds the processes that an alert of no known product lists, with the machine beside them", () => {
  const behavior = { filename: "hh.exe", cmdline: LINE, timestamp: "2026-02-01T10:00:00Z", user_name: "kim" };
  const parent = { parent_details: { parent_cmdline: "cmd /c x" } };
  const detection = {
    id: 1,
    device: { hostname: "pc" },
    behaviors: [
      { ...behavior, ...parent },
      { ...behavior, pid: 9 },
    ],
  };
  const whole = listedProcesses({ detection });
  expect(whole?.flatMap(eventsOf)).toMatchObject([
    { kind: "processCreation", host: "pc", user: "kim", commandLine: LINE, time: TIME, parentCommandLine: "cmd /c x" },
    { process: { pid: 9 } },
  ]);
  for (const tasks of [
    [{ label: "build", type: "shell", command: "make" }],
    [{ name: "cmd", commandline: "%X%\\cmd.exe" }],
    [1],
  ])
    expect(listedProcesses({ version: "2.0.0", tasks })).toBeUndefined();
});

it("says what an object lacks that names a command line", () => {
  expect(lackOf({ a: 1 })).toBeUndefined();
  expect(lackOf({ cmdline: LINE, host: "pc" })).toContain("neither a program's file nor the number of a process");
  expect(lackOf({ cmdline: LINE, exe: IMAGE, event_type: "file_create" })).toContain("by its type");
});

it("takes a host and a time by how their names end, where no name is a known one", () => {
  const process = { cmdline: LINE, exe: IMAGE, pid: 9, parent_time: "2025-01-01T10:00:00Z", file_time: "2025-01-01" };
  expect(eventsOf({ ...process, meta_hostname: "pc", clientTimestamp: "2026-02-01T10:00:00Z" })).toMatchObject([
    { host: "pc", time: TIME },
  ]);
});

it("reads lists of processes and entities of alerts", () => {
  const listed = { pid: 9, ppid: 8, user: "kim", command: "/usr/bin/perl a.pl" };
  expect(eventsOf(listed)).toMatchObject([{ commandLine: "/usr/bin/perl a.pl", user: "kim", parent: { pid: 8 } }]);
  expect(eventsOf({ pid: 9, user: "kim", command: "SELECT 1" })).toEqual([]);
  expect(eventsOf({ pid: 9, parent: 8, path: IMAGE, cmdline: LINE })).toMatchObject([{ parent: { pid: 8 } }]);
  const Entities = JSON.stringify([
    { $id: "1", HostName: "pc", Type: "host" },
    { $id: "2", ProcessId: "0x9", CommandLine: LINE, Type: "process" },
  ]);
  expect(listedProcesses({ AlertName: "a", CompromisedEntity: "pc", Entities })?.flatMap(eventsOf)).toMatchObject([
    { kind: "processCreation", host: "pc", commandLine: LINE },
  ]);
});

it("tells what a process did from its start by what the sensor calls the event", () => {
  const executable = { path: "/usr/bin/dash", name: "dash" };
  const process = {
    pid: 9,
    ppid: 8,
    user: "kim",
    args: ["-c", "id"],
    executable,
    parent: { executable, args: ["-l"] },
  };
  expect(eventsOf({ evt: { name: "exec", category: "Process Activity" }, process })).toMatchObject([
    { image: "/usr/bin/dash", args: ["dash", "-c", "id"], user: "kim", parent: { pid: 8, image: "/usr/bin/dash" } },
  ]);
  expect(eventsOf({ evt: { name: "open", category: "File Activity" }, process })).toEqual([]);
  const signal = { name: "sh", args: "-c id", execFilePath: "/bin/sh", pid: 9, time: "2026-02-01T10:00:00Z" };
  expect(listedProcesses({ violation: { processes: [{ signal }] } })?.flatMap(eventsOf)).toMatchObject([
    { image: "/bin/sh", commandLine: "/bin/sh -c id", time: TIME },
  ]);
});

it("looks for listed processes in linear time", () => {
  const wide = (keys: number) =>
    Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, [{ cmdline: LINE, n }, { args: [] }]]));
  const long = { a: Array.from({ length: 100_000 }, (_, n) => ({ cmdline: LINE, n })) };
  for (const object of [wide(50_000), { wide: wide(50_000) }, long])
    expect(millis(() => void listedProcesses(object), 500)).toBeLessThan(1500);
});

it("is a connection where the other end of one stands beside the process", () => {
  const row = { pid: 9, process_path: IMAGE, process_cmdline: LINE, remote_ip: "192.0.2.1", RemotePort: 443 };
  expect(eventsOf(row)).toMatchObject([
    { kind: "networkConnection", destinationIp: "192.0.2.1", destinationPort: 443, process: { pid: 9, image: IMAGE } },
  ]);
  for (const more of [{ event_type: "process" }, { severity: "high" }, { remote_ip: "0.0.0.0" }])
    expect(eventsOf({ ...row, ...more })).toMatchObject([{ kind: "processCreation" }]);
});

it("takes the hash that is a SHA-256 out of a list, and the first name out of the file's resource", () => {
  const [md5, sha256] = ["ab".repeat(16), "cd".repeat(32)];
  const start = { process_pid: 9, process_path: IMAGE, process_cmdline: LINE };
  expect(eventsOf({ ...start, process_hash: [md5, sha256] })).toMatchObject([{ hashes: `SHA256=${sha256}` }]);
  expect(eventsOf({ ...start, process_hash: md5 })).toMatchObject([{ hashes: undefined }]);
  const pe_info = { original_filename: "HH.EXE", pe_timestamp: "2090-01-16T09:26:43Z" };
  const [event] = eventsOf({ ...start, pe_info });
  expect(event).toMatchObject({ originalFileName: "HH.EXE", time: undefined });
});

describe("what products write in ways of their own", () => {
  it("is a list in a text, and nothing where it says so", () => {
    const [event] = eventsOf({
      cmdline: '["runc","init","a b"]',
      parent_cmdline: '["runc","exec"]',
      process_name: "/proc/self/exe",
      image: "N/A",
      meta_hostname: "web",
      meta_os_platform: "debian",
      parent_pid: "6",
    });
    expect(event).toMatchObject({
      kind: "processCreation",
      image: "/proc/self/exe",
      args: ["runc", "init", "a b"],
      parentCommandLine: "runc exec",
      platform: "linux",
      host: "web",
    });
  });

  it("is a program that was started without arguments", () => {
    const start = { event: "session.command", path: "/bin/nc", program: "nc", pid: 7, ppid: 6, login: "root" };
    expect(eventsOf({ ...start, argv: [] })).toMatchObject([{ image: "/bin/nc", args: ["nc"], user: "root" }]);
    expect(eventsOf({ ...start, argv: ["-l", "-p"] })).toMatchObject([{ image: "/bin/nc", args: ["nc", "-l", "-p"] }]);
    expect(eventsOf({ path: "/bin/nc", args: [] })).toEqual([]);
  });

  it("has the time of the device, where a server's is beside it", () => {
    const start = { process_cmdline: LINE, process_name: IMAGE, process_pid: 7 };
    const times = { backend_timestamp: "2026-02-01T11:00:00Z", device_timestamp: "2026-02-01T10:00:00Z" };
    expect(eventsOf({ ...start, ...times })).toMatchObject([{ time: TIME }]);
    expect(eventsOf({ ...start, backend_timestamp: "2026-02-01T10:00:00Z" })).toMatchObject([{ time: TIME }]);
  });

  it("is a mark behind the file whose command line was judged", () => {
    expect(eventsOf({ filePath: `${IMAGE} (CLI fa08)`, processArguments: "a.chm", pid: 7 })).toMatchObject([
      { image: IMAGE },
    ]);
  });
});
