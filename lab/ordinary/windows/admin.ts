import { randomGuid } from "../../random.ts";
import { NETWORK_SERVICE } from "../../world/fleet.ts";
import { word } from "../../world/names.ts";
import type { Session } from "../../world/session.ts";
import { type Activity, once } from "../activity.ts";

const SYSTEM32 = "C:\\Windows\\system32\\";
const SNAP_INS = [
  "services.msc",
  "eventvwr.msc",
  "compmgmt.msc /s",
  "dsa.msc",
  "gpmc.msc",
  "taskschd.msc",
  "certlm.msc",
  "dnsmgmt.msc",
  "diskmgmt.msc",
  "wf.msc",
];
const BOTH = ["admin", "server"] as const;

/** Scripts of administrators, as script block logging shows them. */
const SCRIPTS: readonly ((s: Session) => string)[] = [
  () => "Get-Service | Where-Object Status -eq 'Stopped' | Format-Table -AutoSize",
  (s) =>
    `Get-ADComputer -Filter * | ForEach-Object { Test-Connection $_.Name -Count 1 } | Export-Csv C:\\Reports\\${word(s.random)}.csv`,
  () => "Start-Process rundll32.exe -ArgumentList 'printui.dll,PrintUIEntry /ga /n\\\\print01\\PRN-MAIL' -Wait",
  () => "Get-ChildItem D:\\Logs -Recurse | Where-Object LastWriteTime -lt (Get-Date).AddDays(-30) | Remove-Item",
  (s) =>
    `Start-Process msiexec.exe -ArgumentList '/i','\\\\files01\\software$\\${word(s.random)}\\setup.msi','/qn' -Wait`,
];

function console(s: Session) {
  return s.spawn(s.root("explorer"), "cmd.exe", `"${SYSTEM32}cmd.exe"`, { integrity: "High" });
}

/** What administrators and servers do. */
export const admin: readonly Activity[] = [
  once("snap-in", BOTH, 3, "work", (s) => {
    const snapIn = s.random.pick(SNAP_INS);
    return {
      program: "mmc.exe",
      line: `"${SYSTEM32}mmc.exe" "${SYSTEM32}${snapIn.split(" ")[0]}" ${snapIn.split(" ")[1] ?? ""}`.trim(),
      why: "an administrator opens a snap-in of Windows",
      options: { integrity: "High" },
    };
  }),
  once("own-console", ["admin"], 0.4, "work", (s) => ({
    program: "mmc.exe",
    line: `"${SYSTEM32}mmc.exe" "${s.home}\\Documents\\${word(s.random)}-console.msc"`,
    why: "an administrator opens a console saved among the own documents",
    options: { integrity: "High" },
  })),
  once("certificates", BOTH, 1.5, "work", (s) => ({
    parent: console(s),
    program: "certutil.exe",
    line: s.random.pick([
      () => `certutil  -verify -urlfetch C:\\Certs\\${word(s.random)}.cer`,
      () => `certutil  -hashfile D:\\Images\\${word(s.random)}.iso SHA256`,
      () => "certutil  -store My",
      () => "certutil.exe -dump C:\\Certs\\request.req",
      () => "certutil  -pulse",
      () => `certutil.exe -getreg CA\\${word(s.random)}`,
    ])(),
    why: "an administrator looks at certificates or hashes",
  })),
  once("wmi-query", BOTH, 0.8, "work", (s) => ({
    parent: console(s),
    program: "wmic.exe",
    line: s.random.pick([
      "wmic  os get caption,version",
      "wmic  logicaldisk get size,freespace,caption",
      "wmic  qfe list brief",
      "wmic.exe computersystem get model",
    ]),
    why: "an administrator asks for facts about the machine",
  })),
  once("old-files", ["server"], 1, "night", (s) => ({
    parent: s.root("schedule"),
    program: "forfiles.exe",
    line: `forfiles.exe /p D:\\Logs\\${s.random.pick(["iis", "app", "audit"])} /s /m *.log /d -30 /c "cmd /c del @path"`,
    why: "a scheduled task deletes old logs",
  })),
  once("snapshot", ["server"], 0.3, "night", (s) => ({
    parent: s.root("schedule"),
    program: "diskshadow.exe",
    line: `diskshadow.exe /s "C:\\Program Files\\Halyard\\Halyard Backup Agent\\snapshot.dsh"`,
    why: "the backup agent makes its snapshot",
  })),
  once("com-application", ["server"], 0.1, "work", (s) => ({
    parent: console(s),
    program: "RegSvcs.exe",
    line: `C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\RegSvcs.exe /fc "D:\\Apps\\Tessera\\bin\\Tessera.Services.dll"`,
    why: "an administrator installs a COM+ application of the firm",
  })),
  once("data-source", ["server", "admin"], 0.2, "work", (s) => ({
    parent: console(s),
    program: "odbcconf.exe",
    line: `odbcconf.exe /A {CONFIGSYSDSN "SQL Server" "DSN=${word(s.random)}|Server=sql01|Database=${word(s.random)}|Trusted_Connection=Yes"}`,
    why: "an administrator adds a data source",
  })),
  once("policy", BOTH, 0.8, "work", (s) => ({
    parent: console(s),
    program: "gpupdate.exe",
    line: "gpupdate  /force",
    why: "an administrator renews policies",
  })),
  once("web-server", ["server"], 1.5, "any", (s) => {
    const pool = s.spawn(
      s.root("svchost"),
      "w3wp.exe",
      `c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "DefaultAppPool" -v "v4.0" -l "webengine4.dll"`,
      { user: NETWORK_SERVICE },
    );
    return {
      parent: pool,
      program: "csc.exe",
      line: `"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe" /noconfig /fullpaths @"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\root\\${s.random.hex(8)}\\${s.random.hex(8)}.cmdline"`,
      why: "ASP.NET compiles a page",
    };
  }),
  {
    id: "shell",
    roles: ["admin", "server", "developer"],
    perDay: 1.5,
    when: "work",
    run(s) {
      const shell = console(s);
      for (const line of s.random.sample(
        [
          "ipconfig  /all",
          "whoami  /groups",
          "net  use",
          "schtasks  /query /fo list",
          "sc  query",
          "robocopy  D:\\Data \\\\files01\\backup$ /mir /r:1",
          "reg  query HKLM\\SOFTWARE\\Tessera",
        ],
        s.random.int(1, 3),
      )) {
        s.spawn(shell, `${line.split(" ")[0]}.exe`, line, { lasts: 400 });
      }
    },
  },
  {
    id: "script",
    roles: ["admin", "server"],
    perDay: 1,
    when: "work",
    run(s) {
      const shell = s.spawn(
        s.root("explorer"),
        "powershell.exe",
        `"${SYSTEM32}WindowsPowerShell\\v1.0\\powershell.exe" -NoProfile -File C:\\Scripts\\${word(s.random)}.ps1`,
        { integrity: "High" },
      );
      s.script(shell, s.random.pick(SCRIPTS)(s), `C:\\Scripts\\${word(s.random)}.ps1`);
    },
  },
  {
    id: "query-provider",
    roles: ["server"],
    perDay: 2,
    when: "any",
    run(s) {
      s.spawn(
        s.root("wmi"),
        "cmd.exe",
        `cmd.exe /c "C:\\Program Files\\Halyard\\Halyard Backup Agent\\status.cmd" ${randomGuid(s.random)}`,
      );
    },
  },
];
