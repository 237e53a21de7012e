import { isObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { keysOf, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, platformNamed, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

const processAt = (at: string, as: "process" | "target"): Properties => ({
  [`${as}.id`]: [`${at}.node.key.value`],
  [`${as}.pid`]: [`${at}.fullPid.pid`],
  [`${as}.start`]: [`${at}.fullPid.startTime.millisecondsSinceEpoch`],
  [`${as}.image`]: [`${at}.executable.path`],
});

const ACTOR: Properties = { user: ["source.user.name"], ...processAt("source", "process") };

const FILE = (action: string): Meaning => [
  "fileCreation",
  {
    ...ACTOR,
    action: () => action,
    path: ["targetFile.path", "file.path"],
    hashes: hashesAt({
      MD5: ["targetFile.hashes.md5"],
      SHA1: ["targetFile.hashes.sha1"],
      SHA256: ["targetFile.hashes.sha256"],
    }),
  },
];

const REGISTRY = (action: string): Meaning => [
  "registryKeyModification",
  { ...ACTOR, action: () => action, path: ["regValue.path", "regKey.path"], value: ["newValueData"] },
];

const CONNECTION: Meaning = [
  "networkConnection",
  {
    ...ACTOR,
    initiated: (event) => {
      const direction = pathText(event, ["direction"]);
      return direction === undefined ? undefined : direction.startsWith("OUT") ? "true" : "false";
    },
    sourceIp: ["sourceAddress.address"],
    sourcePort: ["sourceAddress.port"],
    destinationIp: ["destinationAddress.address"],
    destinationPort: ["destinationAddress.port"],
    protocol: () => "tcp",
  },
];

const EVENTS: Readonly<Record<string, Meaning>> = {
  fileCreation: FILE("create"),
  fileModification: FILE("modify"),
  fileDeletion: FILE("delete"),
  regKeyCreate: REGISTRY("createKey"),
  regKeyDelete: REGISTRY("deleteKey"),
  regValueCreate: REGISTRY("setValue"),
  regValueModified: REGISTRY("setValue"),
  regValueDelete: REGISTRY("deleteValue"),
  tcpv4: CONNECTION,
  tcpv6: CONNECTION,
  dns: ["networkConnection", { ...ACTOR, initiated: () => "true", query: ["query"] }],
  openProcess: [
    "osApiExecution",
    { ...ACTOR, ...processAt("target", "target"), api: () => "processAccess", access: ["desiredAccess"] },
  ],
};

/** What SentinelOne's first Cloud Funnel streamed: `meta`, a time, and the event, named by `event_type` or by the key that holds it. */
export const sentinelOneStream: JsonShape = {
  marks: ["meta.computerName"],
  recognise(object, at) {
    if (!isObject(own(object, "meta")) || !isObject(own(object, "timestamp"))) return undefined;
    const type = text(own(object, "event_type")) ?? keysOf(object).find((key) => entryOf(EVENTS, key)) ?? "";
    const meaning = entryOf(EVENTS, type);
    const host = pathText(object, ["meta.computerName"]);
    // What it streams besides is left to those who go by names alone.
    if (!meaning || host === undefined) return undefined;
    const inner = own(object, type);
    const head = { provider: type, host, time: parseTime(pathText(object, ["timestamp.millisecondsSinceEpoch"])) };
    const [kind, properties] = meaning;
    const platform = () => platformNamed(pathText(object, ["meta.osFamily"]));
    return productRecord(at, head, [kind, { platform, ...properties }], isObject(inner) ? inner : object);
  },
};
