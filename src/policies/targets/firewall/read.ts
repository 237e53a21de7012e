import { glob } from "../../../invocations/glob.ts";
import { type Command, readCommands } from "../../languages/commands.ts";
import { LONGEST_LINE } from "../../languages/lines.ts";
import { isReg, readReg } from "../../languages/reg.ts";
import type { Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { exportedRules, isJson, isListing, isTable } from "./exports.ts";
import { type Fields, passedOver, ruleOf } from "./fields.ts";
import { ProfileSettings } from "./profiles.ts";

const MAX_PATTERNS = 100;

const namesOf = ({ id, description = id }: Rule) => new Set([id.toLowerCase(), description.toLowerCase()]);

class FirewallReader {
  /** By their places; a place that was taken back is empty. */
  readonly #rules: (Rule | undefined)[] = [];
  readonly #places = new Map<string, number[]>();
  #patterns = 0;
  readonly bypassing: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly profiles = new ProfileSettings();

  take(fields: Fields, line: number): void {
    const rule = ruleOf(fields);
    if (typeof rule === "string") this.cannot(rule, line);
    else if (rule && /^bypass$/i.test(fields.action)) this.bypassing.push(rule);
    else if (rule) {
      const place = this.#rules.push(rule) - 1;
      for (const name of namesOf(rule)) {
        const places = this.#places.get(name) ?? [];
        this.#places.set(name, places);
        places.push(place);
      }
    }
  }

  get rules(): readonly Rule[] {
    return this.#rules.filter((rule) => rule !== undefined);
  }

  /** Takes rules back by a name, which may have stars; where more is asked for it is not known which of them it is. */
  remove(name: string | undefined, isMore: boolean, line: number): void {
    const pattern = (name ?? "*").toLowerCase();
    const isOne = !/[*?]/.test(pattern);
    // Each pattern is held against all names.
    if (!isOne && ++this.#patterns > MAX_PATTERNS) {
      this.cannot(`one of more than ${MAX_PATTERNS} removals by a pattern`, line);
      return;
    }
    const names = isOne ? [pattern] : [...this.#places.keys()].filter((one) => glob(pattern, one));
    const places = names.flatMap((one) => this.#places.get(one) ?? []).filter((place) => this.#rules[place]);
    if (isMore && places.length > 0) this.cannot("a command", line);
    else for (const place of places) this.#rules[place] = undefined;
    if (!isMore) for (const one of names) this.#places.delete(one);
  }

  cannot(what: string, line: number): void {
    this.unknown.push({ what, line, on: ["connect"] });
  }
}

/** Parameters of New-NetFirewallRule that change nothing a log could show, or that are read. */
const KNOWN = new Set(
  "name displayname description group enabled profile direction action program service protocol remoteaddress remoteport edgetraversalpolicy erroraction policystore confirm".split(
    " ",
  ),
);
/** Values of others by which they ask for nothing. */
const IS_ANY = /^(?:any|notrequired|notconfigured|false|)$/i;

function powershellRule({ parameters, line }: Command, reader: FirewallReader): void {
  const one = (name: string) => parameters.get(name)?.[0];
  if (parameters.has("whatif")) return;
  const isBypass = /^true$/i.test(one("overrideblockrules") ?? "");
  const [other] =
    [...parameters].find(([name, values]) => !KNOWN.has(name) && !values.every((value) => IS_ANY.test(value))) ?? [];
  if (!/^persistentstore$/i.test(one("policystore") ?? "PersistentStore")) {
    reader.cannot("a rule of another policy store", line);
    return;
  }
  const title = one("displayname");
  reader.take(
    {
      name: one("name") ?? title ?? `line ${line}`,
      title,
      action: isBypass ? "bypass" : (one("action") ?? "allow"),
      direction: one("direction") ?? "inbound",
      enabled: one("enabled"),
      program: one("program"),
      service: one("service"),
      profile: parameters.get("profile")?.join(","),
      protocol: one("protocol"),
      addresses: parameters.get("remoteaddress"),
      ports: parameters.get("remoteport"),
      other,
    },
    line,
  );
}

/** Words of netsh that change nothing a log could show, or that are read. */
const WORDS = new Set(
  "name description dir action enable program service profile protocol remoteip remoteport edge".split(" "),
);
/** Words of `netsh advfirewall firewall add rule name="…" dir=out …`: `key=value`, the value in quotes. */
function netshWords(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, key = "", quoted, bare] of text.matchAll(/\b([a-z]{2,20})=(?:"([^"]*)"|(\S+))/gi))
    values.set(key.toLowerCase(), quoted ?? bare ?? "");
  return values;
}

function netshRule(text: string, line: number, reader: FirewallReader): void {
  const values = netshWords(text);
  const get = (key: string) => values.get(key);
  const split = (key: string) => get(key)?.split(",");
  const [other] = [...values].find(([key, value]) => !WORDS.has(key) && !IS_ANY.test(value)) ?? [];
  reader.take(
    {
      name: get("name") ?? `line ${line}`,
      action: get("action") ?? "",
      direction: get("dir") ?? "in",
      enabled: get("enable"),
      program: get("program"),
      service: get("service"),
      profile: get("profile"),
      protocol: get("protocol"),
      addresses: split("remoteip"),
      ports: split("remoteport"),
      other,
    },
    line,
  );
}

/** Fields of the form that group policy keeps: `v2.31|Action=Block|Active=TRUE|Dir=Out|App=…|Name=…|`. */
function policyFields(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const part of text.split("|").slice(1)) {
    const at = part.indexOf("=");
    if (at <= 0) continue;
    const key = part.slice(0, at).toLowerCase();
    fields.set(key, [...(fields.get(key) ?? []), part.slice(at + 1)]);
  }
  return fields;
}

function policyRule(id: string, text: string, line: number, reader: FirewallReader): void {
  const fields = policyFields(text);
  const one = (key: string) => fields.get(key)?.[0];
  const known =
    /^(?:action|active|dir|app|svc|profile|protocol|ra4|ra6|ra42|ra62|rport|rport2_10|name|desc|embedctxt|edge|defer)$/;
  reader.take(
    {
      name: id,
      title: one("name"),
      action: one("action") ?? "",
      direction: one("dir") ?? "",
      enabled: one("active"),
      program: one("app"),
      service: one("svc"),
      profile: fields.get("profile")?.join(","),
      protocol: one("protocol"),
      addresses: ["ra4", "ra6", "ra42", "ra62"].flatMap((key) => fields.get(key) ?? []),
      ports: ["rport", "rport2_10"].flatMap((key) => fields.get(key) ?? []),
      other: [...fields.keys()].find((key) => !known.test(key)),
    },
    line,
  );
}

function readLines(text: string, reader: FirewallReader): void {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\s*@/, "").trim());
  const isNetsh = lines.some((line) => /^netsh\s+advfirewall\b/i.test(line));
  if (!isNetsh) return;
  for (const [at, line] of lines.entries()) {
    if (/^(?:rem\b|::|echo\b|setlocal|endlocal|exit\b|$)/i.test(line)) continue;
    if (line.length > LONGEST_LINE) reader.cannot("a command", at + 1);
    else if (/^netsh\s+advfirewall\s+firewall\s+add\s+rule\b/i.test(line)) netshRule(line, at + 1, reader);
    else if (/^netsh\s+advfirewall\s+firewall\s+delete\s+rule\b/i.test(line)) {
      const words = netshWords(line);
      const name = words.get("name");
      reader.remove(/^all$/i.test(name ?? "all") ? undefined : name, words.size > 1, at + 1);
    } else if (!netshProfile(line, reader)) reader.cannot("a command", at + 1);
  }
}

/** `set allprofiles state off`, `set publicprofile firewallpolicy blockinbound,blockoutbound`: whether it was understood. */
function netshProfile(line: string, { profiles }: FirewallReader): boolean {
  const [, name = "", setting = "", value = ""] =
    /^netsh\s+advfirewall\s+set\s+(all|domain|private|public)profiles?\s+(\w+)\s+(\S+)/i.exec(line) ?? [];
  if (/^state$/i.test(setting) && /^(?:on|off)$/i.test(value)) profiles.enabled([name], /^on$/i.test(value));
  else if (/^firewallpolicy$/i.test(setting)) {
    const outbound = /,(block|allow)outbound$/i.exec(value)?.[1];
    if (outbound !== undefined) profiles.outbound([name], /^block$/i.test(outbound));
  } else return /^(?:settings|logging)$/i.test(setting);
  return true;
}

function readScript(text: string, reader: FirewallReader): void {
  const { commands, unread } = readCommands(text);
  for (const command of commands) {
    if (/^New-NetFirewallRule$/i.test(command.name)) powershellRule(command, reader);
    else if (/^Set-NetFirewallProfile$/i.test(command.name)) shellProfile(command, reader);
    else if (/^Remove-NetFirewallRule$/i.test(command.name)) shellRemoval(command, reader);
    else if (!/^(?:Remove|Get|Import|Write)-/i.test(command.name)) reader.cannot("a command", command.line);
  }
  for (const { what, line = 1 } of unread) reader.cannot(what, line);
}

function shellProfile({ parameters, words }: Command, { profiles }: FirewallReader): void {
  const names = [...(parameters.get("profile") ?? parameters.get("name") ?? []), ...words];
  const outbound = parameters.get("defaultoutboundaction")?.[0];
  const enabled = parameters.get("enabled")?.[0];
  if (outbound !== undefined) profiles.outbound(names, /^block$/i.test(outbound));
  if (enabled !== undefined) profiles.enabled(names, /^true$/i.test(enabled));
}

function shellRemoval({ parameters, line }: Command, reader: FirewallReader): void {
  const names = parameters.get("name") ?? parameters.get("displayname");
  const isMore = [...parameters.keys()].some((key) => !/^(?:name|displayname|all|erroraction|confirm)$/.test(key));
  for (const name of names ?? [undefined]) reader.remove(name, isMore, line);
}

/**
 * Reads rules as scripts of PowerShell or netsh, as group policy keeps them in the registry, such values a line, and what netsh and
 * PowerShell list.
 * @throws WhatranError `policy/damaged` with the place; for the binary form, with what to export in its place
 */
export function readFirewall(text: string, name: string): Policy {
  if (/\.wfw$/i.test(name))
    damaged(
      { line: 1 },
      "the firewall’s own export is binary; “netsh advfirewall firewall show rule name=all verbose” lists the same",
    );
  const reader = new FirewallReader();
  if (isJson(text) || isListing(text) || isTable(text)) {
    for (const { line, rule } of exportedRules(text)) {
      if (typeof rule === "string") reader.cannot(rule, line);
      else reader.take(rule, line);
    }
  } else if (isReg(text)) {
    const { values, unread } = readReg(text);
    for (const { key, name: id, value, line } of values) {
      if (/\\FirewallRules$/i.test(key)) policyRule(id, String(value), line, reader);
      const profile = /\\(\w+)Profile$/i.exec(key)?.[1];
      if (profile === undefined) continue;
      if (/^DefaultOutboundAction$/i.test(id)) reader.profiles.outbound([profile], value === 1);
      else if (/^EnableFirewall$/i.test(id)) reader.profiles.enabled([profile], value !== 0);
    }
    for (const { what, line = 1 } of unread) reader.cannot(what, line);
  } else if (/^[ \t]*v2\.\d+\|/im.test(text)) {
    for (const [at, line] of text.split(/\r?\n/).entries())
      if (/^\s*v2\.\d+\|/i.test(line)) policyRule(`line ${at + 1}`, line.trim(), at + 1, reader);
  } else if (/^[ \t]*@?netsh\b/im.test(text)) readLines(text, reader);
  else readScript(text, reader);
  const { unknown, bypassing, profiles } = reader;
  const rules = [...passedOver(reader.rules, bypassing), ...bypassing];
  const { options } = profiles;
  return { target: "firewall", name, mode: "enforce", rules, unknown, ...(options.length > 0 && { options }) };
}
