import { stableHex } from "../random.ts";

/** What a version resource and a signature say about a file. */
export interface Program {
  readonly image: string;
  readonly originalFileName: string;
  readonly description: string;
  readonly product: string;
  readonly company: string;
  readonly version: string;
  /** Undefined for a file without a signature. */
  readonly signer: string | undefined;
  /** Console programs get a conhost. */
  readonly console: boolean;
}

const WINDOWS = "10.0.19041.3636";
const SYSTEM32 = "C:\\Windows\\System32\\";
const NET64 = "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\";

/** Windows' own programs: name | folder | original file name | description | c for console. */
const SYSTEM_PROGRAMS = `
rundll32.exe|${SYSTEM32}|RUNDLL32.EXE|Windows host process (Rundll32)|
regsvr32.exe|${SYSTEM32}|REGSVR32.EXE|Microsoft(C) Register Server|
mshta.exe|${SYSTEM32}|MSHTA.EXE|Microsoft (R) HTML Application host|
msiexec.exe|${SYSTEM32}|msiexec.exe|Windows® installer|
control.exe|${SYSTEM32}|CONTROL.EXE|Windows Control Panel|
cmstp.exe|${SYSTEM32}|CMSTP.EXE|Microsoft Connection Manager Profile Installer|
hh.exe|C:\\Windows\\|HH.exe|Microsoft® HTML Help Executable|
mmc.exe|${SYSTEM32}|mmc.exe|Microsoft Management Console|
odbcconf.exe|${SYSTEM32}|odbcconf.exe|ODBC Driver Configuration Program|c
verclsid.exe|${SYSTEM32}|verclsid.exe|Extension CLSID Verification Host|
mavinject.exe|${SYSTEM32}|mavinject64.exe|Microsoft Application Virtualization Injector|
AppVClient.exe|${SYSTEM32}|AppVClient.exe|Microsoft Application Virtualization Client Service|
wuauclt.exe|${SYSTEM32}|wuauclt.exe|Windows Update|
InstallUtil.exe|${NET64}|InstallUtil.exe|.NET Framework installation utility|c
RegAsm.exe|${NET64}|RegAsm.exe|Microsoft .NET Assembly Registration Utility|c
RegSvcs.exe|${NET64}|RegSvcs.exe|Microsoft .NET Services Installation Utility|c
csc.exe|${NET64}|csc.exe|Visual C# Command Line Compiler|c
certutil.exe|${SYSTEM32}|CertUtil.exe|CertUtil.exe|c
bitsadmin.exe|${SYSTEM32}|bitsadmin.exe|BITS administration utility|c
certoc.exe|${SYSTEM32}|CertOC.exe|CertOC|c
cmd.exe|${SYSTEM32}|Cmd.Exe|Windows Command Processor|c
powershell.exe|${SYSTEM32}WindowsPowerShell\\v1.0\\|PowerShell.EXE|Windows PowerShell|c
wscript.exe|${SYSTEM32}|wscript.exe|Microsoft ® Windows Based Script Host|
cscript.exe|${SYSTEM32}|cscript.exe|Microsoft ® Console Based Script Host|c
conhost.exe|${SYSTEM32}|CONHOST.EXE|Console Window Host|
explorer.exe|C:\\Windows\\|EXPLORER.EXE|Windows Explorer|
svchost.exe|${SYSTEM32}|svchost.exe|Host Process for Windows Services|
services.exe|${SYSTEM32}|services.exe|Services and Controller app|
wininit.exe|${SYSTEM32}|WinInit.exe|Windows Start-Up Application|
winlogon.exe|${SYSTEM32}|WINLOGON.EXE|Windows Logon Application|
userinit.exe|${SYSTEM32}|USERINIT.EXE|Userinit Logon Application|
taskhostw.exe|${SYSTEM32}|taskhostw.exe|Host Process for Windows Tasks|
sihost.exe|${SYSTEM32}|sihost.exe|Shell Infrastructure Host|
dllhost.exe|${SYSTEM32}|dllhost.exe|COM Surrogate|
backgroundTaskHost.exe|${SYSTEM32}|backgroundTaskHost.exe|Background Task Host|
RuntimeBroker.exe|${SYSTEM32}|RuntimeBroker.exe|Runtime Broker|
SearchProtocolHost.exe|${SYSTEM32}|SearchProtocolHost.exe|Microsoft Windows Search Protocol Host|
WmiPrvSE.exe|${SYSTEM32}wbem\\|Wmiprvse.exe|WMI Provider Host|
wmic.exe|${SYSTEM32}wbem\\|wmic.exe|WMI Commandline Utility|c
schtasks.exe|${SYSTEM32}|schtasks.exe|Task Scheduler Configuration Tool|c
gpupdate.exe|${SYSTEM32}|GPUpdate.exe|Microsoft® Group Policy Update Utility|c
ipconfig.exe|${SYSTEM32}|ipconfig.exe|IP Configuration Utility|c
whoami.exe|${SYSTEM32}|whoami.exe|whoami - displays logged on user information|c
net.exe|${SYSTEM32}|net.exe|Net Command|c
forfiles.exe|${SYSTEM32}|forfiles.exe|ForFiles - Executes a command on selected files|c
robocopy.exe|${SYSTEM32}|robocopy.exe|Microsoft Robocopy|c
sc.exe|${SYSTEM32}|sc.exe|Service Control Manager Configuration Tool|c
reg.exe|${SYSTEM32}|reg.exe|Registry Console Tool|c
pcalua.exe|${SYSTEM32}|pcalua.exe|Program Compatibility Assistant|
notepad.exe|${SYSTEM32}|NOTEPAD.EXE|Notepad|
splwow64.exe|C:\\Windows\\|splwow64.exe|Print driver host for applications|
spoolsv.exe|${SYSTEM32}|spoolsv.exe|Spooler SubSystem App|
CompatTelRunner.exe|${SYSTEM32}|CompatTelRunner.exe|Microsoft Compatibility Telemetry|
xwizard.exe|${SYSTEM32}|xwizard.exe|Extensible Wizards Host Process|
presentationhost.exe|${SYSTEM32}|PresentationHost.exe|Windows Presentation Foundation Host|
register-cimprovider.exe|${SYSTEM32}|Register-CimProvider.exe|Register-CimProvider|c
InfDefaultInstall.exe|${SYSTEM32}|InfDefaultInstall.exe|INF Default Install|
diskshadow.exe|${SYSTEM32}|DiskShadow.exe|DiskShadow utility|c
wlrmdr.exe|${SYSTEM32}|WLRMNDR.EXE|Windows logon reminder|
extexport.exe|C:\\Program Files\\Internet Explorer\\|ExtExport.exe|Internet Explorer Extension Exporter|
w3wp.exe|${SYSTEM32}inetsrv\\|w3wp.exe|IIS Worker Process|
lsass.exe|${SYSTEM32}|lsass.exe|Local Security Authority Process|
`;

/** Other makers' programs: image | original file name | description | product | company | version | signer | c for console. */
const OTHER_PROGRAMS = `
C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe|chrome.exe|Google Chrome|Google Chrome|Google LLC|122.0.6261.70|Google LLC|
C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe|msedge.exe|Microsoft Edge|Microsoft Edge|Microsoft Corporation|122.0.2365.59|Microsoft Corporation|
C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\122.0.2365.59\\msedgewebview2.exe|msedgewebview2.exe|Microsoft Edge WebView2|Microsoft Edge WebView2|Microsoft Corporation|122.0.2365.59|Microsoft Corporation|
C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE|WinWord.exe|Microsoft Word|Microsoft Office|Microsoft Corporation|16.0.16731.20504|Microsoft Corporation|
C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE|Excel.exe|Microsoft Excel|Microsoft Office|Microsoft Corporation|16.0.16731.20504|Microsoft Corporation|
C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE|Outlook.exe|Microsoft Outlook|Microsoft Outlook|Microsoft Corporation|16.0.16731.20504|Microsoft Corporation|
C:\\Program Files\\Microsoft VS Code\\Code.exe|Code.exe|Visual Studio Code|Visual Studio Code|Microsoft Corporation|1.87.0|Microsoft Corporation|
C:\\Program Files\\Microsoft Visual Studio\\2022\\Professional\\Common7\\IDE\\devenv.exe|devenv.exe|Microsoft Visual Studio 2022|Microsoft Visual Studio|Microsoft Corporation|17.9.34622.214|Microsoft Corporation|
C:\\Program Files\\Microsoft Visual Studio\\2022\\Professional\\MSBuild\\Current\\Bin\\amd64\\MSBuild.exe|MSBuild.exe|MSBuild.exe|Microsoft Build Tools|Microsoft Corporation|17.9.5|Microsoft Corporation|c
C:\\Program Files\\Git\\cmd\\git.exe|git.exe|Git for Windows|Git|The Git Development Community|2.44.0.1|Johannes Schindelin|c
C:\\Program Files\\nodejs\\node.exe|node.exe|Node.js JavaScript Runtime|Node.js|Node.js|20.11.1|OpenJS Foundation|c
C:\\Windows\\CCM\\CcmExec.exe|CcmExec.exe|Host Process for Microsoft Configuration Manager|Microsoft Configuration Manager|Microsoft Corporation|5.00.9122.1000|Microsoft Corporation|
C:\\Program Files\\7-Zip\\7zFM.exe|7zFM.exe|7-Zip File Manager|7-Zip|Igor Pavlov|23.01||
C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24010.12-0\\MpCmdRun.exe|MpCmdRun.exe|Microsoft Malware Protection Command Line Utility|Microsoft® Windows® Operating System|Microsoft Corporation|4.18.24010.12|Microsoft Windows Publisher|c
C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe|OneDrive.exe|Microsoft OneDrive|Microsoft OneDrive|Microsoft Corporation|24.030.0211.0002|Microsoft Corporation|
C:\\Program Files\\Slack\\slack.exe|slack.exe|Slack|Slack|Slack Technologies Inc.|4.36.140|Slack Technologies, LLC|
C:\\Program Files\\WindowsApps\\MSTeams_24033.811.2738.2546_x64__8wekyb3d8bbwe\\ms-teams.exe|msteams.exe|Microsoft Teams|Microsoft Teams|Microsoft Corporation|24033.811.2738.2546|Microsoft Corporation|
C:\\Program Files (x86)\\Google\\Update\\GoogleUpdate.exe|GoogleUpdate.exe|Google Installer|Google Update|Google LLC|1.3.36.372|Google LLC|
C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe|Acrobat.exe|Adobe Acrobat|Adobe Acrobat|Adobe Systems Incorporated|23.8.20533.0|Adobe Inc.|
C:\\Program Files\\Microsoft SQL Server\\MSSQL15.MSSQLSERVER\\MSSQL\\Binn\\sqlservr.exe|SQLSERVR.EXE|SQL Server Windows NT - 64 Bit|Microsoft SQL Server|Microsoft Corporation|15.0.4355.3|Microsoft Corporation|
`;

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}

function lines(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split("|"));
}

const TABLE = new Map<string, Program>();

for (const [name = "", folder = "", originalFileName = "", description = "", flag] of lines(SYSTEM_PROGRAMS)) {
  TABLE.set(name.toLowerCase(), {
    image: folder + name,
    originalFileName,
    description,
    product: "Microsoft® Windows® Operating System",
    company: "Microsoft Corporation",
    version: `${WINDOWS} (WinBuild.160101.0800)`,
    signer: "Microsoft Windows",
    console: flag === "c",
  });
}
for (const [
  image = "",
  originalFileName = "",
  description = "",
  product = "",
  company = "",
  version = "",
  signer,
  flag,
] of lines(OTHER_PROGRAMS)) {
  TABLE.set(fileOf(image).toLowerCase(), {
    image,
    originalFileName,
    description,
    product,
    company,
    version,
    signer: signer || undefined,
    console: flag === "c",
  });
}

/** A known program by its file name. */
export function program(name: string): Program {
  const known = TABLE.get(name.toLowerCase());
  if (!known) throw new Error(`no program ${name} in the lab's table`);
  return known;
}

/** The 32-bit twin of a program of Windows. */
export function wow64(name: string): Program {
  const known = program(name);
  return {
    ...known,
    image: known.image.replace("\\System32\\", "\\SysWOW64\\").replace("\\Framework64\\", "\\Framework\\"),
  };
}

/** The same file under another path: a copy keeps its version resource, its hashes and its signature. */
export function copyOf(known: Program, image: string): Program {
  return { ...known, image };
}

/** A file without version resource or signature, as Sysmon shows it. */
export function plainFile(image: string): Program {
  return {
    image,
    originalFileName: "-",
    description: "-",
    product: "-",
    company: "-",
    version: "-",
    signer: undefined,
    console: false,
  };
}

/** A maker's own file, signed. */
export function vendorFile(image: string, vendor: string, product: string): Program {
  const name = fileOf(image);
  return {
    image,
    originalFileName: name,
    description: `${product} component`,
    product,
    company: vendor,
    version: "4.2.0.118",
    signer: vendor,
    console: false,
  };
}

/** Hashes as Sysmon writes them; they follow from what the file is, not from where it lies. */
export function hashes(file: Program): string {
  const seed =
    file.originalFileName === "-"
      ? file.image
      : `${file.originalFileName} ${file.version} ${file.image.includes("SysWOW64") || file.image.includes("\\Framework\\") ? 32 : 64}`;
  return `SHA1=${stableHex(`1${seed}`, 40)},MD5=${stableHex(`5${seed}`, 32)},SHA256=${stableHex(`2${seed}`, 64)},IMPHASH=${stableHex(`i${seed}`, 32)}`;
}
