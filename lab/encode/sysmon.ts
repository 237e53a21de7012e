import { stableHex } from "../random.ts";
import type { LabEvent, Proc } from "../world/events.ts";
import type { Host } from "../world/fleet.ts";
import { hashes, type Program } from "../world/programs.ts";
import type { EvtxEvent } from "../writers/evtx.ts";
import { fields, logonId, type Row, utc, who } from "./fields.ts";

const SYSMON = {
  provider: "Microsoft-Windows-Sysmon",
  providerGuid: "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
  channel: "Microsoft-Windows-Sysmon/Operational",
};

/** Versions of Sysmon's events, as of Sysmon 14. */
const VERSIONS: Record<number, number> = { 1: 5, 3: 5, 5: 3, 7: 3, 8: 2, 11: 2, 12: 2, 13: 2, 15: 2, 22: 5 };

/** Sysmon writes percent signs of a command line twice, those of the parent's once. */
function sysmonLine(line: string): string {
  return line.replaceAll("%", "%%");
}

function fileFacts(file: Program): Row[] {
  return [
    ["FileVersion", file.version],
    ["Description", file.description],
    ["Product", file.product],
    ["Company", file.company],
    ["OriginalFileName", file.originalFileName],
  ];
}

function processOf(proc: Proc): Row[] {
  return [
    ["ProcessGuid", proc.guid, "guid"],
    ["ProcessId", proc.pid, "uint32"],
    ["Image", proc.program.image],
  ];
}

function creation(proc: Proc): Row[] {
  const parent = proc.parent;
  return [
    ...processOf(proc),
    ...fileFacts(proc.program),
    ["CommandLine", sysmonLine(proc.commandLine)],
    ["CurrentDirectory", proc.directory],
    ["User", who(proc.user)],
    ["LogonGuid", proc.guid.replace(/-.{4}-.{12}\}$/, "-0020-E7030000A1B2}"), "guid"],
    ["LogonId", logonId(proc.user), "hex64"],
    ["TerminalSessionId", proc.integrity === "System" ? 0 : 1, "uint32"],
    ["IntegrityLevel", proc.integrity],
    ["Hashes", hashes(proc.program)],
    ["ParentProcessGuid", parent?.guid ?? "{00000000-0000-0000-0000-000000000000}", "guid"],
    ["ParentProcessId", parent?.pid ?? 4, "uint32"],
    ["ParentImage", parent?.program.image ?? "-"],
    ["ParentCommandLine", parent?.commandLine ?? "-"],
    ["ParentUser", parent ? who(parent.user) : "-"],
  ];
}

function signature(file: Program): Row[] {
  return [
    ["Signed", file.signer ? "true" : "false"],
    ["Signature", file.signer ?? "-"],
    ["SignatureStatus", file.signer ? "Valid" : "Unavailable"],
  ];
}

/** Sysmon's event id and own fields; undefined for what Sysmon does not log. */
function sysmonFields(event: LabEvent, host: Host): readonly [number, readonly Row[]] | undefined {
  const { proc } = event;
  switch (event.kind) {
    case "start":
      return [1, creation(proc)];
    case "exit":
      return [5, [...processOf(proc), ["User", who(proc.user)]]];
    case "load":
      return [
        7,
        [
          ...processOf(proc),
          ["ImageLoaded", event.module.image],
          ...fileFacts(event.module),
          ["Hashes", hashes(event.module)],
          ...signature(event.module),
          ["User", who(proc.user)],
        ],
      ];
    case "file":
      return [
        11,
        [
          ...processOf(proc),
          ["TargetFilename", event.path],
          ["CreationUtcTime", utc(event.time)],
          ["User", who(proc.user)],
        ],
      ];
    case "stream":
      return [
        15,
        [
          ...processOf(proc),
          ["TargetFilename", event.path],
          ["CreationUtcTime", utc(event.time)],
          ["Hash", `MD5=${stableHex(event.contents, 32)}`],
          ["Contents", event.contents],
          ["User", who(proc.user)],
        ],
      ];
    case "dns":
      return [
        22,
        [
          ["ProcessGuid", proc.guid, "guid"],
          ["ProcessId", proc.pid, "uint32"],
          ["QueryName", event.query],
          ["QueryStatus", "0"],
          ["QueryResults", event.answer],
          ["Image", proc.program.image],
          ["User", who(proc.user)],
        ],
      ];
    case "registry":
      return event.action === "CreateKey"
        ? [
            12,
            [
              ["EventType", "CreateKey"],
              ["UtcTime", utc(event.time)],
              ...processOf(proc),
              ["TargetObject", event.path],
              ["User", who(proc.user)],
            ],
          ]
        : [
            13,
            [
              ["EventType", "SetValue"],
              ["UtcTime", utc(event.time)],
              ...processOf(proc),
              ["TargetObject", event.path],
              ["Details", event.value],
              ["User", who(proc.user)],
            ],
          ];
    case "net":
      return [3, connection(event, host)];
    case "thread":
      return [8, remoteThread(event)];
    case "script":
    case "shortcut":
      return undefined;
  }
}

function connection(event: LabEvent & { kind: "net" }, host: Host): readonly Row[] {
  return [
    ...processOf(event.proc),
    ["User", who(event.proc.user)],
    ["Protocol", "tcp"],
    ["Initiated", true, "boolean"],
    ["SourceIsIpv6", false, "boolean"],
    ["SourceIp", host.address],
    ["SourceHostname", host.name],
    ["SourcePort", event.sourcePort, "uint16"],
    ["SourcePortName", "-"],
    ["DestinationIsIpv6", false, "boolean"],
    ["DestinationIp", event.ip],
    ["DestinationHostname", event.hostname === event.ip ? "-" : event.hostname],
    ["DestinationPort", event.port, "uint16"],
    ["DestinationPortName", event.port === 443 ? "https" : event.port === 80 ? "http" : "-"],
  ];
}

function remoteThread(event: LabEvent & { kind: "thread" }): readonly Row[] {
  const { proc, target } = event;
  return [
    ["SourceProcessGuid", proc.guid, "guid"],
    ["SourceProcessId", proc.pid, "uint32"],
    ["SourceImage", proc.program.image],
    ["TargetProcessGuid", target.guid, "guid"],
    ["TargetProcessId", target.pid, "uint32"],
    ["TargetImage", target.program.image],
    ["NewThreadId", 4 * (target.pid % 4000) + 12, "uint32"],
    ["StartAddress", "0x00007FFB1C2A0000"],
    ["StartModule", event.module],
    ["StartFunction", event.fn],
    ["SourceUser", who(proc.user)],
    ["TargetUser", who(target.user)],
  ];
}

/** What Sysmon logs of an event; undefined for what it does not see. */
export function encodeSysmon(event: LabEvent, host: Host): EvtxEvent | undefined {
  const known = sysmonFields(event, host);
  if (!known) return undefined;
  const [eventId, own] = known;
  // Registry events name their type before the time; all others begin with rule and time.
  const timed: readonly Row[] = eventId === 12 || eventId === 13 ? own : [["UtcTime", utc(event.time)], ...own];
  return {
    ...SYSMON,
    eventId,
    version: VERSIONS[eventId] ?? 2,
    level: 4,
    task: eventId,
    opcode: 0,
    keywords: 0x8000000000000000n,
    time: event.time + 1,
    processId: 3120,
    threadId: 4188,
    computer: host.name,
    userSid: "S-1-5-18",
    data: fields([["RuleName", "-"], ...timed]),
  };
}
