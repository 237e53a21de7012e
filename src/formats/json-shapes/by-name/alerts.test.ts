import { expect, it } from "vitest";
import { eventsIn } from "../../../../test/support/read-events.ts";

const inJson = (object: unknown) => eventsIn(JSON.stringify(object));
const TIME = "2026-03-04T09:10:11Z";
const AT = Date.UTC(2026, 2, 4, 9, 10, 11);

it("puts in what objects of a list refer to by number", () => {
  const entities = [
    { $id: "1", HostName: "pc", Type: "host" },
    { $id: "2", Directory: "C:\\Tools", Name: "a.exe", Type: "file" },
    { $id: "3", Name: "kim", NTDomain: "LAB", Host: { $ref: "1" }, Type: "account" },
    {
      ...{ $id: "4", ProcessId: "7", CommandLine: "a.exe x", CreationTimeUtc: TIME, Type: "process" },
      ...{ ImageFile: { $ref: "2" }, Account: { $ref: "3" }, Host: { $ref: "1" } },
    },
  ];
  const whole = { host: "pc", user: "LAB\\kim", image: "C:\\Tools\\a.exe", commandLine: "a.exe x", time: AT };
  expect(inJson({ AlertName: "x", Entities: JSON.stringify(entities) })).toMatchObject([whole]);
  expect(inJson({ AlertName: "x", Entities: entities })).toMatchObject([whole]);
});

it("follows no references in circles, and not without end", () => {
  const circle = [{ $id: "1", ProcessId: "7", CommandLine: "a.exe x", Parent: { $ref: "1" } }];
  expect(inJson({ AlertName: "x", Entities: circle })).toHaveLength(1);
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`r${at}`, { $ref: "1" }]));
  expect(inJson({ AlertName: "x", Entities: [{ $id: "1", pid: 7, cmdline: "a.exe x", ...many }] })).toHaveLength(1);
});

it("knows the process that started another by the first of its lineage", () => {
  const lineage = [
    { pid: 5, executablePath: "/bin/bash" },
    { pid: 1, executablePath: "/sbin/init" },
  ];
  const process = { name: "id", executablePath: "/usr/bin/id", pid: 7, lineage };
  const found = inJson({
    alertId: 1,
    createdAt: TIME,
    instanceDetails: { instanceId: "i-1" },
    process,
    commandLine: "id -u",
  });
  expect(found).toMatchObject([{ host: "i-1", commandLine: "id -u" }]);
  expect(found[0]).toHaveProperty("parent.image", "/bin/bash");
});

it("takes an address of a file for its path, and who uses a machine for who ran it", () => {
  const event = { file: { file_path: "file:///C%3A/Tools/a.exe" }, computer: { hostname: "pc", user: "kim" } };
  expect(inJson({ timestamp: TIME, ...event, command_line: { arguments: ["a.exe x"] }, pid: 7 })).toMatchObject([
    { image: "C:\\Tools\\a.exe", host: "pc", user: "kim" },
  ]);
  expect(inJson({ path: "file:///opt/a%20b", pid: 7, command_line: "b x" })).toMatchObject([{ image: "/opt/a b" }]);
  expect(inJson({ path: "file:///opt/%zz", pid: 7, command_line: "b x" })).toMatchObject([{ image: "/opt/%zz" }]);
});

it("takes a name for no command line where one stands beside it", () => {
  const event = { process: "a.exe", processpath: "C:\\a.exe", args: "a.exe x", pid: "7" };
  expect(inJson(event)).toMatchObject([{ commandLine: "a.exe x" }]);
});

it("knows more names of a command line, its parent, its host and its user", () => {
  const arguments_ = { name: "find", cmd: "find", argvs: ". -exec id ;", pid: "7", ppid: 5, euser: "kim" };
  expect(inJson(arguments_)).toMatchObject([{ commandLine: "find . -exec id ;", user: "kim" }]);
  const parameters = { ProcessPath: "C:\\a.exe", ProcessParameters: "x y", ProcessID: 7 };
  expect(inJson(parameters)).toMatchObject([{ commandLine: "C:\\a.exe x y" }]);
  const runtime = { process: { executablePath: "/bin/a", pid: 7 }, context: { commandLineExample: "a x" } };
  expect(inJson({ service: { runtimeDetails: runtime } })).toMatchObject([{ image: "/bin/a", commandLine: "a x" }]);
  const cloud = { "suspicious command line": "a.exe x", "suspicious process": "c:\\a.exe", "compromised host": "pc" };
  expect(inJson({ properties: { timeGeneratedUtc: TIME, extendedProperties: cloud } })).toMatchObject([
    { commandLine: "a.exe x", host: "pc", time: AT },
  ]);
  const scanner = { command: "a.exe x", image_file: "C:\\a.exe", pid: "7", parent: "C:\\b.exe", usrName: "kim" };
  const found = inJson({ ...scanner, created: TIME });
  expect(found).toMatchObject([{ user: "kim", time: AT }]);
  expect(found[0]).toHaveProperty("parent.image", "C:\\b.exe");
});

it("knows who started a process by more words, and by whom it was asked for", () => {
  const base = { baseImage: "C:\\a.exe", commandLine: "a.exe x", pid: 7, device_hostname: "pc", user_username: "kim" };
  expect(inJson(base)).toMatchObject([{ image: "C:\\a.exe", host: "pc", user: "kim" }]);
  const target = { TargetProcessImageFilePath: "C:\\a.exe", TargetProcessCommandLine: "a.exe x" };
  const found = inJson({ ...target, InstigatingProcessImageFilePath: "C:\\b.exe", asset: { netBiosName: "pc" } });
  expect(found).toMatchObject([{ image: "C:\\a.exe", host: "pc" }]);
  expect(found[0]).toHaveProperty("parent.image", "C:\\b.exe");
  const asked = { process_path: "C:\\a.exe", process_cmdline: "a.exe x", src_user_name: "kim", dest_host: "pc" };
  expect(inJson(asked)).toMatchObject([{ user: "kim", host: "pc" }]);
});

it("takes an event that is a single word for no document of ECS", () => {
  const process = { name: "id", path: "/usr/bin/id", pid: 7, ppid: 5, arguments: ["id", "-u"] };
  expect(inJson({ event: "EXEC", process })).toMatchObject([{ image: "/usr/bin/id", args: ["id", "-u"] }]);
});

it("takes the process that acts for the one that was started where its parent is told of, and none that it starts", () => {
  const process = (name: string, pid: number) => ({ ImageName: `C:\\${name}.exe`, CommandLine: `${name} x`, PID: pid });
  const alert = { RuleName: "r", SourceProcess: process("b", 2), ParentProcess: process("a", 1) };
  expect(inJson(alert)).toMatchObject([
    {
      image: "C:\\b.exe",
      commandLine: "b x",
      process: { pid: 2 },
      parent: { image: "C:\\a.exe", pid: 1 },
      parentCommandLine: "a x",
    },
  ]);
  const started = inJson({ SourceProcess: process("b", 2), CreatedProcess: process("c", 3) });
  expect(started).toMatchObject([{ image: "C:\\c.exe", parent: { image: "C:\\b.exe" } }]);
});

it("finds processes in lists of a list's elements, also beside what is called as lists of records are", () => {
  const tree = [
    { path: "/usr/bin/touch", command: "touch -r a b", username: "root", executionTime: "2026-03-01T10:00:00Z" },
    { path: "/usr/bin/bash", command: "/bin/bash -c x", username: "root", executionTime: "2026-03-01T09:59:00Z" },
  ];
  const alert = {
    title: "t",
    severity: "LOW",
    resources: [{ name: "box", type: "CONTAINER" }],
    events: [{ id: "1", details: { processTree: tree } }],
  };
  expect(inJson(alert)).toMatchObject([
    { image: "/usr/bin/touch", commandLine: "touch -r a b", user: "root", time: Date.UTC(2026, 2, 1, 10) },
    { image: "/usr/bin/bash", commandLine: "/bin/bash -c x" },
  ]);
  const listing = { meta: {}, resources: [{ process_path: "C:\\b.exe", process_cmdline: "b x", process_pid: 2 }] };
  expect(inJson(listing)).toMatchObject([{ image: "C:\\b.exe" }]);
});

it("of one that another starts, the other is its parent, and not the other's own", () => {
  const other = { process_name_s: "a.exe", process_id_d: "5", process_parentPid_d: "3" };
  const started = { process_targetName_s: "b.exe", process_targetPid_d: "7", process_targetCommandLine_s: "/x" };
  expect(inJson({ eventType_s: "CREATE_PROCESS", deviceName_s: "pc7", ...other, ...started })).toMatchObject([
    { kind: "processCreation", image: "b.exe", process: { pid: 7 }, parent: { pid: 5, image: "a.exe" } },
  ]);
});
