import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import { CHANNEL, EXPORTS, SYSMON, XML } from "../../../../test/support/windows-event-exports.ts";
import type { JsonObject } from "../../../decode/json/parse.ts";
import type { LogRecord } from "../../../model/record.ts";
import { recognise, recordsIn } from "../shapes.ts";

const AT = { file: "f", index: 0 };
const NOON = Date.UTC(2024, 4, 1, 12);

/** The only record in an object. */
function only(object: JsonObject): LogRecord | undefined {
  const objects = recordsIn(object);
  expect(objects.length).toBe(1);
  return recognise(objects[0]!, AT);
}

describe("Windows events", () => {
  it("has a script block where the PowerShell module of Winlogbeat put it", () => {
    const record = only({
      "@timestamp": "2024-05-01T12:00:00Z",
      event: { code: "4104", provider: "Microsoft-Windows-PowerShell" },
      powershell: { file: { script_block_text: "iex $x", script_block_id: "b" }, sequence: 1, total: 2 },
      winlog: { event_id: "4104", provider_name: "Microsoft-Windows-PowerShell", computer_name: "pc" },
    });
    expect(record).toMatchObject({ shape: "winevent", eventId: 4104, host: "pc", time: NOON });
    const fields = ["ScriptBlockText", "ScriptBlockId", "MessageNumber", "MessageTotal"];
    expect(fields.map((name) => record!.get(name))).toEqual(["iex $x", "b", "1", "2"]);
  });

  it.each(EXPORTS)("%s", (_, object) => {
    const record = only(object);
    expect(record).toMatchObject({
      shape: "winevent",
      provider: SYSMON,
      eventId: 1,
      channel: CHANNEL,
      host: "pc",
      recordId: 7,
      time: NOON,
    });
    expect(record!.get("Image")).toBe("C:\\x.exe");
    expect(record!.get("Absent")).toBeUndefined();
    expect(record!.names()).toContain("Image");
  });

  it("knows the provider of Linux in syslog", () => {
    const record = only({ Computer: "h", SyslogMessage: XML.replaceAll(SYSMON, "Linux-Sysmon") });
    expect([record!.provider, record!.get("Image")]).toEqual(["Linux-Sysmon", "C:\\x.exe"]);
  });

  it("reads UserData and data without names", () => {
    const system = { EventID: 1, Provider: { Name: "x" }, Security: { UserID: "S-1" } };
    const user = only({
      Event: { System: system, UserData: { RuleAndFileData: { "#attributes": { a: 1 }, FilePath: "p" } } },
    });
    expect([user!.get("FilePath"), user!.get("System.UserID")]).toEqual(["p", "S-1"]);
    const unnamed = only({ Event: { System: system, EventData: { Data: ["a", "b"] } } });
    expect([unnamed!.get("Data"), unnamed!.get("Data2")]).toEqual(["a", "b"]);
    expect(only({ Event: { System: system, EventData: null } })!.names()).toEqual(["System.UserID"]);
  });

  it("reads the message of 4688 in English where it is all there is", () => {
    const Message =
      "A new process has been created.\r\n\r\nProcess Information:\r\n\tNew Process Name:\tC:\\y.exe\r\n\tProcess Command Line:\ty /a: b\r\n";
    const record = only({ Id: 4688, LogName: "Security", Message });
    expect(record!.provider).toBe("Microsoft-Windows-Security-Auditing");
    expect([record!.get("NewProcessName"), record!.get("CommandLine")]).toEqual(["C:\\y.exe", "y /a: b"]);
  });

  it("leaves events whose fields were moved to ECS to that shape", () => {
    const winlog = { event_id: 1, provider_name: SYSMON, event_data: { RuleName: "-" } };
    expect(only({ winlog, process: { executable: "C:\\x.exe" }, event: { code: "1" } })!.shape).toBe("ecs");
  });
});

it("whose script it was, where the forwarder says so", () => {
  const winlog = {
    event_id: 4104,
    provider_name: "Microsoft-Windows-PowerShell",
    event_data: { ScriptBlockText: "Get-Date", MessageNumber: "1", MessageTotal: "1" },
    user: { name: "kim", domain: "LAB", identifier: "S-1-5-21-1" },
  };
  expect(eventsOf({ winlog })).toMatchObject([{ kind: "commandExecution", text: "Get-Date", user: "LAB\\kim" }]);
});
