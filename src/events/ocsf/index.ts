import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { account, firstOf, port, text, toInteger } from "../fields.ts";
import type { LogSource } from "../source.ts";
import { actor, hashes, parent, platform, process, signature, startedProcess, user } from "./fields.ts";

const own = { platform, user, process: actor } as const;

const start = defineEvent("processCreation", {
  platform,
  user: firstOf(account("process.user.domain", "process.user.name"), user),
  process: startedProcess,
  image: firstOf(text("process.file.path", ""), text("process.file.name", ""), text("process.name", "")),
  commandLine: text("process.cmd_line", ""),
  originalFileName: text("process.file.internal_name", ""),
  currentDirectory: text("process.working_directory", ""),
  parent,
  parentCommandLine: firstOf(text("process.parent_process.cmd_line", ""), text("actor.process.cmd_line", "")),
  integrityLevel: text("process.integrity", ""),
  hashes: hashes("process.file.hashes"),
  company: text("process.file.company_name", ""),
});

const end = defineEvent("processTermination", { platform, user, process });

const openProcess = defineEvent("osApiExecution", {
  ...own,
  api: "processAccess",
  target: process,
  access: firstOf(text("actual_permissions", ""), text("requested_permissions", "")),
});
const inject = defineEvent("osApiExecution", {
  ...own,
  api: "createRemoteThread",
  target: process,
  startModule: text("module.file.path", ""),
  startFunction: text("module.function_name", ""),
});

/** A file that is loaded, by where the class keeps it. */
const loaded = (at: "module" | "driver") =>
  defineEvent("moduleLoad", {
    ...own,
    module: firstOf(text(`${at}.file.path`, ""), text(`${at}.file.name`, "")),
    hashes: hashes(`${at}.file.hashes`),
    company: text(`${at}.file.company_name`, ""),
    signature: signature(`${at}.file`),
  });

const module = loaded("module");

/** A class of its own for what the kernel loads. */
const driver = loaded("driver");

const scriptOf = firstOf(text("script.script_content.value", ""), text("script.script_content", ""));

const script = defineEvent("commandExecution", {
  ...own,
  text: (record) => scriptOf(record) ?? "",
  dialect: (record) => (platform(record) === "windows" ? "powershell" : "sh"),
  origin: () => "scriptBlock",
  name: firstOf(text("script.file.path", ""), text("script.name", "")),
});

const commandOf = text("win_service.cmd_line", "");

const service = defineEvent("commandExecution", {
  ...own,
  text: (record) => commandOf(record) ?? "",
  dialect: "commandLine",
  origin: () => "service",
  name: text("win_service.name", ""),
});

const file = (action: "create" | "modify" | "delete") =>
  defineEvent("fileCreation", { ...own, action, path: text("file.path", ""), hashes: hashes("file.hashes") });

const connection = defineEvent("networkConnection", {
  ...own,
  initiated: (record) => {
    const direction = record.get("connection_info.direction_id");
    return direction === "2" ? true : direction === "1" ? false : undefined;
  },
  sourceIp: text("src_endpoint.ip", ""),
  sourcePort: port("src_endpoint.port"),
  destinationIp: text("dst_endpoint.ip", ""),
  destinationHost: firstOf(text("dst_endpoint.hostname", ""), text("dst_endpoint.domain", "")),
  destinationPort: port("dst_endpoint.port"),
  protocol: text("connection_info.protocol_name", ""),
  query: text("query.hostname", ""),
  url: firstOf(text("http_request.url.url_string", ""), text("url.url_string", "")),
});

const key = (action: "createKey" | "deleteKey" | "setValue" | "rename") =>
  defineEvent("registryKeyModification", { ...own, action, path: text("reg_key.path", "") });

const value = (action: "setValue" | "deleteValue") =>
  defineEvent("registryKeyModification", {
    ...own,
    action,
    path: (record) => {
      const path = record.get("reg_value.path");
      const name = record.get("reg_value.name");
      // Producers differ in whether `path` ends with the value's name.
      const isWhole = !name || path?.toLowerCase().endsWith(`\\${name.toLowerCase()}`);
      return path && !isWhole ? `${path}\\${name}` : path || undefined;
    },
    value: text("reg_value.data", ""),
  });

const job = defineEvent("scheduledTask", {
  ...own,
  name: text("job.name", ""),
  path: text("job.file.path", ""),
  commandLine: text("job.cmd_line", ""),
  dialect: (record) => (platform(record) === "windows" ? "commandLine" : "sh"),
});

type Understand = (record: LogRecord) => Event | undefined;

/** Class, then activity. Reference: OCSF schema 1.x, and its Windows extension (class numbers from 201001). */
const CLASSES: Readonly<Record<number, Readonly<Record<number, Understand>>>> = {
  1001: { 1: file("create"), 3: file("modify"), 4: file("delete"), 5: file("create") },
  1002: { 1: driver },
  1005: { 1: module },
  1006: { 1: job, 2: job },
  1007: { 1: start, 2: end, 3: openProcess, 4: inject },
  1009: { 1: (record) => (scriptOf(record) === undefined ? undefined : script(record)) },
  4001: { 1: connection, 6: connection },
  4002: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((method) => [method, connection])),
  4003: { 1: connection, 6: connection },
  201001: { 1: key("createKey"), 3: key("setValue"), 4: key("deleteKey"), 5: key("rename") },
  201004: Object.fromEntries(
    [1, 2].map((made) => [made, (record) => (commandOf(record) === undefined ? undefined : service(record))]),
  ),
  201002: { 2: value("setValue"), 3: value("setValue"), 4: value("deleteValue") },
};

function understand(record: LogRecord): Event | undefined {
  const activities = CLASSES[toInteger(record.get("class_uid")) ?? 0];
  return activities?.[toInteger(record.get("activity_id")) ?? 0]?.(record);
}

/** Open Cybersecurity Schema Framework: host and network activity. */
export const sources: readonly LogSource[] = [
  {
    id: "ocsf",
    shape: "ocsf",
    kinds: [
      "processCreation",
      "processTermination",
      "commandExecution",
      "osApiExecution",
      "moduleLoad",
      "fileCreation",
      "networkConnection",
      "registryKeyModification",
      "scheduledTask",
    ],
    understand,
  },
];
