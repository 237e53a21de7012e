import techniques from "./techniques.json" with { type: "json" };

// Names of the ATT&CK objects that findings speak of (v18.1; © The MITRE Corporation, used under the ATT&CK terms of use).
const TECHNIQUES: Readonly<Record<string, string>> = techniques;

const MITIGATIONS: Readonly<Record<string, string>> = {
  M1018: "User Account Management",
  M1021: "Restrict Web-Based Content",
  M1022: "Restrict File and Directory Permissions",
  M1024: "Restrict Registry Permissions",
  M1025: "Privileged Process Integrity",
  M1026: "Privileged Account Management",
  M1027: "Password Policies",
  M1028: "Operating System Configuration",
  M1029: "Remote Data Storage",
  M1031: "Network Intrusion Prevention",
  M1033: "Limit Software Installation",
  M1037: "Filter Network Traffic",
  M1038: "Execution Prevention",
  M1040: "Behavior Prevention on Endpoint",
  M1041: "Encrypt Sensitive Information",
  M1042: "Disable or Remove Feature or Program",
  M1043: "Credential Access Protection",
  M1044: "Restrict Library Loading",
  M1045: "Code Signing",
  M1046: "Boot Integrity",
  M1047: "Audit",
  M1048: "Application Isolation and Sandboxing",
  M1049: "Antivirus/Antimalware",
  M1050: "Exploit Protection",
  M1051: "Update Software",
  M1052: "User Account Control",
  M1053: "Data Backup",
  M1057: "Data Loss Prevention",
};

/** The name of a technique; a sub-technique that is not listed (in a user's own catalogue) has its parent's. */
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
