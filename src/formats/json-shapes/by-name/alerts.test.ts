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
