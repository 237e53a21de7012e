import { describe, expect, it } from "vitest";
import { testCatalog } from "../../../test/support/events.ts";
import { resolve } from "../resolve.ts";

/** What variables of Windows that the line has set make programs start. */
const found = (commandLine: string) =>
  resolve({ commandLine, platform: "windows" }, testCatalog())
    .invocations.flatMap(({ behaviours }) => behaviours)
    .filter(({ id }) => /\/(?:shell-variable|program-endings)$/.test(id))
    .map(({ id, runs }) => [id.replace(/.*\//, ""), ...runs.map(({ value }) => value)].join(" "));

describe("a variable of Windows that decides what runs", () => {
  it.each([
    [String.raw`set ComSpec=C:\Users\Public\x.exe& npm run build`, [String.raw`shell-variable C:\Users\Public\x.exe`]],
    [String.raw`set "COMSPEC=%TEMP%\y.exe" && a.exe`, [String.raw`shell-variable %TEMP%\y.exe`]],
    [String.raw`cmd /v /c "set comspec=D:\k\cmd.exe & echo a | sort"`, [String.raw`shell-variable D:\k\cmd.exe`]],
    [String.raw`powershell -c "$env:ComSpec='C:\k\y.exe'; npm test"`, [String.raw`shell-variable C:\k\y.exe`]],
    [String.raw`powershell -c "Set-Item env:COMSPEC C:\k\y.exe; npm test"`, [String.raw`shell-variable C:\k\y.exe`]],
    ["set PATHEXT=.TXT;%PATHEXT% & a -q", ["program-endings a.txt"]],
    [String.raw`set "PathExt=.jpg" & C:\k\pic`, [String.raw`program-endings C:\k\pic.jpg`]],
    ["powershell -c \"$env:PATHEXT='.log;'+$env:PATHEXT; whoami\"", ["program-endings whoami.log"]],
  ])("%s", (line, told) => {
    expect(found(line)).toEqual(told);
  });

  it.each([
    String.raw`set ComSpec=%SystemRoot%\system32\cmd.exe & npm run build`,
    "set ComSpec=cmd.exe & npm run build",
    String.raw`set ComSpec=C:\Program Files\JPSoft\TCMD\tcc.exe & npm run build`,
    String.raw`set ComSpec=C:\k\x.exe & echo done`,
    "set ComSpec=%OLD% & a",
    "set PATHEXT=%PATHEXT%;.TXT & a",
    "set PATHEXT=.PY;%PATHEXT% & manage runserver",
    "set PATHEXT=.TXT;%PATHEXT% & a.exe",
    "set PATHEXT=.TXT;%PATHEXT%",
  ])("is told of nothing in %s", (line) => {
    expect(found(line)).toEqual([]);
  });
});
