import { exec, install, load, type More, script } from "./table.ts";

interface Parts {
  readonly options?: readonly string[];
  readonly rules?: string;
  readonly refs?: readonly string[];
  readonly signers?: string;
  readonly allowed?: string;
  readonly denied?: string;
  readonly head?: string;
  readonly more?: string;
  readonly scenario?: string;
}

const UMCI = ["Enabled:UMCI"];
const policy = ({
  options = UMCI,
  rules = "",
  refs = [],
  signers = "",
  allowed = "",
  denied = "",
  head = ' PolicyType="Base Policy"',
  more = "",
  scenario = "12",
}: Parts) => ({
  file: "p.xml",
  text: `<?xml version="1.0" encoding="utf-8"?>
<SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy"${head}><VersionEx>10.0.0.0</VersionEx><PlatformID>{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}</PlatformID>
<Rules>${options.map((one) => `<Rule><Option>${one}</Option></Rule>`).join("")}</Rules>
<EKUs><EKU ID="ID_EKU_W" Value="010A2B0601040182370A0306" /></EKUs><FileRules>${rules}</FileRules><Signers>${signers}</Signers>
<SigningScenarios><SigningScenario Value="${scenario}" ID="ID_S"><ProductSigners>
${allowed && `<AllowedSigners>${allowed}</AllowedSigners>`}${denied && `<DeniedSigners>${denied}</DeniedSigners>`}
<FileRulesRef>${refs.map((id) => `<FileRuleRef RuleID="${id}" />`).join("")}</FileRulesRef></ProductSigners></SigningScenario></SigningScenarios>${more}</SiPolicy>
`,
});
const ALL = '<Allow ID="ID_ALLOW_A" FileName="*" />';
const deny = (attributes: string, ...more: readonly string[]) =>
  policy({ rules: `${ALL}<Deny ID="ID_DENY_D" ${attributes} />${more.join("")}`, refs: ["ID_ALLOW_A", "ID_DENY_D"] });
const allow = (attributes: string, options: readonly string[] = UMCI) =>
  policy({ options, rules: `<Allow ID="ID_ALLOW_D" ${attributes} />`, refs: ["ID_ALLOW_D"] });
const HASH = "A".repeat(64);
const SIGNER =
  '<Signer ID="ID_SIGNER_C" Name="Contoso CA"><CertRoot Type="TBS" Value="00" /><CertPublisher Value="Contoso" /></Signer>';
const MICROSOFT = '<Signer ID="ID_SIGNER_M" Name="Microsoft"><CertRoot Type="Wellknown" Value="06" /></Signer>';
const WINDOWS =
  '<Signer ID="ID_SIGNER_W" Name="Windows"><CertRoot Type="Wellknown" Value="06" /><CertEKU ID="ID_EKU_W" /></Signer>';
const ref = (id: string, inner = "") => `<AllowedSigner SignerId="${id}">${inner}</AllowedSigner>`;
const byMaker = (path: string, publisher: string, original = "x.exe") => {
  const act = exec(path, { original });
  return { ...act, object: { ...act.object, signed: true, publisher } };
};
const SYSTEM32 = "C:\\Windows\\System32";
const APP = "C:\\Users\\a\\x.exe";
const version = (act: ReturnType<typeof exec>, number: string) => ({
  ...act,
  object: { ...act.object, version: number },
});

/** Drawn from Microsoft’s pages on App Control, when the reader was held against them again. */
export const appcontrolDrawn: More = {
  policies: {
    tagging: policy({
      head: ' PolicyType="AppID Tagging Policy"',
      rules: '<Allow ID="ID_ALLOW_A" FileName="a.exe" />',
      refs: ["ID_ALLOW_A"],
    }),
    byTypeId: policy({
      head: "",
      more: "<PolicyTypeID>{A244370E-44C9-4C06-B551-F6016E563076}</PolicyTypeID>",
      rules: `${ALL}<Deny ID="ID_DENY_D" FileName="mshta.exe" />`,
      refs: ["ID_ALLOW_A", "ID_DENY_D"],
    }),
    kernel: policy({ rules: '<Deny ID="ID_DENY_D" FileName="mshta.exe" />', refs: ["ID_DENY_D"], scenario: "131" }),
    notReferred: policy({ rules: `${ALL}<Deny ID="ID_DENY_D" FileName="mshta.exe" />`, refs: ["ID_ALLOW_A"] }),
    plainDeny: deny('FileName="mshta.exe"'),
    zero: deny('FileName="mshta.exe" MinimumFileVersion="0.0.0.0"'),
    most: deny('FileName="mshta.exe" MaximumFileVersion="65535.65535.65535.65535"'),
    internal: deny('InternalName="evil"'),
    description: deny('FileDescription="Evil tool"'),
    product: deny('ProductName="Evil"'),
    two: deny('FileName="a.exe" ProductName="Evil"'),
    pathDeny: deny('FilePath="%OSDRIVE%\\Temp\\*"'),
    pathAny: deny('FilePath="*\\evil.exe"'),
    pathWindows: deny('FilePath="%WINDIR%\\Temp\\*"'),
    path32: deny('FilePath="%SYSTEM32%\\mshta.exe"'),
    pathOne: deny('FilePath="C:\\Tools\\a?.exe"'),
    pathFolder: allow('FilePath="C:\\Program Files\\a\\*"'),
    pathUsers: allow('FilePath="C:\\Users\\a\\*"'),
    pathUnguarded: allow('FilePath="C:\\Users\\a\\*"', [...UMCI, "Disabled:Runtime FilePath Rule Protection"]),
    hash: deny(`Hash="${HASH}" FriendlyName="C:\\x\\evil.exe Hash Sha256"`),
    signer: policy({ signers: SIGNER, allowed: ref("ID_SIGNER_C") }),
    microsoft: policy({ signers: MICROSOFT, allowed: ref("ID_SIGNER_M") }),
    windows: policy({ signers: WINDOWS, allowed: ref("ID_SIGNER_W") }),
    exceptDeny: policy({
      rules: '<Deny ID="ID_DENY_D" FileName="mshta.exe" />',
      signers: MICROSOFT,
      allowed: ref("ID_SIGNER_M", '<ExceptDenyRule DenyRuleID="ID_DENY_D" />'),
    }),
    denySigner: policy({
      rules: ALL,
      refs: ["ID_ALLOW_A"],
      signers: MICROSOFT,
      denied: '<DeniedSigner SignerId="ID_SIGNER_M" />',
    }),
    attribute: policy({
      rules: '<FileAttrib ID="ID_F" FileName="a.exe" MinimumFileVersion="2.0.0.0" />',
      signers: MICROSOFT.replace("</Signer>", '<FileAttribRef RuleID="ID_F" /></Signer>'),
      allowed: ref("ID_SIGNER_M"),
    }),
    managed: policy({ options: [...UMCI, "Enabled:Managed Installer"], rules: "", refs: [] }),
    reputation: policy({ options: [...UMCI, "Enabled:Intelligent Security Graph Authorization"] }),
    managedDeny: policy({
      options: [...UMCI, "Enabled:Managed Installer"],
      rules: '<Deny ID="ID_DENY_D" FileName="mshta.exe" />',
      refs: ["ID_DENY_D"],
    }),
    audit: policy({ options: [...UMCI, "Enabled:Audit Mode"] }),
    supplemental: policy({
      head: ' PolicyType="Supplemental Policy"',
      rules: '<Allow ID="ID_ALLOW_D" FileName="a.exe" />',
      refs: ["ID_ALLOW_D"],
    }),
    noScripts: policy({ options: [...UMCI, "Disabled:Script Enforcement"] }),
    apps: deny('FileName="scrobj.dll" AppIDs="regsvr32.exe"'),
    macro: policy({
      rules: `${ALL}<Deny ID="ID_DENY_D" FileName="scrobj.dll" AppIDs="$(a.1)$(a.2)" />`,
      refs: ["ID_ALLOW_A", "ID_DENY_D"],
      more: '<Macros><Macro Id="a.1" Value="regsvr32.exe" /><Macro Id="a.2" Value="rundll32.exe" /></Macros>',
    }),
    family: deny('PackageFamilyName="Contoso.App_0123456789abc" MinimumFileVersion="0.0.0.0"'),
    hvci: policy({ rules: ALL, refs: ["ID_ALLOW_A"], more: "<HvciOptions>1</HvciOptions>" }),
    classes: policy({
      rules: ALL,
      refs: ["ID_ALLOW_A"],
      more: '<Settings><Setting Provider="AllHostIds" Key="{00000000-0000-0000-0000-000000000000}" ValueName="EnterpriseDefinedClsId"><Value><Boolean>true</Boolean></Value></Setting></Settings>',
    }),
  },
  cases: [
    ["a policy that only tags stops nothing", "rules", "tagging", exec(APP, { original: "x.exe" }), "none"],
    ["nor what its rules name", "rules", "tagging", exec(APP, { original: "a.exe" }), "none"],
    ["the older form, by the id of its type", "deny", "byTypeId", exec(`${SYSTEM32}\\mshta.exe`), "block"],
    ["rules of the kernel alone: nothing is allowed", "deny", "kernel", exec(`${SYSTEM32}\\cmd.exe`), "block"],
    ["a rule that no scenario refers to is none", "deny", "notReferred", exec(`${SYSTEM32}\\mshta.exe`), "allow"],
    ["a denial without versions is of all", "deny", "plainDeny", exec(`${SYSTEM32}\\mshta.exe`), "block"],
    [
      "up to the lowest version: a higher one",
      "rules",
      "zero",
      version(exec(`${SYSTEM32}\\mshta.exe`, { original: "mshta.exe" }), "11.0.1.1"),
      "allow",
    ],
    [
      "from the highest version on: a lower one",
      "rules",
      "most",
      version(exec(`${SYSTEM32}\\mshta.exe`, { original: "mshta.exe" }), "11.0.1.1"),
      "allow",
    ],
    ["an internal name is not logged", "rules", "internal", exec(APP, { original: "x.exe" }), "undecided"],
    ["nor a description", "rules", "description", exec(APP, { original: "x.exe" }), "undecided"],
    ["a product’s name is not always", "rules", "product", exec(APP, { original: "x.exe" }), "undecided"],
    ["of two names one that is another decides", "rules", "two", exec(APP, { original: "x.exe" }), "allow"],
    [
      "a denied folder and all below it",
      "rules",
      "pathDeny",
      exec("C:\\Temp\\a\\b.exe", { original: "b.exe" }),
      "block",
    ],
    ["and no folder that begins so", "rules", "pathDeny", exec("C:\\Temporary\\b.exe", { original: "b.exe" }), "allow"],
    ["a name in any folder", "rules", "pathAny", exec("D:\\x\\evil.exe", { original: "b.exe" }), "block"],
    ["a name that ends alike", "rules", "pathAny", exec("D:\\x\\notevil.exe", { original: "b.exe" }), "allow"],
    ["below Windows", "rules", "pathWindows", exec("C:\\Windows\\Temp\\x.exe", { original: "b.exe" }), "block"],
    ["System32 is no SysWOW64", "rules", "path32", exec("C:\\Windows\\SysWOW64\\mshta.exe"), "allow"],
    ["System32 itself", "rules", "path32", exec("C:\\Windows\\System32\\mshta.exe"), "block"],
    ["one letter of a path", "rules", "pathOne", exec("C:\\Tools\\ab.exe", { original: "b.exe" }), "block"],
    ["and not two", "rules", "pathOne", exec("C:\\Tools\\abc.exe", { original: "b.exe" }), "allow"],
    ["an allowed folder of administrators", "rules", "pathFolder", exec("C:\\Program Files\\a\\x.exe"), "allow"],
    ["and what lies elsewhere", "rules", "pathFolder", exec("C:\\Program Files\\b\\x.exe"), "block"],
    ["an allowed folder of users does not hold", "rules", "pathUsers", exec(APP), "block"],
    ["unless that is not looked at", "rules", "pathUnguarded", exec(APP), "allow"],
    ["a hash of a file of that name", "rules", "hash", exec("C:\\x\\evil.exe", { original: "evil.exe" }), "undecided"],
    ["a file of another name", "rules", "hash", exec(APP, { original: "x.exe" }), "allow"],
    ["who signed is told by another name", "rules", "signer", byMaker(APP, "Contoso Ltd"), "undecided"],
    [
      "unsigned it is not allowed",
      "rules",
      "signer",
      { ...exec(APP), object: { path: APP, originalName: "x.exe", signed: false } },
      "block",
    ],
    ["Microsoft’s root", "rules", "microsoft", byMaker(APP, "Microsoft Corporation"), "allow"],
    ["Windows alone", "rules", "windows", byMaker(`${SYSTEM32}\\a.exe`, "Microsoft Windows"), "allow"],
    [
      "a signer but for one file",
      "rules",
      "exceptDeny",
      byMaker(`${SYSTEM32}\\mshta.exe`, "Microsoft Windows", "mshta.exe"),
      "block",
    ],
    ["and its others", "rules", "exceptDeny", byMaker(`${SYSTEM32}\\cmd.exe`, "Microsoft Windows", "cmd.exe"), "allow"],
    ["a signer that is denied", "rules", "denySigner", byMaker(APP, "Microsoft Corporation"), "block"],
    [
      "a signer’s file of a version",
      "rules",
      "attribute",
      version(byMaker(APP, "Microsoft Corporation", "a.exe"), "2.1.0.0"),
      "allow",
    ],
    [
      "and an older one",
      "rules",
      "attribute",
      version(byMaker(APP, "Microsoft Corporation", "a.exe"), "1.9.0.0"),
      "block",
    ],
    [
      "and another file of it",
      "rules",
      "attribute",
      version(byMaker(APP, "Microsoft Corporation", "b.exe"), "2.1.0.0"),
      "block",
    ],
    ["a managed installer may have put it there", "rules", "managed", exec(APP, { original: "x.exe" }), "undecided"],
    ["its reputation may be good", "rules", "reputation", exec(APP, { original: "x.exe" }), "undecided"],
    ["a denial stands above both", "rules", "managedDeny", exec(`${SYSTEM32}\\mshta.exe`), "block"],
    ["audited, what nothing allows is noted", "deny", "audit", exec(APP, { original: "x.exe" }), "audit"],
    [
      "a supplement without its base has no effect: what it names",
      "multiple",
      "supplemental",
      exec(APP, { original: "a.exe" }),
      "allow",
    ],
    ["a supplement denies nothing", "multiple", "supplemental", exec(APP, { original: "x.exe" }), "none"],
    ["scripts are asked for", "scripts", "audit", script(`${SYSTEM32}\\wscript.exe`, "C:\\Users\\a\\x.vbs"), "audit"],
    [
      "HTML applications never run",
      "scripts",
      "audit",
      script(`${SYSTEM32}\\mshta.exe`, "C:\\Users\\a\\x.hta"),
      "block",
    ],
    [
      "but for where scripts are not asked for",
      "scripts",
      "noScripts",
      script(`${SYSTEM32}\\mshta.exe`, "C:\\Users\\a\\x.hta"),
      "none",
    ],
    ["nor packages there", "scripts", "noScripts", install("C:\\Users\\a\\x.msi"), "none"],
    ["cmd does not ask", "scripts", "audit", script(`${SYSTEM32}\\cmd.exe`, "C:\\Users\\a\\x.bat"), "none"],
    [
      "a module within one program",
      "apps",
      "apps",
      load(`${SYSTEM32}\\regsvr32.exe`, `${SYSTEM32}\\scrobj.dll`),
      "block",
    ],
    ["and within another", "apps", "apps", load(`${SYSTEM32}\\cscript.exe`, `${SYSTEM32}\\scrobj.dll`), "allow"],
    [
      "within the second of two programs",
      "apps",
      "macro",
      load(`${SYSTEM32}\\rundll32.exe`, `${SYSTEM32}\\scrobj.dll`),
      "block",
    ],
    ["a family of packages is no file beside it", "rules", "family", exec(`${SYSTEM32}\\cmd.exe`), "allow"],
    ["memory integrity changes nothing of this", "rules", "hvci", exec(APP, { original: "x.exe" }), "allow"],
    ["nor do classes of COM", "rules", "classes", exec(APP, { original: "x.exe" }), "allow"],
  ],
};
