import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, platformAt, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** A name of the data lake (`src.process.image.path`) and what Deep Visibility's API calls the same. */
type Names = readonly [lake: string, deep: string];

function processAt(lake: "src" | "tgt", as: "process" | "parent" | "target"): Properties {
  return {
    [`${as}.id`]: [`${lake}.process.uid`, `${lake}ProcUid`],
    [`${as}.pid`]: [`${lake}.process.pid`, `${lake}ProcPid`],
    [`${as}.start`]: [`${lake}.process.startTime`, `${lake}ProcStartTime`],
    [`${as}.image`]: [`${lake}.process.image.path`, `${lake}ProcImagePath`],
  };
}

const platform = platformAt("endpoint.os", "endpointOs", "agentOs");

const ACTOR: Properties = {
  platform,
  user: ["src.process.user", "srcProcUser"],
  ...processAt("src", "process"),
};

const hashes = ([lake, deep]: Names) =>
  hashesAt({
    MD5: [`${lake}.md5`, `${deep}Md5`],
    SHA1: [`${lake}.sha1`, `${deep}Sha1`],
    SHA256: [`${lake}.sha256`, `${deep}Sha256`],
  });

const file = (action: string): Meaning => [
  "fileCreation",
  {
    ...ACTOR,
    path: ["tgt.file.path", "tgtFilePath"],
    hashes: hashes(["tgt.file", "tgtFile"]),
    action: () => action,
  },
];

const intoProcess = (api: string): Meaning => [
  "osApiExecution",
  {
    ...ACTOR,
    ...processAt("tgt", "target"),
    access: ["tgt.process.accessRights", "tgtProcAccessRights"],
    api: () => api,
  },
];

const CONNECTION: Meaning = [
  "networkConnection",
  {
    ...ACTOR,
    initiated: (event) => {
      const direction = pathText(event, [
        "event.network.direction",
        "netConnDirection",
        "netEventDirection",
        "direction",
      ]);
      if (direction === undefined) return undefined;
      return direction.toUpperCase().startsWith("OUT") ? "true" : "false";
    },
    sourceIp: ["src.ip.address", "srcIp"],
    sourcePort: ["src.port.number", "srcPort"],
    destinationIp: ["dst.ip.address", "dstIp"],
    destinationPort: ["dst.port.number", "dstPort"],
    query: ["event.dns.request", "dnsRequest"],
    url: ["url.address", "networkUrl"],
  },
];

const registry = (action: string): Meaning => [
  "registryKeyModification",
  {
    ...ACTOR,
    action: () => action,
    path: ["registry.keyPath", "registryPath", "registryKeyPath"],
    value: ["registry.value", "registryValue"],
  },
];

/** Types of event in small letters without blanks, as versions differ in both. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  processcreation: [
    "processCreation",
    {
      platform,
      user: ["tgt.process.user", "tgtProcUser", "src.process.user", "srcProcUser"],
      ...processAt("tgt", "process"),
      image: ["tgt.process.image.path", "tgtProcImagePath", "tgt.process.name", "tgtProcName"],
      commandLine: ["tgt.process.cmdline", "tgtProcCmdLine"],
      integrityLevel: ["tgt.process.integrityLevel", "tgtProcIntegrityLevel"],
      company: ["tgt.process.publisher", "tgtProcPublisher"],
      hashes: hashes(["tgt.process.image", "tgtProcImage"]),
      ...processAt("src", "parent"),
      parentCommandLine: ["src.process.cmdline", "srcProcCmdLine"],
    },
  ],
  processexit: ["processTermination", ACTOR],
  processtermination: ["processTermination", ACTOR],
  moduleload: ["moduleLoad", { ...ACTOR, module: ["module.path", "modulePath"], hashes: hashes(["module", "module"]) }],
  driverload: [
    "moduleLoad",
    {
      ...ACTOR,
      module: ["tgt.file.path", "tgtFilePath"],
      originalFileName: ["tgt.file.internalName", "tgtFileInternalName"],
      hashes: hashes(["tgt.file", "tgtFile"]),
      "signature.signed": (event) => {
        const said = pathText(event, ["tgt.file.isSigned", "tgtFileIsSigned"])?.toLowerCase();
        return said === undefined ? undefined : String(said === "signed" || said === "true");
      },
    },
  ],
  filecreation: file("create"),
  filerename: file("create"),
  filemodification: file("modify"),
  filedeletion: file("delete"),
  duplicateprocesshandle: intoProcess("handle"),
  openremoteprocesshandle: intoProcess("processAccess"),
  remotethreadcreation: intoProcess("createRemoteThread"),
  ipconnect: CONNECTION,
  dnsresolved: CONNECTION,
  dnsunresolved: CONNECTION,
  registrykeycreate: registry("createKey"),
  registrykeydelete: registry("deleteKey"),
  registrykeyrename: registry("rename"),
  registryvaluecreate: registry("setValue"),
  registryvaluemodified: registry("setValue"),
  registryvaluedelete: registry("deleteValue"),
  taskstart: [
    "commandExecution",
    { ...ACTOR, text: ["task.path", "taskPath"], name: ["task.name", "taskName"], origin: () => "task" },
  ],
  commandscript: [
    "commandExecution",
    { ...ACTOR, text: ["cmdScript.content", "cmdScript"], dialect: () => "powershell", origin: () => "scriptBlock" },
  ],
};

/** SentinelOne's events: the data lake's (Cloud Funnel, PowerQuery exports), and Deep Visibility's API. */
export const sentinelOne: JsonShape = {
  marks: ["dataSource.name", "srcProcUid"],
  recognise(object, at) {
    const isLake =
      pathText(object, ["dataSource.name"]) === "SentinelOne" ||
      pathText(object, ["src.process.uid", "tgt.process.uid"]) !== undefined;
    const type = pathText(object, isLake ? ["event.type"] : ["eventType"]);
    if (type === undefined || !(isLake || text(own(object, "srcProcUid")) !== undefined || isDeep(object)))
      return undefined;
    const head = {
      provider: type,
      host: pathText(object, ["endpoint.name", "endpointName", "agentName"]),
      time: parseTime(pathText(object, ["event.time", "eventTime", "createdAt"])),
    };
    return productRecord(at, head, entryOf(EVENTS, type.toLowerCase().replace(/ /g, "")), object);
  },
};

function isDeep(object: JsonObject): boolean {
  return text(own(object, "agentName")) !== undefined && text(own(object, "processUniqueKey")) !== undefined;
}
