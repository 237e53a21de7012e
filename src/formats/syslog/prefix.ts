import type { Platform } from "../../model/event.ts";
import { MONTHS, parseTime } from "../json-shapes/time.ts";
import { falcoLine } from "./falco.ts";

/** A line of a system log, taken apart. */
export interface SyslogLine {
  /** Milliseconds since the epoch; undefined where the line has a date that is none. */
  readonly time: number | undefined;
  readonly host: string | undefined;
  readonly program: string;
  readonly pid: number | undefined;
  readonly message: string;
  /** Structured data of RFC 5424, if there is any. */
  readonly data?: string;
  /** True where the message goes on in the next such line. */
  readonly goesOn?: boolean;
  /** Where only one system writes such lines. */
  readonly platform?: Platform;
}

/** `Mar  4 01:02:03`, perhaps with a year or a zone as `journalctl -o short-full` and Cisco's syslog have them. */
const BSD = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))? (.*)$/s;
/** RFC 3339, as rsyslog writes and RFC 5424 demands; journalctl's short-iso leaves the colon of the zone out. */
const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) (.*)$/s;
/** `journalctl -o short-full`: a weekday, and the zone by its name, of which UTC alone is known. */
const FULL = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) [A-Z]{1,5} (.*)$/s;
/** `journalctl -o short-unix`. */
const UNIX = /^(\d{9,11}\.\d{1,9}) (.*)$/s;
const PRIORITY = /^<(\d{1,3})>(?:(\d) )?/;
/** Forwarders of Windows events put no program behind the host, but columns parted by tabs. */
const COLUMNS = /^(\S{1,255}) ((?:AgentDevice=|MSWinEventLog\t).*)$/s;
const TAG = /^(\S{1,255}) ([^\s:[\]]{1,128})(?:\[(\d{1,10})\])?: ?(.*)$/s;
/** Behind host and program of RFC 5424: process id, message id and structured data. */
const RFC5424 = /^(\S{1,255}) (\S{1,128}) (\d{1,10}|-) \S{1,64} (.*)$/s;
/** Kubernetes' logs of containers (CRI): behind the time the stream, and whether the line is whole or a part. */
const CONTAINER = /^(?:stdout|stderr) ([FP]) (.*)$/s;
/** Events in a format of their own, which may stand in a file without a prefix. */
const BARE = /^(?:CEF:\d|LEEF:\d)/;
/** `docker events`: the kind of thing, what became of it, its id, and attributes in brackets. */
const DOCKER =
  /^(?:container|image|network|volume|plugin|daemon|builder|service|node|secret|config) [^\s:]{1,64}(?::| )[^(]* \(/;
/** Santa's log: a time in brackets, and a letter that says how grave it is. */
const SANTA = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\] [A-Z] (santad): (.*)$/s;
/** `ausearch --format text`; its times are local and taken as UTC. */
const AUSEARCH = /^(?:On (\S{1,255}) at|At) (\d\d:\d\d:\d\d) (\d\d)\/(\d\d)\/(?:20)?(\d\d) (.*)$/s;
/** What macOS shows of its unified log (`log show`): a time with its zone, then as a syslog has it, or columns of numbers. */
const UNIFIED = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}[+-]\d{4}) +(.*)$/s;
const UNIFIED_COLUMNS = /^0x[\da-f]{1,16} +\w{1,16} +0x[\da-f]{1,16} +(\d{1,10}) +\d{1,10} +([^:]{1,128}): +(.*)$/s;
/** Which library wrote it, and under which subsystem. */
const UNIFIED_SOURCE = /^ *(?:\([^()]{1,256}\) )?(?:\[[^[\]]{1,256}\] )?/;
/** A line that was relayed stands whole behind the prefix of who relayed it. */
const RELAYED = /^\S{1,255} (1 \d{4}-\d\d-\d\dT.*)$/s;
/** OSSEC's agent before it had Windows events as JSON; in its archive the agent stands before that, with a time of its own. */
const OSSEC = /^(\d{4}) ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) (?:\(\S{1,255}\) \S{1,255}->\S{1,255} )?/;
const OSSEC_EVENT = /^WinEvtLog: (.*)$/s;
const DAY = 86_400_000;

/**
 * The parts of a syslog line: RFC 3164, RFC 5424, rsyslog's and journalctl's forms, containers' logs; undefined where it is none. A date
 * without a year is of the last twelve months before `now`, one without a zone is UTC.
 */
export function parseSyslog(line: string, now: number): SyslogLine | undefined {
  const priority = PRIORITY.exec(line);
  const rest = priority ? line.slice(priority[0].length) : line;
  if (BARE.test(rest)) return { time: undefined, host: undefined, program: "", pid: undefined, message: rest };
  const falco = priority ? undefined : falcoLine(rest);
  if (falco) return { ...falco, host: undefined, program: "falco", pid: undefined };
  const iso = ISO.exec(rest) ?? FULL.exec(rest) ?? UNIX.exec(rest);
  if (iso) {
    const time = parseTime(iso[1]!.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
    const container = priority ? null : CONTAINER.exec(iso[2]!);
    if (container) return contained(time, container);
    if (!priority && rest.endsWith(")") && DOCKER.test(iso[2]!))
      return { time, host: undefined, program: "docker", pid: undefined, message: iso[2]! };
    if (priority?.[2] === "1") return structured(time, iso[2]!);
    // Files of RFC 5424 leave the priority out.
    return tagged(time, iso[2]!) ?? structured(time, iso[2]!);
  }
  const unified = UNIFIED.exec(rest);
  if (unified) return unifiedLine(unified);
  const ossec = OSSEC.exec(rest);
  if (ossec) return ossecLine(ossec, rest.slice(ossec[0].length), now);
  const santa = SANTA.exec(rest);
  if (santa)
    return { time: parseTime(santa[1]), host: undefined, program: santa[2]!, pid: undefined, message: santa[3]! };
  const audited = AUSEARCH.exec(rest);
  if (audited) {
    const [, host, clock, month, day, year, message] = audited;
    const time = parseTime(`20${year}-${month}-${day}T${clock}Z`);
    return { time, host, program: "ausearch", pid: undefined, message: message! };
  }
  const bsd = BSD.exec(rest);
  const relayed = bsd && RELAYED.exec(bsd[6]!)?.[1];
  if (relayed) return parseSyslog(`<0>${relayed}`, now);
  return bsd ? tagged(bsdTime(bsd, now), bsd[6]!) : undefined;
}

function unifiedLine([, written, rest]: RegExpExecArray): SyslogLine | undefined {
  const time = parseTime(written);
  const columns = UNIFIED_COLUMNS.exec(rest!);
  const line = columns
    ? { time, host: undefined, program: columns[2]!, pid: Number(columns[1]), message: columns[3]! }
    : tagged(time, rest!);
  return line && { ...line, message: line.message.replace(UNIFIED_SOURCE, ""), platform: "macos" };
}

/** The agent writes the time of the event once more where its archive wrote one. */
function ossecLine([, year, month, day, clock]: RegExpExecArray, rest: string, now: number): SyslogLine | undefined {
  const again = OSSEC.exec(rest);
  if (again) return ossecLine(again, rest.slice(again[0].length), now);
  const message = OSSEC_EVENT.exec(rest)?.[1];
  if (message === undefined) return undefined;
  const number = String(MONTHS.indexOf(month!) + 1).padStart(2, "0");
  const time = parseTime(`${year}-${number}-${day}T${clock}Z`);
  return { time, host: undefined, program: "WinEvtLog", pid: undefined, message };
}

function tagged(time: number | undefined, rest: string): SyslogLine | undefined {
  const columns = COLUMNS.exec(rest);
  if (columns) return { time, host: columns[1]!, program: "", pid: undefined, message: columns[2]! };
  const match = TAG.exec(rest);
  if (!match) return undefined;
  const [, host, program, pid, message] = match;
  return { time, host: host!, program: program!, pid: pid === undefined ? undefined : Number(pid), message: message! };
}

function contained(time: number | undefined, [, part, message]: RegExpExecArray): SyslogLine {
  return { time, host: undefined, program: "", pid: undefined, message: message!, goesOn: part === "P" };
}

function structured(time: number | undefined, rest: string): SyslogLine | undefined {
  const match = RFC5424.exec(rest);
  if (!match) return tagged(time, rest);
  const [, host, program, pid, tail] = match;
  if (!/^[-[]/.test(tail!)) return undefined;
  const end = dataEnd(tail!);
  const message = tail!.slice(end).replace(/^ ?\ufeff?/, "");
  const data = end > 1 ? { data: tail!.slice(0, end) } : undefined;
  return { time, host: host!, program: program!, pid: pid === "-" ? undefined : Number(pid), message, ...data };
}

/** The end of structured data: `-`, or elements in brackets whose values are quoted, with escapes. */
function dataEnd(text: string): number {
  if (!text.startsWith("[")) return text.startsWith("-") ? 1 : 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === "]" && !quoted && text[at + 1] !== "[") return at + 1;
  }
  return 0;
}

function bsdTime([, month, day, year, clock, fraction]: RegExpExecArray, now: number): number | undefined {
  const number = MONTHS.indexOf(month!) + 1;
  if (number === 0) return undefined;
  const of = (one: number) =>
    parseTime(
      `${one}-${String(number).padStart(2, "0")}-${day!.padStart(2, "0")}T${clock}${fraction ? `.${fraction}` : ""}Z`,
    );
  if (year !== undefined) return of(Number(year));
  const thisYear = new Date(now).getUTCFullYear();
  const time = of(thisYear);
  // Clocks and zones may be a day ahead.
  return time !== undefined && time > now + DAY ? of(thisYear - 1) : time;
}
