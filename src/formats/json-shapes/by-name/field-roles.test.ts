import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../../test/support/json-events.ts";
import type { JsonObject } from "../../../decode/json/parse.ts";

const LINE = "hh.exe C:\\Users\\Public\\a.chm";
const IMAGE = "C:\\Windows\\hh.exe";
const TIME = Date.UTC(2026, 1, 1, 10);

describe("whose a field is", () => {
  const START = { kind: "processCreation", image: IMAGE, commandLine: LINE };

  it("by words before it: of the process that is started before that of the one that starts it", () => {
    const flat = {
      ...{ detail_objectCmd: LINE, detail_objectFilePath: IMAGE, detail_objectPid: 9, detail_eventTime: 1769940000000 },
      ...{
        detail_processCmd: "cmd /c x",
        detail_processFilePath: "C:\\Windows\\System32\\cmd.exe",
        detail_processPid: 8,
      },
      ...{ detail_parentCmd: "explorer.exe", detail_parentPid: 7, agentDetails_name: "pc" },
    };
    expect(eventsOf(flat)).toMatchObject([
      {
        ...START,
        ...{ host: "pc", time: TIME, process: { pid: 9 } },
        ...{ parentCommandLine: "cmd /c x", parent: { pid: 8, image: "C:\\Windows\\System32\\cmd.exe" } },
      },
    ]);
    const exported = {
      targetInfo_tgtProcCmdLine_s: LINE,
      targetInfo_tgtProcImagePath_s: IMAGE,
      sourceInfo_commandline_s: "cmd /c x",
      sourceInfo_pid_d: 8,
      sourceParentInfo_commandline_s: "explorer.exe",
      sourceParentInfo_pid_d: 7,
    };
    expect(eventsOf(exported)).toMatchObject([{ ...START, parentCommandLine: "cmd /c x", parent: { pid: 8 } }]);
  });

  it("by the objects that it stands in, however deep", () => {
    const of = (pid: number, image: string, line: string) => ({
      PID: pid,
      ProcessImageName: image,
      ProcessCommandLine: line,
    });
    const parent = of(8, "C:\\Windows\\explorer.exe", "explorer.exe");
    const both = { Created: of(9, IMAGE, LINE), Source: parent };
    expect(eventsOf({ Timestamp: "2026-02-01T10:00:00Z", Specific: both })).toMatchObject([
      { ...START, time: TIME, process: { pid: 9 }, parent: { pid: 8, image: "C:\\Windows\\explorer.exe" } },
    ]);
    const process = { pid: 9, args: LINE, file: { fullpath: IMAGE }, user: "LAB\\kim", start_time: TIME };
    const found = { "Computer Name": "pc", Details: { match: { properties: { process } } }, name: "a rule" };
    expect(eventsOf(found)).toMatchObject([{ ...START, host: "pc", user: "LAB\\kim", time: TIME }]);
    expect(eventsOf({ Specific: { Source: parent }, Path: "HKEY_CURRENT_USER\\Software\\a" })).toEqual([]);
  });

  it("beside an object that is the command line", () => {
    const object = {
      timestamp: TIME / 1000,
      computer: { hostname: "pc" },
      file: { file_name: "hh.exe", file_path: IMAGE, parent: { process_id: 8, file_name: "explorer.exe" } },
      command_line: { arguments: LINE.split(" ") },
    };
    expect(eventsOf(object)).toMatchObject([{ host: "pc", image: IMAGE, args: LINE.split(" "), parent: { pid: 8 } }]);
  });

  it("puts the program before arguments that stand without it", () => {
    const lines = (...objects: JsonObject[]) =>
      objects.flatMap(eventsOf).map((event) => event.kind === "processCreation" && (event.commandLine ?? event.args));
    const windows = { filePath: "C:\\Windows\\System32\\rundll32.exe", pid: 9 };
    expect(
      lines(
        { ...windows, processCommandLine: "a.dll,Run" },
        { ...windows, command_line: "/PID 21 /F" },
        { ...windows, command_line: "rundll32 a.dll,Run" },
        { ...windows, command_line: '"C:\\Other\\b.exe" x' },
        { pid: 9, path: "/bin/ping", argv: ["192.0.2.1", "-c1"] },
        { pid: 9, path: "/bin/ping", argv: ["ping", "-c1"] },
        { pid: 9, binary_path: "/usr/bin/dash", args: "-c id" },
        { pid: 9, binary_path: "/usr/bin/dash", args: "sh -c id" },
        { pid: 9, exe: "/usr/bin/python3.11", cmdline: "python a.py" },
        { pid: 9, exe: "/usr/bin/bash", cmdline: "-bash" },
      ),
    ).toEqual([
      "C:\\Windows\\System32\\rundll32.exe a.dll,Run",
      "C:\\Windows\\System32\\rundll32.exe /PID 21 /F",
      "rundll32 a.dll,Run",
      '"C:\\Other\\b.exe" x',
      ["ping", "192.0.2.1", "-c1"],
      ["ping", "-c1"],
      "/usr/bin/dash -c id",
      "sh -c id",
      "python a.py",
      "-bash",
    ]);
  });

  it("takes no command of something else for a process", () => {
    const others: JsonObject[] = [
      { name: "web", image: "nginx", command: "nginx -g 'daemon off;'", user: "www" },
      { type: "node", name: "debug", program: "/a.js", args: ["-x"], processId: "$" + "{command:PickProcess}" },
      { executablePath: "/usr/bin/chromium", args: ["--headless"] },
      { pid: 9, hostname: "web1", name: "api", cmd: "GET /health" },
      { pid: 1, name: "process_name", args: "--type=renderer" },
      { process: { args: ["sh"], cwd: "/", user: { uid: 0 } }, hostname: "a" },
      { directory: "/b", command: "/usr/bin/c++ -c /a.cc", file: "/a.cc" },
      { name: "vm", cmdline: "console=ttyS0" },
    ];
    expect(others.flatMap(eventsOf)).toEqual([]);
  });
});
