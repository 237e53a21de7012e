import { API_CALLS, type Event, type Platform, type Signature } from "../model/event.ts";
import type { LogRecord } from "../model/record.ts";
import { inStartupFolder } from "./artefacts/shortcut.ts";
import { defineEvent } from "./define.ts";
import { flag, integer, port, text, toInteger, toTime } from "./fields.ts";
import { type ProcessSlots, processOf } from "./process.ts";
import type { LogSource } from "./source.ts";

/**
 * Records that a user's mapping file gives a meaning. A mapped field bears the name of the event property it stands for;
 * parts of a process are dotted: `process.id` (GUID or entity id), `process.pid`, `process.start` (milliseconds since the
 * epoch or ISO 8601), `process.image`, and the same under `parent`. `kind` names the event kind; a record without it is a
 * process start if it has an image, a command line or arguments, and nothing otherwise.
 */
function slots(prefix: string): ProcessSlots {
  return {
    id: text(`${prefix}.id`, ""),
    pid: integer(`${prefix}.pid`),
    start: (record) => {
      const value = record.get(`${prefix}.start`);
      return toTime(value) ?? toInteger(value);
    },
    image: text(`${prefix}.image`, ""),
  };
}

const actor = slots("process");

/** As mapped; else what the paths look like. */
function platform(record: LogRecord): Platform {
  const named = record.get("platform")?.toLowerCase();
  if (named === "windows" || named === "linux" || named === "macos") return named;
  return (record.get("image") ?? record.get("process.image"))?.startsWith("/") ? "linux" : "windows";
}

const own = { platform, user: text("user", ""), process: processOf(actor) } as const;

/** Without a start time of its own a process starts when it is logged; its image is the event's. */
const started = processOf({
  ...actor,
  start: (record) => actor.start?.(record) ?? record.time,
  image: (record) => actor.image?.(record) ?? record.get("image"),
});

/** What shapes of products say of a signature. */
function signature(record: LogRecord): Signature | undefined {
  const [signed, signer] = [flag("signature.signed")(record), text("signature.signer", "")(record)];
  return signed === undefined && signer === undefined
    ? undefined
    : { signed: signed ?? true, signer, status: undefined };
}

const DIALECTS = ["commandLine", "powershell", "cmd", "sh"] as const;
const FILE_ACTIONS = ["create", "modify", "stream", "delete", "timestamp"] as const;
const KEY_ACTIONS = ["setValue", "createKey", "deleteKey", "deleteValue", "rename"] as const;
const STORED_DIALECTS = ["commandLine", "sh"] as const;

/** What shapes of products say of an event beside the properties that a mapping file can name; else the first of these. */
const oneOf =
  <T extends string>(name: string, words: readonly [T, ...T[]]) =>
  (record: LogRecord): T =>
    words.find((word) => word === record.get(name)) ?? words[0];

const FACTORIES = {
  processCreation: defineEvent("processCreation", {
    ...own,
    process: started,
    image: text("image", ""),
    commandLine: text("commandLine", ""),
    args: (record) => record.list("args"),
    originalFileName: text("originalFileName", ""),
    currentDirectory: text("currentDirectory", ""),
    parent: processOf(slots("parent")),
    parentCommandLine: text("parentCommandLine", ""),
    integrityLevel: text("integrityLevel", ""),
    hashes: text("hashes", ""),
    company: text("company", ""),
    product: text("product", ""),
  }),
  processTermination: defineEvent("processTermination", own),
  commandExecution: defineEvent("commandExecution", {
    ...own,
    text: (record) => record.get("text") ?? "",
    dialect: oneOf("dialect", DIALECTS),
    origin: (record) => record.get("origin") ?? "mapped",
    name: text("name", ""),
  }),
  moduleLoad: defineEvent("moduleLoad", {
    ...own,
    module: text("module", ""),
    originalFileName: text("originalFileName", ""),
    hashes: text("hashes", ""),
    company: text("company", ""),
    signature,
  }),
  fileCreation: defineEvent("fileCreation", {
    ...own,
    action: oneOf("action", FILE_ACTIONS),
    path: text("path", ""),
    contents: text("contents", ""),
    hashes: text("hashes", ""),
  }),
  networkConnection: defineEvent("networkConnection", {
    ...own,
    initiated: flag("initiated"),
    sourceIp: text("sourceIp", ""),
    sourcePort: port("sourcePort"),
    destinationIp: text("destinationIp", ""),
    destinationHost: text("destinationHost", ""),
    destinationPort: port("destinationPort"),
    protocol: text("protocol", ""),
    query: text("query", ""),
    url: text("url", ""),
  }),
  registryKeyModification: defineEvent("registryKeyModification", {
    ...own,
    action: oneOf("action", KEY_ACTIONS),
    path: text("path", ""),
    value: text("value", ""),
  }),
  osApiExecution: defineEvent("osApiExecution", {
    ...own,
    api: oneOf("api", API_CALLS),
    target: processOf(slots("target")),
    access: text("access", ""),
    startModule: text("startModule", ""),
    startFunction: text("startFunction", ""),
  }),
  shortcut: defineEvent("shortcut", {
    ...own,
    path: (record) => record.get("path") ?? record.file,
    target: text("target", ""),
    arguments: text("arguments", ""),
    workingDirectory: text("workingDirectory", ""),
    icon: text("icon", ""),
    startup: (record) => inStartupFolder(record.get("path") ?? ""),
    oddities: () => [],
  }),
  scheduledTask: defineEvent("scheduledTask", {
    ...own,
    path: text("path", ""),
    name: text("name", ""),
    commandLine: text("commandLine", ""),
    dialect: oneOf("dialect", STORED_DIALECTS),
    trigger: text("trigger", ""),
  }),
  runKey: defineEvent("runKey", {
    ...own,
    path: text("path", ""),
    name: text("name", ""),
    commandLine: text("commandLine", ""),
    dialect: oneOf("dialect", STORED_DIALECTS),
  }),
} as const;

/** The kinds of event that a mapping file can name. */
export const MAPPED_KINDS = Object.keys(FACTORIES) as readonly (keyof typeof FACTORIES)[];

function understand(record: LogRecord): Event | undefined {
  const kind = record.get("kind");
  if (kind === "commandExecution") return record.get("text") ? FACTORIES.commandExecution(record) : undefined;
  const known = MAPPED_KINDS.find((name) => name === kind);
  if (known) return FACTORIES[known](record);
  if (kind !== undefined) return undefined;
  const isStart = record.get("image") || record.get("commandLine") || record.list("args");
  return isStart ? FACTORIES.processCreation(record) : undefined;
}

export const sources: readonly LogSource[] = [{ id: "mapped", shape: "mapped", kinds: MAPPED_KINDS, understand }];
