import { entryOf } from "../../../model/entry.ts";
import { firstText, firstTime, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import {
  hashesAt,
  joinedAt,
  type Meaning,
  type Properties,
  pathText,
  platformAt,
  productRecord,
  type Source,
  userAt,
} from "../properties.ts";

const user = (of: "process" | "object"): Source => userAt([`${of}User`, "logonUser"], [`${of}UserDomain`]);

const platform = platformAt("osName", "os");

/** Who acts is `process`; what it starts, loads or writes is `object`. */
const ACTOR: Properties = {
  platform,
  user: user("process"),
  "process.id": ["processHashId"],
  "process.pid": ["processPid"],
  "process.image": ["processFilePath", "processName"],
};

const objectHashes = hashesAt({
  MD5: ["objectFileHashMd5"],
  SHA1: ["objectFileHashSha1"],
  SHA256: ["objectFileHashSha256"],
});

const FILE: Meaning = ["fileCreation", { ...ACTOR, path: ["objectFilePath"], hashes: objectHashes }];
const CONNECTION: Properties = {
  ...ACTOR,
  sourceIp: ["src"],
  sourcePort: ["spt"],
  destinationIp: ["dst", "objectIp"],
  destinationPort: ["dpt", "objectPort"],
  destinationHost: ["objectHostName"],
  url: ["request"],
};
const OUT: Meaning = ["networkConnection", { ...CONNECTION, initiated: () => "true" }];
const REGISTRY: Meaning = [
  "registryKeyModification",
  {
    ...ACTOR,
    path: joinedAt("\\", "objectRegistryKeyHandle", "objectRegistryValue"),
    value: ["objectRegistryData"],
  },
];

/** `eventSubId` of endpoint telemetry: numbers in the data lake, names in exports (without `TELEMETRY_`). */
const EVENTS: readonly (readonly [id: string, name: string, meaning: Meaning])[] = [
  [
    "2",
    "PROCESS_CREATE",
    [
      "processCreation",
      {
        platform,
        user: user("object"),
        "process.id": ["objectHashId"],
        "process.pid": ["objectPid"],
        image: ["objectFilePath", "objectName"],
        commandLine: ["objectCmd"],
        hashes: objectHashes,
        "parent.id": ["processHashId"],
        "parent.pid": ["processPid"],
        "parent.image": ["processFilePath", "processName"],
        parentCommandLine: ["processCmd"],
      },
    ],
  ],
  ["3", "PROCESS_TERMINATE", ["processTermination", ACTOR]],
  ["4", "PROCESS_LOAD_IMAGE", ["moduleLoad", { ...ACTOR, module: ["objectFilePath"], hashes: objectHashes }]],
  ["101", "FILE_CREATE", FILE],
  ["105", "FILE_COPY", FILE],
  ["106", "FILE_MOVE", FILE],
  ["109", "FILE_MODIFY", ["fileCreation", { ...FILE[1], action: () => "modify" }]],
  ["201", "CONNECTION_CONNECT", OUT],
  ["204", "CONNECTION_CONNECT_OUTBOUND", OUT],
  ["203", "CONNECTION_CONNECT_INBOUND", ["networkConnection", { ...CONNECTION, initiated: () => "false" }]],
  [
    "301",
    "DNS_QUERY",
    ["networkConnection", { ...ACTOR, initiated: () => "true", query: ["objectHostName", "hostName"] }],
  ],
  ["401", "REGISTRY_CREATE", ["registryKeyModification", { ...REGISTRY[1], action: () => "createKey" }]],
  ["402", "REGISTRY_SET", REGISTRY],
  [
    "701",
    "MODIFIED_PROCESS_CREATE_REMOTETHREAD",
    [
      "osApiExecution",
      { ...ACTOR, api: () => "createRemoteThread", "target.pid": ["objectPid"], "target.image": ["objectFilePath"] },
    ],
  ],
  [
    "901",
    "AMSI_EXECUTE",
    [
      "commandExecution",
      { ...ACTOR, text: ["objectRawDataStr"], dialect: () => "powershell", origin: () => "scriptBlock" },
    ],
  ],
];
const MEANINGS: Readonly<Record<string, Meaning>> = Object.fromEntries(
  EVENTS.flatMap(([id, name, meaning]) => [
    [id, meaning],
    [name, meaning],
  ]),
);

/** Trend Vision One's endpoint activity. */
export const trend: JsonShape = {
  marks: ["eventSubId", "processFilePath"],
  recognise(object, at) {
    const id = text(own(object, "eventSubId"));
    if (id === undefined || pathText(object, ["processFilePath", "processName", "processCmd"]) === undefined)
      return undefined;
    const head = {
      provider: id,
      host: firstText(object, ["endpointHostName", "hostName", "endpointName"]),
      time: firstTime(object, ["eventTime", "eventTimeDT"]),
    };
    return productRecord(at, head, entryOf(MEANINGS, id.replace(/^TELEMETRY_/, "")), object);
  },
};
