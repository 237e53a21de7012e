import { existsSync, readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { audit as format } from "../../formats/audit.ts";
import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { audit } from "./audit.ts";

function understand(bytes: Uint8Array): Event[] {
  const events: Event[] = [];
  const reader = format.open(
    { file: "audit.log" },
    { record: (record) => events.push(...[audit.understand(record) ?? []].flat()), diagnostic: () => {} },
  );
  reader.push(bytes);
  reader.end();
  return events;
}

/** Records of one event, without their `msg=`. */
function events(...records: readonly string[]): Event[] {
  const lines = records.map((record) => record.replace(" ", " msg=audit(1700000000.125:41): "));
  return understand(Buffer.from(`${lines.map((line) => `type=${line}\n`).join("")}`));
}

const CALL = "ppid=10 pid=11 auid=1000 uid=33";

it("understands a program start", () => {
  const [event, ...none] = events(
    `SYSCALL arch=c000003e syscall=59 success=yes exit=0 ${CALL} comm="split" exe="/usr/bin/split" key=(null)`,
    `EXECVE argc=3 a0="split" a1=2D2D66696C7465723D6964202D75 a2="it's"`,
    'CWD cwd="/srv/data"',
  );
  expect(none).toEqual([]);
  expect(event).toMatchObject({
    kind: "processCreation",
    time: 1700000000125,
    host: undefined,
    user: "33",
    platform: "linux",
    image: "/usr/bin/split",
    args: ["split", "--filter=id -u", "it's"],
    commandLine: "split '--filter=id -u' 'it'\\''s'",
    currentDirectory: "/srv/data",
    process: { key: undefined, pid: 11, image: "/usr/bin/split" },
    parent: { pid: 10, image: undefined },
    env: undefined,
  });
});

it("knows the call by number and architecture, or by name", () => {
  const kind = (call: string) => events(`SYSCALL ${call} success=yes ${CALL} exe="/bin/x"`)[0]?.kind;
  expect(kind("arch=c00000b7 syscall=221")).toBe("processCreation");
  expect(kind("arch=40000003 syscall=11")).toBe("processCreation");
  expect(kind("arch=c000003e syscall=322")).toBe("processCreation");
  expect(kind("arch=x86_64 syscall=execve")).toBe("processCreation");
  expect(kind("arch=c000003e syscall=221")).toBeUndefined();
  expect(kind("arch=c000003e syscall=231")).toBe("processTermination");
  expect(kind("arch=c000003e syscall=319")).toBe("osApiExecution");
});

it("has no program start where execve failed", () => {
  expect(events(`SYSCALL arch=c000003e syscall=59 success=no exit=-2 ${CALL} exe="/bin/sh"`)).toEqual([]);
});

it("keeps a process title out of args where the kernel may have cut it", () => {
  const title = (text: string) =>
    events(
      `SYSCALL arch=c000003e syscall=59 success=yes ${CALL} exe="/bin/echo"`,
      `PROCTITLE proctitle=${Buffer.from(text).toString("hex")}`,
    )[0];
  expect(title("echo\0a b")).toMatchObject({ args: ["echo", "a b"], commandLine: "echo 'a b'" });
  const cut = `echo\0${"x".repeat(123)}`;
  expect(title(cut)).toMatchObject({ args: undefined, commandLine: cut.replace("\0", " ") });
});

it("understands connections of the internet only", () => {
  const connect = (saddr: string, result = "success=yes") =>
    events(`SYSCALL arch=c000003e syscall=42 ${result} ${CALL} exe="/bin/nc"`, `SOCKADDR saddr=${saddr}`);
  const expected = { kind: "networkConnection", initiated: true, destinationIp: "192.0.2.1", destinationPort: 80 };
  expect(connect("02000050C0000201")[0]).toMatchObject(expected);
  expect(connect("02000050C0000201", "success=no exit=-115")[0]).toMatchObject(expected);
  expect(connect("02000050C0000201", "success=no exit=-111")).toEqual([]);
  expect(connect("01002F72756E")).toEqual([]);
  const multiplexed = (call: string) =>
    events(`SYSCALL arch=40000003 ${call} success=yes ${CALL} exe="/bin/nc"`, "SOCKADDR saddr=02000050C0000201");
  expect(multiplexed("syscall=102 a0=3")[0]).toMatchObject(expected);
  expect(multiplexed("syscall=socketcall(connect) a0=connect")[0]).toMatchObject(expected);
  expect(multiplexed("syscall=102 a0=2")).toEqual([]);
});

it("understands files made, removed and loaded, in the working directory", () => {
  const found = events(
    `SYSCALL arch=c000003e syscall=257 success=yes ${CALL} exe="/bin/tar"`,
    'CWD cwd="/srv"',
    'PATH item=0 name="." mode=040755 nametype=PARENT',
    'PATH item=1 name="./x.so" mode=0100644 nametype=CREATE',
    'PATH item=2 name="/lib/libz.so.1" mode=0100755 nametype=NORMAL',
    'PATH item=3 name="/etc/passwd" mode=0100644 nametype=NORMAL',
  );
  expect(found).toMatchObject([
    { kind: "fileCreation", action: "create", path: "/srv/x.so" },
    { kind: "moduleLoad", module: "/lib/libz.so.1" },
  ]);
  const [gone] = events(
    `SYSCALL arch=c000003e syscall=87 success=yes ${CALL}`,
    'PATH item=0 name="/tmp/x" nametype=DELETE',
  );
  expect(gone).toMatchObject({ kind: "fileCreation", action: "delete", path: "/tmp/x" });
});

it("understands a process that takes hold of another", () => {
  const ptrace = (a0: string) =>
    events(
      `SYSCALL arch=c000003e syscall=101 success=yes a0=${a0} a1=4d2 ${CALL} exe="/usr/bin/gdb"`,
      'OBJ_PID opid=1234 ocomm="sshd"',
    );
  expect(ptrace("10")[0]).toMatchObject({ api: "ptrace", access: "ATTACH", target: { pid: 1234, image: "sshd" } });
  expect(ptrace("0")).toEqual([]);
  expect(ptrace("PTRACE_ATTACH")[0]).toMatchObject({ access: "ATTACH" });
  expect(ptrace("PTRACE_TRACEME")).toEqual([]);
  const write = events(`SYSCALL arch=c000003e syscall=311 success=yes a0=4d2 ${CALL} exe="/tmp/x"`);
  expect(write[0]).toMatchObject({ api: "processAccess", target: { pid: 1234 } });
});

const ENABLED = (rest: string) => `CONFIG_CHANGE op=set audit_enabled=0 ${rest}`;

it("understands that audit was switched off, by the line that did it where the kernel tells that", () => {
  const title = (text: string) => `PROCTITLE proctitle=${Buffer.from(text).toString("hex")}`;
  const call = `SYSCALL arch=c000003e syscall=44 success=yes a0=3 ${CALL} exe="/usr/sbin/auditctl"`;
  const [event, ...none] = events(ENABLED("old=1 auid=1000 ses=3 res=1"), call, title("/sbin/auditctl\0-e\x000"));
  expect(none).toEqual([]);
  expect(event).toMatchObject({
    kind: "commandExecution",
    text: "/sbin/auditctl -e 0",
    built: undefined,
    user: "33",
    process: { pid: 11, image: "/usr/sbin/auditctl" },
  });
  const built = { text: "auditctl -e 0", built: true, origin: "audit", user: "1000" };
  expect(events(ENABLED("old=1 auid=1000 ses=3 res=1"))[0]).toMatchObject(built);
  expect(events("CONFIG_CHANGE audit_enabled=0 old=2 by auid=1000 res=1")[0]).toMatchObject(built);
});

it("takes nothing from what audit does to itself as ever", () => {
  expect(events(ENABLED("old=0 auid=1000 ses=3 res=1"))).toEqual([]);
  expect(events(ENABLED("old=1 auid=1000 ses=3 res=0"))).toEqual([]);
  expect(events(ENABLED("old=1 auid=4294967295 ses=4294967295 res=1"))).toEqual([]);
  expect(events("CONFIG_CHANGE op=set audit_enabled=1 old=0 auid=1000 res=1")).toEqual([]);
  expect(events('CONFIG_CHANGE auid=1000 ses=1 op=remove_rule key="x" list=4 res=1')).toEqual([]);
});

it("understands that a user ended auditd, and not that the machine went down", () => {
  const end = (by: string) => events(`DAEMON_END op=terminate ${by} res=success`);
  expect(end("auid=1000 uid=0 ses=3 pid=4242")[0]).toMatchObject({
    kind: "commandExecution",
    text: "pkill -TERM auditd",
    built: true,
    user: "1000",
    process: { pid: 4242 },
  });
  expect(end("auid=4294967295 uid=0 ses=4294967295 pid=1")).toEqual([]);
  expect(end("auid=1000 uid=0 ses=3 pid=1")).toEqual([]);
});

it("understands sudo and bare process titles as commands", () => {
  const sudo = (result: string) =>
    events(
      `USER_CMD pid=9 uid=1000 auid=1000 ses=1 msg='cwd="/" cmd=66696E64202D6578656320736820 exe="/usr/bin/sudo" res=${result}'`,
    );
  expect(sudo("success")[0]).toMatchObject({
    kind: "commandExecution",
    origin: "sudo",
    dialect: "sh",
    text: "find -exec sh ",
    process: { pid: 9 },
  });
  expect(sudo("failed")).toEqual([]);
  expect(events("PROCTITLE proctitle=6C73002D6C")[0]).toMatchObject({
    kind: "commandExecution",
    text: "ls -l",
    origin: "proctitle",
  });
});

it("understands Laurel's records of the same shape", () => {
  const fields: Record<string, unknown> = {
    "SYSCALL.arch": "0xc000003e",
    "SYSCALL.syscall": "59",
    "SYSCALL.SYSCALL": "execve",
    "SYSCALL.success": "yes",
    "SYSCALL.exe": "/usr/bin/env",
    "SYSCALL.PPID.exe": "/bin/sh",
    "EXECVE.ARGV": ["env", "id"],
    PATH: ['{"item":0,"name":"/usr/bin/env","nametype":"NORMAL"}', "broken"],
  };
  const record: LogRecord = {
    shape: "audit",
    file: "laurel.log",
    index: 0,
    recordId: 1,
    provider: undefined,
    eventId: undefined,
    channel: undefined,
    host: "h",
    time: 0,
    get: (name) => (typeof fields[name] === "string" ? (fields[name] as string) : undefined),
    list: (name) => (Array.isArray(fields[name]) ? (fields[name] as string[]) : undefined),
    names: () => Object.keys(fields),
  };
  expect(audit.understand(record)).toMatchObject({
    kind: "processCreation",
    args: ["env", "id"],
    parent: { image: "/bin/sh" },
  });
  fields["SYSCALL.SYSCALL"] = "openat";
  fields.PATH = ['{"item":0,"name":"/tmp/a.so","nametype":"CREATE","mode":"0o100644"}', "broken"];
  expect(audit.understand(record)).toMatchObject([{ kind: "fileCreation", path: "/tmp/a.so" }]);
});

const SHARED = "../shared/telemetry/background/otrf-security-datasets/linux/discovery/host/sh_arp_cache.zip";
it.skipIf(!existsSync(SHARED))("finds every program start of a real log (or skipped: no shared data)", () => {
  const zip = readFileSync(SHARED);
  const text = inflateRawSync(zip.subarray(30 + zip.readUInt16LE(26) + zip.readUInt16LE(28)));
  const starts = understand(text).filter((event) => event.kind === "processCreation");
  expect(starts.length).toBe(text.toString().match(/syscall=59 success=yes/g)!.length);
  for (const start of starts) expect(start.args?.length).toBeGreaterThan(0);
});
