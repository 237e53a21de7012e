import { GUID, stableGuid } from "../../ids.ts";
import { xml } from "../../languages/escape.ts";
import type { FilePattern, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";
import { COLLECTIONS, MODES, servicesOption, systemAppsOption } from "./names.ts";

const attribute = (name: string, value: string) => ` ${name}="${xml(value)}"`;

function conditionOf(pattern: FilePattern): string {
  const { path, hash, hashOf, publisher, productName, originalName, minVersion, maxVersion } = pattern;
  if (path !== undefined) return `<FilePathCondition${attribute("Path", path)} />`;
  if (hash !== undefined) {
    const name = attribute("SourceFileName", hashOf ?? "");
    const data = attribute("Data", `0x${hash.toUpperCase()}`);
    return `<FileHashCondition><FileHash Type="SHA256"${data}${name} SourceFileLength="0" /></FileHashCondition>`;
  }
  const names = [
    attribute("PublisherName", publisher ?? "*"),
    attribute("ProductName", productName ?? "*"),
    attribute("BinaryName", originalName ?? "*"),
  ].join("");
  const range = `<BinaryVersionRange${attribute("LowSection", minVersion ?? "*")}${attribute("HighSection", maxVersion ?? "*")} />`;
  return `<FilePublisherCondition${names}>${range}</FilePublisherCondition>`;
}

function kindOf(pattern: FilePattern): string {
  if (pattern.path !== undefined) return "FilePathRule";
  return pattern.hash !== undefined ? "FileHashRule" : "FilePublisherRule";
}

function ruleText(rule: Rule, pattern: FilePattern, scope: string, part: string): string {
  const kind = kindOf(pattern);
  const exceptions = rule.exceptions?.map((one) => `          ${conditionOf(one)}\n`).join("") ?? "";
  const head = [
    attribute("Id", GUID.test(rule.id) && part === "" ? rule.id : stableGuid(rule.id + part)),
    attribute("Name", rule.description ?? rule.id),
    attribute("Description", rule.measure ?? ""),
    attribute("UserOrGroupSid", scope),
    attribute("Action", rule.action === "deny" ? "Deny" : "Allow"),
  ].join("");
  return [
    `    <${kind}${head}>`,
    "      <Conditions>",
    `        ${conditionOf(pattern)}`,
    "      </Conditions>",
    ...(exceptions === "" ? [] : [`      <Exceptions>\n${exceptions}      </Exceptions>`]),
    `    </${kind}>`,
  ].join("\n");
}

/** A rule of the model may name several files and groups; one of AppLocker has one condition and one group. */
function rulesText(rule: Rule): string[] {
  const scopes = rule.scope ?? ["S-1-1-0"];
  const patterns = rule.object ?? [{ path: "*" }];
  return patterns.flatMap((pattern, i) =>
    scopes.map((scope, j) => ruleText(rule, pattern, scope, i + j === 0 ? "" : `/${i}/${j}`)),
  );
}

/** The file as Get-AppLockerPolicy -Xml writes it and Set-AppLockerPolicy -XmlPolicy reads it. */
export function writeAppLocker(policy: Policy): readonly PolicyFile[] {
  const collections = COLLECTIONS.map(([type, on]) => {
    const rules = policy.rules.filter((rule) => rule.on.includes(on)).map((rule) => ({ ...rule, on: [on] }));
    const set = policy.collections?.find((one) => one.on === on)?.mode;
    const mode = set ?? (rules.length > 0 ? policy.mode : "off");
    const written = MODES.find(([, ours]) => ours === mode)?.[0] ?? "NotConfigured";
    const apps = policy.options?.includes(systemAppsOption(type)) ? "Enabled" : "NotConfigured";
    const services = policy.options?.includes(servicesOption(type))
      ? `\n    <RuleCollectionExtensions>\n      <ThresholdExtensions><Services EnforcementMode="Enabled" /></ThresholdExtensions>\n      <RedstoneExtensions><SystemApps Allow="${apps}" /></RedstoneExtensions>\n    </RuleCollectionExtensions>`
      : "";
    const body = rules.flatMap(rulesText).join("\n");
    return `  <RuleCollection Type="${type}" EnforcementMode="${written}">${body === "" ? "" : `\n${body}`}${services}\n  </RuleCollection>`;
  });
  const text = `<AppLockerPolicy Version="1">\n${collections.join("\n")}\n</AppLockerPolicy>\n`;
  return [{ name: "applocker.xml", text }];
}
