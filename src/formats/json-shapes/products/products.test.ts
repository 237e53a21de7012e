import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";

const TRACED = {
  timestamp: 1_700_000_000_123_000_000,
  processId: 3,
  hostProcessId: 900,
  hostParentProcessId: 800,
  userId: 0,
  hostName: "box",
};
const argument = (name: string, value: unknown) => ({ name, type: "x", value });

it("Tracee: a start with its argument vector, by the host's process ids", () => {
  const args = [argument("pathname", "/usr/bin/split"), argument("argv", ["split", "--filter=sh -c id", "x y"])];
  const [start, ...more] = eventsOf({ ...TRACED, eventName: "sched_process_exec", args });
  expect(more).toEqual([]);
  expect(start).toMatchObject({
    kind: "processCreation",
    host: "box",
    platform: "linux",
    user: "0",
    image: "/usr/bin/split",
    args: ["split", "--filter=sh -c id", "x y"],
    process: { pid: 900 },
    parent: { pid: 800 },
  });
  expect(Math.round(start!.time!)).toBe(1700000000123);
});

it("Tracee as Velociraptor collects it", () => {
  const System = { ...{ Timestamp: "2024-05-01T22:00:00+10:00", EventID: 715, EventName: "sched_process_exec" } };
  const names = { ProcessID: 3, HostProcessID: 900, HostName: "box", UserID: 5 };
  const object = { EventType: "x", System: { ...System, ...names }, EventData: { pathname: "/bin/ls", argv: ["ls"] } };
  expect(eventsOf(object)).toMatchObject([
    {
      kind: "processCreation",
      time: Date.UTC(2024, 4, 1, 12),
      host: "box",
      user: "5",
      args: ["ls"],
      process: { pid: 900 },
    },
  ]);
});

it.each([
  ["O_RDONLY", 0],
  ["O_WRONLY|O_CREAT", 1],
])("Tracee: a file opened with %s", (flags, count) => {
  const args = [argument("pathname", "/etc/cron.d/x"), argument("flags", flags)];
  expect(eventsOf({ ...TRACED, eventName: "security_file_open", args })).toHaveLength(count);
});

const LAUNCH = {
  metadata: { event_timestamp: "2024-05-01T12:00:00Z", event_type: "PROCESS_LAUNCH" },
  principal: { hostname: "pc", user: { userid: "kim" }, process: { pid: "7", file: { full_path: "C:\\p.exe" } } },
  target: { process: { pid: "8", command_line: "mshta a.hta", file: { full_path: "C:\\m.exe", sha256: "ab" } } },
};
/** The same with the API's names. */
const CAMEL = {
  metadata: { eventTimestamp: "2024-05-01T12:00:00Z", eventType: "PROCESS_LAUNCH" },
  principal: { hostname: "pc", user: { userid: "kim" }, process: { pid: "7", file: { fullPath: "C:\\p.exe" } } },
  target: { process: { pid: "8", commandLine: "mshta a.hta", file: { fullPath: "C:\\m.exe", sha256: "ab" } } },
};

it.each([
  ["bare", LAUNCH],
  ["in the API's names", { name: "projects/x/events/1", udm: CAMEL }],
  ["in a search result", { event: CAMEL }],
])("UDM: who launches is the parent (%s)", (_, object) => {
  expect(eventsOf(object)).toMatchObject([
    {
      kind: "processCreation",
      host: "pc",
      time: Date.UTC(2024, 4, 1, 12),
      user: "kim",
      image: "C:\\m.exe",
      commandLine: "mshta a.hta",
      hashes: "SHA256=ab",
      process: { pid: 8 },
      parent: { pid: 7, image: "C:\\p.exe" },
    },
  ]);
});

it("UDM: a connection, and what says nothing here", () => {
  const connection = {
    metadata: { event_type: "NETWORK_CONNECTION" },
    principal: { hostname: "pc", ip: ["10.0.0.1", "10.0.0.2"] },
    target: { ip: "192.0.2.1", port: 443 },
    network: { direction: "OUTBOUND", ip_protocol: "TCP" },
  };
  expect(eventsOf(connection)).toMatchObject([
    {
      kind: "networkConnection",
      initiated: true,
      sourceIp: "10.0.0.1",
      destinationIp: "192.0.2.1",
      destinationPort: 443,
    },
  ]);
  expect(eventsOf({ ...connection, metadata: { event_type: "USER_LOGIN" } })).toEqual([]);
});

const LAKE = {
  "dataSource.name": "SentinelOne",
  "endpoint.name": "pc",
  "endpoint.os": "windows",
  "event.time": 1700000000000,
};

it("SentinelOne: a start, whose acting process is the parent", () => {
  const start = {
    ...LAKE,
    "event.type": "Process Creation",
    "event.category": "process",
    "src.process.uid": "AA",
    "src.process.pid": 7,
    "src.process.image.path": "C:\\p.exe",
    "tgt.process.uid": "BB",
    "tgt.process.pid": 8,
    "tgt.process.image.path": "C:\\m.exe",
    "tgt.process.cmdline": "mshta a.hta",
    "tgt.process.image.md5": "ab",
  };
  expect(eventsOf(start)).toMatchObject([
    {
      kind: "processCreation",
      host: "pc",
      time: 1700000000000,
      platform: "windows",
      commandLine: "mshta a.hta",
      hashes: "MD5=ab",
      process: { key: "id:BB", pid: 8, image: "C:\\m.exe" },
      parent: { key: "id:AA", pid: 7, image: "C:\\p.exe" },
    },
  ]);
  expect(eventsOf({ ...start, "event.type": "Login" })).toEqual([]);
});

it("SentinelOne: a connection, and Deep Visibility's names", () => {
  const connect = {
    ...LAKE,
    "event.type": "IP Connect",
    "event.network.direction": "OUTGOING",
    "dst.ip.address": "192.0.2.1",
    "dst.port.number": 443,
  };
  expect(eventsOf(connect)).toMatchObject([{ kind: "networkConnection", initiated: true, destinationPort: 443 }]);
  const deep = { agentName: "pc", eventType: "Process Creation", eventTime: "2024-05-01T12:00:00Z", srcProcUid: "AA" };
  expect(eventsOf({ ...deep, tgtProcUid: "BB", tgtProcCmdLine: "mshta a.hta" })).toMatchObject([
    {
      kind: "processCreation",
      host: "pc",
      commandLine: "mshta a.hta",
      process: { key: "id:BB" },
      parent: { key: "id:AA" },
    },
  ]);
});

it("LimaCharlie: a start and a module, also inside a detection", () => {
  const routing = { event_time: 1700000000000, hostname: "pc", plat: 0x1000_0000, this: "bb", parent: "aa" };
  const event = {
    FILE_PATH: "C:\\m.exe",
    COMMAND_LINE: "mshta a.hta",
    PROCESS_ID: 8,
    PARENT: { FILE_PATH: "C:\\p.exe", PROCESS_ID: 7, COMMAND_LINE: "p" },
  };
  const start = { event, routing: { ...routing, event_type: "NEW_PROCESS" } };
  const expected = {
    kind: "processCreation",
    host: "pc",
    platform: "windows",
    commandLine: "mshta a.hta",
    parentCommandLine: "p",
    process: { key: "id:bb", pid: 8 },
    parent: { key: "id:aa", pid: 7, image: "C:\\p.exe" },
  };
  expect(eventsOf(start)).toMatchObject([expected]);
  expect(eventsOf({ cat: "x", detect: start })).toMatchObject([expected]);
  const load = { event: { FILE_PATH: "C:\\x.dll", PROCESS_ID: 8 }, routing: { ...routing, event_type: "MODULE_LOAD" } };
  expect(eventsOf(load)).toMatchObject([{ kind: "moduleLoad", module: "C:\\x.dll", process: { key: "id:aa" } }]);
});

it("Falcon: a file of any type, the user by number, the protocol by name", () => {
  const base = { aid: "c0", event_platform: "Lin", UID: "114" };
  expect(eventsOf({ ...base, event_simpleName: "OoxmlFileWritten", TargetFileName: "/tmp/a.docx" })).toMatchObject([
    { kind: "fileCreation", path: "/tmp/a.docx", platform: "linux", user: "114" },
  ]);
  expect(eventsOf({ ...base, event_simpleName: "NetworkConnectIP4", Protocol: "17" })).toMatchObject([
    { protocol: "udp" },
  ]);
  expect(eventsOf({ ...base, event_simpleName: "EndOfProcess", RawProcessId: "5" })).toMatchObject([
    { process: { pid: 5 } },
  ]);
});

const WIN = { system: { providerName: "Microsoft-Windows-Sysmon", eventID: "1", computer: "pc" } };

it.each([
  ["escaped twice", "C:\\\\a b\\\\m.exe", '\\"C:\\\\a b\\\\m.exe\\" /x', "C:\\a b\\m.exe", '"C:\\a b\\m.exe" /x'],
  ["plain", "C:\\a b\\m.exe", '\\\\srv\\share\\m.exe "/x"', "C:\\a b\\m.exe", '\\\\srv\\share\\m.exe "/x"'],
])("Wazuh: values that were %s", (_, image, commandLine, readImage, readLine) => {
  expect(eventsOf({ data: { win: { ...WIN, eventdata: { image, commandLine } } } })).toMatchObject([
    { kind: "processCreation", image: readImage, commandLine: readLine },
  ]);
});

it("Wazuh: an audit event, from its records", () => {
  const stamp = "msg=audit(1700000000.123:41):";
  const full_log = `type=SYSCALL ${stamp} arch=c000003e syscall=59 success=yes pid=9 ppid=1 comm="id" exe="/usr/bin/id" type=EXECVE ${stamp} argc=2 a0="id" a1=2D7520`;
  const alert = { agent: { name: "box" }, data: { audit: { type: "SYSCALL", exe: "/usr/bin/id" } }, full_log };
  expect(eventsOf(alert)).toMatchObject([
    {
      kind: "processCreation",
      host: "box",
      time: 1700000000123,
      image: "/usr/bin/id",
      args: ["id", "-u "],
      process: { pid: 9 },
    },
  ]);
});

it.each([
  ["", { a0: "sh", a1: "-c", a2: "6964202D75", a3: "20240101", a4: "DEADBEEF" }],
  ["flat, as a table has it", undefined],
])("Wazuh: an audit event without its records, from what was decoded of them %s", (_, execve) => {
  const call = {
    type: "SYSCALL",
    id: "41",
    arch: "c000003e",
    syscall: "59",
    success: "yes",
    pid: "9",
    ppid: "1",
    uid: "33",
  };
  const audit = { ...call, command: "sh", exe: "/usr/bin/dash", cwd: "/srv" };
  const args = ["sh", "-c", "id -u", "20240101", "DEADBEEF"];
  const row = Object.entries({ ...audit, "execve.a0": "sh", "execve.a1": "-c", "execve.a2": "id" });
  const data = execve
    ? { data: { audit: { ...audit, execve } } }
    : Object.fromEntries(row.map(([key, value]) => [`data.audit.${key}`, value]));
  const alert = { timestamp: "2026-02-01T10:00:00.000+0000", agent: { name: "box" }, rule: { id: "1" }, ...data };
  expect(eventsOf(alert)).toMatchObject([
    {
      ...{ kind: "processCreation", host: "box", time: Date.UTC(2026, 1, 1, 10), user: "33" },
      ...{ image: "/usr/bin/dash", args: execve ? args : ["sh", "-c", "id"], currentDirectory: "/srv" },
      process: { pid: 9 },
      parent: { pid: 1 },
    },
  ]);
});

it("Wazuh: a file that an audit event names, and a call that failed", () => {
  const of = (audit: object) => eventsOf({ agent: { name: "box" }, data: { audit: { type: "SYSCALL", ...audit } } });
  const call = { arch: "c000003e", syscall: "59", pid: "9", exe: "/usr/bin/id" };
  expect(of({ ...call, success: "no" })).toEqual([]);
  expect(of({ ...call, success: "yes" })).toMatchObject([{ kind: "processCreation", image: "/usr/bin/id" }]);
});

it("osquery: files that were made, not what happened to them else", () => {
  const row = { name: "fim", hostIdentifier: "box", calendarTime: "Wed May  1 12:00:00 2024 UTC", action: "added" };
  const file = (action: string) => eventsOf({ ...row, columns: { target_path: "/tmp/x", action, sha256: "ab" } });
  expect(file("CREATED")).toMatchObject([
    {
      kind: "fileCreation",
      action: "create",
      path: "/tmp/x",
      hashes: "SHA256=ab",
      host: "box",
      time: Date.UTC(2024, 4, 1, 12),
    },
  ]);
  expect(file("UPDATED")).toMatchObject([{ action: "modify" }]);
  expect(file("DELETED")).toEqual([]);
});

it("Tetragon: the time of a start where the line has none around it", () => {
  const process = { binary: "/bin/ls", start_time: "2024-05-01T12:00:00Z" };
  expect(eventsOf({ process_exec: { process } })).toMatchObject([{ time: Date.UTC(2024, 4, 1, 12) }]);
});
