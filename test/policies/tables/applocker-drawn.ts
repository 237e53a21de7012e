import type { Act } from "../../../src/policies/decide/act.ts";
import { exec, install, load, type More, script } from "./table.ts";

const rule = (kind: string, action: string, condition: string, { sid = "S-1-1-0", exceptions = "" } = {}) =>
  `<File${kind}Rule Id="00000000-0000-0000-0000-000000000000" Name="${action}" Description="" UserOrGroupSid="${sid}" Action="${action}">` +
  `<Conditions>${condition}</Conditions>${exceptions && `<Exceptions>${exceptions}</Exceptions>`}</File${kind}Rule>`;
const at = (path: string) => `<FilePathCondition Path="${path}" />`;
const by = (publisher: string, product: string, file: string, low = "*", high = "*") =>
  `<FilePublisherCondition PublisherName="${publisher}" ProductName="${product}" BinaryName="${file}"><BinaryVersionRange LowSection="${low}" HighSection="${high}" /></FilePublisherCondition>`;
const collection = (type: string, mode: string, ...rules: readonly string[]) =>
  `<RuleCollection Type="${type}" EnforcementMode="${mode}">${rules.join("")}</RuleCollection>`;
const policy = (...collections: readonly string[]) => ({
  file: "a.xml",
  text: `<AppLockerPolicy Version="1">${collections.join("")}</AppLockerPolicy>`,
});
const programs = (...rules: readonly string[]) => policy(collection("Exe", "Enabled", ...rules));
const ALL = rule("Path", "Allow", at("*"));
const FABRIKAM = "O=FABRIKAM, C=US";
const signed = (version: string, originalName = "APP.EXE", path = "C:\\x\\app.exe"): Act => ({
  ...exec(path),
  object: { path, originalName, signed: true, publisher: "Fabrikam", version },
});

/** Drawn from the documentation after the other cases, when the reader was held against it again. */
export const applockerDrawn: More = {
  policies: {
    profile: programs(ALL, rule("Path", "Deny", at("%USERPROFILE%\\*"))),
    root: programs(rule("Path", "Allow", at("%SYSTEMROOT%\\*"))),
    x86: programs(rule("Path", "Allow", at("%PROGRAMFILES(X86)%\\*"))),
    unmetException: programs(rule("Path", "Allow", at("%OSDRIVE%\\*"), { exceptions: at("%TEMP%\\*") })),
    share: programs(rule("Path", "Allow", at("\\\\server\\share\\*"))),
    inside: programs(ALL, rule("Path", "Deny", at("%OSDRIVE%\\Users\\*\\AppData\\*"))),
    name: programs(ALL, rule("Path", "Deny", at("*\\mshta.exe"))),
    file: programs(rule("Path", "Allow", at("%OSDRIVE%\\Tools"))),
    exactly: programs(rule("Publisher", "Allow", by(FABRIKAM, "*", "APP.EXE", "2.0.0.0", "2.0.0.0"))),
    below: programs(rule("Publisher", "Allow", by(FABRIKAM, "*", "APP.EXE", "*", "2.0.0.0"))),
    between: programs(rule("Publisher", "Allow", by(FABRIKAM, "*", "*", "1.5.0.0", "2.5.0.0"))),
    publisherException: programs(
      ALL,
      rule("Path", "Deny", at("%OSDRIVE%\\x\\*"), { exceptions: by(FABRIKAM, "*", "APP.EXE") }),
    ),
    anySigned: programs(rule("Publisher", "Allow", by("*", "*", "*"))),
    dllsOnly: policy(collection("Dll", "Enabled", rule("Path", "Allow", at("%WINDIR%\\*")))),
    auditedDlls: policy(collection("Dll", "AuditOnly", rule("Path", "Allow", at("%WINDIR%\\*")))),
    modes: policy(
      collection("Exe", "AuditOnly", rule("Path", "Allow", at("%WINDIR%\\*"))),
      collection("Script", "Enabled", rule("Path", "Allow", at("%WINDIR%\\*"))),
    ),
    denyOnly: programs(rule("Path", "Deny", at("%OSDRIVE%\\x\\*"))),
    admins: programs(ALL, rule("Path", "Deny", at("%SYSTEM32%\\mshta.exe"), { sid: "S-1-5-32-544" })),
    one: programs(ALL, rule("Path", "Deny", at("%SYSTEM32%\\mshta.exe"), { sid: "S-1-5-21-1-2-3-1001" })),
    twoConditions: programs(rule("Path", "Allow", at("%WINDIR%\\*") + at("%OSDRIVE%\\x\\*"))),
    auditedDeny: policy(collection("Exe", "AuditOnly", ALL, rule("Path", "Deny", at("%OSDRIVE%\\x\\*")))),
    scripts: policy(collection("Script", "NotConfigured", rule("Path", "Allow", at("%WINDIR%\\*")))),
    msi: policy(collection("Msi", "Enabled", rule("Path", "Allow", at("*.msp")))),
    unconfigured: policy(collection("Exe", "NotConfigured"), collection("Script", "NotConfigured")),
  },
  cases: [
    [
      "variables of the environment are none of its own: a denial",
      "path",
      "profile",
      exec("C:\\Users\\ann\\a.exe"),
      "allow",
    ],
    [
      "variables of the environment are none of its own: an allowance",
      "path",
      "root",
      exec("C:\\Windows\\a.exe"),
      "block",
    ],
    ["nor is that of the 32-bit programs", "path", "x86", exec("C:\\Program Files (x86)\\a.exe"), "block"],
    ["nor does such an exception take out anything", "path", "unmetException", exec("C:\\Users\\ann\\a.exe"), "allow"],
    ["a folder of a share", "path", "share", exec("\\\\SERVER\\share\\x\\a.exe"), "allow"],
    ["another share", "path", "share", exec("\\\\server\\other\\a.exe"), "block"],
    ["a star within a path", "path", "inside", exec("C:\\Users\\ann\\AppData\\a.exe"), "block"],
    ["a star at its beginning", "path", "name", exec("D:\\x\\mshta.exe"), "block"],
    ["without a star a path is that file", "path", "file", exec("C:\\Tools\\a.exe"), "block"],
    ["“exactly” is that version", "publisher", "exactly", signed("2.0.0.0"), "allow"],
    ["“exactly” is no later one", "publisher", "exactly", signed("2.0.0.1"), "block"],
    ["“and below” is an earlier one", "publisher", "below", signed("1.0.0.0"), "allow"],
    ["“and below” is no later one", "publisher", "below", signed("2.0.0.1"), "block"],
    ["a range of versions: within", "publisher", "between", signed("2.0.0.0", "OTHER.EXE"), "allow"],
    ["a range of versions: without", "publisher", "between", signed("3.0.0.0", "OTHER.EXE"), "block"],
    ["an exception by publisher", "exceptions", "publisherException", signed("1.0.0.0"), "allow"],
    [
      "an exception by publisher is for no other file",
      "exceptions",
      "publisherException",
      signed("1.0.0.0", "B.EXE"),
      "block",
    ],
    ["all signed files", "publisher", "anySigned", signed("1.0.0.0"), "allow"],
    ["libraries alone are ruled on: programs are not", "behavior", "dllsOnly", exec("C:\\x\\a.exe"), "none"],
    [
      "libraries alone are ruled on: they are",
      "behavior",
      "dllsOnly",
      load("C:\\Windows\\a.exe", "C:\\x\\a.dll"),
      "block",
    ],
    ["libraries are noted", "enforcement", "auditedDlls", load("C:\\Windows\\a.exe", "C:\\x\\a.dll"), "audit"],
    ["each collection has its own mode: programs", "enforcement", "modes", exec("C:\\x\\a.exe"), "audit"],
    [
      "each collection has its own mode: scripts",
      "enforcement",
      "modes",
      script("C:\\Windows\\a.exe", "C:\\x\\a.js"),
      "block",
    ],
    ["only denials: nothing else is allowed either", "behavior", "denyOnly", exec("C:\\Windows\\a.exe"), "block"],
    [
      "a denial for administrators",
      "behavior",
      "admins",
      exec("C:\\Windows\\System32\\mshta.exe", { elevated: true }),
      "block",
    ],
    ["is none for others", "behavior", "admins", exec("C:\\Windows\\System32\\mshta.exe"), "allow"],
    [
      "a denial for one user: who that is is not logged",
      "behavior",
      "one",
      exec("C:\\Windows\\System32\\mshta.exe"),
      "undecided",
    ],
    ["a denial that is noted", "enforcement", "auditedDeny", exec("C:\\x\\a.exe"), "audit"],
    ["what a noted denial does not name", "enforcement", "auditedDeny", exec("C:\\y\\a.exe"), "allow"],
    [
      "scripts are enforced without being configured",
      "enforcement",
      "scripts",
      script("C:\\a.exe", "C:\\x\\a.bat"),
      "block",
    ],
    ["packages by their ending", "installer", "msi", install("C:\\x\\a.msp"), "allow"],
    ["and others", "installer", "msi", install("C:\\x\\a.msi"), "block"],
    ["collections without rules", "behavior", "unconfigured", exec("C:\\x\\a.exe"), "none"],
    ["collections without rules, of scripts", "behavior", "unconfigured", script("C:\\a.exe", "C:\\x\\a.bat"), "none"],
    [
      "unsigned is not among the signed",
      "publisher",
      "anySigned",
      { ...exec("C:\\x\\a.exe"), object: { path: "C:\\x\\a.exe", signed: false } },
      "block",
    ],
    ["either of two conditions", "behavior", "twoConditions", exec("C:\\x\\a.exe"), "allow"],
  ],
};
