import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../test/support/json-events.ts";

const SECURITY = "Microsoft-Windows-Security-Auditing";
const MSHTA = "C:\\Windows\\System32\\mshta.exe";
const START = ["S-1-5-18", "kim", "CORP", "0x3e7", "0x2d8", MSHTA, "%%1936", "0xc4", "mshta a.hta", "S-1-0-0"].concat([
  "-",
  "-",
  "0x0",
  "C:\\Windows\\System32\\cmd.exe",
  "S-1-16-8192",
]);
const IS_START = { kind: "processCreation", commandLine: "mshta a.hta", image: MSHTA, user: "CORP\\kim", host: "PC-1" };

describe("values in a list", () => {
  it.each([
    ["Kinesis", { EventId: 4688, MachineName: "PC-1", ProviderName: SECURITY, LogName: "Security", EventData: START }],
    ["Fluentd", { EventID: "4688", Computer: "PC-1", ProviderName: SECURITY, Channel: "Security", EventData: START }],
    ["Get-EventLog", { EventID: 4688, MachineName: "PC-1", Source: SECURITY, ReplacementStrings: START }],
    ["plaso", { event_identifier: 4688, computer_name: "PC-1", source_name: SECURITY, strings: START }],
  ])("%s", (_, object) => {
    expect(eventsOf(object)).toMatchObject([IS_START]);
  });

  it("has the fields of Sysmon in its message", () => {
    const Description = "Image loaded:\r\nProcessId: 44\r\nImage: C:\\a.exe\r\nImageLoaded: C:\\a.dll";
    const object = { EventId: 7, ProviderName: "Microsoft-Windows-Sysmon", EventData: ["-", "C:\\a.dll"], Description };
    expect(eventsOf(object)).toMatchObject([{ kind: "moduleLoad", module: "C:\\a.dll", process: { pid: 44 } }]);
  });
});

it("Telegraf: names behind `Data_`, the machine among the tags", () => {
  const tags = { Channel: "Security", Computer: "PC-1", EventID: "4688", Source: SECURITY };
  const fields = { Data_NewProcessName: MSHTA, Data_CommandLine: "mshta a.hta", Data_SubjectUserName: "kim" };
  expect(eventsOf({ name: "win_eventlog", fields: { ...fields, Data_SubjectDomainName: "CORP" }, tags })).toMatchObject(
    [IS_START],
  );
});

it("Grafana's collectors: a provider of a shared channel, and values without names as XML", () => {
  const event_data = "<Data>C:\\a.msi</Data><Data>44</Data><Data>(NULL)</Data>";
  const events = eventsOf({
    source: "MsiInstaller",
    channel: "Application",
    computer: "PC-1",
    event_id: 1040,
    event_data,
  });
  expect(events).toMatchObject([
    { kind: "moduleLoad", module: "C:\\a.msi", host: "PC-1" },
    { kind: "commandExecution" },
  ]);
});

it("tells the provider by fields that no other has", () => {
  expect(eventsOf({ winlog: { event_id: 4104, event_data: { ScriptBlockText: "mshta a.hta" } } })).toMatchObject([
    { kind: "commandExecution", text: "mshta a.hta", dialect: "powershell" },
  ]);
  expect(eventsOf({ event_id: 4688, NewProcessName: MSHTA, CommandLine: "mshta a.hta" })).toMatchObject([
    { kind: "processCreation", commandLine: "mshta a.hta" },
  ]);
});

describe("English sentences in which providers tell their fields", () => {
  const said = (ProviderName: string, Id: number, Message: string) => eventsOf({ ProviderName, Id, Message });
  const TASKS = "Microsoft-Windows-TaskScheduler";

  it.each([
    [
      "Microsoft-Windows-Bits-Client",
      59,
      "BITS started the Font transfer job that is associated with the http://203.0.113.9/a.exe URL.",
      { kind: "networkConnection", url: "http://203.0.113.9/a.exe" },
    ],
    [TASKS, 106, 'User "CORP\\kim"  registered Task Scheduler task "\\u"', { name: "\\u", user: "CORP\\kim" }],
    [TASKS, 129, 'Task Scheduler launch task "\\u" , instance "mshta.exe"  with process ID 44.', { text: "mshta.exe" }],
    [
      TASKS,
      200,
      'Task Scheduler launched action "C:\\a.exe" in instance "{1}" of task "\\u".',
      { text: "C:\\a.exe", name: "\\u" },
    ],
    [
      TASKS,
      201,
      'Task Scheduler successfully completed task "\\u" , instance "{1}" , action "C:\\a.exe" with return code 0.',
      { text: "C:\\a.exe", name: "\\u" },
    ],
    [
      "Microsoft-Windows-CodeIntegrity",
      3077,
      "Code Integrity determined that a process (\\Device\\a.exe) attempted to load \\Device\\b.dll that did not meet the Enterprise signing level requirements.",
      { kind: "policyDecision", path: "\\Device\\b.dll", process: { image: "\\Device\\a.exe" } },
    ],
    [
      "Microsoft-Windows-AppLocker",
      8004,
      "%OSDRIVE%\\A B.EXE was prevented from running.",
      { kind: "policyDecision", decision: "block", path: "%OSDRIVE%\\A B.EXE" },
    ],
  ])("%s %i", (provider, id, message, event) => {
    expect(said(provider, id, message)).toMatchObject([event]);
    expect(said(provider, id, `Another language: ${message}`)).not.toMatchObject([event]);
  });

  it("are lines of names and values where the antivirus tells them", () => {
    const message = `Blocked an operation.\r\n \tID: d4f940ab\r\n \tDetection time: 2024-05-01T12:00:00Z\r\n \tUser: CORP\\kim\r\n \tPath: ${MSHTA}\r\n \tTarget Commandline: mshta a.hta`;
    expect(said("Microsoft-Windows-Windows Defender", 1121, message)).toMatchObject([
      { kind: "policyDecision", path: MSHTA, user: "CORP\\kim", rule: "d4f940ab" },
      { kind: "commandExecution", text: "mshta a.hta" },
    ]);
  });
});

it("Log Parser's strings between bars, of which a command line may have some of its own", () => {
  const row = { EventLog: "Security", EventID: "4688", SourceName: SECURITY, ComputerName: "PC-1" };
  expect(eventsOf({ ...row, Strings: START.join("|") })).toMatchObject([IS_START]);
  const piped = START.map((value, at) => (at === 8 ? "cmd /c type a|b" : value));
  expect(eventsOf({ ...row, Strings: piped.join("|") })).toMatchObject([
    { commandLine: "cmd /c type a|b", parent: { image: "C:\\Windows\\System32\\cmd.exe" } },
  ]);
});
