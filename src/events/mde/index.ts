import { entryOf } from "../../model/entry.ts";
import type { Event, EventKind } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { account, firstOf, port, text } from "../fields.ts";
import type { LogSource } from "../source.ts";
import { readTask } from "../windows/task-xml.ts";
import { additional, hashes, initiator, path, platform, subject, user } from "./fields.ts";

const own = { platform, user, process: initiator } as const;

/** `InitiatingProcess…` is the parent here. */
const start = defineEvent("processCreation", {
  platform,
  user: firstOf(account("AccountDomain", "AccountName"), user),
  process: subject,
  image: path("FolderPath", "FileName"),
  commandLine: text("ProcessCommandLine", ""),
  originalFileName: text("ProcessVersionInfoOriginalFileName", ""),
  // Said of Linux and macOS only.
  currentDirectory: additional("ProcessCurrentWorkingDirectory"),
  parent: initiator,
  parentCommandLine: text("InitiatingProcessCommandLine", ""),
  integrityLevel: text("ProcessIntegrityLevel", ""),
  hashes,
  company: text("ProcessVersionInfoCompanyName", ""),
  product: text("ProcessVersionInfoProductName", ""),
});

const module = defineEvent("moduleLoad", { ...own, module: path("FolderPath", "FileName"), hashes });

const file = (action: "create" | "modify" | "delete") =>
  defineEvent("fileCreation", { ...own, action, path: path("FolderPath", "FileName"), hashes });

/** `RemoteUrl` is a URL or a bare host name. */
function remote(record: LogRecord, isUrl: boolean): string | undefined {
  const value = record.get("RemoteUrl");
  return value && value.includes("/") === isUrl ? value : undefined;
}

const connection = (initiated: boolean) =>
  defineEvent("networkConnection", {
    ...own,
    initiated: () => initiated,
    sourceIp: text("LocalIP", ""),
    sourcePort: port("LocalPort"),
    destinationIp: text("RemoteIP", ""),
    destinationHost: (record) => remote(record, false),
    destinationPort: port("RemotePort"),
    protocol: (record) => record.get("Protocol")?.toLowerCase() || undefined,
    url: (record) => remote(record, true),
  });

const query = defineEvent("networkConnection", {
  ...own,
  initiated: () => true,
  query: firstOf(additional("DnsQueryString"), additional("query"), text("RemoteUrl", "")),
});

/** A key that was deleted is named by its previous name. */
const registry = (action: "createKey" | "deleteKey" | "setValue" | "deleteValue" | "rename") =>
  defineEvent("registryKeyModification", {
    ...own,
    action,
    path: (record) => {
      const key = record.get("RegistryKey") || record.get("PreviousRegistryKey");
      const name = record.get("RegistryValueName") || record.get("PreviousRegistryValueName");
      const isValue = action === "setValue" || action === "deleteValue";
      return key && name && isValue ? `${key}\\${name}` : key || undefined;
    },
    value: text("RegistryValueData", ""),
  });

const api = (called: "createRemoteThread" | "processAccess") =>
  defineEvent("osApiExecution", {
    ...own,
    api: called,
    target: subject,
    access: additional("DesiredAccess"),
  });

const decision = (product: "asr" | "appcontrol" | "defender", ruling: "audit" | "block") =>
  defineEvent("policyDecision", {
    ...own,
    product,
    decision: ruling,
    path: path("FolderPath", "FileName"),
    rule: firstOf(additional("RuleId"), additional("PolicyName"), additional("ThreatName"), text("ActionType", "")),
  });

const command = (origin: string, dialect: "powershell" | "commandLine", field: string) => {
  const read = additional(field);
  const make = defineEvent("commandExecution", {
    ...own,
    text: () => "",
    dialect,
    origin: () => origin,
    name: firstOf(additional("ServiceName"), additional("TaskName")),
  });
  return (record: LogRecord) => {
    const value = read(record);
    return value === undefined ? undefined : make(record, { text: value });
  };
};

const task = defineEvent("scheduledTask", { ...own, name: additional("TaskName"), dialect: "commandLine" });

/** A task with its definition; one event an action that runs a program. */
function tasks(record: LogRecord): readonly Event[] {
  const { commandLines, ...rest } = readTask(additional("TaskContent")(record) ?? "");
  if (commandLines.length === 0) return [task(record, rest)];
  return commandLines.map((commandLine) => task(record, { commandLine, ...rest }));
}

type Understand = (record: LogRecord) => Event | readonly Event[] | undefined;

/** What each `ActionType` of the Device… tables means. Reference: Microsoft's advanced hunting schema. */
const ACTIONS: Readonly<Record<string, Understand>> = {
  ProcessCreated: start,
  ImageLoaded: module,
  DriverLoad: module,
  FileCreated: file("create"),
  FileRenamed: file("create"),
  FileModified: file("modify"),
  FileDeleted: file("delete"),
  ConnectionSuccess: connection(true),
  ConnectionAttempt: connection(true),
  ConnectionFailed: connection(true),
  ConnectionFound: connection(true),
  InboundConnectionAccepted: connection(false),
  DnsQueryResponse: query,
  DnsConnectionInspected: query,
  RegistryKeyCreated: registry("createKey"),
  RegistryKeyDeleted: registry("deleteKey"),
  RegistryKeyRenamed: registry("rename"),
  RegistryValueSet: registry("setValue"),
  RegistryValueDeleted: registry("deleteValue"),
  CreateRemoteThreadApiCall: api("createRemoteThread"),
  OpenProcessApiCall: api("processAccess"),
  ReadProcessMemoryApiCall: api("processAccess"),
  WriteToLsassProcessMemory: api("processAccess"),
  NtAllocateVirtualMemoryRemoteApiCall: api("processAccess"),
  NtMapViewOfSectionRemoteApiCall: api("processAccess"),
  QueueUserApcRemoteApiCall: api("createRemoteThread"),
  SetThreadContextRemoteApiCall: api("createRemoteThread"),
  AppControlExecutableBlocked: decision("appcontrol", "block"),
  AppControlExecutableAudited: decision("appcontrol", "audit"),
  AppControlScriptBlocked: decision("appcontrol", "block"),
  AppControlScriptAudited: decision("appcontrol", "audit"),
  AppControlCodeIntegrityPolicyBlocked: decision("appcontrol", "block"),
  AppControlCodeIntegrityPolicyAudited: decision("appcontrol", "audit"),
  AntivirusDetection: decision("defender", "audit"),
  PowerShellCommand: command("pipeline", "powershell", "Command"),
  ScheduledTaskCreated: tasks,
  ScheduledTaskUpdated: tasks,
  ServiceInstalled: command("service", "commandLine", "ServiceImagePath"),
};

const asrBlock = decision("asr", "block");
const asrAudit = decision("asr", "audit");

function understand(record: LogRecord): ReturnType<Understand> {
  const action = record.get("ActionType") ?? "";
  const known = entryOf(ACTIONS, action);
  if (known) return known(record);
  // Every rule of attack surface reduction has action types of its own, such as `AsrOfficeChildProcessBlocked`.
  if (!action.startsWith("Asr")) return undefined;
  return action.endsWith("Audited") ? asrAudit(record) : asrBlock(record);
}

const kinds: readonly EventKind[] = [
  "processCreation",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
  "registryKeyModification",
  "osApiExecution",
  "policyDecision",
  "commandExecution",
  "scheduledTask",
];

/** Microsoft Defender for Endpoint: DeviceProcessEvents and its sister tables, told apart by `ActionType`. */
export const sources: readonly LogSource[] = [{ id: "mde", shape: "mde", kinds, understand }];
