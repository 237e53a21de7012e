/** Small policies of App Control, each for a few statements of its documentation. */
interface Parts {
  readonly options?: readonly string[];
  readonly rules: string;
  readonly refs: readonly string[];
  readonly more?: string;
  readonly type?: string;
  readonly signers?: string;
  readonly signed?: string;
  readonly kernel?: readonly string[];
}

const references = (ids: readonly string[]) => ids.map((id) => `<FileRuleRef RuleID="${id}" />`).join("");

const policy = ({
  options = ["Enabled:UMCI"],
  rules,
  refs,
  more = "",
  type = "Base Policy",
  signers = "",
  signed = "",
  kernel = [],
}: Parts) => ({
  file: "p.xml",
  text: `<?xml version="1.0" encoding="utf-8"?><SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy" PolicyType="${type}"><VersionEx>10.0.0.0</VersionEx><PlatformID>{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}</PlatformID><Rules>${options
    .map((one) => `<Rule><Option>${one}</Option></Rule>`)
    .join(
      "",
    )}</Rules><EKUs /><FileRules>${rules}</FileRules><Signers>${signers}</Signers><SigningScenarios><SigningScenario Value="131" ID="ID_SIGNINGSCENARIO_DRIVERS"><ProductSigners><FileRulesRef>${references(kernel)}</FileRulesRef></ProductSigners></SigningScenario><SigningScenario Value="12" ID="ID_SIGNINGSCENARIO_WINDOWS"><ProductSigners>${signed}<FileRulesRef>${references(refs)}</FileRulesRef></ProductSigners></SigningScenario></SigningScenarios>${more}</SiPolicy>`,
});

const ALL = `<Allow ID="ID_ALLOW_A" FriendlyName="all" FileName="*" />`;
const MSHTA = `<Deny ID="ID_DENY_M" FriendlyName="mshta" FileName="mshta.exe" MinimumFileVersion="65535.65535.65535.65535" />`;
const withDeny = (rules: string, ...ids: string[]) => policy({ rules: ALL + rules, refs: ["ID_ALLOW_A", ...ids] });
const ANY_WRITER = ["Enabled:UMCI", "Disabled:Runtime FilePath Rule Protection"];
const AUDIT = ["Enabled:UMCI", "Enabled:Audit Mode"];
const NO_SCRIPTS = ["Enabled:UMCI", "Disabled:Script Enforcement"];
export const POLICIES = {
  deny: withDeny(MSHTA, "ID_DENY_M"),
  audit: policy({ options: AUDIT, rules: ALL + MSHTA, refs: ["ID_ALLOW_A", "ID_DENY_M"] }),
  noUmci: policy({ options: [], rules: ALL + MSHTA, refs: ["ID_ALLOW_A", "ID_DENY_M"] }),
  denyOnly: policy({ rules: MSHTA, refs: ["ID_DENY_M"] }),
  kernelOnly: policy({ rules: ALL + MSHTA, refs: ["ID_ALLOW_A"], kernel: ["ID_DENY_M"] }),
  upTo: withDeny(
    `<Deny ID="ID_DENY_B" FriendlyName="bginfo" FileName="BGINFO.Exe" MinimumFileVersion="4.21.0.0" />`,
    "ID_DENY_B",
  ),
  since: withDeny(
    `<Deny ID="ID_DENY_S" FriendlyName="s" FileName="s.exe" MaximumFileVersion="2.0.0.0" />`,
    "ID_DENY_S",
  ),
  range: withDeny(
    `<Deny ID="ID_DENY_R" FriendlyName="r" FileName="r.exe" MinimumFileVersion="2.0.0.0" MaximumFileVersion="3.0.0.0" />`,
    "ID_DENY_R",
  ),
  from: policy({
    rules: `<Allow ID="ID_ALLOW_F" FriendlyName="f" FileName="f.exe" MinimumFileVersion="2.0.0.0" />`,
    refs: ["ID_ALLOW_F"],
  }),
  pair: withDeny(
    `<Deny ID="ID_DENY_S" FriendlyName="scrobj" FileName="scrobj.dll" AppIDs="regsvr32.exe" />`,
    "ID_DENY_S",
  ),
  macros: policy({
    rules: `${ALL}<Deny ID="ID_DENY_U" FriendlyName="users" FilePath="%OSDRIVE%\\Users\\*" AppIDs="$(a.1)$(a.2)" />`,
    refs: ["ID_ALLOW_A", "ID_DENY_U"],
    more: `<Macros><Macro Id="a.1" Value="RUNDLL32.EXE" /><Macro Id="a.2" Value="CONTROL.EXE" /></Macros>`,
  }),
  paths: policy({
    rules: `<Allow ID="ID_ALLOW_P" FriendlyName="p" FilePath="%WINDIR%\\*" /><Allow ID="ID_ALLOW_Q" FriendlyName="q" FilePath="%SYSTEM32%\\a\\*" /><Allow ID="ID_ALLOW_T" FriendlyName="t" FilePath="C:\\Tools\\b.exe" />`,
    refs: ["ID_ALLOW_P", "ID_ALLOW_Q", "ID_ALLOW_T"],
  }),
  anyWriter: policy({
    options: ANY_WRITER,
    rules: `<Allow ID="ID_ALLOW_T" FriendlyName="t" FilePath="C:\\Tools\\b.exe" /><Allow ID="ID_ALLOW_U" FriendlyName="u" FilePath="%OSDRIVE%\\Users\\*" />`,
    refs: ["ID_ALLOW_T", "ID_ALLOW_U"],
  }),
  installer: policy({
    options: ["Enabled:UMCI", "Enabled:Managed Installer"],
    rules: MSHTA,
    refs: ["ID_DENY_M"],
  }),
  reputation: policy({
    options: ["Enabled:UMCI", "Enabled:Intelligent Security Graph Authorization"],
    rules: MSHTA,
    refs: ["ID_DENY_M"],
  }),
  store: policy({
    options: ["Enabled:UMCI", "Required:Enforce Store Applications"],
    rules: MSHTA,
    refs: ["ID_DENY_M"],
  }),
  guarded: policy({
    rules: `<Allow ID="ID_ALLOW_U" FriendlyName="u" FilePath="%OSDRIVE%\\*" />`,
    refs: ["ID_ALLOW_U"],
  }),
  system32: policy({
    rules: `<Allow ID="ID_ALLOW_S" FriendlyName="s" FilePath="%SYSTEM32%\\*" />`,
    refs: ["ID_ALLOW_S"],
  }),
  noScripts: policy({ options: NO_SCRIPTS, rules: ALL, refs: ["ID_ALLOW_A"] }),
  supplemental: policy({
    options: ANY_WRITER,
    type: "Supplemental Policy",
    rules: `<Allow ID="ID_ALLOW_X" FriendlyName="x" FilePath="C:\\X\\*" />`,
    refs: ["ID_ALLOW_X"],
  }),
  signed: policy({
    rules: MSHTA,
    refs: [],
    signers: `<Signer ID="ID_SIGNER_W" Name="Contoso"><CertRoot Type="TBS" Value="00" /></Signer>`,
    signed: `<AllowedSigners><AllowedSigner SignerId="ID_SIGNER_W"><ExceptDenyRule DenyRuleID="ID_DENY_M" /></AllowedSigner></AllowedSigners>`,
  }),
  hash: withDeny(
    `<Deny ID="ID_DENY_H" FriendlyName="C:\\x\\evil.dll Hash Sha256" Hash="${"AB".repeat(32)}" />`,
    "ID_DENY_H",
  ),
  scriptList: policy({
    options: ANY_WRITER,
    rules: `<Allow ID="ID_ALLOW_C" FriendlyName="c" FilePath="C:\\Scripts\\*" />`,
    refs: ["ID_ALLOW_C"],
  }),
  scriptAudit: policy({
    options: AUDIT,
    rules: `<Allow ID="ID_ALLOW_C" FriendlyName="c" FilePath="C:\\Scripts\\*" />`,
    refs: ["ID_ALLOW_C"],
  }),
};
