import { entryOf } from "../../../model/entry.ts";
import type { FilePattern, Operation, Rule } from "../../model.ts";

/** What a rule of attack surface reduction rules on, as far as a log can tell. */
interface AsrRule {
  readonly title: string;
  readonly on: readonly Operation[];
  readonly subject?: readonly FilePattern[];
  readonly object?: readonly FilePattern[];
  readonly exceptions?: readonly FilePattern[];
  /** As Intune’s catalogue of settings calls it. */
  readonly setting: string;
  /** What the antivirus leaves out is not left out of it. */
  readonly ignoresAntivirus?: true;
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
const INSTALLED: readonly FilePattern[] = [{ path: "c:\\windows\\*" }, { path: "c:\\program files*" }];
const SIGNED: FilePattern = { publisher: "*" };
const CONTENT = typed(".exe", ".dll", ".scr", ".ps1", ".vbs", ".js");

/**
 * The rules by their GUIDs.
 * @see https://learn.microsoft.com/defender-endpoint/attack-surface-reduction-rules-reference
 */
export const ASR_RULES: Readonly<Record<string, AsrRule>> = {
  "d4f940ab-401b-4efc-aadc-ad5f3c50688a": {
    title: "Office applications start no processes",
    setting: "blockallofficeapplicationsfromcreatingchildprocesses",
    on: ["execute"],
    subject: OFFICE,
  },
  "26190899-1602-49e8-8b27-eb1d0a1ce869": {
    title: "Outlook starts no processes",
    setting: "blockofficecommunicationappfromcreatingchildprocesses",
    ignoresAntivirus: true,
    on: ["execute"],
    subject: running("outlook.exe"),
  },
  "7674ba52-37eb-4a4f-a9a1-f0f9a1619a2c": {
    title: "Adobe Reader starts no processes",
    setting: "blockadobereaderfromcreatingchildprocesses",
    ignoresAntivirus: true,
    on: ["execute"],
    subject: running("acrord32.exe", "acrobat.exe"),
  },
  "3b576869-a4ec-4529-8536-b80a7769e899": {
    title: "Office applications make no executable files",
    setting: "blockofficeapplicationsfromcreatingexecutablecontent",
    ignoresAntivirus: true,
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
    setting: "blockexecutablecontentfromemailclientandwebmail",
    on: ["execute", "script"],
    // What a browser has saved may be out of a mail, too.
    object: [
      { path: "*\\content.outlook\\*" },
      ...CONTENT.map((file) => ({ ...file, beyond: "whether the file came by mail is not logged" })),
    ],
    exceptions: INSTALLED,
  },
  "d3e037e1-3eb8-44c8-a917-57927947596d": {
    title: "Scripts start no downloaded programs",
    setting: "blockjavascriptorvbscriptfromlaunchingdownloadedexecutablecontent",
    on: ["execute"],
    subject: running("wscript.exe", "cscript.exe"),
    object: [{ path: "?:\\users\\*", beyond: "whether the program was downloaded is not logged" }],
  },
  "5beb7efe-fd9a-4556-801d-275e5ffc04cc": {
    title: "No obfuscated scripts",
    setting: "blockexecutionofpotentiallyobfuscatedscripts",
    on: ["script"],
    object: typed(".ps1", ".vbs", ".js").map((file) => ({ ...file, beyond: "the scanner’s verdict is not logged" })),
  },
  "01443614-cd74-433a-b99e-2ecdc07bfc25": {
    title: "Only programs that are prevalent, old or trusted",
    setting: "blockexecutablefilesrunningunlesstheymeetprevalenceagetrustedlistcriterion",
    on: ["execute"],
    object: [{ beyond: "prevalence and age are not logged" }],
    exceptions: INSTALLED,
  },
  "d1e49aac-8f56-4280-b9ba-993a6d77406c": {
    title: "PsExec and WMI start no processes",
    setting: "blockprocesscreationsfrompsexecandwmicommands",
    ignoresAntivirus: true,
    on: ["execute"],
    subject: running("psexesvc.exe", "wmiprvse.exe"),
  },
  "c0033c00-d16d-4114-a5a0-dc9b3a7d2ceb": {
    title: "No copied or impersonated system tools",
    setting: "blockuseofcopiedorimpersonatedsystemtools",
    on: ["execute"],
    object: TOOLS,
    exceptions: INSTALLED,
  },
  "b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4": {
    title: "No untrusted programs from USB",
    setting: "blockuntrustedunsignedprocessesthatrunfromusb",
    on: ["execute"],
    object: [{ beyond: "whether the file came from a removable drive is not logged" }],
    exceptions: [...INSTALLED, SIGNED],
  },
  "e6db77e5-3df2-4cf1-b95a-636979351e5b": {
    title: "No persistence through WMI",
    setting: "blockpersistencethroughwmieventsubscription",
    ...UNSEEN,
  },
  "75668c1f-73b5-4cf0-bb93-3ecf5cb7cc84": {
    title: "Office applications inject no code",
    setting: "blockofficeapplicationsfrominjectingcodeintootherprocesses",
    ignoresAntivirus: true,
    ...UNSEEN,
  },
  "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": {
    title: "No Win32 calls from macros",
    setting: "blockwin32apicallsfromofficemacros",
    ...UNSEEN,
  },
  "9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2": {
    title: "No reading of LSASS",
    setting: "blockcredentialstealingfromwindowslocalsecurityauthoritysubsystem",
    ignoresAntivirus: true,
    ...UNSEEN,
  },
  "c1db55ab-c21a-4637-bb3f-a12568109d35": {
    title: "Protection against ransomware",
    setting: "useadvancedprotectionagainstransomware",
    on: ["execute"],
    object: [{ beyond: "what the cloud knows of the file is not logged" }],
    exceptions: [...INSTALLED, SIGNED],
  },
  "56a863a9-875e-4185-98a7-b882c64b5ce5": {
    title: "No vulnerable signed drivers",
    setting: "blockabuseofexploitedvulnerablesigneddrivers",
    ...UNSEEN,
  },
  "33ddedf1-c6e0-47cb-833e-de6133960387": {
    title: "No restart in safe mode",
    setting: "blockrebootingmachineinsafemode",
    on: ["execute"],
    object: named("bcdedit.exe", "bootcfg.exe").map((file) => ({
      ...file,
      beyond: "whether safe mode is asked for stands in arguments, of which the rule’s own reading is not known",
    })),
  },
  "a8f5898e-1dc8-49a9-9878-85004b8a61e6": {
    title: "No web shells on servers",
    setting: "blockwebshellcreationforservers",
    ...UNSEEN,
  },
};

/** Option for a rule that its user may let pass. */
export const warned = (guid: string): string => `Warn:${guid}`;

/** The GUID of a rule by its name in Intune’s catalogue of settings; undefined where it is not known. */
export const guidOf = (setting: string): string | undefined =>
  Object.entries(ASR_RULES).find(([, one]) => one.setting === setting)?.[0];

/** What is left out of rules. */
export interface Exclusions {
  /** Paths of files and folders. */
  readonly paths?: readonly string[];
  /** What the antivirus leaves out, of which most rules leave out the same: files, and what some processes open. */
  readonly files?: readonly FilePattern[];
  readonly processes?: readonly string[];
}

/** The rule of the model for a GUID; undefined where it is not known. */
export function asrRule(
  guid: string,
  mode: Rule["mode"],
  { paths = [], files = [], processes = [] }: Exclusions = {},
): Rule | undefined {
  const known = entryOf(ASR_RULES, guid.toLowerCase());
  if (!known) return undefined;
  const { title, on, object } = known;
  const others = known.ignoresAntivirus ? [] : files;
  const exceptions = [...(known.exceptions ?? []), ...paths.map(excluded), ...others];
  const subject = known.ignoresAntivirus ? known.subject : without(known.subject, processes);
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

/** Files that are opened by a process are left out of scans; whether what it starts is, no page says. */
function without(subject: AsrRule["subject"], processes: readonly string[]): AsrRule["subject"] {
  if (processes.length === 0) return subject;
  const none = processes.map((path) => ({
    path: path.includes("\\") ? path : `*\\${path}`,
    beyond: "whether the antivirus’s exclusion of a process holds for the rule is not documented",
  }));
  return (subject ?? [{}]).map((one) => ({ ...one, none }));
}

/**
 * A folder is excluded with all that is in it; a star within a path stands for the name of one folder, or for letters of a name.
 * @see https://learn.microsoft.com/defender-endpoint/configure-extension-file-exclusions-microsoft-defender-antivirus
 */
export function excluded(path: string): FilePattern {
  if (/\.[a-z]\w{0,4}$/i.test(path)) return path.includes("*") ? { path, inFolder: true } : { path };
  return { path: /\*$/.test(path) ? path : `${path.replace(/\\$/, "")}\\*` };
}
