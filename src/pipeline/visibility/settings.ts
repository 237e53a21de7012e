import type { Platform } from "../../model/event.ts";
import { productSettings } from "./products.ts";
import type { Component, Setting } from "./types.ts";

const SYSMON = "Sysmon configuration, in EventFiltering";
const ELEVATED = "command, as administrator";
const AUDIT_RULES = "/etc/audit/rules.d/whatran.rules, then augenrules --load";

/** A rule that includes what these programs do. Sysmon compares `image` with the file name, whatever the folder. */
function sysmon(element: string, field: string, binaries: readonly string[]): Setting {
  const conditions = binaries.map((name) => `    <${field} condition="image">${name}</${field}>`).join("\n");
  return {
    name: `Sysmon ${element} of these binaries`,
    where: SYSMON,
    text: `<RuleGroup groupRelation="or">\n  <${element} onmatch="include">\n${conditions}\n  </${element}>\n</RuleGroup>`,
  };
}

/** Subcategories by their GUIDs, which are the same in every language of Windows (MS-GPAC). */
const auditpol = (name: string, guid: string): Setting => ({
  name: `Audit ${name}`,
  where: ELEVATED,
  text: `auditpol /set /subcategory:"{${guid}}" /success:enable`,
});

const policyValue = (name: string, key: string, value: string, type: string, data: string): Setting => ({
  name,
  where: ELEVATED,
  text: `reg add "HKLM\\${key}" /v ${value} /t ${type} /d ${data} /f`,
});

const POWERSHELL = "SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";

/** "Include command line in process creation events". */
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
  "File Creation": (binaries) => [sysmon("FileCreate", "Image", binaries)],
  "Windows Registry Key Creation": (binaries) => [sysmon("RegistryEvent", "Image", binaries)],
  "Windows Registry Key Modification": (binaries) => [
    sysmon("RegistryEvent", "Image", binaries),
    {
      ...auditpol("Registry", "0CCE921E-69AE-11D9-BED3-505054503030"),
      name: "Audit Registry, for keys whose own audit list (SACL) asks for it",
    },
  ],
  "Process Access": (binaries) => [
    sysmon("ProcessAccess", "SourceImage", binaries),
    sysmon("CreateRemoteThread", "SourceImage", binaries),
  ],
  "OS API Execution": (binaries) => [
    sysmon("ProcessAccess", "SourceImage", binaries),
    {
      name: "COM activation, where Windows has this channel",
      where: ELEVATED,
      text: "wevtutil set-log Microsoft-Windows-COM/Operational /enabled:true",
    },
  ],
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
  ],
};

/** Rules for both widths of system calls, as a 32-bit program would pass by the others. */
const auditRule = (name: string, rule: string): Setting => ({
  name,
  where: AUDIT_RULES,
  text: [64, 32].map((bits) => `-a always,exit -F arch=b${bits} ${rule}`).join("\n"),
});

const LINUX: Readonly<Partial<Record<Component, readonly Setting[]>>> = {
  "Process Creation": [auditRule("audit rule for program starts", "-S execve -S execveat -k exec")],
  "Network Connection Creation": [auditRule("audit rule for connections", "-S connect -k network")],
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
