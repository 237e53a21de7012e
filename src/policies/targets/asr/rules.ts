import type { FilePattern, Operation, Rule } from "../../model.ts";

/** What a rule of attack surface reduction rules on, as far as a log can tell. */
interface AsrRule {
  readonly title: string;
  readonly on: readonly Operation[];
  readonly subject?: readonly FilePattern[];
  readonly object?: readonly FilePattern[];
  readonly exceptions?: readonly FilePattern[];
}

const named = (...names: readonly string[]): readonly FilePattern[] => names.map((originalName) => ({ originalName }));
const typed = (...extensions: readonly string[]): readonly FilePattern[] =>
  extensions.map((extension) => ({ extension }));

const running = (...names: readonly string[]): readonly FilePattern[] => names.map((name) => ({ path: `*\\${name}` }));

const OFFICE = running("winword.exe", "excel.exe", "powerpnt.exe", "onenote.exe", "msaccess.exe");
const TOOLS = named(
  ..."rundll32.exe regsvr32.exe mshta.exe msiexec.exe cmd.exe powershell.exe pwsh.dll cscript.exe wscript.exe".split(
    " ",
  ),
  ..."certutil.exe bitsadmin.exe installutil.exe regasm.exe regsvcs.exe msbuild.exe cmstp.exe odbcconf.exe".split(" "),
  ..."schtasks.exe sc.exe reg.exe net.exe wmic.exe whoami.exe nltest.exe".split(" "),
);
/** Ids whose rule no event of a log shows. */
const UNSEEN = { on: [] };

/**
 * The rules by their GUIDs.
 * @see https://learn.microsoft.com/defender-endpoint/attack-surface-reduction-rules-reference
 */
export const ASR_RULES: Readonly<Record<string, AsrRule>> = {
  "d4f940ab-401b-4efc-aadc-ad5f3c50688a": {
    title: "Office applications start no processes",
    on: ["execute"],
    subject: OFFICE,
  },
  "26190899-1602-49e8-8b27-eb1d0a1ce869": {
    title: "Outlook starts no processes",
    on: ["execute"],
    subject: running("outlook.exe"),
  },
  "7674ba52-37eb-4a4f-a9a1-f0f9a1619a2c": {
    title: "Adobe Reader starts no processes",
    on: ["execute"],
    subject: running("acrord32.exe", "acrobat.exe"),
  },
  "3b576869-a4ec-4529-8536-b80a7769e899": {
    title: "Office applications make no executable files",
    on: ["write"],
    subject: OFFICE,
    object: typed(
      ".exe",
      ".dll",
      ".scr",
      ".com",
      ".vbs",
      ".js",
      ".jse",
      ".vbe",
      ".wsf",
      ".ps1",
      ".bat",
      ".cmd",
      ".hta",
    ),
  },
  "be9ba2d9-53ea-4cdc-84e5-9b1eeee46550": {
    title: "No executable content from mail",
    on: ["execute", "script"],
    object: [{ path: "*\\content.outlook\\*" }],
  },
  "d3e037e1-3eb8-44c8-a917-57927947596d": {
    title: "Scripts start no downloaded programs",
    on: ["execute"],
    subject: running("wscript.exe", "cscript.exe"),
    object: [{ path: "?:\\users\\*", beyond: "whether the program was downloaded is not logged" }],
  },
  "5beb7efe-fd9a-4556-801d-275e5ffc04cc": {
    title: "No obfuscated scripts",
    on: ["script"],
    object: typed(".ps1", ".vbs", ".js").map((file) => ({ ...file, beyond: "the scanner’s verdict is not logged" })),
  },
  "01443614-cd74-433a-b99e-2ecdc07bfc25": {
    title: "Only programs that are prevalent, old or trusted",
    on: ["execute"],
    object: [{ beyond: "prevalence and age are not logged" }],
    exceptions: [{ path: "c:\\windows\\*" }, { path: "c:\\program files*" }],
  },
  "d1e49aac-8f56-4280-b9ba-993a6d77406c": {
    title: "PsExec and WMI start no processes",
    on: ["execute"],
    subject: running("psexesvc.exe", "wmiprvse.exe"),
  },
  "c0033c00-d16d-4114-a5a0-dc9b3a7d2ceb": {
    title: "No copied or impersonated system tools",
    on: ["execute"],
    object: TOOLS,
    exceptions: [{ path: "c:\\windows\\*" }, { path: "c:\\program files*" }],
  },
  "b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4": { title: "No untrusted programs from USB", ...UNSEEN },
  "e6db77e5-3df2-4cf1-b95a-636979351e5b": { title: "No persistence through WMI", ...UNSEEN },
  "75668c1f-73b5-4cf0-bb93-3ecf5cb7cc84": { title: "Office applications inject no code", ...UNSEEN },
  "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": { title: "No Win32 calls from macros", ...UNSEEN },
  "9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2": { title: "No reading of LSASS", ...UNSEEN },
  "c1db55ab-c21a-4637-bb3f-a12568109d35": { title: "Protection against ransomware", ...UNSEEN },
  "56a863a9-875e-4185-98a7-b882c64b5ce5": { title: "No vulnerable signed drivers", ...UNSEEN },
  "33ddedf1-c6e0-47cb-833e-de6133960387": { title: "No restart in safe mode", ...UNSEEN },
  "a8f5898e-1dc8-49a9-9878-85004b8a61e6": { title: "No web shells on servers", ...UNSEEN },
};

/** Option for a rule that its user may let pass. */
export const warned = (guid: string): string => `Warn:${guid}`;

/** The rule of the model for a GUID; undefined where it is not known. */
export function asrRule(guid: string, mode: Rule["mode"], exclusions: readonly string[] = []): Rule | undefined {
  const known = ASR_RULES[guid.toLowerCase()];
  if (!known) return undefined;
  const { title, on, subject, object } = known;
  const exceptions = [...(known.exceptions ?? []), ...exclusions.map((path) => ({ path: excluded(path) }))];
  return {
    id: guid.toLowerCase(),
    action: "deny",
    on,
    ...(subject && { subject }),
    ...(object && { object }),
    ...(exceptions.length > 0 && { exceptions }),
    ...(mode && { mode }),
    description: title,
  };
}

/** A folder is excluded with all that is in it. */
function excluded(path: string): string {
  return /\.\w{1,5}$|\*/.test(path) ? path : `${path.replace(/\\$/, "")}\\*`;
}
