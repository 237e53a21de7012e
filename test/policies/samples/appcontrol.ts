import type { Samples } from "./sample.ts";

const GUID = "{A244370E-44C9-4C06-B551-F6016E563076}";
const HEAD = `<?xml version="1.0" encoding="utf-8"?>
<SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy" PolicyType="Base Policy">
  <VersionEx>10.0.1.2</VersionEx>
  <PlatformID>{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}</PlatformID>`;

/** A list of denials with a pair for one program, as the documentation of deny policies builds them. */
const DENY = `${HEAD}
  <PolicyID>${GUID}</PolicyID>
  <BasePolicyID>${GUID}</BasePolicyID>
  <Rules>
    <Rule><Option>Enabled:Unsigned System Integrity Policy</Option></Rule>
    <Rule><Option>Enabled:UMCI</Option></Rule>
  </Rules>
  <EKUs />
  <FileRules>
    <Allow ID="ID_ALLOW_A_1" FriendlyName="All" FileName="*" />
    <Deny ID="ID_DENY_HOST" FriendlyName="host" FileName="host.exe" MinimumFileVersion="65535.65535.65535.65535" />
    <Deny ID="ID_DENY_PAIR" FriendlyName="pair" FileName="engine.dll" AppIDs="$(app.1)" />
    <Deny ID="ID_DENY_HASH" FriendlyName="hash" Hash="${"AB".repeat(32)}" />
  </FileRules>
  <Signers />
  <SigningScenarios>
    <SigningScenario Value="12" ID="ID_SIGNINGSCENARIO_WINDOWS" FriendlyName="User mode">
      <ProductSigners>
        <FileRulesRef>
          <FileRuleRef RuleID="ID_ALLOW_A_1" />
          <FileRuleRef RuleID="ID_DENY_HOST" />
        </FileRulesRef>
      </ProductSigners>
    </SigningScenario>
  </SigningScenarios>
  <UpdatePolicySigners />
  <CiSigners />
  <HvciOptions>0</HvciOptions>
  <Settings>
    <Setting Provider="PolicyInfo" Key="Information" ValueName="Name"><Value><String>Denials</String></Value></Setting>
  </Settings>
  <Macros><Macro Id="app.1" Value="proxy.exe" /></Macros>
</SiPolicy>`;

/** An allow list by signers, with file attributes and an exception. */
const SIGNERS = `${HEAD}
  <PolicyTypeID>x</PolicyTypeID>`
  .replace("<PolicyTypeID>x</PolicyTypeID>", "")
  .concat(`
  <Rules><Rule><Option>Enabled:Audit Mode</Option></Rule></Rules>
  <EKUs><EKU ID="ID_EKU_WINDOWS" FriendlyName="system component" Value="010A2B0601040182370A0306" /></EKUs>
  <FileRules>
    <FileAttrib ID="ID_FILEATTRIB_F_1" FriendlyName="tool" FileName="tool.exe" MinimumFileVersion="2.0.0.0" />
    <Deny ID="ID_DENY_OLD" FriendlyName="old" FileName="old.exe" />
  </FileRules>
  <Signers>
    <Signer ID="ID_SIGNER_S_1" Name="Example PCA">
      <CertRoot Type="TBS" Value="0102AABB" />
      <CertEKU ID="ID_EKU_WINDOWS" />
      <CertPublisher Value="Example Ltd" />
      <FileAttribRef RuleID="ID_FILEATTRIB_F_1" />
    </Signer>
  </Signers>
  <SigningScenarios>
    <SigningScenario Value="131" ID="ID_SIGNINGSCENARIO_DRIVERS"><ProductSigners /></SigningScenario>
    <SigningScenario Value="12" ID="ID_SIGNINGSCENARIO_WINDOWS">
      <ProductSigners>
        <AllowedSigners><AllowedSigner SignerId="ID_SIGNER_S_1"><ExceptDenyRule DenyRuleID="ID_DENY_OLD" /></AllowedSigner></AllowedSigners>
      </ProductSigners>
    </SigningScenario>
  </SigningScenarios>
  <UpdatePolicySigners><UpdatePolicySigner SignerId="ID_SIGNER_S_1" /></UpdatePolicySigners>
</SiPolicy>`);

export const appcontrol: Samples = {
  schema: "sipolicy.xsd",
  target: "appcontrol",
  good: [DENY, SIGNERS, DENY.replace("Base Policy", "Supplemental Policy").replace("<EKUs />", "")],
  bad: [
    ["another namespace", "urn:schemas-microsoft-com:sipolicy", "urn:schemas-example:sipolicy"],
    ["a version of three numbers", "10.0.1.2", "10.0.1"],
    ["no version", "<VersionEx>10.0.1.2</VersionEx>", ""],
    ["a platform without braces", "{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}", "2E07F7E4-194C-4D20-B7C9-6F44A6C5A234"],
    ["an option that there is not", "Enabled:UMCI", "Enabled:Everything"],
    ["an option in other letters", "Enabled:UMCI", "enabled:umci"],
    ["a rule without an option", "<Rule><Option>Enabled:UMCI</Option></Rule>", "<Rule />"],
    ["a file rule of another kind", '<Deny ID="ID_DENY_HOST"', '<Block ID="ID_DENY_HOST"'],
    ["a file rule without an id", ' ID="ID_DENY_HOST"', ""],
    ["an id that comes twice", 'ID="ID_DENY_PAIR"', 'ID="ID_DENY_HOST"'],
    ["an id of no kind", "ID_DENY_PAIR", "DENY_PAIR"],
    ["an empty file name", 'FileName="host.exe"', 'FileName=""'],
    ["a hash that is cut off", "AB".repeat(32), "AB".repeat(31)],
    ["a minimum version in words", "65535.65535.65535.65535", "newest"],
    ["an attribute that there is not", 'FriendlyName="pair"', 'CommandLine="/i:*"'],
    ["a program by a broken macro", "$(app.1)", "$app.1"],
    ["a reference to a rule that is not there", 'RuleID="ID_DENY_HOST"', 'RuleID="ID_DENY_GONE"'],
    ["a scenario of another number", 'Value="12"', 'Value="13"'],
    ["no scenarios", "<SigningScenarios>", "<SigningScenarios /><SigningScenarios>"],
    ["an option of memory integrity beyond", "<HvciOptions>0", "<HvciOptions>9"],
    ["a setting without a value", "<Value><String>Denials</String></Value>", ""],
    ["a policy of another type", "Base Policy", "Denial Policy"],
    ["elements in another order", "<EKUs />", "<Signers /><EKUs />"],
  ],
};
