import type { JsonObject } from "../../../decode/json/parse.ts";
import { type At, type Head, type JsonShape, ObjectRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";
import { ALERT, accountOf, type Fields, fieldsOf, firstOf, hostIn, KIND, platformIn, timeIn } from "./beside.ts";
import { type Attribute, WEAK_LINE } from "./field-roles.ts";
import { type Group, groupsFor, type Leaf, type Line, leavesOf, lineIn, mayNameLine, type Value } from "./leaves.ts";
import { peerBeside } from "./peer.ts";
import { isProgramOf, withProgram } from "./with-program.ts";

/** Kinds of events that are no start of a process: its end, or what it did. */
const ENDS = /terminat|exit|stop|kill|access|inject|tamper|open|clos/i;
const OTHERS =
  /file|regist|network|connect|dns|module|load|log[io]n|auth|http|url|policy|memory|modif|writ|delet|renam|chang|netconn|crossproc|firewall|\bnet\b/i;
const STARTS = /process|exec/i;

/** What an object lacks to be such a process, of those that name a command line; undefined of others. */
export function lackOf(object: JsonObject): string | undefined {
  if (!mayNameLine(object)) return undefined;
  const leaves = leavesOf(object);
  const line = lineIn(leaves);
  if (!line) return undefined;
  if (!mayStart(besideOf(line, leaves))) return "says by its type that it is no start of a process";
  return "names a command line, but neither a program's file nor the number of a process beside it";
}

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
    const fields = besideOf(line, leaves);
    const { self, parent } = groupsFor(line, leaves);
    if (!mayStart(fields) || !tells(line, self, parent)) return undefined;
    const image = fileOf(self);
    const isAlert = firstOf(fields, ALERT) !== undefined;
    const peer = isAlert || isSaidToStart(fields) ? undefined : peerBeside(line, leaves);
    const start = peer ? undefined : parseTime(one(self, "start"));
    const head = {
      provider: "process",
      host: hostIn(fields, leaves),
      time: start !== undefined && start > EARLIEST ? start : timeIn(fields, leaves),
      pickedBy: isAlert ? "the product" : undefined,
    };
    const hash = one(self, "sha256");
    const platform = platformIn(fields, leaves, [image ?? "", textOf(line.leaf.value)]);
    const actor = {
      platform,
      user: accountOf(one(self, "user"), one(self, "domain")) ?? one(parent, "user"),
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
      parentCommandLine: whole(parent, "line"),
    });
  },
};

function recordOf(at: At, head: Head, values: JsonObject): ObjectRecord {
  return new ObjectRecord("mapped", at, head, Object.fromEntries(Object.entries(values).filter(([, value]) => value)));
}

/**
 * Whether that is a process: a command line has its number or its program beside it, and the program is a file or said to be one; what may
 * also be called so of other things has both, or the command line of the process that started it.
 */
function tells(line: Line, self: Group, parent: Group): boolean {
  const { rank, isOfProcess } = line.meaning;
  const hasNumber = /^(?:\d{1,19}|0x[\da-f]{1,16})$/i.test(one(self, "pid") ?? "");
  const image = fileOf(self);
  if (image === undefined) return hasNumber && (rank < WEAK_LINE || parent.has("pid"));
  const isFile = /[\\/]|\.exe$/i.test(image);
  if (rank < WEAK_LINE) return hasNumber || isOfProcess || isFile;
  // What has a name, a number and that of another which started it is nothing else.
  const isNumbered = hasNumber && parent.has("pid");
  return (
    (isFile || isNumbered || isProgramOf(line.leaf.value, image)) && (hasNumber || isOfProcess || parent.has("line"))
  );
}

function besideOf({ leaf }: Line, leaves: readonly Leaf[]): Fields {
  return fieldsOf(leaves, { holder: leaf.holders[leaf.holders.length - 1]!, above: leaf.above });
}

function textOf(value: Value): string {
  return typeof value === "string" ? value : (value[0] ?? "");
}

function one(group: Group, attribute: Attribute): string | undefined {
  const value = group.get(attribute);
  return value === undefined ? undefined : textOf(value);
}

/** All words of a list. */
function whole(group: Group, attribute: Attribute): string | undefined {
  const value = group.get(attribute);
  return typeof value === "string" ? value : value?.join(" ");
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

const FILE_URI = /^file:\/\/\/?(?=[A-Za-z](?::|%3A)[\\/]|\/)/i;

/** What SentinelOne puts behind the file of a program whose command line it judged. */
const OF_LINE = / \(CLI [0-9a-f]{4}\)$/;

/** The path in an address of a file. */
function plainPath(written: string | undefined): string | undefined {
  const path = written?.replace(OF_LINE, "");
  if (path === undefined || !FILE_URI.test(path)) return path;
  const bare = path.replace(FILE_URI, "");
  try {
    const decoded = decodeURIComponent(bare);
    return /^[A-Za-z]:\//.test(decoded) ? decoded.replaceAll("/", "\\") : decoded;
  } catch {
    return bare;
  }
}

/** A path, to which the name is added where the folder alone is given. */
function fileOf(group: Group): string | undefined {
  const name = one(group, "name");
  const path = plainPath(one(group, "path") ?? name);
  const separator = path?.includes("\\") ? "\\" : "/";
  if (path === undefined || !path.includes(separator)) return path;
  const isFolder = name?.includes(".") && !path.endsWith(name) && !/\.[A-Za-z0-9]{1,4}$/.test(path);
  return isFolder ? `${path.replace(/[\\/]$/, "")}${separator}${name}` : path;
}
