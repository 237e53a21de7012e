import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** The highest digit of `plat` is the operating system. */
const PLATFORMS: Readonly<Record<number, string>> = { 1: "windows", 2: "linux", 3: "macos" };

const platform = (whole: JsonObject): string | undefined =>
  PLATFORMS[Math.floor(Number(pathText(whole, ["routing.plat"]) ?? 0) / 0x1000_0000)];

const ACTOR: Properties = {
  platform,
  user: ["event.USER_NAME"],
  "process.id": ["routing.this"],
  "process.pid": ["event.PROCESS_ID"],
};

/** An event that a process brings about stands below it: `parent` is that process. */
const CAUSED: Properties = { ...ACTOR, "process.id": ["routing.parent"] };

const hashes = hashesAt({ SHA256: ["event.HASH"] });

const connection: Meaning = [
  "networkConnection",
  {
    ...CAUSED,
    initiated: ["event.IS_OUTGOING"],
    sourceIp: ["event.SOURCE.IP_ADDRESS"],
    sourcePort: ["event.SOURCE.PORT"],
    destinationIp: ["event.DESTINATION.IP_ADDRESS"],
    destinationPort: ["event.DESTINATION.PORT"],
  },
];

const file = (action: string): Meaning => [
  "fileCreation",
  { ...CAUSED, path: ["event.FILE_PATH"], hashes, action: () => action },
];

const registry = (action: string): Meaning => [
  "registryKeyModification",
  { ...CAUSED, path: ["event.REGISTRY_KEY"], value: ["event.REGISTRY_VALUE"], action: () => action },
];

const intoProcess = (api: string): Meaning => [
  "osApiExecution",
  {
    ...CAUSED,
    "process.pid": ["event.PROCESS_ID", "event.SOURCE.PROCESS_ID"],
    "target.pid": ["event.TARGET_PROCESS_ID", "event.TARGET.PROCESS_ID"],
    "target.image": ["event.TARGET.FILE_PATH"],
    access: ["event.ACCESS_FLAGS"],
    api: () => api,
  },
];

/** Event types of the sensor that are data components. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  NEW_PROCESS: [
    "processCreation",
    {
      ...ACTOR,
      image: ["event.FILE_PATH"],
      commandLine: ["event.COMMAND_LINE"],
      hashes,
      "parent.id": ["routing.parent"],
      "parent.pid": ["event.PARENT.PROCESS_ID", "event.PARENT_PROCESS_ID"],
      "parent.image": ["event.PARENT.FILE_PATH"],
      parentCommandLine: ["event.PARENT.COMMAND_LINE"],
    },
  ],
  TERMINATE_PROCESS: ["processTermination", CAUSED],
  MODULE_LOAD: ["moduleLoad", { ...CAUSED, module: ["event.FILE_PATH"], hashes }],
  FILE_CREATE: file("create"),
  FILE_MODIFIED: file("modify"),
  FILE_DELETE: file("delete"),
  NEW_REMOTE_THREAD: intoProcess("createRemoteThread"),
  REMOTE_PROCESS_HANDLE: intoProcess("processAccess"),
  NEW_TCP4_CONNECTION: connection,
  NEW_TCP6_CONNECTION: connection,
  NEW_UDP4_CONNECTION: connection,
  NEW_UDP6_CONNECTION: connection,
  DNS_REQUEST: ["networkConnection", { ...CAUSED, initiated: () => "true", query: ["event.DOMAIN_NAME"] }],
  REGISTRY_WRITE: registry("setValue"),
  REGISTRY_CREATE: registry("createKey"),
  REGISTRY_DELETE: registry("deleteKey"),
};

/** LimaCharlie's sensor: `event` beside `routing`, also inside a detection (`detect`). */
export const limaCharlie: JsonShape = {
  marks: ["routing.event_type"],
  recognise(object, at) {
    const detected = own(object, "detect");
    const whole = isObject(detected) ? detected : object;
    const routing = own(whole, "routing");
    const type = isObject(routing) ? text(own(routing, "event_type")) : undefined;
    if (type === undefined || !isObject(own(whole, "event"))) return undefined;
    const head = {
      provider: type,
      host: pathText(whole, ["routing.hostname", "routing.sid"]),
      time: parseTime(pathText(whole, ["routing.event_time"])),
      pickedBy: whole === object ? undefined : "LimaCharlie",
    };
    return productRecord(at, head, entryOf(EVENTS, type), whole);
  },
};
