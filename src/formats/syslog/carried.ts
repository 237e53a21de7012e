import type { JsonObject } from "../../decode/json/parse.ts";
import { entryOf, tableOf } from "../../model/entry.ts";
import { cefFields, withPlainBackslashes } from "../json-shapes/cef-fields.ts";
import { dockerEvent } from "../json-shapes/products/docker.ts";
import { falcoAlert } from "./falco.ts";
import type { SyslogLine } from "./prefix.ts";

type Fields = Record<string, string>;

/**
 * An event that a forwarder of another system wrote into syslog as names and values: CEF, LEEF, WinCollect, Snare, NXLog's structured data,
 * Eventlog-to-Syslog, Falco. As an object with the names that the shapes of JSON know; undefined where it is none.
 */
export function carriedIn(line: SyslogLine): JsonObject | undefined {
  const { message } = line;
  const named = line.program === "CEF" || line.program === "LEEF" ? `${line.program}:${message}` : message;
  if (named.startsWith("CEF:")) return cef(named);
  if (named.startsWith("LEEF:")) return leef(named);
  if (message.startsWith("AgentDevice=")) return pairsOf(message.split("\t", MOST_PAIRS));
  if (message.startsWith("MSWinEventLog")) return snare(message);
  if (line.program === "ausearch") return told(message);
  const alert = falcoAlert(message, line.program === "falco");
  if (alert) return alert;
  const event = line.program === "docker" ? dockerEvent(message) : undefined;
  if (event) return event;
  if (line.program === "snoopy") return snooped(line);
  if (line.program === "WinEvtLog") return ossec(message);
  if (message.startsWith("action=")) return { ...pairsOf(message.split("|", MOST_PAIRS)), program: line.program };
  return line.data === undefined ? (eventlogToSyslog(line) ?? labelled(message)) : structured(line);
}

/** OSSEC: channel, how grave, number, provider, account, its domain and the machine, each before a colon; then the message. */
const OSSEC =
  /^([^:]{1,255}): [A-Z_]{1,32}\((\d{1,5})\): ([^:]{1,255}): ([^:]{1,255}): ([^:]{1,255}): ([^:]{1,255}): (.*)$/s;

function ossec(text: string): JsonObject | undefined {
  const [, Channel, EventID, SourceName, , , Computer, Message] = OSSEC.exec(text) ?? [];
  return EventID === undefined ? undefined : { Channel, EventID, SourceName, Computer, Message };
}

/** More pairs than any event has. */
const MOST_PAIRS = 512;

/** What Snoopy says before a command, in the order that its configuration has. */
const SNOOPED = /^\[([^\]]{0,4096})\]: (.*)$/s;

function snooped({ message, pid }: SyslogLine): JsonObject | undefined {
  const [, before = "", command] = SNOOPED.exec(message) ?? [];
  if (command === undefined) return undefined;
  const said = (name: string) => new RegExp(`(?:^| )${name}:(\\S{1,1024})`).exec(before)?.[1];
  return {
    command_line: command,
    pid,
    exe: said("filename"),
    cwd: said("cwd"),
    user: said("(?:username|uid)")?.replace(/\(\d+\)$/, ""),
    platform: "linux",
  };
}

/** A label in front of its value. */
const LABEL = /^([A-Z][\w-]{0,32}(?: [\w-]{1,32}){0,5}): (.*)$/s;
/** So many labels make a message a list of them. */
const LABELS = 6;

/** `Device Name: pc;Process Path: …` or the same with commas: what follows one that begins no label belongs to the value before. */
function labelled(message: string): Fields | undefined {
  if (!/Process|Command/.test(message) || !message.includes(": ")) return undefined;
  for (const mark of [";", ", "]) {
    const fields = tableOf<string>();
    let last: string | undefined;
    for (const part of message.split(mark, MOST_PAIRS)) {
      const label = LABEL.exec(part.trimStart());
      if (label && fields[label[1]!] === undefined) {
        last = label[1]!;
        fields[last] = label[2]!;
      } else if (last !== undefined) fields[last] += mark + part;
    }
    if (Object.keys(fields).length >= LABELS) return fields;
  }
  return undefined;
}

const TOLD = /^([^,]{1,128}?)(?:, acting as ([^,]{1,128}),)? (un)?successfully (\S{1,64})(?: (.*))?$/s;

/** A sentence of `ausearch --format text`, by the names that its table has: who, as whom, did what to what, by which program. */
function told(message: string): JsonObject | undefined {
  const match = TOLD.exec(message);
  if (!match) return undefined;
  const [, prime, second, not, action, rest = ""] = match;
  const [what = "", how] = rest.trim().split(" using ", 2);
  const [first, to] = what.split(" to ", 2);
  return {
    SERIAL_NUM: "",
    EVENT_KIND: "",
    ACTION: action,
    RESULT: not === undefined ? "success" : "failed",
    SUBJ_PRIME: prime,
    SUBJ_SEC: second,
    OBJ_PRIME: first,
    OBJ_SEC: to,
    HOW: how,
  };
}

/** `key=value` each. */
function pairsOf(pairs: readonly string[]): Fields {
  const fields = tableOf<string>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals > 0) fields[pair.slice(0, equals).trim()] ??= pair.slice(equals + 1);
  }
  return fields;
}

/** Where a value ends: before a key, whose equals sign no backslash stands before. */
const KEY = /(?:^|\s)([A-Za-z][\w.-]{0,63})=/g;

/** ArcSight's Common Event Format: seven fields parted by bars, then keys and values. */
function cef(text: string): JsonObject | undefined {
  const parts = text.split(/(?<!\\)\|/, 8);
  if (parts.length < 7) return undefined;
  const head = parts.slice(0, 7).join("|").length + 1;
  const raw = valuesOf(text.slice(head));
  return cefFields(raw, { vendor: parts[1]!, product: parts[2]!, signature: parts[4]!, eventName: parts[5]! });
}

function valuesOf(text: string): Fields {
  const raw = tableOf<string>();
  const found = [...text.matchAll(KEY)].slice(0, MOST_PAIRS);
  for (const [at, match] of found.entries()) {
    const end = found[at + 1]?.index ?? text.length;
    raw[match[1]!] ??= unescaped(text.slice(match.index + match[0].length, end).trim());
  }
  return raw;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r" };

function unescaped(text: string): string {
  return text.replace(/\\([\\=|nr])/g, (_, code: string) => ESCAPES[code] ?? code);
}

/** QRadar's Log Event Extended Format: a header parted by bars; then pairs parted by tabs, or by what version 2 says. */
function leef(text: string): JsonObject | undefined {
  const isSecond = text.startsWith("LEEF:2");
  const parts = text.split("|", isSecond ? 7 : 6);
  if (parts.length < 6) return undefined;
  const delimiter = isSecond ? delimiterOf(parts[5]!) : "\t";
  const body = text.slice(parts.slice(0, isSecond ? 6 : 5).join("|").length + 1);
  const fields = pairsOf(body.split(delimiter, MOST_PAIRS));
  for (const [name, value] of Object.entries(fields)) fields[name] = value.replaceAll("\\=", "=");
  return { EventID: parts[4]!, ...withPlainBackslashes(fields) };
}

/** A character, or its number in hexadecimal: `^`, `x09`, `0x09`. */
function delimiterOf(written: string): string {
  const code = /^0?x([0-9A-Fa-f]{1,4})$/.exec(written)?.[1];
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return written === "" ? "\t" : written;
}

/** Snare's agent: parted by tabs, in this order. */
const SNARE = words(
  "tag criticality LogName counter TimeCreated EventID SourceName User SidType Type Computer Category Data Message",
);

function words(text: string): readonly string[] {
  return text.split(" ");
}

function snare(message: string): JsonObject | undefined {
  const cells = message.split("\t", MOST_PAIRS);
  if (cells.length < SNARE.length) return undefined;
  return Object.fromEntries(SNARE.map((name, at) => [name, cells[at]!]));
}

const PARAMETER = /([\w.@-]{1,64})="((?:[^"\\]|\\.)*)"/gs;

/** Structured data of RFC 5424 with the fields of a Windows event (NXLog): the program is the provider. */
function structured({ data, program, message, host }: SyslogLine): JsonObject | undefined {
  if (!data?.includes("EventID=")) return undefined;
  const fields = tableOf<string>();
  for (const [, name, value] of data.matchAll(PARAMETER)) fields[name!] ??= value!.replace(/\\(["\\\]])/g, "$1");
  return { SourceName: program, Message: message, ...(host !== undefined && { Hostname: host }), ...fields };
}

const NUMBERED = /^(\d{1,5}): (?:AUDIT_(?:SUCCESS|FAILURE) )?(.*)$/s;
/** Its names of providers leave the first words out. */
const PROVIDERS: Readonly<Record<string, string>> = {
  "Security-Auditing": "Microsoft-Windows-Security-Auditing",
  Sysmon: "Microsoft-Windows-Sysmon",
  Service_Control_Manager: "Service Control Manager",
};

/** `Security-Auditing: 4688: AUDIT_SUCCESS A new process …`. */
function eventlogToSyslog({ program, message, host }: SyslogLine): JsonObject | undefined {
  const provider = entryOf(PROVIDERS, program);
  const match = provider === undefined ? null : NUMBERED.exec(message);
  if (!match) return undefined;
  return { EventID: match[1], SourceName: provider, Message: match[2], ...(host && { Hostname: host }) };
}
