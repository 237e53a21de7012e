const pathRule = (action: string, path: string, sid = "S-1-1-0", exceptions = "") =>
  `<FilePathRule Id="${sid}${path.length}${action}" Name="${action} ${path}" Description="" UserOrGroupSid="${sid}" Action="${action}">` +
  `<Conditions><FilePathCondition Path="${path}" /></Conditions>${exceptions}</FilePathRule>`;
export const MICROSOFT = "CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US";
interface Signed {
  readonly product?: string;
  readonly binary?: string;
  readonly low?: string;
}
const publisherRule = (action: string, publisher: string, { product = "*", binary = "*", low = "*" }: Signed) => {
  const name = `${action} ${product === "*" ? binary : product}`;
  return (
    `<FilePublisherRule Id="${name}" Name="${name}" Description="" UserOrGroupSid="S-1-1-0" Action="${action}"><Conditions>` +
    `<FilePublisherCondition PublisherName="${publisher}" ProductName="${product}" BinaryName="${binary}">` +
    `<BinaryVersionRange LowSection="${low}" HighSection="*" /></FilePublisherCondition></Conditions></FilePublisherRule>`
  );
};
const appRule = (action: string, publisher: string, product: string, low = "0.0.0.0") =>
  publisherRule(action, publisher, { product, low });
/** Services are ruled on, and apps of the system allowed. */
const extended = (rule: string) =>
  `<RuleCollection Type="Exe" EnforcementMode="Enabled">${rule}<RuleCollectionExtensions>` +
  `<ThresholdExtensions><Services EnforcementMode="Enabled" /></ThresholdExtensions><RedstoneExtensions>` +
  `<SystemApps Allow="Enabled" /></RedstoneExtensions></RuleCollectionExtensions></RuleCollection>`;
const except = (path: string) => `<Exceptions><FilePathCondition Path="${path}" /></Exceptions>`;
const collection = (type: string, mode: string, ...rules: string[]) =>
  `<RuleCollection Type="${type}" EnforcementMode="${mode}">${rules.join("")}</RuleCollection>`;
const policy = (...collections: string[]) => ({
  file: "a.xml",
  text: `<AppLockerPolicy Version="1">${collections.join("")}</AppLockerPolicy>`,
});

const DEFAULTS = [
  pathRule("Allow", "%PROGRAMFILES%\\*"),
  pathRule("Allow", "%WINDIR%\\*"),
  pathRule("Allow", "*", "S-1-5-32-544"),
];

/** Policies of the table for AppLocker. */
export const APPLOCKER_POLICIES = {
  defaults: policy(collection("Exe", "Enabled", ...DEFAULTS)),
  deny: policy(collection("Exe", "Enabled", pathRule("Allow", "*"), pathRule("Deny", "%SYSTEM32%\\mshta.exe"))),
  denyFirst: policy(
    collection("Exe", "Enabled", pathRule("Deny", "%OSDRIVE%\\Tools\\*"), pathRule("Allow", "%OSDRIVE%\\Tools\\a.exe")),
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
  installers: policy(
    collection("Exe", "Enabled", ...DEFAULTS),
    collection("ManagedInstaller", "AuditOnly", publisherRule("Allow", "O=CONTOSO, C=US", { binary: "SETUP.EXE" })),
  ),
  audit: policy(collection("Exe", "AuditOnly", ...DEFAULTS)),
  notConfigured: policy(collection("Exe", "NotConfigured", ...DEFAULTS)),
  empty: policy(collection("Exe", "Enabled")),
  publisher: policy(
    collection(
      "Exe",
      "Enabled",
      pathRule("Allow", "*"),
      publisherRule("Deny", "O=MICROSOFT CORPORATION, L=REDMOND, S=WASHINGTON, C=US", { binary: "MSHTA.EXE" }),
    ),
  ),
  part: policy(collection("Exe", "Enabled", pathRule("Allow", "*"), publisherRule("Deny", "*", { binary: "SHTA*" }))),
  anyFile: policy(collection("Exe", "Enabled", pathRule("Allow", "*"), publisherRule("Deny", "*", { binary: "?" }))),
  starredPublisher: policy(
    collection("Exe", "Enabled", pathRule("Allow", "*"), publisherRule("Deny", "O=MICRO*", { binary: "*" })),
  ),
  versions: policy(
    collection("Exe", "Enabled", publisherRule("Allow", "O=FABRIKAM, C=US", { binary: "APP.EXE", low: "2.0.0.0" })),
  ),
  dll: policy(collection("Dll", "Enabled", pathRule("Allow", "%WINDIR%\\*"))),
  script: policy(collection("Script", "Enabled", pathRule("Allow", "%PROGRAMFILES%\\*"))),
  msi: policy(collection("Msi", "Enabled", pathRule("Allow", "%WINDIR%\\Installer\\*"))),
  services: policy(extended(pathRule("Allow", "%WINDIR%\\*"))),
  servicesAlone: policy(extended(pathRule("Allow", "%PROGRAMFILES%\\*"))),
  allApps: policy(collection("Exe", "Enabled", ...DEFAULTS), collection("Appx", "Enabled", appRule("Allow", "*", "*"))),
  someApps: policy(
    collection(
      "Appx",
      "Enabled",
      appRule("Allow", MICROSOFT, "Microsoft.BingMaps"),
      appRule("Allow", MICROSOFT, "Microsoft.WindowsCamera", "2.0.0.0"),
    ),
  ),
  starredApps: policy(collection("Appx", "Enabled", appRule("Allow", MICROSOFT, "Microsoft.Windows*"))),
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
  newCollection: policy(collection("Kernel", "Enabled", pathRule("Deny", "*"))),
  unknown: policy(
    collection("Exe", "Enabled", pathRule("Allow", "*"), "<FileMoodRule/>", pathRule("Deny", "%OSDRIVE%\\bad\\*")),
  ),
};
