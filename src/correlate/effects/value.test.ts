import { describe, expect, it } from "vitest";
import { anEvent } from "../../../test/support/events.ts";
import { findingsOf } from "../../../test/support/findings.ts";

const S32 = "C:\\Windows\\System32\\";

describe("a value of the registry that a binary wrote whose start is not logged", () => {
  const by = (name: string) => ({ key: "id:Z", pid: 9, image: `${S32}${name}` });
  const set = (path: string, value: string, name = "reg.exe") =>
    anEvent("registryKeyModification", 0, { process: by(name), path, action: "setValue", value });
  const SID = "HKU\\S-1-5-21-1-2-3-1001";
  it.each([
    [`${SID}_Classes\\mscfile\\shell\\open\\command\\(Default)`, `${S32}cmd.exe`, "elevated-handler", "T1548.002"],
    [`${SID}\\Environment\\UserInitMprLogonScript`, "D:\\drop\\l.bat", "logon-script", "T1037.001"],
    [
      "HKLM\\System\\CurrentControlSet\\Control\\Print\\Monitors\\M\\Driver",
      "D:\\drop\\m.dll",
      "component-library",
      "T1547.010",
    ],
    [`${SID}_Classes\\CLSID\\{1}\\InProcServer32\\(Default)`, "D:\\drop\\c.dll", "class-server", "T1546.015"],
  ])("is told of by what it has started: %s", (path, value, behaviour, technique) => {
    const [finding] = findingsOf([set(path, value)], { minLevel: "medium" });
    expect(finding).toMatchObject({ behaviour: `windows/reg/${behaviour}`, runs: [{ value }] });
    expect(finding?.techniques).toContain(technique);
  });
  it.each([
    [
      `${SID}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\k`,
      "C:\\Users\\amy\\AppData\\Roaming\\k.exe",
      "T1547.001",
    ],
    [`${SID}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\`, '"C:\\Windows\\Tasks\\k.exe" -q', "T1547.001"],
    [`${SID}_Classes\\CLSID\\{1}\\InprocServer32\\(Default)`, "C:\\ProgramData\\k.dll", "T1546.015"],
  ])("is told of by whoever wrote it where what it starts lies loose: %s %s", (path, value, technique) => {
    const write = (image: string, what = value) =>
      findingsOf([
        anEvent("registryKeyModification", 0, {
          process: { key: "id:Z", pid: 9, image },
          path,
          action: "setValue",
          value: what,
        }),
      ]);
    const [finding] = write("C:\\kit\\plover.exe");
    expect(finding).toMatchObject({ binary: { name: "plover.exe" } });
    expect(finding?.techniques).toContain(technique);
    expect(write("C:\\kit\\plover.exe", "C:\\Users\\amy\\AppData\\Roaming\\Plover\\k.dll")).toEqual([]);
  });
  it("is told of by its place, once, where the line that was written says less", () => {
    const found = findingsOf([set(`${SID}\\Environment\\windir`, "cmd /c start powershell&REM")]);
    expect(found.map(({ behaviour }) => behaviour)).toEqual(["windows/reg/elevated-handler"]);
  });
  it("is told of with the binary that wrote it", () => {
    const [finding] = findingsOf([set(`${SID}_Classes\\ms-settings\\CurVer\\(Default)`, "D:\\d\\a", "explorer.exe")], {
      minLevel: "medium",
    });
    expect(finding).toMatchObject({ behaviour: "windows/reg/elevated-handler", binary: { name: "explorer.exe" } });
  });
  it.each([
    ["HKLM\\System\\CurrentControlSet\\Control\\Print\\Monitors\\M\\Driver", "tcpmon.dll"],
    ["HKLM\\System\\CurrentControlSet\\Services\\V\\ImagePath", '"C:\\Program Files\\V\\v.exe"'],
    [`${SID}\\Environment\\UserInitMprLogonScript`, "Binary Data"],
    [`${SID}\\Software\\V\\Last`, "D:\\drop\\a.dll"],
  ])("is none where it starts nothing, or what is installed: %s", (path, value) => {
    expect(findingsOf([set(path, value)], { minLevel: "medium" })).toEqual([]);
  });

  const foreign = (path: string, value: string, image = "D:\\kit\\plover.exe") =>
    anEvent("registryKeyModification", 0, {
      process: { key: "id:Z", pid: 9, image },
      path,
      action: "setValue",
      value,
    });
  const LOGON = `${SID}\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\Shell`;
  it("is told of where no program of the catalogue wrote it, if hardly any program writes there", () => {
    const event = foreign(LOGON, '"D:\\kit\\plover.exe",explorer.exe');
    expect(findingsOf([event], { minLevel: "medium" })).toMatchObject([
      { behaviour: "windows/reg/logon-program", binary: { name: "plover.exe" } },
    ]);
    const start = anEvent("processCreation", 0, {
      process: { key: "id:Z", pid: 9, image: "D:\\kit\\plover.exe" },
      image: "D:\\kit\\plover.exe",
      commandLine: "plover.exe",
    });
    expect(findingsOf([start, event], { minLevel: "medium" })).toHaveLength(1);
  });
  it.each([
    [`${SID}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Plover`, "D:\\kit\\plover.exe"],
    [`${SID}_Classes\\CLSID\\{1}\\InProcServer32\\(Default)`, "D:\\kit\\plover.dll"],
    [LOGON, "explorer.exe"],
    [LOGON, '"C:\\Program Files\\Kiosk\\kiosk.exe"'],
  ])("is none where programs of every kind write, or have what is installed started: %s", (path, value) => {
    expect(findingsOf([foreign(path, value)], { minLevel: "informational" })).toEqual([]);
  });
});
