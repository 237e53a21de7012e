import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";

const RUN = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run";
const LINE = "mshta.exe C:\\ProgramData\\a.hta";

describe("tables of triage tools", () => {
  it.each([
    [
      "Autoruns",
      { "Entry Location": RUN, Entry: "u", Enabled: "enabled", Category: "Logon", "Launch String": LINE },
      { kind: "runKey", path: RUN, name: "u", commandLine: LINE },
    ],
    [
      "MFTECmd, the journal of a volume",
      { Name: "a.exe", ParentPath: ".\\Users\\kim", UpdateReasons: "FileCreate|Close", UpdateTimestamp: "2024-05-01" },
      { kind: "fileCreation", action: "create", path: "C:\\Users\\kim\\a.exe" },
    ],
    [
      "MFTECmd, what was only closed",
      { Name: "a.exe", ParentPath: ".\\Users\\kim", UpdateReasons: "Close", UpdateTimestamp: "2024-05-01" },
      undefined,
    ],
    [
      "PECmd, each run in a row",
      { RunTime: "2024-05-01 12:00:00", ExecutableName: "\\VOLUME{1}\\MSHTA.EXE" },
      { kind: "processCreation", image: "\\VOLUME{1}\\MSHTA.EXE", time: Date.UTC(2024, 4, 1, 12) },
    ],
    [
      "Velociraptor, services as they are made",
      { ServiceName: "u", ImagePath: LINE, StartType: "auto start", Timestamp: "2024-05-01T12:00:00Z" },
      { kind: "commandExecution", text: LINE, origin: "service", name: "u" },
    ],
    [
      "Velociraptor, questions of processes",
      {
        Time: "2024-05-01T12:00:00Z",
        ProcessID: 4,
        Query: "a.example",
        ProcInfo: { Exe: "C:\\b.exe", CommandLine: "b" },
      },
      { kind: "networkConnection", query: "a.example", process: { pid: 4, image: "C:\\b.exe" } },
    ],
    [
      "plaso, a job of the older scheduler",
      { data_type: "windows:tasks:job", application: "C:\\a b.exe", parameters: "/x", datetime: "2024-05-01" },
      { kind: "scheduledTask", commandLine: '"C:\\a b.exe" /x' },
    ],
    [
      "Autoruns, a task without a launch string",
      { "Entry Location": "Task Scheduler", Entry: "\\u", Category: "Tasks", "Image Path": "c:\\a b\\c.exe" },
      undefined,
    ],
    [
      "Autoruns, a task",
      { "Entry Location": "Task Scheduler", Entry: "\\u", Category: "Scheduled Tasks", "Image Path": "c:\\a b\\c.exe" },
      { kind: "scheduledTask", name: "\\u", commandLine: '"c:\\a b\\c.exe"' },
    ],
    [
      "Autoruns, turned off",
      { "Entry Location": RUN, Entry: "u", Enabled: "disabled", Category: "Logon", "Launch String": LINE },
      undefined,
    ],
    [
      "schtasks",
      {
        HostName: "PC",
        TaskName: "\\u",
        "Task To Run": LINE,
        "Run As User": "SYSTEM",
        "Scheduled Task State": "Enabled",
      },
      { kind: "scheduledTask", host: "PC", name: "\\u", user: "SYSTEM", commandLine: LINE },
    ],
    [
      "schtasks, turned off",
      { TaskName: "\\u", "Task To Run": LINE, "Scheduled Task State": "Disabled" },
      { kind: "scheduledTask", trigger: "turned off" },
    ],
    ["schtasks, a class", { TaskName: "\\u", "Task To Run": "COM handler" }, undefined],
    [
      "Get-ScheduledTask",
      {
        TaskName: "u",
        TaskPath: "\\",
        State: 3,
        Actions: [{ Execute: "mshta.exe", Arguments: "C:\\ProgramData\\a.hta" }],
      },
      { kind: "scheduledTask", name: "\\u", commandLine: LINE },
    ],
    [
      "LECmd",
      { SourceFile: "C:\\a.lnk", LocalPath: "C:\\b.exe", Arguments: "x", TargetIDAbsolutePath: "y" },
      { kind: "shortcut", path: "C:\\a.lnk", target: "C:\\b.exe", arguments: "x" },
    ],
    [
      "LECmd, on a share",
      { SourceFile: "a.lnk", NetworkPath: "\\\\s\\d", CommonPath: "b.exe", Arguments: "x", TargetIDAbsolutePath: "y" },
      { kind: "shortcut", target: "\\\\s\\d\\b.exe" },
    ],
    [
      "JLECmd, of a jump list",
      { SourceFile: "a.automaticDestinations-ms", SourceCreated: "x", HeaderFlags: "y", LocalPath: "C:\\b.exe" },
      { kind: "shortcut", path: "a.automaticDestinations-ms", target: "C:\\b.exe", arguments: undefined },
    ],
    [
      "AmcacheParser",
      { FileKeyLastWriteTimestamp: "2026-02-01 10:00:00", FullPath: "c:\\a\\b.exe", SHA1: "ab".repeat(20) },
      { kind: "fileCreation", path: "c:\\a\\b.exe", hashes: `SHA1=${"ab".repeat(20)}`, time: Date.UTC(2026, 1, 1, 10) },
    ],
    [
      "AppCompatCacheParser",
      { ControlSet: "1", CacheEntryPosition: "0", Path: "C:\\a.exe", LastModifiedTimeUTC: "x", Executed: "Yes" },
      { kind: "processCreation", image: "C:\\a.exe", time: undefined },
    ],
    [
      "AppCompatCacheParser, of what did not run",
      { ControlSet: "1", CacheEntryPosition: "0", Path: "C:\\a.exe", Executed: "No" },
      undefined,
    ],
    [
      "Velociraptor's prefetch",
      {
        Executable: "HH.EXE",
        Binary: "\\V\\HH.EXE",
        LastRunTimes: ["2026-02-01T10:00:00Z", "2026-01-01T10:00:00Z"],
        PrefetchFileName: "x",
      },
      { kind: "processCreation", image: "\\V\\HH.EXE", time: Date.UTC(2026, 1, 1, 10) },
    ],
    [
      "PECmd",
      {
        ExecutableName: "HH.EXE",
        RunCount: "1",
        LastRun: "2026-02-01 10:00:00",
        FilesLoaded: "\\V\\A.DLL, \\V\\HH.EXE",
      },
      { kind: "processCreation", image: "\\V\\HH.EXE", time: Date.UTC(2026, 1, 1, 10), commandLine: undefined },
    ],
    [
      "RECmd",
      {
        ...{ HivePath: "x", HiveType: "NTUSER", KeyPath: "ROOT\\Software\\Microsoft\\Windows\\CurrentVersion\\Run" },
        ...{ ValueName: "u", ValueType: "RegSz", ValueData: LINE },
      },
      { kind: "runKey", path: "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\u", commandLine: LINE },
    ],
    [
      "RECmd, of no autostart place",
      { HivePath: "x", HiveType: "SOFTWARE", KeyPath: "ROOT\\X", ValueName: "u", ValueType: "RegSz", ValueData: LINE },
      undefined,
    ],
    [
      "Velociraptor's tasks",
      { OSPath: "C:\\t", Command: "C:\\a b\\c.exe", Arguments: "x", ComHandler: null, Fqdn: "pc" },
      { kind: "scheduledTask", host: "pc", commandLine: '"C:\\a b\\c.exe" x' },
    ],
    [
      "Velociraptor's startup items",
      { OSPath: RUN, Name: "u", Details: LINE, Enabled: "enabled", Fqdn: "pc" },
      { kind: "runKey", host: "pc", commandLine: LINE },
    ],
    [
      "Velociraptor's history of PowerShell",
      { OSPath: "C:\\PSReadLine\\ConsoleHost_history.txt", Line: "iex x", Username: "kim" },
      { kind: "commandExecution", text: "iex x", user: "kim", dialect: "powershell", platform: "windows" },
    ],
    [
      "Velociraptor's history of a shell",
      { OSPath: "/home/kim/.bash_history", Line: "find . -exec sh ;" },
      { kind: "commandExecution", dialect: "sh", platform: "linux" },
    ],
    [
      "Win32_Service",
      { Name: "s", PathName: LINE, StartMode: "Auto", StartName: "LocalSystem", SystemName: "PC" },
      { kind: "runKey", name: "s", user: "LocalSystem", host: "PC", commandLine: LINE },
    ],
    ["Win32_Service, turned off", { Name: "s", PathName: LINE, StartMode: "Disabled" }, undefined],
    [
      "Win32_StartupCommand",
      { Command: LINE, Location: RUN, User: "LAB\\kim", Name: "u" },
      { kind: "runKey", path: RUN, user: "LAB\\kim", commandLine: LINE },
    ],
    [
      "a consumer of WMI",
      { Name: "u", CommandLineTemplate: LINE, __SERVER: "PC" },
      { kind: "commandExecution", origin: "wmiConsumer", text: LINE, host: "PC" },
    ],
    [
      "ausearch, a start",
      {
        SERIAL_NUM: "7",
        EVENT_KIND: "audit-rule",
        ACTION: "executed",
        RESULT: "success",
        OBJ_PRIME: "/bin/id",
        SUBJ_SEC: "root",
        DATE: "02/01/26",
        TIME: "10:00:00",
      },
      { kind: "processCreation", image: "/bin/id", user: "root", time: Date.UTC(2026, 1, 1, 10) },
    ],
    [
      "ausearch, a start that failed",
      { SERIAL_NUM: "7", EVENT_KIND: "audit-rule", ACTION: "executed", RESULT: "failed", OBJ_PRIME: "/bin/id" },
      undefined,
    ],
  ])("%s", (_, row, wanted) => expect(eventsOf(row)).toMatchObject(wanted ? [wanted] : []));
});
