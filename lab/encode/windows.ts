import { stableHex } from "../random.ts";
import type { Integrity, LabEvent } from "../world/events.ts";
import { DOMAIN, type Host } from "../world/fleet.ts";
import type { EvtxEvent } from "../writers/evtx.ts";
import { fields, logonId } from "./fields.ts";
import { encodeSysmon } from "./sysmon.ts";

const SECURITY = {
  provider: "Microsoft-Windows-Security-Auditing",
  providerGuid: "{54849625-5478-4994-A5BA-3E3B0328C30D}",
  channel: "Security",
};
const POWERSHELL = {
  provider: "Microsoft-Windows-PowerShell",
  providerGuid: "{A0C1853B-5C40-4B15-8766-3CF1C58F985A}",
  channel: "Microsoft-Windows-PowerShell/Operational",
};
const MANDATORY_LABEL: Record<Integrity, string> = {
  Low: "S-1-16-4096",
  Medium: "S-1-16-8192",
  High: "S-1-16-12288",
  System: "S-1-16-16384",
};

function security4688(event: LabEvent, host: Host): EvtxEvent {
  const { proc } = event;
  const subject = proc.parent?.user ?? proc.user;
  const other = subject !== proc.user;
  return {
    ...SECURITY,
    eventId: 4688,
    version: 2,
    level: 0,
    task: 13312,
    opcode: 0,
    keywords: 0x8020000000000000n,
    time: event.time,
    processId: 4,
    threadId: 9832,
    computer: host.name,
    data: fields([
      ["SubjectUserSid", subject.sid, "sid"],
      [
        "SubjectUserName",
        subject.sid === "S-1-5-18" ? `${(host.name.split(".")[0] ?? "").toUpperCase()}$` : subject.name,
      ],
      ["SubjectDomainName", subject.sid === "S-1-5-18" ? DOMAIN : subject.domain],
      ["SubjectLogonId", logonId(subject), "hex64"],
      ["NewProcessId", proc.pid, "hex64"],
      ["NewProcessName", proc.program.image],
      ["TokenElevationType", proc.integrity === "Medium" ? "%%1938" : "%%1936"],
      ["ProcessId", proc.parent?.pid ?? 4, "hex64"],
      ["CommandLine", host.sensor === "bare" ? "" : proc.commandLine],
      ["TargetUserSid", other ? proc.user.sid : "S-1-0-0", "sid"],
      ["TargetUserName", other ? proc.user.name : "-"],
      ["TargetDomainName", other ? proc.user.domain : "-"],
      ["TargetLogonId", other ? logonId(proc.user) : 0n, "hex64"],
      ["ParentProcessName", proc.parent?.program.image ?? "-"],
      ["MandatoryLabel", MANDATORY_LABEL[proc.integrity], "sid"],
    ]),
  };
}

function scriptBlock(event: LabEvent & { kind: "script" }, host: Host): EvtxEvent {
  const id = stableHex(`${host.name} ${event.time} ${event.text}`, 32).toLowerCase();
  return {
    ...POWERSHELL,
    eventId: 4104,
    version: 1,
    level: 5,
    task: 2,
    opcode: 15,
    keywords: 0n,
    time: event.time,
    processId: event.proc.pid,
    threadId: 5208,
    computer: host.name,
    userSid: event.proc.user.sid,
    data: fields([
      ["MessageNumber", 1, "int32"],
      ["MessageTotal", 1, "int32"],
      ["ScriptBlockText", event.text],
      ["ScriptBlockId", `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`],
      ["Path", event.path],
    ]),
  };
}

/** The records that a Windows host logs for an event, its main sensor's first; none where no sensor sees it. */
export function encodeWindows(event: LabEvent, host: Host): EvtxEvent[] {
  if (event.kind === "script") return [scriptBlock(event, host)];
  const sysmon = host.sensor === "sysmon" || host.sensor === "both" ? encodeSysmon(event, host) : undefined;
  const security = host.sensor !== "sysmon" && event.kind === "start" ? security4688(event, host) : undefined;
  return [sysmon, security].filter((record) => record !== undefined);
}
