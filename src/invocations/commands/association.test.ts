import { expect, it } from "vitest";
import { testCatalog } from "../../../test/support/events.ts";
import { resolve } from "../resolve.ts";

const told = (request: Parameters<typeof resolve>[0]) => {
  const { invocations } = resolve({ platform: "windows", ...request }, testCatalog());
  return invocations.map(({ binary, behaviours }) => [
    binary.name,
    ...behaviours.flatMap(({ runs }) => runs.map(({ value }) => value)),
  ]);
};

it.each([
  ["cmd /c C:\\kit\\a.vbs", "wscript.exe", "C:\\kit\\a.vbs"],
  ['start "" "C:\\a kit\\a.HTA"', "mshta.exe", "C:\\a kit\\a.HTA"],
  ['cmd /c "C:\\a kit\\a.hta"', "mshta.exe", "C:\\a kit\\a.hta"],
  ["cmd /c start C:\\kit\\a.msi /qn", "msiexec.exe", "C:\\kit\\a.msi"],
  ["powershell Start-Process C:\\kit\\a.cpl", "control.exe", "C:\\kit\\a.cpl"],
  ["C:\\kit\\a.js //e:jscript", "wscript.exe", "C:\\kit\\a.js"],
  ['cmd /c "echo a & C:\\kit\\a.jar"', "javaw.exe", "C:\\kit\\a.jar"],
])("names the program that opens a file: %s", (commandLine, name, value) => {
  expect(told({ commandLine, as: "typed" })).toContainEqual([name, value]);
});

it.each([
  ["an address, which a browser opens", "start http://files.example.net/a.hta"],
  ["a script that is known itself", "SyncAppvPublishingServer.vbs n;calc"],
  ["a script that its program is given", "cscript //nologo C:\\kit\\a.vbs"],
  ["a script of another program", "node C:\\kit\\a.js"],
  ["a name that is more than its ending", "C:\\kit\\hta C:\\kit\\a.txt"],
])("leaves %s", (_, commandLine) => {
  const names = told({ commandLine, as: "typed" }).map(([name]) => name);
  expect(names).not.toContain("mshta.exe");
  expect(names).not.toContain("wscript.exe");
});

it("takes who is logged as running for the program", () => {
  expect(told({ commandLine: "a.js x", image: "C:\\kit\\node.exe" })[0]?.[0]).toBe("node.exe");
});
