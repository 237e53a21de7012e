import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

function levelOf(commandLine: string, parent?: string): string {
  const request = { commandLine, platform: "windows" as const, ...(parent !== undefined && { parent }) };
  return explain(request, builtinCatalog()).explanation.verdict.level;
}

describe("what lies beside a batch file", () => {
  it.each([
    'cscript //nologo "%~dp0rename printers.vbs"',
    "regsvr32 /s %~dp0controls\\kettle.ocx",
    "regasm %~dp0bin\\Kettle.Interop.dll /codebase",
    "InstallUtil %~dp0KettleService.exe",
    "rundll32 setupapi.dll,InstallHinfSection DefaultInstall 128 %~dp0\\drivers\\kettle.inf",
  ])("is what it was made to install: %s", (line) => {
    expect(levelOf(line)).toBe("low");
    expect(levelOf(line, "C:\\Windows\\System32\\cmd.exe")).toBe("low");
  });
  it("is loud behind what opens mails, and where its kind is what archives of intruders hold", () => {
    const word = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";
    expect(levelOf("cscript %~dp0kettle.vbs", word)).not.toBe("low");
    expect(levelOf("regsvr32 /s %~dp0kettle.dll")).toBe("medium");
    expect(levelOf("cscript %~dp0x7q.vbs")).toBe("medium");
  });
});

describe("a program that has addresses opened by itself", () => {
  const own = "C:\\Users\\amy\\AppData\\Local\\Kettle\\Kettle.exe";
  const line = `reg add HKCU\\Software\\Classes\\kettle\\shell\\open\\command /ve /d "\\"${own}\\" \\"%1\\"" /f`;
  it("is quiet only where it asks for that itself", () => {
    expect(levelOf(line, own)).toBe("low");
    expect(levelOf(line)).toBe("medium");
    expect(levelOf(line, own.replace("Kettle.exe", "Urn.exe"))).toBe("medium");
  });
});
