import type { Platform, Signature } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { firstOf, flag, integer, port, repaired, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";
import { undoublePercent, unescapeMarkup } from "./repair.ts";
import { image, known, NONE, own, process } from "./sysmon-fields.ts";

const line = (name: string) => repaired(known(name), unescapeMarkup);
const parent = processOf({
  id: known("ParentProcessGuid"),
  pid: integer("ParentProcessId"),
  image: image("ParentImage"),
});
/** Event 8 spells the field `SourceProcessGuid`, event 10 `SourceProcessGUID`. */
const source = processOf({
  id: firstOf(known("SourceProcessGuid"), known("SourceProcessGUID")),
  pid: integer("SourceProcessId"),
  image: image("SourceImage"),
});
const target = processOf({
  id: firstOf(known("TargetProcessGuid"), known("TargetProcessGUID")),
  pid: integer("TargetProcessId"),
  image: image("TargetImage"),
});

function signature(record: LogRecord): Signature | undefined {
  const signed = flag("Signed")(record);
  if (signed === undefined) return undefined;
  return { signed, signer: known("Signature")(record), status: known("SignatureStatus")(record) };
}

function start(platform: Platform, commandLine: (record: LogRecord) => string | undefined) {
  return defineEvent("processCreation", {
    ...own,
    platform,
    process,
    image: image("Image"),
    commandLine,
    originalFileName: known("OriginalFileName"),
    currentDirectory: known("CurrentDirectory"),
    parent,
    parentCommandLine: line("ParentCommandLine"),
    integrityLevel: known("IntegrityLevel"),
    hashes: known("Hashes"),
    company: known("Company"),
    product: known("Product"),
  });
}

const logged = line("CommandLine");
const undoubled = repaired(logged, undoublePercent);

const connection = (platform: Platform) =>
  defineEvent("networkConnection", {
    ...own,
    platform,
    process,
    initiated: flag("Initiated"),
    sourceIp: known("SourceIp"),
    sourcePort: port("SourcePort"),
    destinationIp: known("DestinationIp"),
    destinationHost: known("DestinationHostname"),
    destinationPort: port("DestinationPort"),
    protocol: known("Protocol"),
  });

const module = {
  ...own,
  platform: "windows",
  module: known("ImageLoaded"),
  originalFileName: known("OriginalFileName"),
  hashes: known("Hashes"),
  company: known("Company"),
  signature,
} as const;

const end = (platform: Platform) => defineEvent("processTermination", { ...own, platform, process });

type FileAction = "create" | "modify" | "stream" | "delete" | "timestamp";
const file = (platform: Platform, action: FileAction, hashes = "Hashes") =>
  defineEvent("fileCreation", {
    ...own,
    platform,
    process,
    action,
    path: known("TargetFilename"),
    contents: text("Contents", "-", ""),
    hashes: text(hashes, ...NONE, "Unknown"),
  });

/** Identity of the process whose image no longer is what it was started from; who changed it is not logged. */
const tampering = defineEvent("osApiExecution", {
  ...own,
  platform: "windows",
  api: "processTampering",
  target: process,
  access: known("Type"),
});

const remoteThread = defineEvent("osApiExecution", {
  ...own,
  platform: "windows",
  user: known("SourceUser"),
  api: "createRemoteThread",
  process: source,
  target,
  startModule: known("StartModule"),
  startFunction: known("StartFunction"),
});

const access = defineEvent("osApiExecution", {
  ...own,
  platform: "windows",
  user: known("SourceUser"),
  api: "processAccess",
  process: source,
  target,
  access: known("GrantedAccess"),
});

const query = defineEvent("networkConnection", {
  ...own,
  platform: "windows",
  process,
  initiated: () => true,
  query: known("QueryName"),
});

const SYSMON = "Microsoft-Windows-Sysmon";
const LINUX = "Linux-Sysmon";

/** Field names: Sysmon's own manifest (`sysmon -s`), schema 4.90. */
export const sources: readonly LogSource[] = [
  winevent("sysmon/1", SYSMON, [1], start("windows", undoubled)),
  winevent("sysmon/2", SYSMON, [2], file("windows", "timestamp")),
  winevent("sysmon/3", SYSMON, [3], connection("windows")),
  winevent("sysmon/5", SYSMON, [5], end("windows")),
  winevent("sysmon/6", SYSMON, [6], defineEvent("moduleLoad", module)),
  winevent("sysmon/7", SYSMON, [7], defineEvent("moduleLoad", { ...module, process })),
  winevent("sysmon/8", SYSMON, [8], remoteThread),
  winevent("sysmon/10", SYSMON, [10], access),
  winevent("sysmon/11", SYSMON, [11], file("windows", "create")),
  winevent("sysmon/15", SYSMON, [15], file("windows", "stream", "Hash")),
  winevent("sysmon/22", SYSMON, [22], query),
  // 28 is a shredding that Sysmon prevented: what the process tried is a deletion.
  winevent("sysmon/23", SYSMON, [23, 26, 28], file("windows", "delete")),
  winevent("sysmon/25", SYSMON, [25], tampering),
  // 27 is an executable that Sysmon did not let be written, 29 one that it saw being written.
  winevent("sysmon/27", SYSMON, [27, 29], file("windows", "create")),
  winevent("linux-sysmon/1", LINUX, [1], start("linux", logged)),
  winevent("linux-sysmon/3", LINUX, [3], connection("linux")),
  winevent("linux-sysmon/5", LINUX, [5], end("linux")),
  winevent("linux-sysmon/11", LINUX, [11], file("linux", "create")),
  winevent("linux-sysmon/23", LINUX, [23], file("linux", "delete")),
];
