import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const CMD = "C:\\Windows\\System32\\cmd.exe";
const OFFICE = "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE";

function levelOf(commandLine: string, parent?: string): string {
  const request = { commandLine, platform: "windows" as const, ...(parent !== undefined && { parent }) };
  return explain(request, builtinCatalog()).explanation.verdict.level;
}

describe("what software deployment runs", () => {
  const line = "powershell.exe -ExecutionPolicy Bypass -WindowStyle Hidden -File .\\Install-Kettle.ps1";
  const agents = "C:\\Program Files (x86)\\Microsoft Intune Management Extension";

  it("lies beside the package that it belongs to", () => {
    expect(levelOf(line, `${agents}\\AgentExecutor.exe`)).toBe("low");
    expect(levelOf(line, `${agents}\\Microsoft.Management.Services.IntuneWindowsAgent.exe`)).toBe("low");
    expect(levelOf(line, "C:\\Windows\\CCM\\CcmExec.exe")).toBe("low");
  });

  it("is not what others start by the same line", () => {
    expect(levelOf(line, "C:\\Windows\\explorer.exe")).toBe("medium");
    expect(levelOf(line, "C:\\Users\\Public\\kettle.exe")).toBe("medium");
    expect(levelOf(line)).toBe("medium");
  });
});

describe("what a build has made", () => {
  const line = "regsvr32 /s C:\\Users\\amy\\source\\repos\\Kettle\\x64\\Debug\\Kettle.dll";

  it("is registered by the build", () => {
    expect(levelOf(line, "C:\\Program Files\\Microsoft Visual Studio\\2022\\MSBuild.exe")).toBe("low");
    expect(levelOf(line, OFFICE)).toBe("high");
  });
});

describe("what is set up where it was made or installed", () => {
  const PS = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

  it("is a service that a developer tries at the top of a drive", () => {
    expect(levelOf("sc.exe create Kelp binPath= C:\\kelp\\bin\\Release\\net8.0\\Kelp.exe start= auto", PS)).toBe("low");
    expect(levelOf("sc.exe create Kelp binPath= C:\\kelp\\bin\\Kelp.exe start= auto", PS)).toBe("medium");
    expect(levelOf("sc.exe create x7 binPath= C:\\x7\\bin\\Release\\x7.exe start= auto", PS)).toBe("medium");
  });

  it("is what the virtual environment of a project carries out", () => {
    const task = (path: string) => levelOf(`schtasks /create /tn Kelp /sc onlogon /tr "${path}"`, PS);
    expect(task("C:\\Reef\\kelp\\.venv\\Scripts\\python.exe C:\\Reef\\kelp\\watcher.py")).toBe("low");
    expect(task("C:\\Reef\\kelp\\python.exe C:\\Reef\\kelp\\watcher.py")).toBe("medium");
    expect(task("C:\\Users\\Public\\venv\\Scripts\\python.exe C:\\Users\\Public\\watcher.py")).toMatch(
      /^(?:medium|high)$/,
    );
  });

  it("is a package that was made for an architecture, under a name of three letters", () => {
    const install = (name: string) => levelOf(`msiexec /i C:\\Users\\amy\\AppData\\Local\\Temp\\${name} /passive`, PS);
    expect(install("vpn_update_x64.msi")).toBe("low");
    expect(install("setup-x64.msi")).toBe("high");
    expect(install("update_x64.msi")).toBe("high");
    expect(install("q7_update_x64.msi")).toBe("high");
    expect(install("vpn_update.msi")).toBe("high");
  });

  it("is an image that does not run yet, and is given its answers", () => {
    expect(levelOf("dism /Image:W:\\ /Apply-Unattend:W:\\kelp.xml", CMD)).toBe("informational");
    expect(levelOf("dism /online /Apply-Unattend:W:\\kelp.xml", CMD)).toBe("medium");
  });

  it("is a program of one user, where Windows has those installed", () => {
    const task = (path: string) =>
      `schtasks /create /f /tn Kelp /sc onlogon /tr C:\\Users\\amy\\AppData\\Local\\${path}`;
    expect(levelOf(task("Programs\\kelp\\KelpDesk.exe"), PS)).toBe("low");
    expect(levelOf(task("Kelp\\KelpDesk.exe"), PS)).toBe("medium");
    expect(levelOf(task("Programs\\x7\\x7.exe"), PS)).toBe("medium");
  });

  it("is a tool that npm has installed for a user", () => {
    const script = (folder: string) => `cscript C:\\Users\\amy\\AppData\\Roaming\\${folder}\\bin\\create.js app`;
    expect(levelOf(script("npm\\node_modules\\kelp"), CMD)).toBe("low");
    expect(levelOf(script("kelp"), CMD)).toBe("medium");
    expect(levelOf(script("npm\\node_modules\\kelp"), OFFICE)).toBe("high");
  });
});

describe("a script of a task in ProgramData", () => {
  const TASKS = "C:\\Windows\\System32\\svchost.exe";

  it.each(["Kelp\\MapPrinters.vbs", "Kelp\\PrinterMap.vbs", "Kelp\\get_inventory.vbs"])(
    "says what it does: %s",
    (path) => expect(levelOf(`wscript.exe C:\\ProgramData\\${path}`, TASKS)).toBe("low"),
  );

  it("says so by a verb and a noun, as commands of PowerShell do", () => {
    const script = (name: string) =>
      levelOf(`powershell.exe -ExecutionPolicy Bypass -WindowStyle Hidden -File C:\\ProgramData\\Kelp\\${name}`, TASKS);
    expect(script("Set-Dns.ps1")).toBe("low");
    expect(script("Update-Agent.ps1")).toBe("medium");
    expect(script("Start-A7.ps1")).toBe("medium");
  });

  it.each(["Kelp\\widget.vbs", "Kelp\\run.vbs", "Kelp\\set_x7.vbs", "MapPrinters.vbs"])("does not: %s", (path) =>
    expect(levelOf(`wscript.exe C:\\ProgramData\\${path}`, TASKS)).toMatch(/^(?:medium|high)$/),
  );
});

describe("what keeps its level beside an ordinary line", () => {
  it.each([
    ["rundll32 comsvcs.dll,MiniDump 624 C:\\Users\\Public\\a.bin full", "critical"],
    ["rundll32 dfshim.dll,ShOpenVerbShortcut C:\\Users\\amy\\Downloads\\offer.appref-ms", "high"],
    ["rundll32 dfshim.dll,ShOpenVerbShortcut \\\\files.example.net\\x\\offer.appref-ms", "critical"],
    ["mshta C:\\Users\\amy\\AppData\\Local\\Temp\\nsu3F2.tmp\\a.hta", "high"],
    ["rundll32 keymgr.dll,KRShowKeyMgr", "medium"],
  ])("%s: %s", (line, level) => expect(levelOf(line)).toBe(level));
});

describe("what is unpacked by hand", () => {
  it("is a component or an INF file in a folder of its own", () => {
    expect(levelOf("regsvr32 C:\\Users\\amy\\Downloads\\Splitter\\split.ax", CMD)).toBe("low");
    expect(levelOf('regsvr32 "C:\\Users\\amy\\Downloads\\Splitter\\/split.ax"', CMD)).toBe("low");
    const inf = "rundll32 setupapi,InstallHinfSection DefaultInstall 132 C:\\Users\\amy\\Downloads\\Cursors\\c.inf";
    expect(levelOf(inf, CMD)).toBe("low");
    expect(levelOf(inf, OFFICE)).toBe("high");
  });

  it("is a library that somebody registers in plain view, from a folder of his own", () => {
    expect(levelOf("regsvr32 C:\\Users\\amy\\Desktop\\Splitter\\split.dll", CMD)).toBe("low");
    expect(levelOf("regsvr32 C:\\Users\\amy\\splitter\\split.dll")).toBe("low");
    expect(levelOf("regsvr32 /s C:\\Users\\amy\\Desktop\\Splitter\\split.dll", CMD)).toBe("medium");
    expect(levelOf("regsvr32 -S C:\\Users\\amy\\Desktop\\Splitter\\split.dll", CMD)).toBe("medium");
    expect(levelOf("regsvr32 C:\\Users\\amy\\Desktop\\Splitter\\x7q.dll", CMD)).toBe("medium");
    expect(levelOf("regsvr32 C:\\Users\\amy\\Desktop\\split.dll", CMD)).toBe("medium");
  });

  it("is no library that anybody calls, and nothing that lies loose", () => {
    expect(levelOf("regsvr32 C:\\Users\\amy\\Downloads\\Splitter\\split.dll", CMD)).toBe("medium");
    expect(levelOf("rundll32 C:\\Users\\amy\\Downloads\\Splitter\\split.dll,Run", CMD)).toBe("medium");
    expect(levelOf("regsvr32 C:\\Users\\amy\\Downloads\\split.ax", CMD)).toBe("medium");
  });
});

describe("a profile", () => {
  it("has a folder for the programs of one user", () => {
    const help = (folder: string) =>
      levelOf(`hh.exe C:\\Users\\amy\\AppData\\${folder}\\Kettle\\kettle.chm`, "C:\\kettle.exe");
    expect(help("Local\\Programs")).toBe("low");
    expect(help("Roaming")).toBe("medium");
  });

  it("has one for what somebody has written, and has carried out at set times", () => {
    const daily = (file: string) => levelOf(`schtasks /create /sc daily /tn Copy /tr C:\\Users\\amy\\${file}`, CMD);
    expect(daily("Documents\\copy.bat")).toBe("low");
    expect(daily("Documents\\copy.exe")).toBe("medium");
    expect(daily("AppData\\Roaming\\copy.bat")).toBe("high");
  });

  it("has folders for tools of one's own, which a batch file in them starts", () => {
    const script = (folder: string, parent?: string, ending = "vbs") =>
      levelOf(`wscript.exe "C:\\Users\\amy\\${folder}\\kettle.${ending}"`, parent);
    const explorer = "C:\\Windows\\explorer.exe";
    for (const folder of ["Desktop\\Kettle", "Desktop"]) {
      expect(script(folder, CMD)).toBe("low");
      expect(script(folder, explorer)).toBe("low");
      expect(script(folder, explorer, "js")).toBe("medium");
      expect(script(folder, OFFICE)).toBe("high");
    }
    expect(script("Downloads\\Kettle", CMD)).toBe("medium");
    expect(script("Downloads", explorer)).toBe("medium");
    expect(script("Desktop\\Kettle")).toBe("medium");
  });

  it("has packages wherever somebody keeps them, who works in a shell", () => {
    expect(levelOf("msiexec /i C:\\Users\\amy\\Kettle.msi /qn", CMD)).toBe("low");
    expect(levelOf("msiexec /i C:\\Users\\amy\\AppData\\Roaming\\Kettle.msi /qn", CMD)).toBe("medium");
    expect(levelOf("msiexec /i C:\\Users\\Public\\Kettle.msi /qn", CMD)).toBe("medium");
    expect(levelOf("msiexec /i C:\\Users\\amy\\Kettle.msi /qn", OFFICE)).toBe("high");
  });
});

describe("a script in a temporary folder", () => {
  const script = "C:\\Users\\amy\\AppData\\Local\\Temp\\shortcut.vbs";

  it("is of use to a shell that reads what it says", () => {
    expect(levelOf(`cscript //nologo ${script}`, CMD)).toBe("low");
    expect(levelOf(`wscript ${script}`, CMD)).toBe("medium");
    for (const name of ["UbdXv", "a1b2c3d4", "run", "qwrtzp"])
      expect(levelOf(`cscript //nologo ${script.replace("shortcut", name)}`, CMD), name).toBe("medium");
    expect(levelOf(`cscript //nologo ${script}`, OFFICE)).toBe("critical");
    expect(levelOf(`cscript //nologo ${script}`)).toBe("low");
    expect(levelOf(`cscript ${script}`)).toBe("medium");
    expect(levelOf(`cscript //nologo ${script}`, "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe")).toBe("high");
    expect(levelOf(`cmd /c cscript //nologo ${script}`, CMD)).toBe("low");
    expect(levelOf(`cmd /c cscript //nologo ${script}`)).toBe("medium");
  });
});

describe("a class that Windows activates", () => {
  const line = "rundll32.exe -localserver 11111111-2222-4333-8444-555566667777";

  it("has its server started by the service for that", () => {
    expect(levelOf(line, "C:\\Windows\\System32\\svchost.exe")).toBe("informational");
    expect(levelOf(line.replace("-localserver", "-sta"), "C:\\Windows\\System32\\svchost.exe")).toBe("medium");
    expect(levelOf(line, CMD)).toBe("medium");
  });
});

describe("a script of a task", () => {
  const svchost = "C:\\Windows\\System32\\svchost.exe";

  it("lies in a folder that was made for it", () => {
    expect(levelOf("wscript.exe C:\\photos\\sync.vbs", svchost)).toBe("low");
    expect(levelOf('schtasks /create /tn Sync /sc daily /tr "wscript.exe C:\\photos\\sync.vbs"', CMD)).toBe("low");
    expect(levelOf("wscript.exe C:\\photos\\sync.vbs", "C:\\Windows\\explorer.exe")).toBe("low");
    expect(levelOf("wscript.exe C:\\photos\\sync.js", "C:\\Windows\\explorer.exe")).toBe("medium");
    expect(levelOf("wscript.exe C:\\ProgramData\\photos\\sync.vbs", svchost)).toBe("medium");
    expect(levelOf("wscript.exe sync.vbs", svchost)).toBe("medium");
  });
});

describe("what PowerShell starts", () => {
  const shell = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

  it("is less of a matter for scripts where administrators keep them", () => {
    expect(levelOf("cscript.exe C:\\scripts\\printers.vbs", shell)).toBe("low");
    expect(levelOf("cscript.exe C:\\photos\\printers.vbs", shell)).toBe("medium");
    expect(levelOf("regsvr32.exe /s C:\\scripts\\printers.dll", shell)).toBe("low");
    expect(levelOf("regsvr32.exe /s C:\\photos\\printers.dll", shell)).toBe("medium");
    expect(levelOf("rundll32.exe C:\\scripts\\printers.dll,Start", shell)).toBe("medium");
  });
});
