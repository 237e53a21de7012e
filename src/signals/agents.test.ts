import { expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { resolve } from "../invocations/resolve.ts";
import { judge } from "../score/judge.ts";

const reasons = (commandLine: string, parent: string) =>
  judge(resolve({ commandLine, platform: "windows", parent, as: "logged" }, builtinCatalog()))?.reasons.map(
    ({ id }) => id,
  );

const MESH = "C:\\Program Files\\Mesh Agent\\MeshAgent.exe";
const CONNECT = "C:\\Program Files (x86)\\ScreenConnect Client (1f)\\ScreenConnect.ClientService.exe";

it.each([
  [MESH, "cmd.exe /c C:\\Users\\Public\\u.bat"],
  [MESH, "powershell.exe -ExecutionPolicy Bypass -File C:\\ProgramData\\a.ps1"],
  [CONNECT, "rundll32.exe C:\\Users\\Public\\Music\\s.dll,#1"],
  ["C:\\Program Files\\AnyDesk\\AnyDesk.exe", "cmd.exe /c C:\\Windows\\Temp\\n.exe /silent"],
])("names what looks after machines where it starts what lies about: %s, %s", (parent, line) => {
  expect(reasons(line, parent)).toContain("remote-agent");
});

it.each([
  [CONNECT, '"cmd.exe" /c "C:\\Windows\\TEMP\\ScreenConnect\\24.1\\a1run.cmd"'],
  [MESH, "cmd.exe /c C:\\ProgramData\\Plover\\bin\\update.cmd"],
  [MESH, "cmd.exe /c ipconfig /all"],
  [MESH, "cmd.exe /c whoami"],
  ["C:\\Windows\\explorer.exe", "cmd.exe /c C:\\Users\\Public\\u.bat"],
])("is silent about what it does every day: %s, %s", (parent, line) => {
  expect(reasons(line, parent)).not.toContain("remote-agent");
});
