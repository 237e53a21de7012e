import type { JsonObject } from "../../decode/json/parse.ts";
import { firstText, own, text } from "./fields.ts";
import { type JsonShape, ObjectRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";

/** The first of these fields of the event. */
type Source = readonly string[];
type Properties = Readonly<Record<string, Source | ((event: JsonObject) => string | undefined)>>;

/** Numbers come with and without `_decimal` behind their names, by the way of export. */
const number = (name: string): Source => [name, `${name}_decimal`];

/** The sensor's own process id is unique on its machine only, so the machine goes before it. */
const processId = (name: string) => (event: JsonObject) => {
  const id = firstText(event, number(name));
  return id === undefined ? undefined : `${text(own(event, "aid")) ?? ""}:${id}`;
};

const ACTOR: Properties = {
  user: ["UserName", "UserSid"],
  "process.id": processId("ContextProcessId"),
  "process.image": ["ContextImageFileName"],
};

const START: Properties = {
  image: ["ImageFileName"],
  commandLine: ["CommandLine"],
  user: ["UserName", "UserSid"],
  originalFileName: ["OriginalFilename"],
  hashes: hashesOf,
  "process.id": processId("TargetProcessId"),
  "process.pid": number("RawProcessId"),
  "process.image": ["ImageFileName"],
  "parent.id": processId("ParentProcessId"),
  "parent.image": ["ParentImageFileName", "ParentBaseFileName"],
  parentCommandLine: ["ParentCommandLine"],
};
const WRITE: Properties = { ...ACTOR, path: ["TargetFileName"], hashes: hashesOf };
const CONNECT: Properties = {
  ...ACTOR,
  sourceIp: ["LocalAddressIP4", "LocalAddressIP6"],
  sourcePort: number("LocalPort"),
  destinationIp: ["RemoteAddressIP4", "RemoteAddressIP6"],
  destinationPort: number("RemotePort"),
};
const OUT: Properties = { ...CONNECT, initiated: () => "true" };
const REGISTRY: Properties = {
  ...ACTOR,
  path: (event) => [text(own(event, "RegObjectName")), text(own(event, "RegValueName"))].filter(Boolean).join("\\"),
  value: ["RegStringValue"],
};

/** Names of events in CrowdStrike's data replicator: what they are, and what their fields mean. Any other has no meaning here. */
const EVENTS: Readonly<Record<string, readonly [kind: string, properties: Properties]>> = {
  ProcessRollup2: ["processCreation", START],
  SyntheticProcessRollup2: ["processCreation", START],
  EndOfProcess: ["processTermination", { "process.id": processId("TargetProcessId") }],
  CommandHistory: ["commandExecution", { ...ACTOR, text: typed, dialect: () => "cmd", origin: () => "history" }],
  ScriptControlScanInfo: [
    "commandExecution",
    { ...ACTOR, text: ["ScriptContent"], dialect: () => "powershell", origin: () => "scriptBlock" },
  ],
  ClassifiedModuleLoad: [
    "moduleLoad",
    { "process.id": processId("TargetProcessId"), module: ["ImageFileName"], hashes: hashesOf },
  ],
  ImageHash: [
    "moduleLoad",
    { "process.id": processId("TargetProcessId"), module: ["ImageFileName"], hashes: hashesOf },
  ],
  PeFileWritten: ["fileCreation", WRITE],
  NewExecutableWritten: ["fileCreation", WRITE],
  NewScriptWritten: ["fileCreation", WRITE],
  MotwWritten: ["fileCreation", WRITE],
  NetworkConnectIP4: ["networkConnection", OUT],
  NetworkConnectIP6: ["networkConnection", OUT],
  NetworkReceiveAcceptIP4: ["networkConnection", { ...CONNECT, initiated: () => "false" }],
  NetworkReceiveAcceptIP6: ["networkConnection", { ...CONNECT, initiated: () => "false" }],
  DnsRequest: ["networkConnection", { ...ACTOR, query: ["DomainName"], initiated: () => "true" }],
  AsepValueUpdate: ["registryKeyModification", REGISTRY],
  RegGenericValueUpdate: ["registryKeyModification", REGISTRY],
};

const PLATFORMS: Readonly<Record<string, string>> = { win: "windows", lin: "linux", mac: "macos" };

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
    return new ObjectRecord("mapped", at, head, fieldsOf(name.replace(/V\d{1,2}$/, ""), object));
  },
};

function fieldsOf(name: string, event: JsonObject): JsonObject {
  const [kind, properties] = Object.hasOwn(EVENTS, name) ? EVENTS[name]! : ["unknown", {}];
  const fields: Record<string, unknown> = { kind };
  const platform = firstText(event, ["event_platform"])?.toLowerCase();
  if (platform !== undefined && Object.hasOwn(PLATFORMS, platform)) fields.platform = PLATFORMS[platform];
  for (const [property, source] of Object.entries(properties)) {
    const value = typeof source === "function" ? source(event) : firstText(event, source);
    if (value !== undefined && value !== "") fields[property] = value;
  }
  const started = kind === "processCreation" ? startOf(event) : undefined;
  return started === undefined ? fields : { ...fields, "process.start": String(started) };
}

function startOf(event: JsonObject): number | undefined {
  const time = parseTime(own(event, "ProcessStartTime") ?? own(event, "ProcessStartTime_decimal"));
  return time === undefined ? undefined : Math.round(time);
}

/** What was typed into a console, one command a line; the sensor parts them by pilcrows. */
function typed(event: JsonObject): string | undefined {
  return text(own(event, "CommandHistory"))?.replaceAll("¶", "\n");
}

/** As Sysmon writes them, so that they are compared alike. */
function hashesOf(event: JsonObject): string | undefined {
  const parts = [
    ["SHA256", firstText(event, ["SHA256HashData"])],
    ["MD5", firstText(event, ["MD5HashData"])],
  ].filter(([, value]) => value !== undefined && !/^0*$/.test(value));
  return parts.length === 0 ? undefined : parts.map(([name, value]) => `${name}=${value}`).join(",");
}
