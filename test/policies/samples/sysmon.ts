import type { Samples } from "./sample.ts";

/** Groups, rules and conditions, as the documentation shows them. */
const CONFIG = `<Sysmon schemaversion="4.90">
  <HashAlgorithms>SHA256,IMPHASH</HashAlgorithms>
  <CheckRevocation />
  <EventFiltering>
    <RuleGroup name="starts" groupRelation="or">
      <ProcessCreate onmatch="include">
        <Image condition="end with">\\tool.exe</Image>
        <Rule name="children" groupRelation="and">
          <ParentImage condition="image">editor.exe</ParentImage>
          <CommandLine condition="contains any">/a;/b</CommandLine>
        </Rule>
      </ProcessCreate>
    </RuleGroup>
    <ImageLoad onmatch="include"><ImageLoaded condition="is">C:\\x.dll</ImageLoaded></ImageLoad>
    <NetworkConnect onmatch="exclude"><DestinationPort name="dns">53</DestinationPort></NetworkConnect>
    <FileCreate onmatch="include"><TargetFilename condition="end with">.hta</TargetFilename></FileCreate>
    <ProcessTerminate onmatch="include" />
  </EventFiltering>
</Sysmon>`;

export const sysmon: Samples = {
  schema: "sysmon.xsd",
  target: "sysmon",
  good: [
    CONFIG,
    '<Sysmon schemaversion="4.22"><HashAlgorithms>*</HashAlgorithms></Sysmon>',
    '<Sysmon schemaversion="4.50"><EventFiltering><ProcessCreate onmatch="exclude" /></EventFiltering></Sysmon>',
  ],
  bad: [
    ["no schema version", ' schemaversion="4.90"', ""],
    ["a version of another schema", '"4.90"', '"3.40"'],
    ["a version in words", '"4.90"', '"latest"'],
    ["a root in other letters", "Sysmon", "sysmon"],
    ["a hash that there is not", "SHA256,IMPHASH", "SHA512"],
    ["hashes in a list of blanks", "SHA256,IMPHASH", "SHA256 IMPHASH"],
    ["an event that there is not", "ProcessTerminate", "ProcessPause"],
    ["an event without a choice", ' onmatch="exclude"', ""],
    ["an event with another choice", 'onmatch="exclude"', 'onmatch="ignore"'],
    ["a field of another event", "ImageLoaded", "TargetFilename"],
    ["a field that there is not", "DestinationPort", "DestinationUrl"],
    ["a condition that there is not", 'condition="image"', 'condition="matches"'],
    ["a condition in one word", 'condition="end with"', 'condition="endswith"'],
    ["a condition in other letters", '"contains any"', '"Contains Any"'],
    ["an empty value", ">editor.exe<", "><"],
    ["a relation that there is not", 'groupRelation="and"', 'groupRelation="xor"'],
    ["a rule without a field", /<ParentImage.*?<\/CommandLine>/s.exec(CONFIG)?.[0] ?? "", ""],
    ["a rule in a rule", '<Rule name="children" groupRelation="and">', "<Rule><Rule /></Rule><Rule>"],
    [
      "a group in a group",
      '<RuleGroup name="starts" groupRelation="or">',
      "<RuleGroup><RuleGroup /></RuleGroup><RuleGroup>",
    ],
    ["an element inside of a value", "editor.exe", "<x />"],
    ["filters outside of their element", "</EventFiltering>", '</EventFiltering><ProcessCreate onmatch="include" />'],
    ["an element at the top that there is not", "<CheckRevocation />", "<CheckEverything />"],
    ["an attribute that there is not", 'name="dns"', 'title="dns"'],
  ],
};
