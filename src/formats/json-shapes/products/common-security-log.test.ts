import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { diagnosticsIn, eventsIn } from "../../../../test/support/read-events.ts";

const ROW = {
  "TimeGenerated [UTC]": "3/1/2026, 10:00:00.000 AM",
  DeviceVendor: "Some",
  DeviceProduct: "Agent",
  DeviceEventClassID: "7",
  Activity: "Process started",
  Computer: "collector",
  SourceHostName: "pc7",
  DestinationNTDomain: "LAB",
  DestinationUserName: "kim",
  DeviceCustomString2: "b.exe /x",
  DeviceCustomString2Label: "CommandLine",
};
const STARTED = { kind: "processCreation", host: "pc7", user: "LAB\\kim", time: Date.UTC(2026, 2, 1, 10) };

it("columns mean what CEF's keys do, labels name what is custom, and the collector is not the host", () => {
  const more = { FilePath: "C:\\a", FileName: "b.exe", SourceProcessName: "", DeviceCustomNumber1Label: "x" };
  expect(eventsOf({ ...ROW, ...more })).toMatchObject([{ ...STARTED, image: "C:\\a\\b.exe", commandLine: "b.exe /x" }]);
});

it("other keys stand in one column; backslashes that are all escaped are not", () => {
  const AdditionalExtensions = "cat=a;deviceProcessName=C:\\\\a\\\\b.exe;note";
  expect(eventsOf({ ...ROW, AdditionalExtensions })).toMatchObject([{ ...STARTED, image: "C:\\a\\b.exe" }]);
});

it("a table is known for one whatever its first row tells", () => {
  const rows = [
    { ...ROW, DeviceCustomString2: "" },
    { ...ROW, FileName: "b.exe" },
  ];
  const table = [Object.keys({ FileName: "", ...ROW }), ...rows.map((row) => Object.values({ FileName: "", ...row }))];
  expect(eventsIn(table.map((cells) => cells.map((cell) => `"${cell}"`).join(",")).join("\n"))).toMatchObject([
    { ...STARTED, commandLine: "b.exe /x" },
  ]);
});

it("Cortex XDR calls the process of which it tells the initiator", () => {
  const by = { DeviceCustomString1: "c.exe", DeviceCustomString1Label: "Initiated by" };
  const line = { DeviceCustomString2: '"C:\\\\c.exe" -send', DeviceCustomString2Label: "Initiator CMD" };
  expect(eventsOf({ ...ROW, ...by, ...line })).toMatchObject([
    { ...STARTED, image: "c.exe", commandLine: '"C:\\c.exe" -send' },
  ]);
});

it("a row that names a command line and no process says what it lacks, and traffic nothing", () => {
  const said = (row: object) => diagnosticsIn(`${JSON.stringify(row)}\n`).map(({ message }) => message);
  expect(said({ ...ROW, DestinationUserName: "" })).toEqual([
    expect.stringMatching(/^1 record is .* names a command line, but neither a program's file nor the number/),
  ]);
  const { DeviceCustomString2, DeviceCustomString2Label, ...traffic } = ROW;
  expect(said({ ...traffic, Activity: "TRAFFIC", SourceIP: "192.0.2.1", DestinationPort: "443" })).toEqual([]);
});
