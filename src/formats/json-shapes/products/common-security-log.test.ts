import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { eventsIn } from "../../../../test/support/read-events.ts";

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
