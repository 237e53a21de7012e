import type { Samples } from "./sample.ts";

const ID = "a61c8b2c-a319-4cd0-9690-d2177cad7b51";

/** Rules of all three kinds, as Get-AppLockerPolicy writes them. */
const ALL = `<AppLockerPolicy Version="1">
  <RuleCollection Type="Exe" EnforcementMode="Enabled">
    <FilePathRule Id="${ID}" Name="Windows" Description="" UserOrGroupSid="S-1-1-0" Action="Allow">
      <Conditions><FilePathCondition Path="%WINDIR%\\*" /></Conditions>
      <Exceptions>
        <FilePathCondition Path="%WINDIR%\\Temp\\*" />
        <FilePublisherCondition PublisherName="O=EXAMPLE" ProductName="*" BinaryName="TOOL.EXE"><BinaryVersionRange LowSection="*" HighSection="9.0.0.0" /></FilePublisherCondition>
      </Exceptions>
    </FilePathRule>
    <FilePublisherRule Id="b61c8b2c-a319-4cd0-9690-d2177cad7b51" Name="Signed" Description="d" UserOrGroupSid="S-1-5-32-544" Action="Deny">
      <Conditions>
        <FilePublisherCondition PublisherName="*" ProductName="*" BinaryName="*"><BinaryVersionRange LowSection="1.0.0.0" HighSection="*" /></FilePublisherCondition>
      </Conditions>
    </FilePublisherRule>
  </RuleCollection>
  <RuleCollection Type="Dll" EnforcementMode="AuditOnly">
    <FileHashRule Id="c61c8b2c-a319-4cd0-9690-d2177cad7b51" Name="one.dll" Description="" UserOrGroupSid="S-1-5-21-1-2-3-1004" Action="Deny">
      <Conditions>
        <FileHashCondition><FileHash Type="SHA256" Data="0x${"0A".repeat(32)}" SourceFileName="one.dll" SourceFileLength="4096" /></FileHashCondition>
      </Conditions>
    </FileHashRule>
  </RuleCollection>
  <RuleCollection Type="Script" EnforcementMode="NotConfigured" />
</AppLockerPolicy>`;

/** A collection that holds for services, too. */
const SERVICES = `<AppLockerPolicy Version="1">
  <RuleCollection Type="Exe" EnforcementMode="Enabled">
    <FilePathRule Id="${ID}" Name="All" Description="" UserOrGroupSid="S-1-1-0" Action="Allow"><Conditions><FilePathCondition Path="*" /></Conditions></FilePathRule>
    <RuleCollectionExtensions>
      <ThresholdExtensions><Services EnforcementMode="Enabled" /></ThresholdExtensions>
      <RedstoneExtensions><SystemApps Allow="Enabled" /></RedstoneExtensions>
    </RuleCollectionExtensions>
  </RuleCollection>
</AppLockerPolicy>`;

export const applocker: Samples = {
  schema: "applocker.xsd",
  target: "applocker",
  good: [ALL, SERVICES, '<AppLockerPolicy Version="1" />'],
  bad: [
    ["version 2", 'Version="1"', 'Version="2"'],
    ["no version", ' Version="1"', ""],
    ["a collection of another type", 'Type="Dll"', 'Type="Com"'],
    ["a collection that comes twice", 'Type="Dll"', 'Type="Exe"'],
    ["a mode that there is not", '"AuditOnly"', '"Audit"'],
    ["no mode", ' EnforcementMode="AuditOnly"', ""],
    ["an action that there is not", 'Action="Allow"', 'Action="Permit"'],
    ["a group by name", "S-1-5-32-544", "BUILTIN\\Administrators"],
    ["no group", ' UserOrGroupSid="S-1-1-0"', ""],
    ["an id that is no GUID", ID, "rule-1"],
    ["an id that comes twice", "b61c8b2c", "a61c8b2c"],
    ["an empty path", 'Path="%WINDIR%\\*"', 'Path=""'],
    ["a condition of another kind", '<FilePathCondition Path="%WINDIR%\\*" />', '<FileNameCondition Name="x" />'],
    ["no condition", '<Conditions><FilePathCondition Path="%WINDIR%\\*" /></Conditions>', "<Conditions />"],
    [
      "two conditions",
      '<FilePathCondition Path="%WINDIR%\\*" />',
      '<FilePathCondition Path="%WINDIR%\\*" /><FilePathCondition Path="*" />',
    ],
    ["a publisher without a range", '<BinaryVersionRange LowSection="1.0.0.0" HighSection="*" />', ""],
    ["a version in words", 'LowSection="1.0.0.0"', 'LowSection="first"'],
    ["a hash of another kind", 'Type="SHA256"', 'Type="SHA1"'],
    ["a hash that is cut off", "0A".repeat(32), "0A".repeat(20)],
    ["a hash without its sign", "0x0A", "0A"],
    ["a length in words", '"4096"', '"4 KiB"'],
    ["a rule without a name", ' Name="Windows"', ""],
    ["an attribute that there is not", ' Name="Windows"', ' Name="Windows" CommandLine="*"'],
  ],
};
