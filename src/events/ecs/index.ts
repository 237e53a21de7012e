import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { firstOf, port, text } from "../fields.ts";
import type { LogSource } from "../source.ts";
import { undoublePercent } from "../windows/repair.ts";
import {
  environment,
  first,
  hashes,
  parent,
  platform,
  process,
  signature,
  startedProcess,
  targetProcess,
  user,
  words,
} from "./fields.ts";

const own = { platform, user, process } as const;

const image = firstOf(text("process.executable", ""), text("process.name", ""));
const logged = text("process.command_line", "");
const parentLine = (record: LogRecord) =>
  record.get("process.parent.command_line") || record.list("process.parent.args")?.join(" ") || undefined;

/** Winlogbeat hands Sysmon's fields on as they stand in the event, so with doubled percent signs. */
function commandLine(record: LogRecord): string | undefined {
  const line = logged(record);
  const isSysmon = line !== undefined && record.provider?.toLowerCase() === "microsoft-windows-sysmon";
  return isSysmon ? undoublePercent(line) : line;
}

const start = defineEvent("processCreation", {
  ...own,
  process: startedProcess,
  image,
  commandLine,
  args: (record) => record.list("process.args"),
  originalFileName: text("process.pe.original_file_name", "", "-"),
  currentDirectory: text("process.working_directory", ""),
  parent,
  parentCommandLine: parentLine,
  integrityLevel: firstOf(
    text("process.Ext.token.integrity_level_name", ""),
    text("winlog.event_data.IntegrityLevel", ""),
  ),
  hashes: hashes("process"),
  company: text("process.pe.company", "", "-"),
  product: text("process.pe.product", "", "-"),
  signature: signature("process"),
  env: environment,
});

const end = defineEvent("processTermination", own);

const module = defineEvent("moduleLoad", {
  ...own,
  module: firstOf(text("dll.path", ""), text("file.path", "")),
  originalFileName: firstOf(text("dll.pe.original_file_name", "", "-"), text("file.pe.original_file_name", "", "-")),
  hashes: firstOf(hashes("dll"), hashes("file")),
  company: firstOf(text("dll.pe.company", "", "-"), text("file.pe.company", "", "-")),
  signature: firstOf(signature("dll"), signature("file")),
});

const actionOf = (record: LogRecord) => record.get("event.action")?.toLowerCase() ?? "";

const pathOnly = (name: string | undefined) => (name !== undefined && /[\\/]/.test(name) ? name : undefined);

/** What actions do to files, for documents without categories, and how a deletion is called. */
const ON_FILE = /^(?:open_?write|write|create|creation|modif(?:y|ied|ication)|rename|link|delete|deletion|unlink)$/;
const DELETION = /^(?:delete|deletion|unlink)$/;
/** Those that leave the file under the name that `file.target_path` tells. */
const NAMING = /^(?:rename|link)$/;

/** Sysmon's numbers of deletions. */
const DELETES = new Set([23, 26]);
const isOfSysmon = (record: LogRecord) => /sysmon/i.test(record.provider ?? record.channel ?? "");

const file = defineEvent("fileCreation", {
  ...own,
  action: (record) => {
    const types = words(record, "event.type");
    if (types.includes("deletion") || (isOfSysmon(record) && DELETES.has(record.eventId ?? 0))) return "delete";
    if (types.length === 0 && DELETION.test(actionOf(record))) return "delete";
    return types.includes("creation") ? "create" : "modify";
  },
  // Winlogbeat's module once put the path where the name belongs.
  path: firstOf(
    (record) => (NAMING.test(actionOf(record)) ? record.get("file.target_path") || undefined : undefined),
    text("file.path", ""),
    (record) => pathOnly(record.get("file.name")),
  ),
  hashes: hashes("file"),
});

/** `network.direction` is seen from the network or from the host. */
function initiated(record: LogRecord): boolean | undefined {
  const direction = record.get("network.direction")?.toLowerCase();
  if (direction === "egress" || direction === "outbound" || direction === "outgoing") return true;
  return direction === "ingress" || direction === "inbound" || direction === "incoming" ? false : undefined;
}

const connection = defineEvent("networkConnection", {
  ...own,
  initiated,
  sourceIp: first("source.ip"),
  sourcePort: port("source.port"),
  destinationIp: first("destination.ip"),
  destinationHost: text("destination.domain", ""),
  destinationPort: port("destination.port"),
  protocol: text("network.transport", ""),
  query: text("dns.question.name", ""),
  url: firstOf(text("url.full", ""), text("url.original", "")),
});

const registry = defineEvent("registryKeyModification", {
  ...own,
  path: text("registry.path", ""),
  action: (record) => {
    const types = words(record, "event.type");
    const hasValue = Boolean(record.get("registry.value"));
    if (types.includes("deletion")) return hasValue ? "deleteValue" : "deleteKey";
    return types.includes("creation") && !hasValue ? "createKey" : "setValue";
  },
  value: first("registry.data.strings"),
});

/** Elastic Defend's API events: the process that calls is `process`, the one called upon `Target.process`. */
const api = defineEvent("osApiExecution", {
  ...own,
  api: (record) => (/thread/i.test(record.get("process.Ext.api.name") ?? "") ? "createRemoteThread" : "processAccess"),
  target: targetProcess,
  access: text("process.Ext.api.parameters.desired_access", ""),
});

function onProcess(record: LogRecord, types: readonly string[], action: string): Event | undefined {
  if (types.includes("end") || action === "end" || action === "process_stopped") return end(record);
  // HarfangLab's connector says that a process was created, as others say of files.
  const begins =
    types.includes("start") ||
    types.includes("creation") ||
    /^(?:start|exec|exec_event|executed|process_started|creation)$/.test(action);
  // A bare fork runs the parent's program once more under its parent's command line: nothing new was started.
  return begins && action !== "fork" ? start(record) : undefined;
}

/** Sysmon's numbers, for documents whose shipper moved the fields to ECS and did not categorize them. */
const SYSMON: Readonly<Record<number, (record: LogRecord) => Event>> = {
  1: start,
  3: connection,
  5: end,
  6: module,
  7: module,
  11: file,
  12: registry,
  13: registry,
  14: registry,
  22: connection,
  23: file,
  26: file,
};

function ofSysmon(record: LogRecord): Event | undefined {
  return isOfSysmon(record) ? SYSMON[record.eventId ?? 0]?.(record) : undefined;
}

/** Fields of which a connection has one at least; what else goes by network is none. */
const PEERS = ["destination.ip", "destination.domain", "source.ip", "dns.question.name", "url.full", "url.original"];

/** An integration that gives no category gives an action at most; without one, a process and its parent are what it tells of. */
function uncategorized(record: LogRecord, types: readonly string[], action: string): Event | undefined {
  if (ON_FILE.test(action) && record.get("file.path") !== undefined) return file(record);
  if (image(record) === undefined) return undefined;
  if (types.length > 0 || action !== "") return onProcess(record, types, action);
  const hasParent = parent(record).image !== undefined || parentLine(record) !== undefined;
  return hasParent && logged(record) !== undefined ? start(record) : undefined;
}

/**
 * One document, one event, by `event.category`, `event.type` and `event.action` (ECS 8 categorization fields; older
 * documents have a single category as text).
 */
function understand(record: LogRecord): Event | undefined {
  const categories = words(record, "event.category");
  const types = words(record, "event.type");
  const action = actionOf(record);
  if (types.length === 0 && action === "") {
    const event = ofSysmon(record);
    if (event) return event;
  }
  if (categories.length === 0) return uncategorized(record, types, action);
  if (categories.includes("library") || categories.includes("driver")) return module(record);
  if (categories.includes("registry")) {
    const isRead = types.length > 0 && types.every((type) => type === "access" || type === "info");
    return isRead ? undefined : registry(record);
  }
  if (categories.includes("file")) return types.includes("access") ? undefined : file(record);
  if (categories.includes("network") && PEERS.some((field) => record.get(field) !== undefined))
    return types.includes("end") ? undefined : connection(record);
  if (categories.includes("api")) return record.get("Target.process.pid") === undefined ? undefined : api(record);
  if (categories.includes("process")) return onProcess(record, types, action);
  // An alert of Elastic Defend tells of the process that did what was detected, and no event of its start need have been kept.
  const isAlert = record.get("event.kind") === "alert" && categories.includes("intrusion_detection");
  return isAlert && logged(record) !== undefined ? start(record) : undefined;
}

export const sources: readonly LogSource[] = [
  {
    id: "ecs",
    shape: "ecs",
    kinds: [
      "processCreation",
      "processTermination",
      "moduleLoad",
      "fileCreation",
      "networkConnection",
      "registryKeyModification",
      "osApiExecution",
    ],
    understand,
  },
];
