import { exec, load, script, type Table, write } from "./table.ts";

const REFERENCE = "https://learn.microsoft.com/defender-endpoint/attack-surface-reduction-rules-reference";
const KEY = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR";
const OFFICE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a";
const OUTLOOK = "26190899-1602-49e8-8b27-eb1d0a1ce869";
const READER = "7674ba52-37eb-4a4f-a9a1-f0f9a1619a2c";
const MAKES = "3b576869-a4ec-4529-8536-b80a7769e899";
const MAIL = "be9ba2d9-53ea-4cdc-84e5-9b1eeee46550";
const COPIED = "c0033c00-d16d-4114-a5a0-dc9b3a7d2ceb";
const REMOTE = "d1e49aac-8f56-4280-b9ba-993a6d77406c";
const AGE = "01443614-cd74-433a-b99e-2ecdc07bfc25";
const OBFUSCATED = "5beb7efe-fd9a-4556-801d-275e5ffc04cc";

const reg = (values: readonly string[], exclusions: readonly string[] = []) => ({
  file: "a.reg",
  text: `Windows Registry Editor Version 5.00\r\n\r\n${KEY}\\Rules]\r\n${values.join("\r\n")}\r\n\r\n${KEY}\\ASROnlyExclusions]\r\n${exclusions
    .map((path) => `"${path.replaceAll("\\", "\\\\")}"="0"\r\n`)
    .join("")}`,
});
const states = (state: string, ...guids: readonly string[]) => reg(guids.map((guid) => `"${guid}"="${state}"`));
const WORD = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";
const CMD = "C:\\Windows\\System32\\cmd.exe";

export const asr: Table = {
  target: "asr",
  sources: {
    rules: REFERENCE,
    states: "https://learn.microsoft.com/defender-endpoint/enable-attack-surface-reduction",
    exclusions:
      "https://learn.microsoft.com/defender-endpoint/enable-attack-surface-reduction#exclude-files-and-folders-from-attack-surface-reduction-rules",
    own: "https://learn.microsoft.com/defender-endpoint/attack-surface-reduction-rules-deployment-test#configure-attack-surface-reduction-per-rule-exclusions",
  },
  policies: {
    block: states("1", OFFICE, OUTLOOK, READER, MAKES, MAIL, COPIED, REMOTE),
    audit: states("2", OFFICE, COPIED),
    copied: states("1", COPIED),
    off: states("0", OFFICE),
    warn: states("6", OFFICE),
    number: reg([`"${OFFICE}"=dword:00000001`]),
    verdicts: states("1", AGE, OBFUSCATED),
    excluded: reg([`"${OFFICE}"="1"`], ["C:\\Tools", "C:\\Apps\\one.exe"]),
    ownExclusions: {
      file: "a.reg",
      text: `${states("1", OFFICE, OUTLOOK).text}\r\n${KEY}\\ASROnlyPerRuleExclusions]\r\n"${OFFICE}"="C:\\\\Apps\\\\one.exe>C:\\\\Apps\\\\two.exe"\r\n`,
    },
    nameOnly: {
      file: "a.reg",
      text: `${states("1", OFFICE).text}\r\n${KEY}\\ASROnlyPerRuleExclusions]\r\n"${OFFICE}"="one.exe"\r\n`,
    },
    printed: {
      file: "mppreference.txt",
      text: `AttackSurfaceReductionOnlyExclusions                  : {C:\\Tools}\r\nAttackSurfaceReductionRules_Actions                   : {1, 2}\r\nAttackSurfaceReductionRules_Ids                       : {${OFFICE}, ${OUTLOOK}}\r\nDisableRealtimeMonitoring : False\r\n`,
    },
    cutOff: {
      file: "mppreference.txt",
      text: `AttackSurfaceReductionRules_Actions : {1, 1, 1, 1...}\r\nAttackSurfaceReductionRules_Ids : {${OFFICE}, ${OUTLOOK}, ${READER}, ${MAKES}...}\r\n`,
    },
    object: {
      file: "mppreference.json",
      text: JSON.stringify({
        AttackSurfaceReductionOnlyExclusions: null,
        AttackSurfaceReductionRules_Actions: [1, 2],
        AttackSurfaceReductionRules_Ids: [OFFICE, OUTLOOK],
        AttackSurfaceReductionRules_RuleSpecificExclusions: ["C:\\Apps\\one.exe|C:\\Apps\\two.exe"],
        AttackSurfaceReductionRules_RuleSpecificExclusions_Id: [OFFICE],
      }),
    },
    unknown: reg([`"11111111-2222-3333-4444-555555555555"="1"`]),
    shell: {
      file: "a.ps1",
      text: `Add-MpPreference -AttackSurfaceReductionRules_Ids ${OFFICE} -AttackSurfaceReductionRules_Actions Enabled\n`,
    },
    shells: {
      file: "a.ps1",
      text: `Set-MpPreference -AttackSurfaceReductionRules_Ids ${OFFICE},'${OUTLOOK}' -AttackSurfaceReductionRules_Actions AuditMode,Enabled\n`,
    },
    variable: {
      file: "a.ps1",
      text: `Add-MpPreference -AttackSurfaceReductionRules_Ids $ids -AttackSurfaceReductionRules_Actions Enabled\n`,
    },
    intune: {
      file: "a.json",
      text: JSON.stringify({
        omaSettings: [{ omaUri: "AttackSurfaceReductionRules", value: `${OFFICE}=1|{${OUTLOOK}}=2` }],
      }),
    },
  },
  cases: [
    ["Word starts nothing", "rules", "block", exec(CMD, { parent: WORD }), "block"],
    ["nor does Excel", "rules", "block", exec(CMD, { parent: WORD.replace("WINWORD", "EXCEL") }), "block"],
    ["nor PowerPoint", "rules", "block", exec(CMD, { parent: WORD.replace("WINWORD", "POWERPNT") }), "block"],
    ["another program does", "rules", "block", exec(CMD, { parent: "C:\\Windows\\explorer.exe" }), "none"],
    ["nor does Outlook", "rules", "block", exec(CMD, { parent: WORD.replace("WINWORD", "OUTLOOK") }), "block"],
    [
      "nor Adobe Reader",
      "rules",
      "block",
      exec(CMD, { parent: "C:\\Program Files (x86)\\Adobe\\Reader\\AcroRd32.exe" }),
      "block",
    ],
    ["Office writes no programs", "rules", "block", write(WORD, "C:\\Users\\a\\x.exe"), "block"],
    ["nor scripts", "rules", "block", write(WORD, "C:\\Users\\a\\x.vbs"), "block"],
    ["documents it does", "rules", "block", write(WORD, "C:\\Users\\a\\x.docx"), "none"],
    ["others write programs", "rules", "block", write("C:\\Windows\\explorer.exe", "C:\\Users\\a\\x.exe"), "none"],
    [
      "attachments of Outlook’s cache do not run",
      "rules",
      "block",
      exec("C:\\Users\\a\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\Q\\x.exe"),
      "block",
    ],
    ["a copied system tool", "rules", "block", exec("C:\\Users\\a\\x.exe", { original: "RUNDLL32.EXE" }), "block"],
    [
      "the tool in its place",
      "rules",
      "block",
      exec("C:\\Windows\\SysWOW64\\rundll32.exe", { original: "RUNDLL32.EXE" }),
      "none",
    ],
    [
      "a copy that keeps its name",
      "rules",
      "block",
      exec("C:\\Users\\a\\mshta.exe", { original: "MSHTA.EXE" }),
      "block",
    ],
    ["a program of one’s own", "rules", "copied", exec("C:\\Users\\a\\x.exe", { original: "x.exe" }), "none"],
    ["whose copy it is must be logged", "rules", "block", exec("C:\\Users\\a\\x.exe"), "undecided"],
    [
      "WMI starts nothing",
      "rules",
      "block",
      exec(CMD, { parent: "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe" }),
      "block",
    ],
    ["PsExec’s service starts nothing", "rules", "block", exec(CMD, { parent: "C:\\Windows\\PSEXESVC.exe" }), "block"],
    ["loads of modules are none of it", "rules", "block", load(WORD, "C:\\Users\\a\\x.dll"), "none"],
    ["2 is audit", "states", "audit", exec(CMD, { parent: WORD }), "audit"],
    ["2 is audit for every rule", "states", "audit", exec("C:\\Users\\a\\x.exe", { original: "cmd.exe" }), "audit"],
    ["0 is off", "states", "off", exec(CMD, { parent: WORD }), "none"],
    ["6 blocks unless the user lets it pass", "states", "warn", exec(CMD, { parent: WORD }), "block"],
    ["states may be numbers", "states", "number", exec(CMD, { parent: WORD }), "block"],
    ["prevalence is not logged", "rules", "verdicts", exec("C:\\Users\\a\\x.exe"), "undecided"],
    ["but Windows itself is prevalent", "rules", "verdicts", exec(CMD), "none"],
    [
      "the verdict on a script is not logged",
      "rules",
      "verdicts",
      script("C:\\Windows\\System32\\wscript.exe", "C:\\a.js"),
      "undecided",
    ],
    ["other files are no scripts of it", "rules", "verdicts", script(CMD, "C:\\a.bat"), "none"],
    ["an excluded folder", "exclusions", "excluded", exec("C:\\Tools\\x\\y.exe", { parent: WORD }), "none"],
    ["an excluded program", "exclusions", "excluded", exec("C:\\Apps\\one.exe", { parent: WORD }), "none"],
    ["and no other", "exclusions", "excluded", exec("C:\\Apps\\two.exe", { parent: WORD }), "block"],
    ["an exclusion from one rule", "own", "ownExclusions", exec("C:\\Apps\\one.exe", { parent: WORD }), "none"],
    ["a second one, behind a >", "own", "ownExclusions", exec("C:\\Apps\\two.exe", { parent: WORD }), "none"],
    [
      "other rules have it not",
      "own",
      "ownExclusions",
      exec("C:\\Apps\\one.exe", { parent: WORD.replace("WINWORD", "OUTLOOK") }),
      "block",
    ],
    ["a bare name excludes nothing", "own", "nameOnly", exec("C:\\Apps\\one.exe", { parent: WORD }), "block"],
    ["as Get-MpPreference prints it", "states", "printed", exec(CMD, { parent: WORD }), "block"],
    ["with its exclusions", "exclusions", "printed", exec("C:\\Tools\\a.exe", { parent: WORD }), "none"],
    ["what is cut from a list leaves the rest open", "states", "cutOff", exec("C:\\Users\\a\\x.exe"), "undecided"],
    ["as Get-MpPreference is in JSON", "states", "object", exec(CMD, { parent: WORD }), "block"],
    ["with exclusions of a rule", "own", "object", exec("C:\\Apps\\two.exe", { parent: WORD }), "none"],
    ["an id that is not known", "rules", "unknown", exec(CMD, { parent: WORD }), "undecided"],
    ["PowerShell’s form", "states", "shell", exec(CMD, { parent: WORD }), "block"],
    ["lists of it, the first", "states", "shells", exec(CMD, { parent: WORD }), "audit"],
    ["lists of it, the second", "states", "shells", exec(CMD, { parent: WORD.replace("WINWORD", "OUTLOOK") }), "block"],
    ["a variable is not understood", "states", "variable", exec(CMD, { parent: WORD }), "undecided"],
    ["Intune’s form", "states", "intune", exec(CMD, { parent: WORD }), "block"],
    [
      "Intune’s form with braces",
      "states",
      "intune",
      exec(CMD, { parent: WORD.replace("WINWORD", "OUTLOOK") }),
      "audit",
    ],
  ],
};
