import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const SYSTEM = "C:\\Windows\\System32";
const CMD = `${SYSTEM}\\cmd.exe`;
const POWERSHELL = `${SYSTEM}\\WindowsPowerShell\\v1.0\\powershell.exe`;
const EXPLORER = "C:\\Windows\\explorer.exe";
const WORD = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";

function levelOf(commandLine: string, parent?: string): string {
  const request = { commandLine, platform: "windows" as const, ...(parent !== undefined && { parent }) };
  return explain(request, builtinCatalog()).explanation.verdict.level;
}

describe("what a site keeps on its file servers", () => {
  it("is a package under a name of software, though the server has none", () => {
    expect(levelOf("msiexec /i \\\\10.3.0.9\\soft\\kettle-agent.msi /qn", CMD)).toBe("low");
    expect(levelOf('"C:\\Windows\\System32\\msiexec.exe" /i "\\\\192.168.7.2\\soft\\Kettle_7.1.msi"', EXPLORER)).toBe(
      "low",
    );
    expect(levelOf("msiexec /i \\\\10.3.0.9\\soft\\a.msi /qn", CMD)).toBe("medium");
    expect(levelOf("msiexec /i \\\\10.3.0.9\\soft\\kettle-agent.msi /qn", WORD)).toBe("high");
    expect(levelOf("msiexec /i \\\\203.0.113.9\\soft\\kettle-agent.msi /qn", CMD)).toBe("critical");
    expect(levelOf("msiexec /i \\\\10.3.0.9@8080\\soft\\kettle-agent.msi /qn", CMD)).toBe("medium");
  });

  it("is an HTML application with a folder of its own", () => {
    expect(levelOf("mshta \\\\files02\\apps\\kiosk\\kiosk.hta", EXPLORER)).toBe("low");
    expect(levelOf("mshta \\\\kettle.example\\netlogon\\hello.hta", `${SYSTEM}\\userinit.exe`)).toBe("informational");
    expect(levelOf("mshta \\\\files02\\c$\\a.hta", CMD)).toBe("medium");
    expect(levelOf("mshta \\\\files02\\apps\\kiosk\\kiosk.hta", WORD)).toBe("high");
    expect(levelOf("mshta \\\\10.3.0.9\\apps\\kiosk\\kiosk.hta", EXPLORER)).toBe("critical");
    expect(levelOf("mshta \\\\files.kettle.example\\apps\\kiosk\\kiosk.hta", EXPLORER)).toBe("critical");
  });
});

describe("what makers put a version into", () => {
  it("is a package, wherever it was laid down", () => {
    expect(levelOf("msiexec /qn /i C:\\ProgramData\\Kettle\\updates\\Kettle-5.4.2.msi", CMD)).toBe("low");
    expect(levelOf("msiexec /qn /i C:\\Users\\Public\\Downloads\\kettle-7.2.4-x64.msi", CMD)).toBe("low");
    expect(levelOf("msiexec /qn /i C:\\ProgramData\\Kettle\\updates\\a.msi", CMD)).toBe("medium");
    expect(levelOf("rundll32 C:\\ProgramData\\Kettle\\kettle-5.4.2.dll,Run", CMD)).toBe("medium");
  });
});

describe("a page", () => {
  it("is printed by Explorer, which runs no application", () => {
    const line = (page: string) => `rundll32.exe C:\\Windows\\System32\\mshtml.dll,PrintHTML "${page}"`;
    expect(levelOf(line("C:\\Users\\amy\\Documents\\plan.html"), EXPLORER)).toBe("low");
    expect(levelOf(line("C:\\Users\\amy\\Documents\\plan.hta"), EXPLORER)).toBe("medium");
    expect(levelOf(line("https://files.example.net/plan.html"), EXPLORER)).toBe("critical");
  });
});

describe("a database of compatibility fixes", () => {
  it("is ordinary beside the script that installs it, under its own kind's name", () => {
    expect(levelOf("sdbinst -q Kettle.sdb", CMD)).toBe("low");
    expect(levelOf("sdbinst -q -p C:\\ProgramData\\kit.tmp", CMD)).toBe("high");
    expect(levelOf("sdbinst -q C:\\Users\\Public\\kit.sdb", CMD)).toBe("medium");
  });
});

describe("one host of scripts and the other", () => {
  it("hand a script on to each other", () => {
    expect(levelOf("cscript.exe D:\\Ledger\\restart.js", `${SYSTEM}\\wscript.exe`)).toBe("low");
    expect(levelOf("cscript.exe C:\\Users\\amy\\AppData\\Roaming\\restart.js", `${SYSTEM}\\wscript.exe`)).toBe("high");
    expect(levelOf("cscript.exe D:\\Ledger\\restart.js", `${SYSTEM}\\mshta.exe`)).toBe("high");
  });

  it("are told by PowerShell to run what lies beside its own script, by name", () => {
    expect(levelOf("cscript.exe restart-kettle.vbs", POWERSHELL)).toBe("low");
    expect(levelOf("cscript.exe x7q.vbs", POWERSHELL)).toBe("medium");
  });
});

describe("a word that is quoted twice", () => {
  it("hides nothing, as a word that quotes break apart does", () => {
    const text = (line: string) =>
      explain({ commandLine: line, platform: "windows" }, builtinCatalog()).explanation.verdict.text;
    expect(text('cscript C:\\Users\\Public\\a.vbs ""D:\\kiosk\\run.bat""')).not.toContain("quotes inside words");
    expect(text('cscript C:\\Users\\Public\\a.vbs ""D:\\ki"osk\\run.bat""')).toContain("quotes inside words");
  });
});
