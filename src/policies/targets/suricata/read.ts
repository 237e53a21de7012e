import { logicalLines } from "../../languages/lines.ts";
import type { FilePattern, PeerPattern, Policy, PolicyMode, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { programsOf } from "./agents.ts";
import { type Option, parseRule, type SuricataRule } from "./rule.ts";

/** Options that say nothing of which packets are meant, or that every start of a connection meets. */
const SILENT = new Set(
  "msg sid rev gid classtype priority reference metadata flow target fast_pattern nocase startswith endswith noalert requires".split(
    " ",
  ),
);
const BUFFERS: Readonly<Record<string, "agent" | "uri" | "host" | "method">> = {
  "http.method": "method",
  http_method: "method",
  "http.user_agent": "agent",
  http_user_agent: "agent",
  "http.uri": "uri",
  http_uri: "uri",
  "http.uri.raw": "uri",
  "http.host": "host",
  "tls.sni": "host",
  tls_sni: "host",
  "dns.query": "host",
  dns_query: "host",
};

const DAV_METHODS = new Set("PROPFIND PROPPATCH MKCOL LOCK UNLOCK".split(" "));

interface Contents {
  subject?: readonly FilePattern[];
  object?: readonly FilePattern[];
  host?: string;
  /** The method that only WebDAV has. */
  webdav?: boolean;
  beyond?: string;
}

/** What contents of buffers ask for, in the model's words; the rest is beyond what logs hold. */
function contentsOf(options: readonly Option[]): Contents {
  const found: Contents = {};
  let buffer: string | undefined;
  let isDotted = false;
  for (const [at, { name, value = "" }] of options.entries()) {
    if (SILENT.has(name)) continue;
    if (name === "dotprefix") isDotted = true;
    else if (name in BUFFERS) buffer = BUFFERS[name];
    else if (name === "content" && !value.startsWith("!") && buffer !== undefined) {
      const following: string[] = [];
      for (const next of options.slice(at + 1)) {
        if (next.name === "content" || next.name in BUFFERS) break;
        following.push(next.name);
      }
      content(found, buffer, value, new Set(following), isDotted);
    } else found.beyond ??= `what the packets hold (${name}) is not logged`;
  }
  return found;
}

function content(found: Contents, buffer: string, value: string, more: ReadonlySet<string>, isDotted: boolean): void {
  const programs = buffer === "agent" && !found.subject ? programsOf(value) : undefined;
  if (buffer === "method" && DAV_METHODS.has(value)) found.webdav = true;
  else if (buffer === "agent" && value.startsWith("Microsoft-WebDAV-MiniRedir")) found.webdav = true;
  else if (programs) found.subject = programs.map((path) => ({ path }));
  else if (buffer === "uri" && more.has("endswith") && /^\.\w{1,16}$/.test(value) && !found.object)
    found.object = [{ extension: value.toLowerCase() }];
  else if (buffer === "host" && more.has("endswith") && found.host === undefined) {
    if (more.has("startswith")) found.host = `=${value}`;
    else found.host = isDotted ? value.replace(/^\./, "") : `=*${value}`;
  } else found.beyond ??= "what the packets hold is not logged";
}

const isAny = (text: string) => text === "any";
/** Ports of a header: one, a list in brackets, ranges with colons. */
function portsOf(text: string): readonly string[] | undefined {
  const plain = text.replace(/^\[|\]$/g, "");
  if (!/^[\d:,\s]+$/.test(plain)) return undefined;
  return plain.split(",").map((one) => one.trim().replace(/^:/, "0:").replace(/:$/, ":65535").replace(":", "-"));
}

function addressesOf(text: string): readonly string[] | undefined {
  if (text === "$EXTERNAL_NET" || text === "!$HOME_NET") return ["Internet"];
  const plain = text.replace(/^\[|\]$/g, "");
  return /^[\d.:a-fA-F/,\s]+$/.test(plain) ? plain.split(",").map((one) => one.trim()) : undefined;
}

function ruleOf({ action, protocol, source, direction, destination, port, options }: SuricataRule, line: number): Rule {
  const { subject, object, host, webdav, beyond } = contentsOf(options);
  const isInbound = source === "$EXTERNAL_NET" && destination !== "$EXTERNAL_NET" && direction === "->";
  const other = isInbound ? source : destination;
  const addresses = host !== undefined ? [host] : isAny(other) ? undefined : addressesOf(other);
  const ports = isAny(port) ? undefined : portsOf(port);
  const isHome = other === "$HOME_NET";
  const open =
    beyond ??
    (addresses === undefined && !isAny(other) && !isHome ? `which addresses ${other} are is not known` : undefined) ??
    (ports === undefined && !isAny(port) ? `which ports ${port} are is not known` : undefined);
  const peer: PeerPattern = {
    inbound: isInbound,
    ...(protocol !== "ip" && { protocol: webdav ? "webdav" : protocol }),
    ...(addresses && { addresses }),
    ...(isHome && !isInbound && { addresses: ["Intranet"] }),
    ...(ports && { ports }),
  };
  const message = options.find(({ name }) => name === "msg")?.value;
  const acting = open === undefined ? subject : (subject ?? [{}]).map((one) => ({ ...one, beyond: open }));
  return {
    id: options.find(({ name }) => name === "sid")?.value ?? `line ${line}`,
    action: action === "pass" ? "allow" : action === "alert" ? "audit" : "deny",
    on: ["connect"],
    ...(acting && { subject: acting }),
    ...(object && { object }),
    peer,
    ...(message !== undefined && { description: message.replace(/^T1218 /, "") }),
  };
}

const ORDER: Readonly<Record<Rule["action"], number>> = { allow: 0, deny: 1, audit: 2 };

/** Reads rules as `rule-files` name them. @throws WhatranError `policy/damaged` where no line is a rule */
export function readSuricata(text: string, name: string): Policy {
  const rules: Rule[] = [];
  const unknown: UnknownPart[] = [];
  for (const { text: entry, line } of logicalLines(text)) {
    const parsed = parseRule(entry);
    if (typeof parsed === "string") unknown.push({ what: parsed, line, on: ["connect"] });
    else if (parsed.action !== "config") rules.push(ruleOf(parsed, line));
  }
  if (rules.length === 0) damaged({ line: unknown[0]?.line ?? 1 }, unknown[0]?.what ?? "there is no rule");
  // A file of alerts is a policy in audit mode: each would be a drop where the sensor stands in line.
  const mode: PolicyMode =
    rules.every(({ action }) => action !== "deny") && rules.some(({ action }) => action === "audit")
      ? "audit"
      : "enforce";
  const told =
    mode === "audit"
      ? rules.map((rule) => (rule.action === "audit" ? { ...rule, action: "deny" as const } : rule))
      : rules;
  return { target: "suricata", name, mode, rules: told.toSorted((a, b) => ORDER[a.action] - ORDER[b.action]), unknown };
}
