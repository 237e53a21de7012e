import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { fileIn, hashesAt, type Meaning, type Properties, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** Folder and name of the program stand apart. */
const program = (event: JsonObject): string | undefined =>
  fileIn(pathText(event, ["processPath"]), pathText(event, ["process"]));

const platform = (event: JsonObject): string =>
  pathText(event, ["processPath", "fullPath"])?.startsWith("/") ? "macos" : "windows";

const ACTOR: Properties = { platform, user: ["username"], "process.pid": ["pid"], "process.image": program };

const CONNECTION: Properties = {
  ...ACTOR,
  sourceIp: ["localIP", "localIp"],
  sourcePort: ["localPort"],
  destinationIp: ["remoteIP", "remoteIp", "remoteIpAddress"],
  destinationPort: ["remotePort"],
  protocol: (event) => pathText(event, ["protocol"])?.toLowerCase(),
};
const OUT: Meaning = ["networkConnection", CONNECTION];

/** What was done to a value, where it is not that it was set. */
const REGISTRY_ACTIONS: Readonly<Record<string, string>> = { "2": "deleteValue", "3": "createKey", "4": "deleteKey" };

/** What the agent's ring buffer holds (the indicators of compromise name the same fields): by the type of the event. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  processEvent: [
    "processCreation",
    {
      platform,
      user: ["username"],
      "process.pid": ["pid"],
      image: program,
      commandLine: ["processCmdLine"],
      hashes: hashesAt({ MD5: ["md5"] }),
      "parent.pid": ["parentPid"],
      "parent.image": ["parentProcessPath", "parentProcess"],
    },
  ],
  imageLoadEvent: ["moduleLoad", { ...ACTOR, module: ["fullPath"] }],
  fileWriteEvent: ["fileCreation", { ...ACTOR, path: ["fullPath"] }],
  regKeyEvent: [
    "registryKeyModification",
    {
      ...ACTOR,
      path: ["path"],
      value: ["text", "value"],
      action: (event) => entryOf(REGISTRY_ACTIONS, pathText(event, ["eventType"]) ?? ""),
    },
  ],
  ipv4NetworkEvent: OUT,
  ipv6NetworkEvent: OUT,
  dnsLookupEvent: ["networkConnection", { ...ACTOR, query: ["hostname"], initiated: () => "true" }],
  urlMonitorEvent: [
    "networkConnection",
    { ...CONNECTION, initiated: () => "true", destinationHost: ["hostname"], url: ["requestUrl"] },
  ],
};

/** Alerts of Trellix (FireEye) Endpoint Security: the event that an indicator matched, each of its values under the event's type. */
export const trellix: JsonShape = {
  marks: ["event_type", "event_values"],
  recognise(object, at) {
    const type = text(own(object, "event_type")) ?? "";
    const values = own(object, "event_values");
    const meaning = entryOf(EVENTS, type);
    if (!meaning || !isObject(values)) return undefined;
    const event = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name.slice(name.indexOf("/") + 1), value]),
    );
    const isEnd = type === "processEvent" && /^(?:end|2)$/i.test(pathText(event, ["eventType"]) ?? "");
    const head = {
      provider: type,
      host: pathText(object, ["agent.hostname", "host.hostname", "hostname"]),
      time: parseTime(pathText(event, ["timestamp", "timeStamp"])) ?? parseTime(own(object, "event_at")),
      pickedBy: "Trellix",
    };
    return productRecord(at, head, isEnd ? ["processTermination", ACTOR] : meaning, event);
  },
};
