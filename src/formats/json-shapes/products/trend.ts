import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf, firstText, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** Who acts is `process`; what it starts, loads or writes is `object`. */
const ACTOR: Properties = {
  platform,
  user: user("process"),
  "process.id": ["processHashId"],
  "process.pid": ["processPid"],
  "process.image": ["processFilePath", "processName"],
};

function user(of: "process" | "object"): (event: JsonObject) => string | undefined {
  return (event) => {
    const name = pathText(event, [`${of}User`, "logonUser"]);
    const domain = pathText(event, [`${of}UserDomain`]);
    return name === undefined || domain === undefined || name.includes("\\") ? name : `${domain}\\${name}`;
  };
}

function platform(event: JsonObject): string | undefined {
  const named = pathText(event, ["osName", "os"]) ?? "";
  if (/^win/i.test(named)) return "windows";
  if (/^mac/i.test(named)) return "macos";
  return named === "" ? undefined : "linux";
}

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
    path: (event) =>
      ["objectRegistryKeyHandle", "objectRegistryValue"].flatMap((key) => pathText(event, [key]) ?? []).join("\\"),
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
      time: parseTime(own(object, "eventTime")) ?? parseTime(own(object, "eventTimeDT")),
    };
    return productRecord(at, head, entryOf(MEANINGS, id.replace(/^TELEMETRY_/, "")), object);
  },
};
