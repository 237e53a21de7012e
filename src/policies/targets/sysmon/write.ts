import { xml } from "../../languages/escape.ts";
import type { FilePattern, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";
import { EVENTS, type Field, SCHEMA } from "./events.ts";

/** A field with its condition; an asterisk at an end of a path is a condition of its own. */
function conditionOf(fields: readonly Field[], pattern: FilePattern): string {
  const { originalName } = pattern;
  const path = pattern.extension === undefined ? pattern.path : `*${pattern.extension}`;
  const field = fields.find(({ by }) => by === (originalName === undefined ? "path" : "originalName"));
  const value = originalName ?? path ?? "";
  const begins = value.endsWith("*");
  const ends = value.startsWith("*");
  const bare = value.slice(ends ? 1 : 0, begins && value.length > 1 ? -1 : undefined);
  const condition = ends && begins ? "contains" : ends ? "end with" : begins ? "begin with" : "is";
  return `<${field?.name} condition="${condition}">${xml(bare)}</${field?.name}>`;
}

/** Rules of the model name alternatives; a rule of Sysmon’s with two fields has one value for each. */
function ruleText(rule: Rule): readonly string[] {
  const event = EVENTS.find(({ on }) => on === rule.on[0]);
  if (!event) return [];
  const subjects = rule.subject?.map((one) => conditionOf(event.subject, one)) ?? [];
  const objects = rule.object?.map((one) => conditionOf(event.object, one)) ?? [];
  const name = ` name="${xml(rule.description ?? rule.id)}"`;
  if (subjects.length === 0 || objects.length === 0)
    return [...subjects, ...objects].map((one) => `        <Rule${name} groupRelation="or">${one}</Rule>\n`);
  return subjects.flatMap((subject) =>
    objects.map((object) => `        <Rule${name} groupRelation="and">${subject}${object}</Rule>\n`),
  );
}

/** A configuration as `sysmon -c` takes it: one group for each kind of event. */
export function writeSysmon(policy: Policy): readonly PolicyFile[] {
  const groups = EVENTS.flatMap(({ name, on }) => {
    const lines = policy.rules.filter((rule) => rule.on[0] === on).flatMap(ruleText);
    if (lines.length === 0) return [];
    return [
      `    <RuleGroup name="" groupRelation="or">\n      <${name} onmatch="include">\n${lines.join("")}      </${name}>\n    </RuleGroup>\n`,
    ];
  });
  const text = `<Sysmon schemaversion="${SCHEMA}">
  <HashAlgorithms>SHA256,IMPHASH</HashAlgorithms>
  <EventFiltering>
${groups.join("")}  </EventFiltering>
</Sysmon>
`;
  return [{ name: "sysmon.xml", text }];
}
