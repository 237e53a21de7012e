import { exec, lines, type More, script, write } from "./table.ts";

const KEY = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows Defender";
const OFFICE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a";
const OUTLOOK = "26190899-1602-49e8-8b27-eb1d0a1ce869";
const READER = "7674ba52-37eb-4a4f-a9a1-f0f9a1619a2c";
const MAKES = "3b576869-a4ec-4529-8536-b80a7769e899";
const REMOTE = "d1e49aac-8f56-4280-b9ba-993a6d77406c";
const RANSOM = "c1db55ab-c21a-4637-bb3f-a12568109d35";
const USB = "b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4";
const SAFE_MODE = "33ddedf1-c6e0-47cb-833e-de6133960387";
const WMI = "e6db77e5-3df2-4cf1-b95a-636979351e5b";
const MAIL = "be9ba2d9-53ea-4cdc-84e5-9b1eeee46550";

const shell = lines("a.ps1");
const set = (verb: "Add" | "Set", guids: string, states: string, more = "") =>
  `${verb}-MpPreference -AttackSurfaceReductionRules_Ids ${guids} -AttackSurfaceReductionRules_Actions ${states}${more}`;
const on = (...guids: readonly string[]) => guids.map((guid) => set("Add", guid, "Enabled"));
const reg = (...sections: readonly (readonly [key: string, ...lines: readonly string[]])[]) => ({
  file: "a.reg",
  text: `Windows Registry Editor Version 5.00\r\n\r\n${sections.map(([key, ...all]) => `[${KEY}\\${key}]\r\n${all.map((line) => `${line}\r\n`).join("")}\r\n`).join("")}`,
});
const ASR = "Windows Defender Exploit Guard\\ASR";
const office = (name: string) => `C:\\Program Files\\Microsoft Office\\root\\Office16\\${name}.EXE`;
const child = (parent: string, path = "C:\\Windows\\System32\\cmd.exe") => exec(path, { parent: office(parent) });
const signed = (path: string, isSigned: boolean) => {
  const act = exec(path);
  return { ...act, object: { ...act.object, signed: isSigned, ...(isSigned && { publisher: "Contoso" }) } };
};
const APP = "C:\\Users\\a\\x.exe";
const choice = (name: string, state: string) => ({
  settingInstance: {
    settingDefinitionId: "device_vendor_msft_policy_config_defender_attacksurfacereductionrules",
    groupSettingCollectionValue: [
      {
        children: [
          {
            settingDefinitionId: `device_vendor_msft_policy_config_defender_attacksurfacereductionrules_${name}`,
            choiceSettingValue: {
              value: `device_vendor_msft_policy_config_defender_attacksurfacereductionrules_${name}_${state}`,
              children: [],
            },
          },
        ],
      },
    ],
  },
});

/** Drawn from the reference of the rules and the pages on enabling them, when the reader was held against them again. */
export const asrDrawn: More = {
  policies: {
    office: shell(...on(OFFICE)),
    makes: shell(...on(MAKES)),
    setTwice: shell(set("Set", OFFICE, "Enabled"), set("Set", OUTLOOK, "Enabled")),
    addTwice: shell(set("Add", OFFICE, "Enabled"), set("Add", OUTLOOK, "Enabled")),
    removed: shell(...on(OFFICE, OUTLOOK), `Remove-MpPreference -AttackSurfaceReductionRules_Ids ${OFFICE}`),
    lastState: shell(set("Add", OFFICE, "Enabled"), set("Add", OFFICE, "AuditMode")),
    numbers: shell(set("Add", OFFICE, "2")),
    setExclusions: shell(
      ...on(OFFICE),
      "Add-MpPreference -AttackSurfaceReductionOnlyExclusions 'C:\\One'",
      "Set-MpPreference -AttackSurfaceReductionOnlyExclusions 'C:\\Two'",
    ),
    antivirus: shell(...on(OFFICE, OUTLOOK, READER, REMOTE), "Add-MpPreference -ExclusionPath 'C:\\Apps'"),
    antivirusReg: reg(
      [`${ASR}\\Rules`, `"${OFFICE}"="1"`, `"${OUTLOOK}"="1"`],
      ["Exclusions\\Paths", '"C:\\\\Apps"="0"'],
    ),
    antivirusProcess: shell(...on(OFFICE), `Add-MpPreference -ExclusionProcess '${office("WINWORD")}'`),
    wildcard: shell(
      ...on(OFFICE),
      "Add-MpPreference -AttackSurfaceReductionOnlyExclusions 'C:\\Users\\*\\Apps\\one.exe'",
    ),
    environment: shell(
      ...on(OFFICE),
      "Add-MpPreference -AttackSurfaceReductionOnlyExclusions '%ProgramFiles%\\Contoso\\one.exe'",
    ),
    folder: shell(...on(OFFICE), "Add-MpPreference -AttackSurfaceReductionOnlyExclusions 'C:\\Contoso v1.5'"),
    ransom: shell(...on(RANSOM)),
    usb: shell(...on(USB)),
    safeMode: shell(...on(SAFE_MODE)),
    wmi: shell(...on(WMI)),
    mail: shell(...on(MAIL)),
    switchedOff: reg([ASR, '"ExploitGuard_ASR_Rules"=dword:00000000'], [`${ASR}\\Rules`, `"${OFFICE}"="1"`]),
    switchedOn: reg([ASR, '"ExploitGuard_ASR_Rules"=dword:00000001'], [`${ASR}\\Rules`, `"${OFFICE}"="1"`]),
    managed: reg(["Policy Manager", `"ASRRules"="${OFFICE}=1|${OUTLOOK}=2"`]),
    managedExclusions: reg(["Policy Manager", `"ASRRules"="${OFFICE}=1"`, '"ASROnlyExclusions"="C:\\\\One|C:\\\\Two"']),
    catalogue: {
      file: "asr.json",
      text: JSON.stringify({
        settings: [
          choice("blockallofficeapplicationsfromcreatingchildprocesses", "block"),
          choice("blockofficecommunicationappfromcreatingchildprocesses", "audit"),
          choice("blockadobereaderfromcreatingchildprocesses", "off"),
        ],
      }),
    },
    catalogueStrange: {
      file: "asr.json",
      text: JSON.stringify({ settings: [choice("blocksomethingnew", "block")] }),
    },
    strangeState: reg([`${ASR}\\Rules`, `"${OFFICE}"="constructor"`]),
    strangeName: reg([`${ASR}\\Rules`, '"constructor"="1"', `"${OUTLOOK}"="1"`]),
    oneString: {
      file: "asr.json",
      text: JSON.stringify({
        omaSettings: [
          {
            omaUri: "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionRules",
            value: `${OFFICE}=6|${OUTLOOK}=0|${READER}=2`,
          },
        ],
      }),
    },
  },
  cases: [
    ["Access starts nothing", "rules", "office", child("MSACCESS"), "block"],
    ["nor OneNote", "rules", "office", child("ONENOTE"), "block"],
    ["Outlook is not one of these", "rules", "office", child("OUTLOOK"), "none"],
    ["nor is Visio", "rules", "office", child("VISIO"), "none"],
    ["Word makes no screen saver", "rules", "makes", write(office("WINWORD"), "C:\\Users\\a\\x.scr"), "block"],
    ["it makes a text", "rules", "makes", write(office("WINWORD"), "C:\\Users\\a\\x.txt"), "none"],
    ["Set replaces what was set: the first", "states", "setTwice", child("WINWORD"), "none"],
    ["Set replaces what was set: the last", "states", "setTwice", child("OUTLOOK"), "block"],
    ["Add adds to it: the first", "states", "addTwice", child("WINWORD"), "block"],
    ["Add adds to it: the last", "states", "addTwice", child("OUTLOOK"), "block"],
    ["what is removed is off", "states", "removed", child("WINWORD"), "none"],
    ["what is not removed stays", "states", "removed", child("OUTLOOK"), "block"],
    ["the last state of a rule", "states", "lastState", child("WINWORD"), "audit"],
    ["a state by its number", "states", "numbers", child("WINWORD"), "audit"],
    ["Set replaces exclusions: the first", "exclusions", "setExclusions", child("WINWORD", "C:\\One\\a.exe"), "block"],
    ["Set replaces exclusions: the last", "exclusions", "setExclusions", child("WINWORD", "C:\\Two\\a.exe"), "none"],
    ["the antivirus’s exclusions hold for it", "rules", "antivirus", child("WINWORD", "C:\\Apps\\a.exe"), "none"],
    ["and not elsewhere", "rules", "antivirus", child("WINWORD", "C:\\Other\\a.exe"), "block"],
    ["Outlook’s rule does not honour them", "rules", "antivirus", child("OUTLOOK", "C:\\Apps\\a.exe"), "block"],
    [
      "nor does that of WMI and PsExec",
      "rules",
      "antivirus",
      exec("C:\\Apps\\a.exe", { parent: "C:\\Windows\\PSEXESVC.exe" }),
      "block",
    ],
    ["said in the registry", "rules", "antivirusReg", child("WINWORD", "C:\\Apps\\a.exe"), "none"],
    ["and not honoured there either", "rules", "antivirusReg", child("OUTLOOK", "C:\\Apps\\a.exe"), "block"],
    ["what an excluded process does is open", "rules", "antivirusProcess", child("WINWORD"), "undecided"],
    ["and of another it is not", "rules", "antivirusProcess", child("EXCEL"), "block"],
    ["an exclusion with a star", "exclusions", "wildcard", child("WINWORD", "C:\\Users\\ann\\Apps\\one.exe"), "none"],
    [
      "which stands for one folder",
      "exclusions",
      "wildcard",
      child("WINWORD", "C:\\Users\\ann\\b\\Apps\\one.exe"),
      "block",
    ],
    [
      "an exclusion with a variable",
      "exclusions",
      "environment",
      child("WINWORD", "C:\\Program Files\\Contoso\\one.exe"),
      "none",
    ],
    ["and another file", "exclusions", "environment", child("WINWORD", "C:\\Program Files\\Contoso\\two.exe"), "block"],
    ["a folder with a dot in its name", "exclusions", "folder", child("WINWORD", "C:\\Contoso v1.5\\one.exe"), "none"],
    ["and what lies beside it", "exclusions", "folder", child("WINWORD", "C:\\Contoso v1.6\\one.exe"), "block"],
    ["what resembles ransomware the cloud knows", "rules", "ransom", signed(APP, false), "undecided"],
    ["a valid signature is enough", "rules", "ransom", signed(APP, true), "none"],
    ["what came from a stick is not logged", "rules", "usb", signed("E:\\x.exe", false), "undecided"],
    ["signed it may run from anywhere", "rules", "usb", signed("E:\\x.exe", true), "none"],
    [
      "how a machine is restarted is asked by arguments",
      "rules",
      "safeMode",
      exec("C:\\Windows\\System32\\bcdedit.exe", { original: "bcdedit.exe" }),
      "undecided",
    ],
    [
      "another program asks for no restart",
      "rules",
      "safeMode",
      exec("C:\\Windows\\System32\\cmd.exe", { original: "Cmd.Exe" }),
      "none",
    ],
    ["a start is no subscription", "rules", "wmi", exec(APP), "none"],
    ["whether a file came by mail is not logged", "rules", "mail", exec("C:\\Users\\a\\Downloads\\x.exe"), "undecided"],
    [
      "nor of a script",
      "rules",
      "mail",
      script("C:\\Windows\\System32\\wscript.exe", "C:\\Users\\a\\Downloads\\x.js"),
      "undecided",
    ],
    ["what is installed came by no mail", "rules", "mail", exec("C:\\Program Files\\a\\x.exe"), "none"],
    ["switched off as a whole", "states", "switchedOff", child("WINWORD"), "none"],
    ["switched on as a whole", "states", "switchedOn", child("WINWORD"), "block"],
    ["what a management service has set", "states", "managed", child("WINWORD"), "block"],
    ["each by its own state", "states", "managed", child("OUTLOOK"), "audit"],
    ["with its exclusions", "exclusions", "managedExclusions", child("WINWORD", "C:\\Two\\a.exe"), "none"],
    ["and nothing else", "exclusions", "managedExclusions", child("WINWORD", "C:\\Three\\a.exe"), "block"],
    ["Intune’s catalogue of settings", "states", "catalogue", child("WINWORD"), "block"],
    ["audited there", "states", "catalogue", child("OUTLOOK"), "audit"],
    [
      "off there",
      "states",
      "catalogue",
      exec(APP, { parent: "C:\\Program Files\\Adobe\\Acrobat DC\\Reader\\AcroRd32.exe" }),
      "none",
    ],
    ["a setting of it that is not known", "states", "catalogueStrange", child("WINWORD"), "undecided"],
    ["a state that every object has is none", "states", "strangeState", child("WINWORD"), "undecided"],
    ["nor is such a name a rule", "rules", "strangeName", child("WINWORD"), "undecided"],
    ["and the others hold", "rules", "strangeName", child("OUTLOOK"), "block"],
    ["a warning blocks unless it is passed over", "states", "oneString", child("WINWORD"), "block"],
    ["off within the string", "states", "oneString", child("OUTLOOK"), "none"],
  ],
};
