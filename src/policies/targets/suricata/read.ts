import { logicalLines } from "../../languages/lines.ts";
import type { PeerPattern, Policy, PolicyMode, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { contentsOf } from "./contents.ts";
import { parseRule, type SuricataRule } from "./rule.ts";

const isAny = (text: string) => text === "any";
const OUTSIDE = /^(?:\$EXTERNAL_NET|!\$HOME_NET)$/;
const PORT = /^(?:\d{1,5}(?::\d{0,5})?|:\d{1,5})$/;
const ADDRESS = /^[\d.:a-fA-F/]+$/;

interface List {
  readonly these: readonly string[];
  readonly not: readonly string[];
}

/** One or a list in brackets, with `!` before what is left out; undefined where it holds what one does not read here. */
function listOf(text: string, one: RegExp): List | undefined {
  const isNot = text.startsWith("!");
  const these: string[] = [];
  const not: string[] = [];
  for (const part of text.replace(/^!?\[?|\]$/g, "").split(",")) {
    const plain = part.trim();
    const isOut = plain.startsWith("!") !== isNot;
    const value = plain.replace(/^!/, "");
    if (!one.test(value)) return undefined;
    (isOut ? not : these).push(value);
  }
  return { these, not };
}

const portOf = (text: string) => text.replace(/^:/, "0:").replace(/:$/, ":65535").replace(":", "-");

/** What a header says of one place; `open` where that is not known. */
interface Place {
  readonly peer: PeerPattern;
  readonly except: readonly PeerPattern[];
  readonly open?: string;
}

function addressesOf(text: string): Place {
  if (isAny(text)) return { peer: {}, except: [] };
  if (OUTSIDE.test(text)) return { peer: { addresses: ["Internet"] }, except: [] };
  if (text === "$HOME_NET") return { peer: { addresses: ["Intranet"] }, except: [] };
  const list = listOf(text, ADDRESS);
  if (!list) return { peer: {}, except: [], open: `which addresses ${text} are is not known` };
  return {
    peer: list.these.length > 0 ? { addresses: list.these } : {},
    except: list.not.length > 0 ? [{ addresses: list.not }] : [],
  };
}

function portsOf(text: string): Place {
  if (isAny(text)) return { peer: {}, except: [] };
  const list = listOf(text, PORT);
  if (!list) return { peer: {}, except: [], open: `which ports ${text} are is not known` };
  return {
    peer: list.these.length > 0 ? { ports: list.these.map(portOf) } : {},
    except: list.not.length > 0 ? [{ ports: list.not.map(portOf) }] : [],
  };
}

/** Who asks and who answers: a rule on answers names them the other way round. */
function ends({ source, sourcePort, destination, port, options }: SuricataRule) {
  const isAnswer = options.some(
    ({ name, value }) => name === "flow" && /\b(?:to_client|from_server)\b/.test(value ?? ""),
  );
  return isAnswer
    ? { asks: destination, asksPort: port, answers: source, answersPort: sourcePort }
    : { asks: source, asksPort: sourcePort, answers: destination, answersPort: port };
}

function ruleOf(rule: SuricataRule, line: number): Rule {
  const { action, protocol, direction, options } = rule;
  const { subject, object, hosts, except, isQuery, webdav, beyond } = contentsOf(options);
  const { asks, asksPort, answers, answersPort } = ends(rule);
  const isBoth = direction === "<>";
  const isInbound = !isBoth && OUTSIDE.test(asks) && !OUTSIDE.test(answers);
  const own = isInbound ? answers : asks;
  // Whoever cannot find out an address does not connect to it, whatever it would be.
  const other = isQuery ? addressesOf("any") : addressesOf(isInbound ? asks : answers);
  const ports = portsOf(isQuery ? "any" : answersPort);
  const [host, ...more] = hosts;
  const open =
    beyond ??
    other.open ??
    ports.open ??
    (isAny(own) || own === "$HOME_NET" || isBoth ? undefined : `which machine ${own} is is not logged`) ??
    (isAny(asksPort) ? undefined : "from which port is not logged");
  const peer: PeerPattern = {
    ...(!isBoth && { inbound: isInbound }),
    ...(protocol !== "ip" && !isQuery && { protocol: webdav ? "webdav" : protocol }),
    ...other.peer,
    ...ports.peer,
    ...(host !== undefined && { addresses: [host] }),
  };
  const exceptPeers = [...other.except, ...ports.except, ...except];
  const message = options.find(({ name }) => name === "msg")?.value;
  const acting = open === undefined ? subject : (subject ?? [{}]).map((one) => ({ ...one, beyond: open }));
  return {
    id: options.find(({ name }) => name === "sid")?.value ?? `line ${line}`,
    action: action === "pass" ? "allow" : action === "alert" ? "audit" : "deny",
    on: ["connect"],
    ...(acting && { subject: acting }),
    ...(object && { object }),
    peer,
    ...(more.length > 0 && { peers: more.map((one) => ({ addresses: [one] })) }),
    ...(exceptPeers.length > 0 && { exceptPeers }),
    ...(message !== undefined && { description: message.replace(/^T1218 /, "") }),
  };
}

const ORDER: Readonly<Record<Rule["action"], number>> = { allow: 0, deny: 1, audit: 2 };

/** An alert that nobody sees: such rules leave a mark for others. */
const isQuiet = ({ action, options }: SuricataRule) =>
  action === "alert" &&
  options.some(({ name, value }) => name === "noalert" || (name === "flowbits" && value?.trim() === "noalert"));

/** Reads rules as `rule-files` name them. @throws WhatranError `policy/damaged` where no line is a rule */
export function readSuricata(text: string, name: string): Policy {
  const rules: Rule[] = [];
  const unknown: UnknownPart[] = [];
  let isRead = false;
  for (const { text: entry, line } of logicalLines(text)) {
    const parsed = parseRule(entry);
    if (typeof parsed === "string") unknown.push({ what: parsed, line, on: ["connect"] });
    else {
      isRead = true;
      if (parsed.action !== "config" && !isQuiet(parsed)) rules.push(ruleOf(parsed, line));
    }
  }
  if (!isRead) damaged({ line: unknown[0]?.line ?? 1 }, unknown[0]?.what ?? "there is no rule");
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
