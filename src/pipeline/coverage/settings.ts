import type { Platform } from "../../model/event.ts";
import { productSettings } from "./products.ts";
import type { Component, Setting } from "./types.ts";

const SYSMON = "Sysmon configuration, in EventFiltering";
const ELEVATED = "command, as administrator";
const AUDIT_RULES = "/etc/audit/rules.d/whatran.rules, then augenrules --load";

/**
 * A rule that includes what these programs do. Sysmon compares `image` with the file name, whatever the folder. Names of events, fields
 * and conditions are those of `sysmon -s` and of its help.
 * @see https://learn.microsoft.com/sysinternals/downloads/sysmon
 */
function sysmon(element: string, field: string, binaries: readonly string[]): Setting {
  const conditions = binaries.map((name) => `    <${field} condition="image">${name}</${field}>`).join("\n");
  return {
    name: `Sysmon ${element} of these binaries`,
    where: SYSMON,
    text: `<RuleGroup groupRelation="or">\n  <${element} onmatch="include">\n${conditions}\n  </${element}>\n</RuleGroup>`,
  };
}

/**
 * Subcategories by their GUIDs, which are the same in every language of Windows.
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-gpac/77878370-0712-47cd-997d-b07053429f6d
 */
const auditpol = (name: string, guid: string, about = ""): Setting => ({
  name: `Audit ${name}${about}`,
  where: ELEVATED,
  text: `auditpol /set /subcategory:"{${guid}}" /success:enable`,
});

/**
 * Objects are audited where their own list (SACL) asks for it; Windows gives none to files, and to processes that of LSASS only.
 * @see https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/audit-registry
 */
const AUDIT_REGISTRY = auditpol(
  "Registry",
  "0CCE921E-69AE-11D9-BED3-505054503030",
  ", for keys whose own audit list (SACL) asks for it",
);
const AUDIT_FILES = auditpol(
  "File System",
  "0CCE921D-69AE-11D9-BED3-505054503030",
  ", for folders whose own audit list (SACL) asks for it",
);
const AUDIT_PROCESSES = auditpol(
  "Kernel Object",
  "0CCE921F-69AE-11D9-BED3-505054503030",
  ", for processes whose own audit list (SACL) asks for it, as that of LSASS does",
);

const policyValue = (name: string, key: string, value: string, type: string, data: string): Setting => ({
  name,
  where: ELEVATED,
  text: `reg add "HKLM\\${key}" /v ${value} /t ${type} /d ${data} /f`,
});

/** @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_group_policy_settings */
const POWERSHELL = "SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";

/**
 * PowerShell 6 and later heed a key of their own, and write nothing before their provider was registered.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_logging_windows
 */
const POWERSHELL_CORE = policyValue(
  "PowerShell 7, script block logging (4104)",
  "SOFTWARE\\Policies\\Microsoft\\PowerShellCore\\ScriptBlockLogging",
  "EnableScriptBlockLogging",
  "REG_DWORD",
  "1",
);
const REGISTER_CORE: Setting = {
  name: "PowerShell 7, its event provider",
  where: "PowerShell 7, as administrator",
  text: "& $PSHOME\\RegisterManifest.ps1",
};

/**
 * "Include command line in process creation events".
 * @see https://learn.microsoft.com/windows-server/identity/ad-ds/manage/component-updates/command-line-process-auditing
 */
const COMMAND_LINE = policyValue(
  "Command line in Security 4688",
  "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit",
  "ProcessCreationIncludeCmdLine_Enabled",
  "REG_DWORD",
  "1",
);

const ALL_STARTS: Setting = {
  name: "Sysmon ProcessCreate of everything",
  where: SYSMON,
  text: '<RuleGroup groupRelation="or">\n  <ProcessCreate onmatch="exclude"/>\n</RuleGroup>',
};

const WINDOWS: Readonly<Record<Component, (binaries: readonly string[]) => readonly Setting[]>> = {
  "Process Creation": () => [
    auditpol("Process Creation", "0CCE922B-69AE-11D9-BED3-505054503030"),
    COMMAND_LINE,
    ALL_STARTS,
  ],
  "Module Load": (binaries) => [sysmon("ImageLoad", "Image", binaries)],
  "Network Connection Creation": (binaries) => [
    sysmon("NetworkConnect", "Image", binaries),
    sysmon("DnsQuery", "Image", binaries),
    auditpol("Filtering Platform Connection", "0CCE9226-69AE-11D9-BED3-505054503030"),
  ],
  "File Creation": (binaries) => [sysmon("FileCreate", "Image", binaries), AUDIT_FILES],
  "Windows Registry Key Creation": (binaries) => [sysmon("RegistryEvent", "Image", binaries), AUDIT_REGISTRY],
  "Windows Registry Key Modification": (binaries) => [sysmon("RegistryEvent", "Image", binaries), AUDIT_REGISTRY],
  "Process Access": (binaries) => [
    sysmon("ProcessAccess", "SourceImage", binaries),
    sysmon("CreateRemoteThread", "SourceImage", binaries),
    AUDIT_PROCESSES,
  ],
  "OS API Execution": (binaries) => [sysmon("ProcessAccess", "SourceImage", binaries), AUDIT_PROCESSES],
  "Command Execution": () => [
    policyValue(
      "PowerShell script block logging (4104)",
      `${POWERSHELL}\\ScriptBlockLogging`,
      "EnableScriptBlockLogging",
      "REG_DWORD",
      "1",
    ),
    policyValue(
      "PowerShell module logging (4103)",
      `${POWERSHELL}\\ModuleLogging`,
      "EnableModuleLogging",
      "REG_DWORD",
      "1",
    ),
    policyValue(
      "PowerShell module logging, of every module",
      `${POWERSHELL}\\ModuleLogging\\ModuleNames`,
      '"*"',
      "REG_SZ",
      '"*"',
    ),
    REGISTER_CORE,
    POWERSHELL_CORE,
  ],
};

/**
 * Rules for both widths of system calls, as a 32-bit program would pass by the others.
 * @see https://man7.org/linux/man-pages/man7/audit.rules.7.html
 */
const auditRule = (name: string, rule: string): Setting => ({
  name,
  where: AUDIT_RULES,
  text: [64, 32].map((bits) => `-a always,exit -F arch=b${bits} ${rule}`).join("\n"),
});

/** Libraries of 32-bit programs on x86 may connect by the third service of `socketcall`; other processors do not know that call. */
const SOCKETCALL: Setting = {
  name: "audit rule for connections of 32-bit programs on x86",
  where: AUDIT_RULES,
  text: "-a always,exit -F arch=b32 -S socketcall -F a0=3 -k network",
};

const LINUX: Readonly<Partial<Record<Component, readonly Setting[]>>> = {
  "Process Creation": [auditRule("audit rule for program starts", "-S execve -S execveat -k exec")],
  "Network Connection Creation": [auditRule("audit rule for connections", "-S connect -k network"), SOCKETCALL],
  "File Creation": [
    auditRule("audit rule for files of applications", "-F dir=/opt -F perm=wa -k applications"),
    auditRule("audit rule for libraries and applications", "-F dir=/usr/lib -F perm=wa -k libraries"),
  ],
};

const OSQUERY = "osquery flags, and a scheduled query";

/** osquery's page on auditing: Endpoint Security needs macOS 10.15 and Full Disk Access for osqueryd, the audit of OpenBSM ends there. */
const MACOS: Readonly<Partial<Record<Component, readonly Setting[]>>> = {
  "Process Creation": [
    {
      name: "osquery's events of Endpoint Security, for which osqueryd needs Full Disk Access",
      where: OSQUERY,
      text: "--disable_events=false\n--disable_endpointsecurity=false\nSELECT * FROM es_process_events;",
    },
  ],
  "Network Connection Creation": [
    {
      name: "osquery's socket events, up to macOS 10.15; later versions show connections to network extensions of security products only",
      where: OSQUERY,
      text: "--disable_events=false\n--disable_audit=false\n--audit_allow_config=true\n--audit_allow_sockets=true\nSELECT * FROM socket_events;",
    },
  ],
  "File Creation": [
    {
      name: "osquery's file events of Endpoint Security, for which osqueryd needs Full Disk Access",
      where: OSQUERY,
      text: "--disable_events=false\n--disable_endpointsecurity=false\n--disable_endpointsecurity_fim=false\nSELECT * FROM es_process_file_events;",
    },
  ],
};

/**
 * What makes a component visible on a platform, for these binaries: first what products have that watch it already, by the sources that
 * they are; then what the system and Sysmon can do. Where starts are logged and their command lines are not, that alone is missing.
 */
export function settingsFor(
  platform: Platform,
  component: Component,
  binaries: readonly string[],
  isPartial: boolean,
  products: ReadonlySet<string>,
): readonly Setting[] {
  return [
    ...productSettings(products, component, binaries),
    ...systemSettings(platform, component, binaries, isPartial),
  ];
}

function systemSettings(
  platform: Platform,
  component: Component,
  binaries: readonly string[],
  isPartial: boolean,
): readonly Setting[] {
  if (platform === "linux") return LINUX[component] ?? [];
  if (platform === "macos") return MACOS[component] ?? [];
  return isPartial ? [COMMAND_LINE] : WINDOWS[component](binaries);
}
