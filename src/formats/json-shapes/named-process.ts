import type { JsonObject } from "../../decode/json/parse.ts";
import { ABOUT_NOTHING, type Attribute, WEAK_LINE } from "./field-roles.ts";
import {
  type Group,
  groupsFor,
  type Leaf,
  type Line,
  leavesOf,
  lineIn,
  mayNameLine,
  type Value,
} from "./named-fields.ts";
import { peerBeside } from "./named-peer.ts";
import { type At, type Head, type JsonShape, ObjectRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";
import { isProgramOf, withProgram } from "./with-program.ts";

/** What stands beside a process, and what products, scripts and forensic tools call it: small letters and digits only, most telling first. */
const NAMES = {
  host: words(
    "hostname computername devicename host computer agenthostname endpointname compromisedentity agentcomputername dvchostname dest fqdn",
    "endpointhostname devicehostname machinename serverhostname csname node dvc device machine asset pscomputername agentname",
  ),
  time: words(
    "timestamp eventtime time timegenerated utctime detectiontimestamp eventtimestamp datetime createdat identifiedat",
    "eventcreationtime eventcreatedate eventdate firsteventdate lasteventdate firsttime firstseen occurred occured",
    "createdtimestamp detecttime detectiontime reportedat calendartime when date scantime",
  ),
  system: words("os osname osfamily ostype platform deviceos agentosname operatingsystem operatingsystemtype"),
} as const;

function words(...lines: readonly string[]): readonly string[] {
  return lines.join(" ").split(" ");
}

/** Keys that say what kind of event it is, and kinds that are no start of a process: its end, or what it did. */
const KIND = words(
  "type eventtype eventsubtype action actiontype eventaction eventname logtype category operation activity",
);
const ENDS = /terminat|exit|stop|kill|access|inject|tamper|open|clos/i;
const OTHERS =
  /file|regist|network|connect|dns|module|load|log[io]n|auth|http|url|policy|memory|modif|writ|delet|renam|chang|netconn|crossproc/i;
const STARTS = /process|exec/i;
/** Keys of alerts, which say what a product matched. */
const ALERT = words(
  "severity severityname detectname detectid threatname threatid alertid alertname rulename riskscore",
);

/** What an object lacks to be such a process, of those that name a command line; undefined of others. */
export function lackOf(object: JsonObject): string | undefined {
  if (!mayNameLine(object)) return undefined;
  const leaves = leavesOf(object);
  const line = lineIn(leaves);
  if (!line) return undefined;
  if (!mayStart(fieldsOf(leaves, line))) return "says by its type that it is no start of a process";
  return "names a command line, but neither a program's file nor the number of a process beside it";
}

/** How names of hosts and times end that a product made up of more words; a file has times of its own. */
const HOSTS = /(?:^| )(?:host|computer|machine|device|endpoint) name$/;
const TIMES = /^(?!.*\b(?:boot|file|build|modified|accessed|expire|parent|pe)\b).*\b(?:timestamp|time|date|datetime)$/;

/** Processes of older times are none: their times count something else. */
const EARLIEST = Date.UTC(1990, 0, 1);

/**
 * A process start of no product that is known here, by the words that everybody gives to a command line and a program: lists of processes
 * (Volatility, Velociraptor, `Win32_Process`), Splunk's Endpoint data model, alerts and exports of endpoint products. Tried last.
 */
export const namedProcess: JsonShape = {
  marks: ["CommandLine", "process_name"],
  recognise(object, at) {
    if (!mayNameLine(object)) return undefined;
    const leaves = leavesOf(object);
    const line = lineIn(leaves);
    if (!line) return undefined;
    const fields = fieldsOf(leaves, line);
    const { self, parent } = groupsFor(line, leaves);
    if (!mayStart(fields) || !tells(line, self, parent)) return undefined;
    const image = fileOf(self);
    const isAlert = first(fields, ALERT) !== undefined;
    const peer = isAlert || isSaidToStart(fields) ? undefined : peerBeside(line, leaves);
    const start = peer ? undefined : parseTime(one(self, "start"));
    const head = {
      provider: "process",
      host: first(fields, NAMES.host) ?? lastResort(leaves, HOSTS),
      time: start !== undefined && start > EARLIEST ? start : (timeIn(fields) ?? parseTime(lastResort(leaves, TIMES))),
      pickedBy: isAlert ? "the product" : undefined,
    };
    const hash = one(self, "sha256");
    const platform = platformOf(first(fields, NAMES.system), [image ?? "", textOf(line.leaf.value)]);
    const actor = {
      platform,
      user: accountOf(one(self, "user"), one(self, "domain")),
      "process.id": one(self, "id"),
      "process.pid": one(self, "pid"),
    };
    if (peer) return recordOf(at, head, { kind: "networkConnection", ...actor, "process.image": image, ...peer });
    return recordOf(at, head, {
      kind: "processCreation",
      ...actor,
      image,
      ...withProgram(line, image, one(self, "name"), platform),
      originalFileName: one(self, "originalName"),
      currentDirectory: one(self, "directory"),
      hashes: hash && `SHA256=${hash}`,
      "parent.id": one(parent, "id"),
      "parent.pid": one(parent, "pid"),
      "parent.image": fileOf(parent),
      parentCommandLine: one(parent, "line"),
    });
  },
};

function recordOf(at: At, head: Head, values: JsonObject): ObjectRecord {
  return new ObjectRecord("mapped", at, head, Object.fromEntries(Object.entries(values).filter(([, value]) => value)));
}

/**
 * Whether that is a process: a command line has its number or its program beside it, and the program is a file or said to be one; what may
 * also be called so of other things has both.
 */
function tells(line: Line, self: Group, parent: Group): boolean {
  const { rank, isOfProcess } = line.meaning;
  const hasNumber = /^(?:\d{1,19}|0x[\da-f]{1,16})$/i.test(one(self, "pid") ?? "");
  const image = fileOf(self);
  if (image === undefined) return hasNumber && (rank < WEAK_LINE || parent.has("pid"));
  const isFile = /[\\/]|\.exe$/i.test(image);
  if (rank < WEAK_LINE) return hasNumber || isOfProcess || isFile;
  return (isFile || isProgramOf(line.leaf.value, image)) && (hasNumber || isOfProcess);
}

type Fields = ReadonlyMap<string, string>;

/** Texts by their names without case and marks; below a wrapper, and beside the command line, also without the names above. */
function fieldsOf(leaves: readonly Leaf[], line: Line): Fields {
  const fields = new Map<string, string>();
  const own = line.leaf.holders[line.leaf.holders.length - 1]!;
  for (const { words: all, above, holders, value } of leaves) {
    if (typeof value !== "string") continue;
    const starts = holders.includes(own) ? [0, line.leaf.above] : [0];
    for (const start of starts) {
      for (let from = start; from < all.length; from++) {
        const name = all.slice(from).join("");
        const isOfAgent = from > start && all[start] === "agent" && KIND.includes(name);
        if (!fields.has(name) && !isOfAgent) fields.set(name, value);
        if (!ABOUT_NOTHING.has(all[from]!) || from >= Math.max(above, all.length - 1)) break;
      }
    }
    const short = all.filter((word, at) => at === 0 || !ABOUT_NOTHING.has(word)).join("");
    if (!fields.has(short)) fields.set(short, value);
  }
  return fields;
}

function first(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = fields.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lastResort(leaves: readonly Leaf[], ending: RegExp): string | undefined {
  for (const { words: all, value } of leaves) if (typeof value === "string" && ending.test(all.join(" "))) return value;
  return undefined;
}

function timeIn(fields: Fields): number | undefined {
  for (const name of NAMES.time) {
    const time = parseTime(fields.get(name));
    if (time !== undefined) return time;
  }
  return undefined;
}

function textOf(value: Value): string {
  return typeof value === "string" ? value : (value[0] ?? "");
}

function one(group: Group, attribute: Attribute): string | undefined {
  const value = group.get(attribute);
  return value === undefined ? undefined : textOf(value);
}

function isSaidToStart(fields: Fields): boolean {
  return KIND.some((name) => STARTS.test(fields.get(name) ?? ""));
}

function mayStart(fields: Fields): boolean {
  return KIND.every((name) => {
    const kind = fields.get(name);
    return kind === undefined || (!ENDS.test(kind) && (STARTS.test(kind) || !OTHERS.test(kind)));
  });
}

/** A path, to which the name is added where the folder alone is given. */
function fileOf(group: Group): string | undefined {
  const name = one(group, "name");
  const path = one(group, "path") ?? name;
  const separator = path?.includes("\\") ? "\\" : "/";
  if (path === undefined || !path.includes(separator)) return path;
  const isFolder = name?.includes(".") && !path.endsWith(name) && !/\.[A-Za-z0-9]{1,4}$/.test(path);
  return isFolder ? `${path.replace(/[\\/]$/, "")}${separator}${name}` : path;
}

function accountOf(user: string | undefined, domain: string | undefined): string | undefined {
  return user === undefined || domain === undefined || /[\\@]/.test(user) ? user : `${domain}\\${user}`;
}

function platformOf(system: string | undefined, paths: readonly string[]): string {
  if (/win/i.test(system ?? "") && !/darwin/i.test(system ?? "")) return "windows";
  if (/^(?:mac|darwin|os ?x)/i.test(system ?? "")) return "macos";
  if (/linux|ubuntu|debian|red ?hat|centos/i.test(system ?? "")) return "linux";
  const told = paths.find((path) => /^(?:\/|"?[A-Za-z]:\\|\\)/.test(path));
  return told?.startsWith("/") ? "linux" : "windows";
}
