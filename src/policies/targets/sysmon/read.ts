import { readXml, type XmlElement } from "../../languages/xml.ts";
import type { Collection, Policy, Rule, UnknownPart } from "../../model.ts";
import { child, damaged, unknownAttributes, unknownElement } from "../../read.ts";
import { allOf, type Clause } from "./clauses.ts";
import { clauseOf } from "./conditions.ts";
import { EVENTS, OTHER_EVENTS, type SysmonEvent } from "./events.ts";

const TOP = new Set(
  "HashAlgorithms EventFiltering ProcessAccessConfig PipeMonitoringConfig CheckRevocation DnsLookup ArchiveDirectory CaptureClipboard CopyOnDeletePE CopyOnDeleteSIDs CopyOnDeleteExtensions CopyOnDeleteProcesses DriverName FieldSizes".split(
    " ",
  ),
);

/** The last schema in which the fields of a filter without a relation are joined by “or”; “and” since. */
const LAST_BY_OR = 410;

type Relation = "and" | "or";

/** Filters of one event. */
interface Filters {
  readonly excluded: Rule[];
  readonly included: Rule[];
  /** Whether each of them excludes, in the order of the file. */
  readonly exclusive: boolean[];
}

class Reader {
  readonly unknown: UnknownPart[] = [];
  readonly #filters = new Map<SysmonEvent, Filters>();
  #usual: Relation = "and";

  config(root: XmlElement): void {
    const schema = /^(\d{1,2})\.(\d{1,3})$/.exec(root.attributes.get("schemaversion") ?? "");
    if (!schema) damaged(root, "schemaversion is missing");
    // A version is a number: 4.1 is 4.10.
    if (Number(schema[1]) * 100 + Number((schema[2] ?? "").padEnd(2, "0")) <= LAST_BY_OR) this.#usual = "or";
    for (const element of root.children)
      if (![...TOP].some((name) => name.toLowerCase() === element.name.toLowerCase()))
        this.unknown.push(unknownElement(element));
    for (const element of child(root, "EventFiltering")?.children ?? []) {
      if (element.name === "RuleGroup") for (const one of element.children) this.#event(one, element);
      else this.#event(element, undefined);
    }
  }

  #event(element: XmlElement, group: XmlElement | undefined): void {
    if (OTHER_EVENTS.has(element.name)) return;
    const event = EVENTS.find(({ name }) => name === element.name);
    if (!event) {
      this.unknown.push(unknownElement(element));
      return;
    }
    this.unknown.push(...unknownAttributes(element, ["onmatch"], [event.on]));
    const onmatch = element.attributes.get("onmatch") ?? "";
    if (!/^(?:in|ex)clude$/.test(onmatch)) damaged(element, `onmatch “${onmatch}” is not known`);
    const filters = this.#filters.get(event) ?? { excluded: [], included: [], exclusive: [] };
    this.#filters.set(event, filters);
    filters.exclusive.push(onmatch === "exclude");
    const action = onmatch === "include" ? "audit" : "allow";
    const into = onmatch === "include" ? filters.included : filters.excluded;
    const add = (clauses: readonly Clause[], place: XmlElement) => {
      const name = place.attributes.get("name") || group?.attributes.get("name");
      for (const clause of clauses)
        into.push({
          id: `${event.name} line ${place.line}`,
          action,
          on: [event.on],
          ...clause,
          ...(name && { description: name }),
        });
    };
    if ((relationOf(group) ?? this.#usual) === "and") add(allInGroup(event, element.children), element);
    else
      for (const one of element.children) {
        if (one.name !== "Rule") add([clauseOf(event, one)], one);
        else if (relationOf(one) === "or")
          for (const part of one.children) add([clauseOf(event, part)], named(part, one));
        else add(ruleOf(event, one), one);
      }
  }

  policy(name: string): Policy {
    const rules: Rule[] = [];
    const collections: Collection[] = [];
    for (const event of EVENTS) {
      const filters = this.#filters.get(event);
      if (!filters) continue;
      const { excluded, included, exclusive } = filters;
      collections.push({ on: event.on, mode: "audit" });
      // One by one: a call takes only so many arguments.
      for (const part of [excluded, included]) for (const rule of part) rules.push(rule);
      // A filter that excludes, and is the only one of its event, says that all the rest is logged; beside another it does not.
      if (exclusive.length === 1 && exclusive[0])
        rules.push({
          id: `${event.name} others`,
          action: "audit",
          on: [event.on],
          description: "what is not excluded",
        });
    }
    return { target: "sysmon", name, mode: "audit", rules, unknown: this.unknown, collections };
  }
}

/** Conditions of a rule by “and” must all hold, those on one and the same field, too. */
const ruleOf = (event: SysmonEvent, element: XmlElement): readonly Clause[] => {
  const clauses = element.children.map((one) => clauseOf(event, one));
  return relationOf(element) === "or" ? clauses : allOf(clauses.map((one) => [one]));
};

/** In a filter by “and” conditions on one field are alternatives; a rule in it is one more condition. */
function allInGroup(event: SysmonEvent, elements: readonly XmlElement[]): readonly Clause[] {
  const fields = new Map<string, Clause[]>();
  const rules: (readonly Clause[])[] = [];
  for (const element of elements) {
    if (element.name === "Rule") rules.push(ruleOf(event, element));
    else {
      const clauses = fields.get(element.name) ?? [];
      clauses.push(clauseOf(event, element));
      fields.set(element.name, clauses);
    }
  }
  return allOf([...fields.values(), ...rules]);
}

function relationOf(element: XmlElement | undefined): Relation | undefined {
  const said = element?.attributes.get("groupRelation")?.toLowerCase();
  return said === "and" || said === "or" ? said : undefined;
}

/** A condition without a name of its own has that of its rule. */
const named = (element: XmlElement, rule: XmlElement): XmlElement => {
  const name = element.attributes.get("name") || rule.attributes.get("name");
  return { ...element, attributes: new Map(name ? [["name", name]] : []) };
};

/**
 * How conditions are joined is read as the product does.
 * @see https://learn.microsoft.com/sysinternals/downloads/sysmon
 * @see https://github.com/Sysinternals/SysmonCommon/blob/main/rules.c
 * @throws WhatranError `policy/xml` or `policy/damaged` with the place
 */
export function readSysmon(text: string, name: string): Policy {
  const root = readXml(text);
  if (root.name !== "Sysmon") damaged(root, `<${root.name}> is no Sysmon`);
  const reader = new Reader();
  reader.config(root);
  return reader.policy(name);
}
