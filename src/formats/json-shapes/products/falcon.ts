import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import {
  hashesAt,
  joinedAt,
  type Meaning,
  type Properties,
  pathText,
  platformAt,
  productRecord,
  protocolName,
} from "../properties.ts";
import { parseTime } from "../time.ts";

/** Numbers come with and without `_decimal` behind their names, by the way of export. */
const number = (name: string): readonly string[] => [name, `${name}_decimal`];

/** The sensor's own process id is unique on its machine only, so the machine goes before it. */
const processId = (name: string) => (event: JsonObject) => {
  const id = firstText(event, number(name));
  return id === undefined ? undefined : `${text(own(event, "aid")) ?? ""}:${id}`;
};

const hashes = hashesAt({ SHA256: ["SHA256HashData"], MD5: ["MD5HashData"] });

const BASE: Properties = {
  platform: platformAt("event_platform"),
  // Of a set-uid program the user who started it comes second.
  user: ["UserName", "UserSid", ...number("UID"), ...number("RUID")],
};

const ACTOR: Properties = {
  ...BASE,
  "process.id": processId("ContextProcessId"),
  "process.image": ["ContextImageFileName", "ContextBaseFileName"],
};

const START: Properties = {
  ...BASE,
  image: ["ImageFileName", "FileName"],
  commandLine: ["CommandLine"],
  originalFileName: ["OriginalFilename"],
  hashes,
  "process.id": processId("TargetProcessId"),
  "process.pid": number("RawProcessId"),
  "process.start": startOf,
  "process.image": ["ImageFileName", "FileName"],
  "parent.id": processId("ParentProcessId"),
  "parent.image": ["ParentImageFileName", "ParentBaseFileName"],
  parentCommandLine: ["ParentCommandLine"],
};
const FILE: Properties = { ...ACTOR, path: ["TargetFileName"], hashes };
const did = (action: string): Meaning => ["fileCreation", { ...FILE, action: () => action }];
const LOADED: Properties = {
  ...BASE,
  module: ["ImageFileName"],
  originalFileName: ["OriginalFilename"],
  company: ["CompanyName"],
  hashes,
};
/** A thread or a handle in another process: which, and the library that it begins in. */
const INTO: Properties = {
  ...ACTOR,
  "target.id": processId("TargetProcessId"),
  startModule: ["InjectedDll", "TargetThreadModule"],
};
const THREAD: Meaning = ["osApiExecution", { ...INTO, api: () => "createRemoteThread" }];
const SERVICE: Meaning = [
  "commandExecution",
  { ...ACTOR, text: ["ServiceImagePath"], name: ["ServiceDisplayName"], origin: () => "service" },
];
const TASK: Meaning = [
  "scheduledTask",
  {
    ...ACTOR,
    user: ["TaskAuthor", "UserName", "UserSid"],
    name: ["TaskName"],
    commandLine: joinedAt(" ", "TaskExecCommand", "TaskExecArguments"),
  },
];
const CONNECT: Properties = {
  ...ACTOR,
  sourceIp: ["LocalAddressIP4", "LocalAddressIP6"],
  sourcePort: number("LocalPort"),
  destinationIp: ["RemoteAddressIP4", "RemoteAddressIP6"],
  destinationPort: number("RemotePort"),
  protocol: (event) => protocolName(firstText(event, number("Protocol"))),
};
const OUT: Properties = { ...CONNECT, initiated: () => "true" };
const QUESTION: Meaning = ["networkConnection", { ...ACTOR, query: ["DomainName"], initiated: () => "true" }];
/** What was done to a value or key, where it is not that a value was set. */
const REGISTRY_ACTIONS: Readonly<Record<string, string>> = {
  "2": "deleteValue",
  "3": "createKey",
  "4": "deleteKey",
  "7": "rename",
};
const REGISTRY: Properties = {
  ...ACTOR,
  path: joinedAt("\\", "RegObjectName", "RegValueName"),
  value: ["RegStringValue", ...number("RegNumericValue"), "RegBinaryValue"],
  action: (event) => entryOf(REGISTRY_ACTIONS, firstText(event, number("RegOperationType")) ?? ""),
};
/** What the monitor of files says that another name was given to; of what else was done to files it has numbers only. */
const RENAMED: Meaning = [
  "fileCreation",
  {
    ...FILE,
    "process.pid": number("RawProcessId"),
    "process.image": ["ImageFileName"],
    path: ["ObjectNameNew"],
    action: () => "create",
  },
];
/**
 * Names of which there is one a class: of values (`RegSystemConfigValueUpdate`, `AsepKeyUpdate`), of types of files (`PeFileWritten`,
 * `NewScriptWritten`), of threads in other processes (`JavaInjectedThread`).
 */
const CLASSES: readonly (readonly [name: RegExp, meaning: Meaning])[] = [
  [/^(?:Reg|Asep)\w{0,64}(?:Value|Key)Update$/, ["registryKeyModification", REGISTRY]],
  [/Written$/, ["fileCreation", FILE]],
  [/InjectedThread$/, THREAD],
];

/** Names of events in CrowdStrike's data replicator: what they are, and what their fields mean. Any other has no meaning here. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  ProcessRollup2: ["processCreation", START],
  SyntheticProcessRollup2: ["processCreation", START],
  EndOfProcess: [
    "processTermination",
    { ...BASE, "process.id": processId("TargetProcessId"), "process.pid": number("RawProcessId") },
  ],
  CommandHistory: [
    "commandExecution",
    {
      ...ACTOR,
      "process.id": (event) => processId("TargetProcessId")(event) ?? processId("ContextProcessId")(event),
      text: typed,
      dialect: () => "cmd",
      origin: () => "history",
    },
  ],
  // Windows asks the sensor about PowerShell; elsewhere there are shells.
  ScriptControlScanInfo: [
    "commandExecution",
    {
      ...ACTOR,
      text: ["ScriptContent"],
      dialect: (event) => (pathText(event, ["event_platform"]) === "Win" ? "powershell" : "sh"),
      origin: () => "scriptBlock",
    },
  ],
  ScheduledTaskRegistered: TASK,
  ScheduledTaskModified: TASK,
  CreateService: SERVICE,
  ModifyServiceBinary: SERVICE,
  ClassifiedModuleLoad: ["moduleLoad", { ...LOADED, "process.id": processId("TargetProcessId") }],
  ImageHash: ["moduleLoad", { ...LOADED, "process.id": processId("TargetProcessId") }],
  DriverLoad: ["moduleLoad", { ...LOADED, "process.id": processId("ContextProcessId") }],
  DllInjection: THREAD,
  LsassHandleFromUnsignedModule: [
    "osApiExecution",
    { ...INTO, "process.image": ["ImageFileName"], api: () => "processAccess", access: number("DesiredAccess") },
  ],
  FileCreateInfo: did("create"),
  FileRenameInfo: did("create"),
  CriticalFileModified: did("modify"),
  FileDeleteInfo: did("delete"),
  ExecutableDeleted: did("delete"),
  HttpRequestDetect: ["networkConnection", { ...OUT, "process.image": ["ImageFileName"], url: ["HttpUrl"] }],
  NetworkConnectIP4: ["networkConnection", OUT],
  NetworkConnectIP6: ["networkConnection", OUT],
  NetworkReceiveAcceptIP4: ["networkConnection", { ...CONNECT, initiated: () => "false" }],
  NetworkReceiveAcceptIP6: ["networkConnection", { ...CONNECT, initiated: () => "false" }],
  DnsRequest: QUESTION,
  SuspiciousDnsRequest: QUESTION,
};

/** CrowdStrike Falcon's data replicator (FDR) and event search: one event an object, named by `event_simpleName`. */
export const falcon: JsonShape = {
  marks: ["event_simpleName", "aid"],
  recognise(object, at) {
    const name = text(own(object, "event_simpleName")) ?? text(own(object, "#event_simpleName"));
    if (name === undefined) return undefined;
    const head = {
      provider: name,
      host: firstText(object, ["ComputerName", "aid"]),
      time:
        parseTime(own(object, "ContextTimeStamp") ?? own(object, "ContextTimeStamp_decimal")) ??
        parseTime(own(object, "timestamp") ?? own(object, "@timestamp") ?? own(object, "_time")),
    };
    return productRecord(at, head, meaningIn(name.replace(/V\d{1,2}$/, ""), object), object);
  },
};

function meaningIn(name: string, object: JsonObject): Meaning | undefined {
  if (name === "FileIntegrityMonitorRuleMatched") return firstText(object, ["ObjectNameNew"]) ? RENAMED : undefined;
  const known = entryOf(EVENTS, name);
  if (known) return known;
  return CLASSES.find(([of]) => of.test(name))?.[1];
}

function startOf(event: JsonObject): string | undefined {
  const time = parseTime(own(event, "ProcessStartTime") ?? own(event, "ProcessStartTime_decimal"));
  return time === undefined ? undefined : String(Math.round(time));
}

/** What was typed into a console, one command a line; the sensor parts them by pilcrows. */
function typed(event: JsonObject): string | undefined {
  return text(own(event, "CommandHistory"))?.replaceAll("¶", "\n");
}
