import { entryOf } from "../../model/entry.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { account, firstOf, integer, port, repaired, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";
import { unescapeMarkup } from "./repair.ts";
import { own, path, SECURITY, subject } from "./security-fields.ts";

/** The account that the new process runs as, where it is not the creator's: written as `-` otherwise. */
const runsAs = firstOf(account("TargetDomainName", "TargetUserName"), subject);

/** RIDs of the mandatory label `S-1-16-…`, in Sysmon's words. */
const INTEGRITY: Readonly<Record<string, string>> = {
  "0": "Untrusted",
  "4096": "Low",
  "8192": "Medium",
  "8448": "MediumPlus",
  "12288": "High",
  "16384": "System",
};

/** The label where the log has it (since Windows 10); else a token of type 2 was elevated, and one of type 3 was not. */
function integrityLevel(record: LogRecord): string | undefined {
  const label = record.get("MandatoryLabel");
  const level = label?.startsWith("S-1-16-") ? entryOf(INTEGRITY, label.slice(7)) : undefined;
  if (level !== undefined) return level;
  const type = record.get("TokenElevationType") ?? "";
  if (/1937|\(2\)/.test(type)) return "High";
  return /1938|\(3\)/.test(type) ? "Medium" : undefined;
}

/**
 * 4688 has neither original file name, hashes nor signature. `CommandLine` is empty where its logging is off;
 * `ParentProcessName` came with Windows 10. Its `ProcessId` is the creator, in hexadecimal like all pids here.
 */
const start = defineEvent("processCreation", {
  platform: "windows",
  user: runsAs,
  process: processOf({ pid: integer("NewProcessId"), start: (r) => r.time, image: path("NewProcessName") }),
  image: path("NewProcessName"),
  commandLine: repaired(text("CommandLine", ""), unescapeMarkup),
  parent: processOf({ pid: integer("ProcessId"), image: path("ParentProcessName") }),
  integrityLevel,
});

const end = defineEvent("processTermination", own);

/** `%%14592` is inbound, `%%14593` outbound; rendered exports have the words. Source is the local end in both. */
function outbound(record: LogRecord): boolean | undefined {
  const direction = record.get("Direction")?.toLowerCase();
  if (direction === "%%14593" || direction === "outbound") return true;
  return direction === "%%14592" || direction === "inbound" ? false : undefined;
}

/** IANA numbers of the protocols that carry payloads; others stay numbers. */
const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "ipv6-icmp" };

const connection = defineEvent("networkConnection", {
  platform: "windows",
  process: processOf({ pid: firstOf(integer("ProcessID"), integer("ProcessId")), image: path("Application") }),
  initiated: outbound,
  sourceIp: path("SourceAddress"),
  sourcePort: port("SourcePort"),
  destinationIp: path("DestAddress"),
  destinationPort: port("DestPort"),
  protocol: (record) => {
    const protocol = record.get("Protocol");
    return protocol === undefined ? undefined : (entryOf(PROTOCOLS, protocol) ?? protocol);
  },
});

const service = defineEvent("commandExecution", {
  platform: "windows",
  user: subject,
  text: (record) => record.get("ServiceFileName") ?? "",
  dialect: "commandLine",
  origin: () => "service",
  name: "ServiceName",
});

/** Event fields: Microsoft's "Advanced security audit policy settings" reference. */
export const sources: readonly LogSource[] = [
  winevent("security/4688", SECURITY, [4688], start),
  winevent("security/4689", SECURITY, [4689], end),
  winevent("security/4697", SECURITY, [4697], ["commandExecution"], (record) =>
    record.get("ServiceFileName") ? service(record) : undefined,
  ),
  winevent("security/5156", SECURITY, [5156], connection),
];
