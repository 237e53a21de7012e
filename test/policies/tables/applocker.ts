import type { Act } from "../../../src/policies/decide/act.ts";
import { exec, install, load, script, type Table } from "./table.ts";

const DOCS =
  "https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker";
const SYSTEM32 = "C:\\Windows\\System32";

const pathRule = (action: string, path: string, sid = "S-1-1-0", exceptions = "") =>
  `<FilePathRule Id="${sid}${path.length}${action}" Name="${action} ${path}" Description="" UserOrGroupSid="${sid}" Action="${action}">` +
  `<Conditions><FilePathCondition Path="${path}" /></Conditions>${exceptions}</FilePathRule>`;
const publisherRule = (action: string, publisher: string, binary: string, low = "*", high = "*") =>
  `<FilePublisherRule Id="p" Name="${action} ${binary}" Description="" UserOrGroupSid="S-1-1-0" Action="${action}"><Conditions>` +
  `<FilePublisherCondition PublisherName="${publisher}" ProductName="*" BinaryName="${binary}">` +
  `<BinaryVersionRange LowSection="${low}" HighSection="${high}" /></FilePublisherCondition></Conditions></FilePublisherRule>`;
const MICROSOFT = "CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US";
const appRule = (action: string, publisher: string, name: string, low = "0.0.0.0") =>
  `<FilePublisherRule Id="${action}${name}" Name="${action} ${name}" Description="" UserOrGroupSid="S-1-1-0" Action="${action}"><Conditions>` +
  `<FilePublisherCondition PublisherName="${publisher}" ProductName="${name}" BinaryName="*">` +
  `<BinaryVersionRange LowSection="${low}" HighSection="*" /></FilePublisherCondition></Conditions></FilePublisherRule>`;
const except = (path: string) => `<Exceptions><FilePathCondition Path="${path}" /></Exceptions>`;
const collection = (type: string, mode: string, ...rules: string[]) =>
  `<RuleCollection Type="${type}" EnforcementMode="${mode}">${rules.join("")}</RuleCollection>`;
const policy = (...collections: string[]) => ({
  file: "a.xml",
  text: `<AppLockerPolicy Version="1">${collections.join("")}</AppLockerPolicy>`,
});

const app = (name: string, version: string, publisher = "8wekyb3d8bbwe"): Act => {
  const path = `C:\\Program Files\\WindowsApps\\${name}_${version}_x64__${publisher}\\app.exe`;
  const known = publisher === "8wekyb3d8bbwe" ? MICROSOFT : publisher;
  const object = { path, product: name, version, signed: true, publisher: known };
  return { on: "packagedApp", subject: {}, object, user: "CORP\\ann", elevated: false };
};

const DEFAULTS = [
  pathRule("Allow", "%PROGRAMFILES%\\*"),
  pathRule("Allow", "%WINDIR%\\*"),
  pathRule("Allow", "*", "S-1-5-32-544"),
];

export const applocker: Table = {
  target: "applocker",
  sources: {
    behavior: `${DOCS}/understanding-applocker-rule-behavior`,
    actions: `${DOCS}/understanding-applocker-allow-and-deny-actions-on-rules`,
    exceptions: `${DOCS}/understanding-applocker-rule-exceptions`,
    enforcement: `${DOCS}/working-with-applocker-rules#enforcement-modes`,
    path: `${DOCS}/understanding-the-path-rule-condition-in-applocker`,
    publisher: `${DOCS}/understanding-the-publisher-rule-condition-in-applocker`,
    types: `${DOCS}/working-with-applocker-rules#rule-collections`,
    packaged: `${DOCS}/packaged-apps-and-packaged-app-installer-rules-in-applocker`,
    managed: `${DOCS}/manage-packaged-apps-with-applocker`,
    considerations: `${DOCS}/working-with-applocker-rules#other-considerations`,
    extensions: `${DOCS}/rule-collection-extensions`,
    security: `${DOCS}/security-considerations-for-applocker`,
    dll: `${DOCS}/dll-rules-in-applocker`,
    scripts: `${DOCS}/script-rules-in-applocker`,
    installer: `${DOCS}/windows-installer-rules-in-applocker`,
  },
  policies: {
    defaults: policy(collection("Exe", "Enabled", ...DEFAULTS)),
    deny: policy(collection("Exe", "Enabled", pathRule("Allow", "*"), pathRule("Deny", "%SYSTEM32%\\mshta.exe"))),
    denyFirst: policy(
      collection(
        "Exe",
        "Enabled",
        pathRule("Deny", "%OSDRIVE%\\Tools\\*"),
        pathRule("Allow", "%OSDRIVE%\\Tools\\a.exe"),
      ),
    ),
    exception: policy(
      collection("Exe", "Enabled", pathRule("Allow", "%WINDIR%\\*", "S-1-1-0", except("%WINDIR%\\regedit.exe"))),
    ),
    denyException: policy(
      collection(
        "Exe",
        "Enabled",
        pathRule("Allow", "*"),
        pathRule("Deny", "%OSDRIVE%\\Users\\*", "S-1-1-0", except("%OSDRIVE%\\Users\\ann\\ok.exe")),
      ),
    ),
    audit: policy(collection("Exe", "AuditOnly", ...DEFAULTS)),
    notConfigured: policy(collection("Exe", "NotConfigured", ...DEFAULTS)),
    empty: policy(collection("Exe", "Enabled")),
    publisher: policy(
      collection(
        "Exe",
        "Enabled",
        pathRule("Allow", "*"),
        publisherRule("Deny", "O=MICROSOFT CORPORATION, L=REDMOND, S=WASHINGTON, C=US", "MSHTA.EXE"),
      ),
    ),
    versions: policy(
      collection("Exe", "Enabled", publisherRule("Allow", "O=FABRIKAM, C=US", "APP.EXE", "2.0.0.0", "*")),
    ),
    dll: policy(collection("Dll", "Enabled", pathRule("Allow", "%WINDIR%\\*"))),
    script: policy(collection("Script", "Enabled", pathRule("Allow", "%PROGRAMFILES%\\*"))),
    msi: policy(collection("Msi", "Enabled", pathRule("Allow", "%WINDIR%\\Installer\\*"))),
    services: policy(
      `<RuleCollection Type="Exe" EnforcementMode="Enabled">${pathRule("Allow", "%WINDIR%\\*")}<RuleCollectionExtensions>` +
        `<ThresholdExtensions><Services EnforcementMode="Enabled" /></ThresholdExtensions><RedstoneExtensions><SystemApps Allow="Enabled" /></RedstoneExtensions></RuleCollectionExtensions></RuleCollection>`,
    ),
    servicesAlone: policy(
      `<RuleCollection Type="Exe" EnforcementMode="Enabled">${pathRule("Allow", "%PROGRAMFILES%\\*")}<RuleCollectionExtensions>` +
        `<ThresholdExtensions><Services EnforcementMode="Enabled" /></ThresholdExtensions><RedstoneExtensions><SystemApps Allow="Enabled" /></RedstoneExtensions></RuleCollectionExtensions></RuleCollection>`,
    ),
    allApps: policy(
      collection("Exe", "Enabled", ...DEFAULTS),
      collection("Appx", "Enabled", appRule("Allow", "*", "*")),
    ),
    someApps: policy(
      collection(
        "Appx",
        "Enabled",
        appRule("Allow", MICROSOFT, "Microsoft.BingMaps"),
        appRule("Allow", MICROSOFT, "Microsoft.Windows*", "2.0.0.0"),
      ),
    ),
    deniedApp: policy(
      collection("Appx", "Enabled", appRule("Allow", "*", "*"), appRule("Deny", MICROSOFT, "Microsoft.BingMaps")),
    ),
    auditedApps: policy(collection("Appx", "AuditOnly", appRule("Allow", MICROSOFT, "Microsoft.BingMaps"))),
    emptyApps: policy(collection("Appx", "Enabled")),
    removable: policy(
      collection(
        "Exe",
        "Enabled",
        pathRule("Allow", "*"),
        pathRule("Deny", "%REMOVABLE%\\*"),
        pathRule("Deny", "%HOT%\\*"),
      ),
    ),
    short: policy(collection("Exe", "Enabled", pathRule("Allow", "C:\\PROGRA~1\\*"))),
    unknown: policy(
      collection("Exe", "Enabled", pathRule("Allow", "*"), "<FileMoodRule/>", pathRule("Deny", "%OSDRIVE%\\bad\\*")),
    ),
  },
  cases: [
    ["what a rule allows runs", "behavior", "defaults", exec(`${SYSTEM32}\\notepad.exe`), "allow"],
    ["what no rule allows is blocked", "behavior", "defaults", exec("C:\\Users\\ann\\a.exe"), "block"],
    ["%PROGRAMFILES% is the 64-bit folder", "path", "defaults", exec("C:\\Program Files\\x\\a.exe"), "allow"],
    [
      "%PROGRAMFILES% is the 32-bit folder, too",
      "path",
      "defaults",
      exec("C:\\Program Files (x86)\\x\\a.exe"),
      "allow",
    ],
    ["a folder that only begins alike is another", "path", "defaults", exec("C:\\Windows2\\a.exe"), "block"],
    [
      "a group’s rule holds for its members",
      "behavior",
      "defaults",
      exec("C:\\Users\\ann\\a.exe", { elevated: true }),
      "allow",
    ],
    [
      "whether the user is an administrator is not always logged",
      "behavior",
      "defaults",
      exec("C:\\a\\a.exe", { elevated: undefined }),
      "undecided",
    ],
    ["paths are compared without case", "path", "defaults", exec("c:\\WINDOWS\\NOTEPAD.EXE"), "allow"],
    [
      "the path counts as it is, not as it is written",
      "path",
      "defaults",
      exec("C:\\Windows\\..\\Users\\a.exe"),
      "block",
    ],
    ["a file on a share is in none of the folders", "path", "defaults", exec("\\\\server\\share\\a.exe"), "block"],
    ["deny stands above allow", "actions", "deny", exec(`${SYSTEM32}\\mshta.exe`), "block"],
    ["%SYSTEM32% is SysWOW64, too", "path", "deny", exec("C:\\Windows\\SysWOW64\\mshta.exe"), "block"],
    ["a path rule does not follow a copy", "actions", "deny", exec("C:\\Users\\ann\\mshta.exe"), "allow"],
    ["what is not denied is allowed by *", "actions", "deny", exec("C:\\x\\y.exe"), "allow"],
    ["deny holds for administrators", "actions", "deny", exec(`${SYSTEM32}\\mshta.exe`, { elevated: true }), "block"],
    ["deny stands above a narrower allow", "actions", "denyFirst", exec("C:\\Tools\\a.exe"), "block"],
    ["what neither names is blocked by default", "actions", "denyFirst", exec("C:\\Other\\a.exe"), "block"],
    [
      "an exception is taken out of an allow rule",
      "exceptions",
      "exception",
      exec("C:\\Windows\\regedit.exe"),
      "block",
    ],
    ["and nothing else is", "exceptions", "exception", exec("C:\\Windows\\explorer.exe"), "allow"],
    [
      "an exception is taken out of a deny rule",
      "exceptions",
      "denyException",
      exec("C:\\Users\\ann\\ok.exe"),
      "allow",
    ],
    ["and nothing else of it is", "exceptions", "denyException", exec("C:\\Users\\ann\\no.exe"), "block"],
    ["audit only: it runs and is noted", "enforcement", "audit", exec("C:\\Users\\ann\\a.exe"), "audit"],
    ["audit only: what is allowed is allowed", "enforcement", "audit", exec(`${SYSTEM32}\\cmd.exe`), "allow"],
    [
      "not configured, but with rules: enforced",
      "enforcement",
      "notConfigured",
      exec("C:\\Users\\ann\\a.exe"),
      "block",
    ],
    ["a collection without rules rules on nothing", "behavior", "empty", exec("C:\\Users\\ann\\a.exe"), "none"],
    [
      "a collection that is not there rules on nothing",
      "behavior",
      "defaults",
      script(`${SYSTEM32}\\cscript.exe`, "C:\\a.vbs"),
      "none",
    ],
    [
      "the system account is not ruled on",
      "security",
      "defaults",
      exec("C:\\x\\a.exe", { user: "NT AUTHORITY\\SYSTEM" }),
      "allow",
    ],
    [
      "a user who is not logged might be the system account",
      "security",
      "deny",
      exec(`${SYSTEM32}\\mshta.exe`, { user: undefined }),
      "undecided",
    ],
    [
      "services can be included",
      "security",
      "services",
      exec("C:\\x\\a.exe", { user: "NT AUTHORITY\\SYSTEM" }),
      "block",
    ],
    [
      "a publisher rule needs the signer",
      "publisher",
      "publisher",
      exec(`${SYSTEM32}\\mshta.exe`, { original: "MSHTA.EXE" }),
      "undecided",
    ],
    [
      "a file of another name is not meant",
      "publisher",
      "publisher",
      exec(`${SYSTEM32}\\cmd.exe`, { original: "Cmd.Exe" }),
      "allow",
    ],
    [
      "a publisher rule follows a renamed file",
      "publisher",
      "publisher",
      {
        ...exec("C:\\x\\renamed.exe"),
        object: {
          path: "C:\\x\\renamed.exe",
          originalName: "MSHTA.EXE",
          signed: true,
          publisher: "Microsoft Corporation",
        },
      },
      "block",
    ],
    [
      "an unsigned file has no publisher",
      "publisher",
      "publisher",
      { ...exec("C:\\x\\m.exe"), object: { path: "C:\\x\\m.exe", originalName: "MSHTA.EXE", signed: false } },
      "allow",
    ],
    [
      "“and above” begins with the version named",
      "publisher",
      "versions",
      {
        ...exec("C:\\x\\app.exe"),
        object: {
          path: "C:\\x\\app.exe",
          originalName: "APP.EXE",
          signed: true,
          publisher: "Fabrikam",
          version: "2.0.0.0",
        },
      },
      "allow",
    ],
    [
      "and leaves out what is older",
      "publisher",
      "versions",
      {
        ...exec("C:\\x\\app.exe"),
        object: {
          path: "C:\\x\\app.exe",
          originalName: "APP.EXE",
          signed: true,
          publisher: "Fabrikam",
          version: "1.9.9.9",
        },
      },
      "block",
    ],
    [
      "rules for programs are none for packaged apps: without any, all are blocked",
      "considerations",
      "defaults",
      app("Microsoft.BingMaps", "1.0.0.0"),
      "block",
    ],
    [
      "whoever starts them",
      "managed",
      "defaults",
      { ...app("Microsoft.BingMaps", "1.0.0.0"), elevated: true },
      "block",
    ],
    [
      "where programs are audited only, they are not",
      "considerations",
      "audit",
      app("Microsoft.BingMaps", "1.0.0.0"),
      "none",
    ],
    [
      "a collection of programs without rules blocks none",
      "managed",
      "empty",
      app("Microsoft.BingMaps", "1.0.0.0"),
      "none",
    ],
    [
      "nor does a collection of packaged apps without rules",
      "behavior",
      "emptyApps",
      app("Microsoft.BingMaps", "1.0.0.0"),
      "none",
    ],
    [
      "the default rule allows all that is signed, which all are",
      "types",
      "allApps",
      app("Contoso.App", "1.0.0.0", "a1b2c3d4e5f6g"),
      "allow",
    ],
    [
      "files of a packaged app are no programs of the other collection",
      "packaged",
      "allApps",
      exec("C:\\Program Files\\WindowsApps\\Microsoft.BingMaps_1.0.0.0_x64__8wekyb3d8bbwe\\maps.exe"),
      "none",
    ],
    ["one rule allows one package by its name", "packaged", "someApps", app("Microsoft.BingMaps", "1.0.0.0"), "allow"],
    ["and no other of its publisher", "packaged", "someApps", app("Microsoft.BingWeather", "1.0.0.0"), "block"],
    [
      "a name may end in an asterisk, and begin with a version",
      "packaged",
      "someApps",
      app("Microsoft.WindowsCamera", "2.0.0.0"),
      "allow",
    ],
    ["an older version is not meant", "packaged", "someApps", app("Microsoft.WindowsCamera", "1.9.9.9"), "block"],
    [
      "whose hash a publisher’s name has is not known of all",
      "packaged",
      "someApps",
      app("Microsoft.BingMaps", "1.0.0.0", "a1b2c3d4e5f6g"),
      "undecided",
    ],
    [
      "deny stands above allow for packaged apps, too",
      "actions",
      "deniedApp",
      app("Microsoft.BingMaps", "1.0.0.0"),
      "block",
    ],
    ["and for that package alone", "actions", "deniedApp", app("Microsoft.BingWeather", "1.0.0.0"), "allow"],
    ["packaged apps can be audited", "enforcement", "auditedApps", app("Microsoft.BingWeather", "1.0.0.0"), "audit"],
    ["programs by any other extension are ruled on", "types", "defaults", exec("C:\\Users\\ann\\a.scr"), "block"],
    [
      "what a service runs is in no user’s context",
      "extensions",
      "defaults",
      exec("C:\\x\\a.exe", { user: "NT AUTHORITY\\NETWORK SERVICE" }),
      "allow",
    ],
    [
      "code of Windows can be allowed to services",
      "extensions",
      "servicesAlone",
      exec(`${SYSTEM32}\\svchost.exe`, { user: "NT AUTHORITY\\SYSTEM" }),
      "undecided",
    ],
    [
      "and other code is not by that",
      "extensions",
      "servicesAlone",
      exec("C:\\x\\a.exe", { user: "NT AUTHORITY\\SYSTEM" }),
      "block",
    ],
    ["whether a drive is removable is not logged", "path", "removable", exec("E:\\a.exe"), "undecided"],
    ["that of Windows is not", "path", "removable", exec("C:\\Users\\ann\\a.exe"), "allow"],
    ["short names in rules are not enforced", "path", "short", exec("C:\\Program Files\\x\\a.exe"), "block"],
    ["DLL rules know .dll", "dll", "dll", load(`${SYSTEM32}\\rundll32.exe`, "C:\\Users\\ann\\a.dll"), "block"],
    ["DLL rules know .ocx", "dll", "dll", load(`${SYSTEM32}\\regsvr32.exe`, "C:\\Users\\ann\\a.ocx"), "block"],
    ["DLL rules name no other type", "dll", "dll", load(`${SYSTEM32}\\control.exe`, "C:\\Users\\ann\\a.cpl"), "none"],
    [
      "a DLL of Windows is allowed",
      "dll",
      "dll",
      load(`${SYSTEM32}\\rundll32.exe`, `${SYSTEM32}\\shell32.dll`),
      "allow",
    ],
    [
      "script rules know .vbs",
      "scripts",
      "script",
      script(`${SYSTEM32}\\wscript.exe`, "C:\\Users\\ann\\a.vbs"),
      "block",
    ],
    ["script rules know .ps1", "scripts", "script", script("C:\\p.exe", "C:\\Program Files\\x\\a.ps1"), "allow"],
    ["script rules know .cmd", "scripts", "script", script(`${SYSTEM32}\\cmd.exe`, "C:\\t\\a.cmd"), "block"],
    ["script rules do not know .hta", "scripts", "script", script(`${SYSTEM32}\\mshta.exe`, "C:\\t\\a.hta"), "none"],
    ["installer rules know .msi", "installer", "msi", install("C:\\Users\\ann\\a.msi"), "block"],
    ["installer rules know .mst", "installer", "msi", install("C:\\Users\\ann\\a.mst"), "block"],
    ["installer rules allow by folder", "installer", "msi", install("C:\\Windows\\Installer\\1.msi"), "allow"],
    [
      "a rule that is not understood leaves what is allowed open",
      "behavior",
      "unknown",
      exec("C:\\x\\a.exe"),
      "undecided",
    ],
    ["but not what is denied", "actions", "unknown", exec("C:\\bad\\a.exe"), "block"],
  ],
};
