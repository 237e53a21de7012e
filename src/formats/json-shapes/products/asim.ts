import { entryOf } from "../../../model/entry.ts";
import { firstText, firstTime, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, joinedAt, type Meaning, type Properties, platformAt, productRecord } from "../properties.ts";

const PLATFORM: Properties = { platform: platformAt("DvcOs") };

/** A process in one of its roles. */
const processAt = (role: string, as: string): Properties => ({
  [`${as}.id`]: [`${role}ProcessGuid`],
  [`${as}.pid`]: [`${role}ProcessId`],
  [`${as}.image`]: [`${role}ProcessName`],
});

const ACTOR: Properties = { ...PLATFORM, user: ["ActorUsername"], ...processAt("Acting", "process") };

const hashes = (of: string) => hashesAt({ MD5: [`${of}MD5`], SHA1: [`${of}SHA1`], SHA256: [`${of}SHA256`] });

const FILE = (action: string): Meaning => [
  "fileCreation",
  { ...ACTOR, path: ["TargetFilePath", "TargetFileName"], hashes: hashes("TargetFile"), action: () => action },
];

const registry = (action: string): Meaning => [
  "registryKeyModification",
  {
    ...ACTOR,
    path: joinedAt("\\", "RegistryKey", "RegistryValue"),
    value: ["RegistryValueData"],
    action: () => action,
  },
];

/** Types of events of the schemas that are data components (Microsoft's pages on ASIM). */
const EVENTS: Readonly<Record<string, Meaning>> = {
  ProcessCreated: [
    "processCreation",
    {
      ...PLATFORM,
      user: ["TargetUsername", "ActorUsername"],
      ...processAt("Target", "process"),
      image: ["TargetProcessName"],
      commandLine: ["TargetProcessCommandLine", "CommandLine"],
      currentDirectory: ["TargetProcessCurrentDirectory"],
      originalFileName: ["TargetProcessFileOriginalName"],
      company: ["TargetProcessFileCompany"],
      product: ["TargetProcessFileProduct"],
      integrityLevel: ["TargetProcessIntegrityLevel"],
      hashes: hashes("TargetProcess"),
      ...processAt("Acting", "parent"),
      parentCommandLine: ["ActingProcessCommandLine"],
    },
  ],
  ProcessTerminated: [
    "processTermination",
    { ...PLATFORM, user: ["TargetUsername"], ...processAt("Target", "process") },
  ],
  FileCreated: FILE("create"),
  FileCopied: FILE("create"),
  FileMoved: FILE("create"),
  FileRenamed: FILE("create"),
  FileModified: FILE("modify"),
  FileDeleted: FILE("delete"),
  RegistryValueSet: registry("setValue"),
  RegistryKeyCreated: registry("createKey"),
  RegistryKeyDeleted: registry("deleteKey"),
  RegistryKeyRenamed: registry("rename"),
  RegistryValueDeleted: registry("deleteValue"),
};

const CONNECTION: Meaning = [
  "networkConnection",
  {
    ...ACTOR,
    user: ["SrcUsername"],
    "process.pid": ["SrcProcessId"],
    "process.image": ["SrcProcessName"],
    initiated: () => "true",
    sourceIp: ["SrcIpAddr"],
    sourcePort: ["SrcPortNumber"],
    destinationIp: ["DstIpAddr"],
    destinationPort: ["DstPortNumber"],
    destinationHost: ["DstHostname", "DstDomain"],
    query: ["DnsQuery"],
  },
];

/** Events of Sentinel in the normal form of its Advanced Security Information Model. */
export const asim: JsonShape = {
  marks: ["EventSchema"],
  recognise(object, at) {
    const schema = text(own(object, "EventSchema"));
    const type = text(own(object, "EventType"));
    if (schema === undefined || type === undefined) return undefined;
    const head = {
      provider: schema,
      host: firstText(object, ["DvcFQDN", "DvcHostname", "Dvc"]),
      time: firstTime(object, ["EventStartTime", "TimeGenerated"]),
    };
    const isNetwork = schema === "NetworkSession" || schema === "Dns";
    return productRecord(at, head, isNetwork ? CONNECTION : entryOf(EVENTS, type), object);
  },
};
