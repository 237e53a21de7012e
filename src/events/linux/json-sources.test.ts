import { describe, expect, it } from "vitest";
import { fakeRecord } from "../../../test/support/record.ts";
import { falco } from "./falco.ts";
import { osquery } from "./osquery.ts";
import { tetragon } from "./tetragon.ts";

type Fields = Readonly<Record<string, string | readonly string[]>>;

describe("falco", () => {
  const understand = (fields: Fields) => {
    const outputs = Object.entries(fields).map(([name, value]) => [`output_fields.${name}`, value] as const);
    return falco.understand(
      fakeRecord("falco", undefined, undefined, { rule: "A rule", ...Object.fromEntries(outputs) }),
    );
  };
  const PROCESS = {
    "proc.cmdline": "find . -exec id ;",
    "proc.exepath": "/usr/bin/find",
    "proc.pid": "12",
    "user.name": "kim",
  };

  it("understands a process start", () => {
    const parent = { "proc.ppid": "1", "proc.pcmdline": "bash", "proc.cwd": "<NA>" };
    expect(understand({ "evt.type": "execve", ...PROCESS, ...parent })).toMatchObject({
      kind: "processCreation",
      image: "/usr/bin/find",
      commandLine: "find . -exec id ;",
      user: "kim",
      currentDirectory: undefined,
      process: { pid: 12 },
      parent: { pid: 1 },
      parentCommandLine: "bash",
    });
    expect(understand(PROCESS)).toMatchObject({ kind: "processCreation" });
    expect(understand({ "evt.type": "execve" })).toBeUndefined();
    expect(understand({ ...PROCESS, "fd.name": "/bin/x" })).toMatchObject([{ kind: "commandExecution" }]);
  });

  it("understands what a process did, and the command line that did it", () => {
    expect(understand({ "evt.type": "connect", "fd.sip": "192.0.2.1", "fd.sport": "443", ...PROCESS })).toMatchObject([
      { kind: "networkConnection", destinationIp: "192.0.2.1", destinationPort: 443 },
      { kind: "commandExecution", origin: "falco", name: "A rule", text: PROCESS["proc.cmdline"] },
    ]);
    const open = { "evt.type": "openat", "fd.name": "/tmp/x" };
    expect(understand({ ...open, "evt.is_open_write": "true" })).toMatchObject([
      { kind: "fileCreation", action: "modify", path: "/tmp/x" },
    ]);
    expect(understand({ ...open, "evt.arg.flags": "O_WRONLY|O_CREAT" })).toMatchObject([
      { kind: "fileCreation", path: "/tmp/x" },
    ]);
    expect(understand({ ...open, "evt.arg.flags": "O_RDONLY" })).toEqual([]);
    expect(understand({ "evt.type": "ptrace" })).toMatchObject([{ api: "ptrace" }]);
  });

  it("takes what the rule's sentence says of a file for what was done where the call is not told", () => {
    const said = (output: string) =>
      falco.understand(fakeRecord("falco", undefined, undefined, { output, "output_fields.fd.name": "/etc/x" }));
    expect(said("File below /etc opened for writing (user=root)")).toMatchObject([
      { kind: "fileCreation", action: "modify", path: "/etc/x" },
    ]);
    expect(said("Sensitive file opened for reading (command=written)")).toEqual([]);
  });

  it("takes a program's name where the rule did not ask for its path", () => {
    const named = { "proc.cmdline": "bash", "proc.name": "bash", "proc.pname": "runc" };
    expect(understand(named)).toMatchObject({ image: "bash", process: { image: "bash" }, parent: { image: "runc" } });
  });

  it.each([
    ["accept", "192.0.2.9:63352->10.0.0.1:22", false, "192.0.2.9", 63352, "10.0.0.1", 22],
    ["connect", "::1:40000->2001:db8::2:443", true, "::1", 40000, "2001:db8::2", 443],
  ])(
    "%s: reads the ends of a socket from its name",
    (call, name, initiated, sourceIp, sourcePort, destinationIp, destinationPort) => {
      expect(understand({ "evt.type": call, "fd.name": name })).toMatchObject([
        { kind: "networkConnection", initiated, sourceIp, sourcePort, destinationIp, destinationPort },
      ]);
      expect(understand({ "evt.type": call, "fd.name": "/run/x.sock" })).toEqual([]);
    },
  );
});

describe("tetragon", () => {
  const understand = (fields: Fields) => tetragon.understand(fakeRecord("tetragon", undefined, undefined, fields));

  it("knows the parent by its id where the event has no more of it", () => {
    const start = { "process_exec.process.binary": "/bin/ls", "process_exec.process.parent_exec_id": "aa" };
    expect(understand(start)).toMatchObject({ parent: { key: "id:aa" } });
  });

  it("understands starts and exits", () => {
    const start = {
      "process_exec.process.exec_id": "bm9kZToxOjI=",
      "process_exec.process.pid": "2",
      "process_exec.process.uid": "0",
      "process_exec.process.binary": "/usr/bin/env",
      "process_exec.process.arguments": 'A=1 sh -c "id -u"',
      "process_exec.process.cwd": "/root",
      "process_exec.parent.exec_id": "bm9kZToxOjE=",
      "process_exec.parent.binary": "/bin/bash",
    };
    expect(understand(start)).toMatchObject({
      kind: "processCreation",
      image: "/usr/bin/env",
      commandLine: '/usr/bin/env A=1 sh -c "id -u"',
      args: undefined,
      currentDirectory: "/root",
      user: "0",
      process: { key: "id:bm9kZToxOjI=", pid: 2 },
      parent: { key: "id:bm9kZToxOjE=", image: "/bin/bash" },
      parentCommandLine: "/bin/bash",
    });
    expect(understand({ "process_exit.process.binary": "/bin/a" })).toMatchObject({ kind: "processTermination" });
  });

  it("understands hooks of security modules, tracepoints by the number of their call, and loaded libraries", () => {
    const hook = (kind: string, fields: Fields, ...args: readonly unknown[]) =>
      understand({
        ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${kind}.${name}`, value])),
        [`${kind}.process.binary`]: "/bin/a",
        [`${kind}.args`]: args.map((arg) => JSON.stringify(arg)),
      });
    const file = { file_arg: { path: "/tmp/x" } };
    expect(hook("process_lsm", { function_name: "file_post_open" }, file, { int_arg: 2 })).toMatchObject({
      kind: "fileCreation",
      path: "/tmp/x",
      process: { image: "/bin/a" },
    });
    expect(hook("process_lsm", { function_name: "file_post_open" }, file, { int_arg: 4 })).toBeUndefined();
    const call = (id: number) => ({ syscall_id: { id, abi: "x64" } });
    expect(hook("process_tracepoint", { event: "sys_enter" }, call(101))).toMatchObject({ api: "ptrace" });
    expect(hook("process_tracepoint", { event: "sys_enter" }, call(319))).toMatchObject({ api: "memfd" });
    expect(hook("process_tracepoint", { event: "sys_enter" }, call(0))).toBeUndefined();
    expect(hook("process_loader", { path: "/lib/x.so" })).toMatchObject({ kind: "moduleLoad", module: "/lib/x.so" });
    expect(understand({ "process_exit.process.pid": "3" })).toMatchObject({ process: { pid: 3 } });
  });

  it("understands hooked functions", () => {
    const kprobe = (name: string, ...args: readonly unknown[]) =>
      understand({
        "process_kprobe.function_name": name,
        "process_kprobe.args": args.map((arg) => JSON.stringify(arg)),
        "process_kprobe.process.binary": "/bin/a",
      });
    const sock = { sock_arg: { saddr: "10.0.0.1", sport: 5, daddr: "192.0.2.1", dport: 80, protocol: "IPPROTO_TCP" } };
    expect(kprobe("tcp_connect", sock)).toMatchObject({
      destinationIp: "192.0.2.1",
      destinationPort: 80,
      sourcePort: 5,
      protocol: "tcp",
      process: { image: "/bin/a" },
    });
    expect(kprobe("tcp_connect", {})).toBeUndefined();
    const file = { file_arg: { path: "/tmp/x" } };
    expect(kprobe("security_file_permission", file, { int_arg: 2 })).toMatchObject({
      kind: "fileCreation",
      action: "modify",
      path: "/tmp/x",
    });
    expect(kprobe("security_file_permission", file, { int_arg: 4 })).toBeUndefined();
    expect(kprobe("security_mmap_file", file, { uint_arg: 4 })).toMatchObject({ kind: "moduleLoad", module: "/tmp/x" });
    expect(kprobe("sys_ptrace")).toMatchObject({ api: "ptrace" });
  });
});

describe("osquery", () => {
  const understand = (columns: Readonly<Record<string, string>>, more: Fields = {}) => {
    const fields = Object.fromEntries(Object.entries(columns).map(([name, value]) => [`columns.${name}`, value]));
    return osquery.understand(fakeRecord("osquery", undefined, undefined, { ...fields, ...more }));
  };
  const ROW = { pid: "5", path: "/usr/bin/env", cmdline: "env id", uid: "1000", parent: "4", time: "1700000000" };

  it("takes values of the registry for what Windows would start by them, and no others", () => {
    const value = { key: "HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Run", type: "REG_SZ" };
    const row = { ...value, path: `${value.key}\\Upd`, name: "Upd", data: "C:\\x.exe -q" };
    expect(understand(row)).toMatchObject([
      { kind: "runKey", name: "Upd", path: row.path, commandLine: "C:\\x.exe -q" },
    ]);
    expect(understand({ ...row, path: "HKEY_LOCAL_MACHINE\\Software\\Acme\\Upd" })).toEqual([]);
  });

  it("understands process starts", () => {
    expect(understand({ ...ROW, cwd: '"/srv"' })).toMatchObject({
      kind: "processCreation",
      time: 1700000000000,
      image: "/usr/bin/env",
      commandLine: "env id",
      args: undefined,
      currentDirectory: "/srv",
      user: "1000",
      platform: "linux",
      parent: { pid: 4 },
    });
    expect(understand({ ...ROW, syscall: "exec", json_cmdline: '["env","a b"]' })).toMatchObject({
      args: ["env", "a b"],
    });
    expect(understand({ ...ROW, json_cmdline: '["env",' })).toMatchObject({ args: undefined });
    expect(understand({ ...ROW, event_type: "exec", signing_id: "x" })).toMatchObject({ platform: "macos" });
    expect(understand({ ...ROW, path: "C:\\x.exe", type: "ProcessStart" })).toMatchObject({ platform: "windows" });
  });

  it("passes over forks, lists of what runs, and rows that went away", () => {
    expect(understand({ ...ROW, event_type: "fork" })).toBeUndefined();
    expect(understand({ ...ROW, resident_size: "1" })).toBeUndefined();
    expect(understand(ROW, { action: "removed" })).toBeUndefined();
    expect(understand({ name: "x" })).toBeUndefined();
    expect(understand({ name: "t", action: "c.exe", last_run_time: "0", enabled: "0" })).toMatchObject({
      trigger: "turned off",
    });
    expect(understand({ path: "/bin/cat", filename: "/tmp/a", event_type: "open" })).toBeUndefined();
  });

  it.each<[string, Readonly<Record<string, string>>, object]>([
    [
      "shell_history",
      { uid: "0", command: "id", history_file: "/root/.bash_history", time: "0" },
      { kind: "commandExecution", text: "id", dialect: "sh" },
    ],
    [
      "powershell_events",
      { script_text: "Get-Date", script_name: "x.ps1" },
      { kind: "commandExecution", dialect: "powershell", name: "x.ps1" },
    ],
    [
      "crontab",
      { command: "x", minute: "1", hour: "*", day_of_month: "*", month: "*", day_of_week: "*", path: "/etc/crontab" },
      { kind: "scheduledTask", trigger: "1 * * * *", commandLine: "x" },
    ],
    [
      "scheduled_tasks",
      { name: "t", action: "c.exe", path: "\\t", next_run_time: "1" },
      { kind: "scheduledTask", platform: "windows", commandLine: "c.exe" },
    ],
    [
      "startup_items",
      { name: "n", path: "C:\\a.exe", args: "/x", type: "Startup Item", source: "HKCU\\Run", status: "enabled" },
      { kind: "runKey", commandLine: "C:\\a.exe /x", dialect: "commandLine" },
    ],
    [
      "scheduled_tasks, without the column of the next run",
      { name: "t", action: "c.exe", path: "\\t", enabled: "1", last_run_time: "0" },
      { kind: "scheduledTask", commandLine: "c.exe" },
    ],
    [
      "es_process_file_events",
      { pid: "5", path: "/bin/cp", filename: "/tmp/a", dest_filename: "", event_type: "create" },
      {
        kind: "fileCreation",
        platform: "macos",
        path: "/tmp/a",
        action: "create",
        process: { pid: 5, image: "/bin/cp" },
      },
    ],
    [
      "ntfs_journal_events",
      { action: "FileCreation", path: "C:\\a.exe", old_path: "", drive_letter: "C", time: "1714885500" },
      { kind: "fileCreation", action: "create", path: "C:\\a.exe", platform: "windows" },
    ],
    [
      "es_process_file_events, of a renaming",
      { pid: "5", path: "/bin/mv", filename: "/tmp/a", dest_filename: "/opt/b", event_type: "rename" },
      { kind: "fileCreation", path: "/opt/b" },
    ],
    [
      "socket_events",
      { pid: "5", path: "/bin/nc", action: "connect", remote_address: "192.0.2.1", remote_port: "80" },
      { kind: "networkConnection", initiated: true, destinationPort: 80 },
    ],
  ])("understands %s", (_, columns, expected) => {
    expect(understand(columns)).toMatchObject(expected);
  });
});
