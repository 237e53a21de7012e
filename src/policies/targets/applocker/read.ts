import { readXml, type XmlElement } from "../../languages/xml.ts";
import type { Collection, FilePattern, Operation, Policy, Rule, UnknownPart } from "../../model.ts";
import { child, children, damaged, unknownAttributes, unknownElement } from "../../read.ts";
import { COLLECTIONS, MODES, servicesOption, systemAppsOption } from "./names.ts";

const RULES = ["FilePublisherRule", "FilePathRule", "FileHashRule"];
const RULE_ATTRIBUTES = ["Id", "Name", "Description", "UserOrGroupSid", "Action"];

class AppLockerReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly collections: Collection[] = [];
  readonly options: string[] = [];

  policy(root: XmlElement): void {
    this.unknown.push(...unknownAttributes(root, ["Version"]));
    if (root.attributes.get("Version") !== "1")
      damaged(root, `version ${root.attributes.get("Version") ?? "(none)"} of AppLockerPolicy is not known`);
    for (const element of root.children) {
      if (element.name === "RuleCollection") this.#collection(element);
      else this.unknown.push(unknownElement(element));
    }
  }

  #collection(element: XmlElement): void {
    const type = element.attributes.get("Type") ?? "";
    // What managed installers leave behind is noted for App Control; to AppLocker it is neither allowed nor denied by that.
    if (type === "ManagedInstaller") return;
    const on = COLLECTIONS.find(([name]) => name === type)?.[1];
    if (!on) {
      this.unknown.push({ ...unknownElement(element), what: `the rule collection “${type}”` });
      return;
    }
    if (this.collections.some((one) => one.on === on)) damaged(element, `a second rule collection ${type}`);
    this.unknown.push(...unknownAttributes(element, ["Type", "EnforcementMode"], [on]));
    const written = element.attributes.get("EnforcementMode") ?? "NotConfigured";
    const mode = MODES.find(([name]) => name === written)?.[1];
    if (!mode) damaged(element, `EnforcementMode “${written}” is not known`);
    this.collections.push({ on, mode });
    for (const one of element.children) {
      if (RULES.includes(one.name)) this.#rule(one, on);
      else if (one.name === "RuleCollectionExtensions") this.#extensions(one, type, on);
      else this.unknown.push(unknownElement(one, [on]));
    }
  }

  #extensions(element: XmlElement, type: string, on: Operation): void {
    const services = child(child(element, "ThresholdExtensions"), "Services");
    if (services?.attributes.get("EnforcementMode") === "Enabled") this.options.push(servicesOption(type));
    const apps = child(child(element, "RedstoneExtensions"), "SystemApps");
    if (apps?.attributes.get("Allow") === "Enabled") this.options.push(systemAppsOption(type));
    for (const one of element.children) {
      if (one.name !== "ThresholdExtensions" && one.name !== "RedstoneExtensions")
        this.unknown.push(unknownElement(one, [on]));
    }
  }

  #rule(element: XmlElement, on: Operation): void {
    this.unknown.push(...unknownAttributes(element, RULE_ATTRIBUTES, [on]));
    const action = element.attributes.get("Action");
    if (action !== "Allow" && action !== "Deny") damaged(element, `Action “${action ?? ""}” is not known`);
    const conditions = this.#patterns(child(element, "Conditions"), on);
    const exceptions = this.#patterns(child(element, "Exceptions"), on);
    for (const one of element.children)
      if (one.name !== "Conditions" && one.name !== "Exceptions") this.unknown.push(unknownElement(one, [on]));
    const name = element.attributes.get("Name");
    this.rules.push({
      id: element.attributes.get("Id") ?? `line ${element.line}`,
      action: action === "Allow" ? "allow" : "deny",
      on: [on],
      object: conditions,
      scope: [element.attributes.get("UserOrGroupSid") ?? damaged(element, "UserOrGroupSid is missing")],
      ...(exceptions.length > 0 && { exceptions }),
      ...(name !== undefined && name !== "" && { description: name }),
    });
  }

  #patterns(element: XmlElement | undefined, on: Operation): readonly FilePattern[] {
    return (element?.children ?? []).flatMap((one) => {
      const found = patternsOf(one);
      if (!found) this.unknown.push(unknownElement(one, [on]));
      return found ?? [];
    });
  }
}

/**
 * In names of publishers and products an asterisk stands for itself unless it is alone; no name has one, so one character stands for it.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/understanding-the-publisher-rule-condition-in-applocker
 */
const wordOf = (text: string): string => (text === "*" ? text : text.replaceAll("*", "?"));

/** With a wildcard a file’s name is a part of the names meant; a wildcard alone is any. */
function fileOf(text: string): string {
  const part = text.replace(/^[*?]+/, "").replace(/(?<![*?])[*?]+$/, "");
  if (part === "") return "*";
  return part === text ? text : `*${part}*`;
}

/** Whether the names of a file mean in AppLocker what they mean in the model. */
export const areNames = ({ publisher = "*", productName = "*", originalName = "*" }: FilePattern): boolean =>
  wordOf(publisher) === publisher && wordOf(productName) === productName && fileOf(originalName) === originalName;

function patternsOf(element: XmlElement): readonly FilePattern[] | undefined {
  const get = (name: string) => element.attributes.get(name);
  if (element.name === "FilePathCondition") return [{ path: get("Path") ?? "" }];
  if (element.name === "FilePublisherCondition") {
    const range = child(element, "BinaryVersionRange");
    const low = range?.attributes.get("LowSection") ?? "*";
    const high = range?.attributes.get("HighSection") ?? "*";
    const product = wordOf(get("ProductName") ?? "*");
    return [
      {
        publisher: wordOf(get("PublisherName") ?? "*"),
        ...(product !== "*" && { productName: product }),
        originalName: fileOf(get("BinaryName") ?? "*"),
        ...(low !== "*" && low !== "0.0.0.0" && { minVersion: low }),
        ...(high !== "*" && { maxVersion: high }),
      },
    ];
  }
  if (element.name !== "FileHashCondition") return undefined;
  return children(element, "FileHash").map((hash) => {
    const name = hash.attributes.get("SourceFileName");
    const data = (hash.attributes.get("Data") ?? "").replace(/^0x/i, "").toLowerCase();
    return { hash: data, ...(name !== undefined && name !== "" && { hashOf: name }) };
  });
}

/** @throws WhatranError `policy/xml` or `policy/damaged` with the place */
export function readAppLocker(text: string, name: string): Policy {
  const root = readXml(text);
  if (root.name !== "AppLockerPolicy") damaged(root, `<${root.name}> is no AppLockerPolicy`);
  const reader = new AppLockerReader();
  reader.policy(root);
  const { rules, unknown, collections, options } = reader;
  const mode = collections.some((one) => one.mode === "enforce") ? "enforce" : "audit";
  return { target: "applocker", name, mode, rules, unknown, collections, ...(options.length > 0 && { options }) };
}
