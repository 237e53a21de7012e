import { readXml, type XmlElement } from "../../languages/xml.ts";
import type { Collection, FilePattern, Policy, Rule, UnknownPart } from "../../model.ts";
import { child, damaged, unknownAttributes, unknownElement } from "../../read.ts";
import { EVENTS, type Field, OTHER_EVENTS, type SysmonEvent } from "./events.ts";

const TOP = new Set(
  "HashAlgorithms EventFiltering ProcessAccessConfig PipeMonitoringConfig CheckRevocation DnsLookup ArchiveDirectory CaptureClipboard CopyOnDeletePE CopyOnDeleteSIDs CopyOnDeleteExtensions CopyOnDeleteProcesses DriverName".split(
    " ",
  ),
);

interface Filter {
  readonly rules: Rule[];
  isExclusive: boolean;
}

class Reader {
  readonly unknown: UnknownPart[] = [];
  readonly #excluded = new Map<SysmonEvent, Filter>();
  readonly #included = new Map<SysmonEvent, Filter>();

  config(root: XmlElement): void {
    if (!/^\d{1,2}\.\d{1,3}$/.test(root.attributes.get("schemaversion") ?? ""))
      damaged(root, "schemaversion is missing");
    for (const element of root.children)
      if (![...TOP].some((name) => name.toLowerCase() === element.name.toLowerCase()))
        this.unknown.push(unknownElement(element));
    for (const element of child(root, "EventFiltering")?.children ?? []) {
      if (element.name === "RuleGroup") for (const one of element.children) this.#event(one, groupOf(element));
      else this.#event(element, "either");
    }
  }

  #event(element: XmlElement, relation: Relation): void {
    if (OTHER_EVENTS.has(element.name)) return;
    const event = EVENTS.find(({ name }) => name === element.name);
    if (!event) {
      this.unknown.push(unknownElement(element));
      return;
    }
    this.unknown.push(...unknownAttributes(element, ["onmatch"], [event.on]));
    const onmatch = element.attributes.get("onmatch") ?? "";
    if (!/^(?:in|ex)clude$/.test(onmatch)) damaged(element, `onmatch “${onmatch}” is not known`);
    const into = onmatch === "include" ? this.#included : this.#excluded;
    const filter = into.get(event) ?? { rules: [], isExclusive: false };
    into.set(event, filter);
    const action = onmatch === "include" ? "audit" : "allow";
    const plain: XmlElement[] = [];
    for (const one of element.children) {
      if (one.name === "Rule") this.#rule(event, action, one.children, groupOf(one), one, filter);
      else plain.push(one);
    }
    if (plain.length > 0) this.#rule(event, action, plain, relation, element, filter);
  }

  /** With `or` each condition is a rule; else they are one, and with `either` each may be. */
  #rule(
    event: SysmonEvent,
    action: "audit" | "allow",
    conditions: readonly XmlElement[],
    relation: Relation,
    place: XmlElement,
    into: Filter,
  ): void {
    const named = place.attributes.get("name");
    const parts = conditions.map((one) => this.#condition(event, one));
    const add = (group: readonly Part[], line: number) => {
      const rule = ruleOf(group);
      const id = `${event.name} line ${line}`;
      if (rule) into.rules.push({ id, action, on: [event.on], ...rule, ...(named && { description: named }) });
    };
    const joined = relation === "and" ? parts : byField(parts);
    if (relation !== "or") add(joined, place.line);
    if (relation === "or") for (const part of parts) add([part], part.line);
    else if (relation === "either" && joined.length > 1) for (const part of parts) add([perhaps(part)], part.line);
  }

  #condition(event: SysmonEvent, element: XmlElement): Part {
    const subject = event.subject.find(({ name }) => name === element.name);
    const object = event.object.find(({ name }) => name === element.name);
    const field = subject ?? object;
    const value = element.text;
    const pattern = field && patternOf(field, element.attributes.get("condition") ?? "is", value);
    return {
      field: element.name,
      line: element.line,
      side: subject ? "subject" : "object",
      patterns: pattern ?? [{ beyond: `${element.name} of the event is not asked here` }],
    };
  }

  policy(name: string): Policy {
    const rules: Rule[] = [];
    const collections: Collection[] = [];
    for (const event of EVENTS) {
      const excluded = this.#excluded.get(event);
      const included = this.#included.get(event);
      if (!excluded && !included) continue;
      collections.push({ on: event.on, mode: "audit" });
      // One by one: a call takes only so many arguments.
      for (const part of [excluded, included]) for (const rule of part?.rules ?? []) rules.push(rule);
      // Exclusions alone say that all the rest is logged.
      if (excluded && !included)
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

/**
 * How conditions are joined: all or any, as a group or rule says; by default those of one field by “or” and fields by “and”. Of a
 * filter without a group the documentation says that, and that any is enough.
 * @see https://learn.microsoft.com/sysinternals/downloads/sysmon
 * @see https://techcommunity.microsoft.com/t5/sysinternals-blog/sysmon-10-4-rule-enhancements/ba-p/840631
 */
type Relation = "and" | "or" | "fields" | "either";

interface Part {
  readonly field: string;
  readonly line: number;
  readonly side: "subject" | "object";
  readonly patterns: readonly FilePattern[];
}

/** Conditions on one field are alternatives. */
function byField(parts: readonly Part[]): readonly Part[] {
  const fields = new Map<string, Part & { readonly patterns: FilePattern[] }>();
  for (const part of parts) {
    const patterns = fields.get(part.field)?.patterns ?? [];
    for (const pattern of part.patterns) patterns.push(pattern);
    fields.set(part.field, { ...part, patterns });
  }
  return [...fields.values()];
}

const perhaps = (part: Part): Part => ({
  ...part,
  patterns: part.patterns.map((one) => ({
    ...one,
    beyond: "whether one field is enough without a group is not known",
  })),
});

function ruleOf(parts: readonly Part[]): Pick<Rule, "subject" | "object"> | undefined {
  if (parts.length === 0) return undefined;
  const side = (name: Part["side"]): readonly FilePattern[] | undefined => {
    const ours = parts.filter((part) => part.side === name);
    const [only, ...more] = ours;
    if (!only) return undefined;
    if (more.length === 0) return only.patterns;
    // Several conditions on one file must all hold: alternatives cannot be told apart then.
    const all = ours.map(({ patterns }) => patterns);
    return all.every((one) => one.length === 1)
      ? [Object.assign({}, ...all.map(([one]) => one)) as FilePattern]
      : [{ beyond: "a condition of several parts is not asked here" }];
  };
  const [subject, object] = [side("subject"), side("object")];
  return { ...(subject && { subject }), ...(object && { object }) };
}

function groupOf(element: XmlElement): Relation {
  const said = element.attributes.get("groupRelation")?.toLowerCase();
  return said === "and" || said === "or" ? said : "fields";
}
const literal = (text: string) => text.replace(/[*?]/g, "?");

/** What a condition asks of a file; undefined for one that the model cannot say. */
function patternOf({ by }: Field, condition: string, value: string): readonly FilePattern[] | undefined {
  const text = literal(value);
  const values = text.split(";").map((one) => one.trim());
  const make = (...texts: readonly string[]): readonly FilePattern[] =>
    texts.map((one) => (by === "path" ? pathPattern(one) : { originalName: one }));
  if (condition === "is") return make(text);
  if (condition === "end with") return make(`*${text}`);
  if (condition === "begin with") return make(`${text}*`);
  if (condition === "contains") return make(`*${text}*`);
  if (condition === "is any") return make(...values);
  if (condition === "contains any") return make(...values.map((one) => `*${one}*`));
  // The file name alone, or the whole path.
  if (condition === "image") return by === "path" ? make(text, `*\\${text}`) : make(text);
  return undefined;
}

const pathPattern = (path: string): FilePattern =>
  /^\*\.\w{1,16}$/.test(path) ? { extension: path.slice(1).toLowerCase() } : { path };

/** @throws WhatranError `policy/xml` or `policy/damaged` with the place */
export function readSysmon(text: string, name: string): Policy {
  const root = readXml(text);
  if (root.name !== "Sysmon") damaged(root, `<${root.name}> is no Sysmon`);
  const reader = new Reader();
  reader.config(root);
  return reader.policy(name);
}
