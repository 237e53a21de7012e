import { expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";

const ROOT = "winEventLog.data.event.";
const event = (id: number, data: object) => ({
  "event.category": "windows_event_logs",
  "dataSource.name": "Windows Event Logs",
  "endpoint.name": "pc7",
  [`${ROOT}system.eventID`]: String(id),
  [`${ROOT}system.provider.name`]: "Microsoft-Windows-Security-Auditing",
  [`${ROOT}system.channel`]: "Security",
  [`${ROOT}system.computer`]: "pc7.lab",
  [`${ROOT}system.eventRecordID`]: "41",
  [`${ROOT}system.timeCreated.systemTime`]: "2026-03-01T10:00:00.125Z",
  ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`${ROOT}eventData.${name}`, value])),
});

it("reads events of Windows whose tree was put into dotted keys", () => {
  const data = { newProcessId: "0x1f4", newProcessName: "C:\\a.exe", commandLine: "a.exe /x", subjectUserName: "kim" };
  expect(eventsOf(event(4688, data))).toMatchObject([
    {
      kind: "processCreation",
      image: "C:\\a.exe",
      commandLine: "a.exe /x",
      host: "pc7.lab",
      time: Date.UTC(2026, 2, 1, 10, 0, 0, 125),
      process: { pid: 500 },
      record: { recordId: 41 },
    },
  ]);
});

it("takes hostile paths for fields without a meaning", () => {
  const hostile = { "": "x", "__proto__.a": "x", "a.b.c.d.e": "x", "constructor.prototype": "x" };
  expect(eventsOf({ ...event(4688, hostile), [ROOT]: "x", [`${ROOT}system.provider`]: "x" })).toBeInstanceOf(Array);
  expect(Object.prototype).not.toHaveProperty("a");
});
