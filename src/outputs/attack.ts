/** Names of ATT&CK objects that appear in findings (© The MITRE Corporation, used under the ATT&CK terms of use). */

const TECHNIQUES: Readonly<Record<string, string>> = {
  T1218: "System Binary Proxy Execution",
  "T1218.001": "Compiled HTML File",
  "T1218.002": "Control Panel",
  "T1218.003": "CMSTP",
  "T1218.004": "InstallUtil",
  "T1218.005": "Mshta",
  "T1218.007": "Msiexec",
  "T1218.008": "Odbcconf",
  "T1218.009": "Regsvcs/Regasm",
  "T1218.010": "Regsvr32",
  "T1218.011": "Rundll32",
  "T1218.012": "Verclsid",
  "T1218.013": "Mavinject",
  "T1218.014": "MMC",
  "T1218.015": "Electron Applications",
  T1003: "OS Credential Dumping",
  T1047: "Windows Management Instrumentation",
  T1053: "Scheduled Task/Job",
  T1059: "Command and Scripting Interpreter",
  T1105: "Ingress Tool Transfer",
  T1127: "Trusted Developer Utilities Proxy Execution",
  "T1127.001": "MSBuild",
  T1140: "Deobfuscate/Decode Files or Information",
  T1197: "BITS Jobs",
  T1202: "Indirect Command Execution",
  T1216: "System Script Proxy Execution",
  T1220: "XSL Script Processing",
  T1548: "Abuse Elevation Control Mechanism",
  "T1564.004": "NTFS File Attributes",
};

const MITIGATIONS: Readonly<Record<string, string>> = {
  M1021: "Restrict Web-Based Content",
  M1022: "Restrict File and Directory Permissions",
  M1026: "Privileged Account Management",
  M1037: "Filter Network Traffic",
  M1038: "Execution Prevention",
  M1040: "Behavior Prevention on Endpoint",
  M1042: "Disable or Remove Feature or Program",
  M1045: "Code Signing",
  M1047: "Audit",
  M1048: "Application Isolation and Sandboxing",
  M1049: "Antivirus/Antimalware",
  M1050: "Exploit Protection",
};

/** The name of a technique; a sub-technique that is not listed has its parent's. */
export function techniqueName(id: string): string | undefined {
  return TECHNIQUES[id] ?? TECHNIQUES[id.split(".")[0] ?? ""];
}

export function mitigationName(id: string): string | undefined {
  return MITIGATIONS[id];
}

/** The page of an ATT&CK object. */
export function attackUrl(id: string): string {
  const folder = id.startsWith("M") ? "mitigations" : "techniques";
  return `https://attack.mitre.org/${folder}/${id.replace(".", "/")}/`;
}
