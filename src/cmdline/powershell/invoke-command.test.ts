import { describe, expect, it } from "vitest";
import { readPowerShell } from "./powershell.ts";

const read = (code: string) => {
  const { commands, findings, machines } = readPowerShell(code);
  return { machines, commands: commands.map(({ text }) => text), code: findings.map(({ value }) => value) };
};

describe("Invoke-Command", () => {
  it.each([
    ["Invoke-Command -ComputerName srv7,srv8 -ScriptBlock { C:\\kit\\a.exe }", ["srv7", "srv8"]],
    ["icm srv7 { C:\\kit\\a.exe }", ["srv7"]],
    ["icm -cn srv7 { C:\\kit\\a.exe }", ["srv7"]],
    ["icm -Session (New-PSSession srv7) { C:\\kit\\a.exe }", [""]],
    ["icm { C:\\kit\\a.exe }", []],
    ["icm -ComputerName localhost { C:\\kit\\a.exe }", []],
    ["icm -ComputerName $env:COMPUTERNAME { C:\\kit\\a.exe }", []],
  ])("names the machines and starts what the block says: %s", (code, machines) => {
    expect(read(code)).toEqual({ machines, commands: ["C:\\kit\\a.exe"], code: [] });
  });

  it("tells the code itself where another machine carries out cmdlets alone", () => {
    expect(read("icm srv7 { Get-HotFix }").code).toEqual(["Get-HotFix"]);
    expect(read("icm { Get-HotFix }").code).toEqual([]);
  });
});
