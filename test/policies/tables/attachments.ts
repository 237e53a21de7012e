import { exec, open, script, type Table, write } from "./table.ts";

const ATTACHMENTS = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\Attachments";
const OUTLOOK = "HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Office\\16.0\\Outlook\\Security";
const MACHINE = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows Script Host\\Settings";
const MACHINE_32 = "HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows Script Host\\Settings";
const USER = "HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\Windows Script Host\\Settings";

const SYSTEM = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\System";
const LINK = "HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\MMC\\{C96401D1-0E17-11D3-885B-00C04F72C717}";
const OFF = '"Enabled"=dword:00000000';
const reg = (key: string, ...values: readonly string[]) => ({
  file: "a.reg",
  text: `Windows Registry Editor Version 5.00\r\n\r\n[${key}]\r\n${values.join("\r\n")}\r\n`,
});
const OFFICE = "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE";
const CACHE = "C:\\Users\\a\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\Q";
const mailed = (name: string) => ({ ...open(`${CACHE}\\${name}`), subject: { path: OFFICE } });
const WSCRIPT = "C:\\Windows\\System32\\wscript.exe";
const CSCRIPT = "C:\\Windows\\System32\\cscript.exe";
const CSCRIPT_32 = "C:\\Windows\\SysWOW64\\cscript.exe";
const COPY = "C:\\Users\\a\\cscript.exe";

export const attachments: Table = {
  target: "attachments",
  sources: {
    manager: "https://learn.microsoft.com/windows/client-management/mdm/policy-csp-attachmentmanager",
    level1: "https://support.microsoft.com/office/blocked-attachments-in-outlook-434752e1-02d3-4e90-9124-8b81e49a8519",
    policy: "https://learn.microsoft.com/outlook/troubleshoot/security/information-about-email-security-settings",
    host: "https://learn.microsoft.com/previous-versions/tn-archive/ee198684(v=technet.10)",
    help: "https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-help",
    consoles: "https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-mmc",
    bits: "https://seclists.org/fulldisclosure/2026/Mar/5",
  },
  policies: {
    off: reg(MACHINE, OFF),
    off32: reg(MACHINE_32, OFF),
    offBoth: { file: "a.reg", text: `${reg(MACHINE, OFF).text}\r\n[${MACHINE_32}]\r\n${OFF}\r\n` },
    text: reg(MACHINE, '"Enabled"="0"'),
    user: reg(USER, OFF),
    on: reg(MACHINE, '"Enabled"=dword:00000001'),
    removed: reg(MACHINE, '"Enabled"=-'),
    level1: reg(OUTLOOK, '"AdminSecurityMode"=dword:00000003', '"FileExtensionsAddLevel1"="chm;.MSC; iso"'),
    added: reg(OUTLOOK, '"FileExtensionsAddLevel1"="chm"', '"FileExtensionsRemoveLevel1"="hta"'),
    wild: reg(OUTLOOK, '"FileExtensionsAddLevel1"="ch*"'),
    zone: reg(ATTACHMENTS, '"SaveZoneInformation"=dword:00000002', '"HideZoneInfoOnProperties"=dword:00000001'),
    lost: reg(ATTACHMENTS, '"SaveZoneInformation"=dword:00000001'),
    help: reg(SYSTEM, '"HelpQualifiedRootDir"="%windir%\\\\help"'),
    console: reg(LINK, '"Restrict_Run"=dword:00000001'),
    damaged: reg(MACHINE, "Enabled equals zero"),
    all: {
      file: "a.reg",
      text: `${reg(MACHINE, OFF).text}\r\n[${OUTLOOK}]\r\n"FileExtensionsAddLevel1"="url"\r\n`,
    },
  },
  cases: [
    ["no script runs with the host off", "host", "off", script(WSCRIPT, "C:\\a.vbs"), "block"],
    ["in the console neither", "host", "off", script(CSCRIPT, "C:\\a.js"), "block"],
    ["the administrator’s neither", "host", "off", script(CSCRIPT, "C:\\a.js", { elevated: true }), "block"],
    ["those below Windows neither", "host", "off", script(CSCRIPT, "C:\\Windows\\System32\\slmgr.vbs"), "block"],
    ["that of 32 bits has a key of its own", "bits", "off", script(CSCRIPT_32, "C:\\a.vbs"), "none"],
    ["which is for it alone", "bits", "off32", script(CSCRIPT_32, "C:\\a.vbs"), "block"],
    ["and not for the other", "bits", "off32", script(CSCRIPT, "C:\\a.vbs"), "none"],
    ["with both, none runs", "bits", "offBoth", script(CSCRIPT_32, "C:\\a.vbs"), "block"],
    ["wherever it lies", "bits", "offBoth", script(COPY, "C:\\a.vbs"), "block"],
    ["a user’s is for both", "bits", "user", script(CSCRIPT_32, "C:\\a.vbs"), "block"],
    ["PowerShell is another host", "host", "off", script("C:\\Windows\\powershell.exe", "C:\\a.ps1"), "none"],
    ["so is MSHTA", "host", "off", script("C:\\Windows\\System32\\mshta.exe", "C:\\a.hta"), "none"],
    ["the host still starts", "host", "off", exec(WSCRIPT), "none"],
    ["the value may be text", "host", "text", script(WSCRIPT, "C:\\a.vbs"), "block"],
    ["a user may switch it off", "host", "user", script(WSCRIPT, "C:\\a.vbs"), "block"],
    ["1 is on", "host", "on", script(WSCRIPT, "C:\\a.vbs"), "none"],
    ["a value that is removed is on", "host", "removed", script(WSCRIPT, "C:\\a.vbs"), "none"],
    ["a line that is not understood", "host", "damaged", script(WSCRIPT, "C:\\a.vbs"), "undecided"],
    ["a type on the list is not opened", "level1", "level1", mailed("a.chm"), "block"],
    ["with or without a dot", "policy", "level1", mailed("a.msc"), "block"],
    ["with blanks around", "policy", "level1", mailed("a.iso"), "block"],
    ["without regard to case", "policy", "level1", mailed("a.CHM"), "block"],
    ["nor is it saved", "level1", "level1", write(OFFICE, "C:\\Users\\a\\a.chm"), "block"],
    ["a type that is not on it is opened", "level1", "level1", mailed("a.docx"), "none"],
    ["and saved", "level1", "level1", write(OFFICE, "C:\\Users\\a\\a.docx"), "none"],
    ["the name before the type does not count", "level1", "level1", mailed("chm.docx"), "none"],
    ["the shell opens what did not come by mail", "level1", "level1", open("C:\\Users\\a\\a.chm"), "none"],
    ["a browser saves it", "level1", "level1", write("C:\\chrome.exe", "C:\\Users\\a\\a.chm"), "none"],
    ["a list of exceptions beside", "policy", "added", mailed("a.hta"), "undecided"],
    ["which the rule itself stands above", "policy", "added", mailed("a.chm"), "block"],
    ["no wildcards", "policy", "wild", mailed("a.chm"), "undecided"],
    ["a script is none of the list", "policy", "wild", script(WSCRIPT, "C:\\a.vbs"), "none"],
    ["a note of origin stops nothing", "manager", "zone", open("C:\\Users\\a\\a.hta"), "none"],
    ["not in mail", "manager", "zone", mailed("a.hta"), "none"],
    ["not when written", "manager", "zone", write(OFFICE, "C:\\Users\\a\\a.hta"), "none"],
    ["not in scripts", "manager", "zone", script(WSCRIPT, "C:\\a.vbs"), "none"],
    ["help is read wherever it lies", "help", "help", open("C:\\Users\\a\\a.chm"), "none"],
    ["consoles are opened, whatever they show", "consoles", "console", open("C:\\Users\\a\\a.msc"), "none"],
    ["1 loses the note", "manager", "lost", open("C:\\Users\\a\\a.hta"), "none"],
    ["several settings, the host", "host", "all", script(WSCRIPT, "C:\\a.vbs"), "block"],
    ["several settings, mail", "level1", "all", mailed("a.url"), "block"],
    ["programs start", "level1", "all", exec("C:\\Windows\\System32\\cmd.exe"), "none"],
  ],
};
