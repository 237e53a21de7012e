import type { LabEvent, Proc } from "../world/events.ts";
import type { Host } from "../world/fleet.ts";
import { connectLines, execLines } from "../writers/audit.ts";

const FIRST_UID = 1000;

function uidOf(proc: Proc): number {
  return proc.user.sid === "S-1-5-18" ? 0 : FIRST_UID + (Number(proc.user.sid.split("-").pop()) % 100);
}

/** The kernel takes the name of the file that was asked for, before links are followed, and keeps fifteen bytes. */
function taskName(proc: Proc): string {
  const asked = (proc.args?.[0] ?? proc.program.image).replace(/^-/, "").split(" ")[0] ?? "";
  return (asked.split("/").pop() ?? "").slice(0, 15);
}

/** The lines of auditd for a process start or a connection; none for anything else. */
export function encodeAudit(event: LabEvent, serial: number, host: Host): string[] {
  const { proc } = event;
  const uid = uidOf(proc);
  const call = {
    time: event.time,
    serial,
    node: host.name,
    pid: proc.pid,
    parentPid: proc.parent?.pid ?? 1,
    uid,
    executable: proc.program.image,
    terminal: uid === 0 ? "(none)" : "pts0",
    session: uid === 0 ? 3 : 12,
    command: taskName(proc),
  };
  if (event.kind === "start") return execLines({ ...call, args: proc.args ?? [], directory: proc.directory });
  return event.kind === "net" ? connectLines({ ...call, ip: event.ip, port: event.port }) : [];
}

/** A process start or a connection in the Elastic Common Schema, as one line; undefined for anything else. */
export function encodeEcs(event: LabEvent, host: Host): string | undefined {
  const { proc } = event;
  const name = proc.program.image.split("/").pop();
  const common = {
    "@timestamp": new Date(event.time).toISOString(),
    host: { name: host.name, os: { type: "linux" } },
    user: { name: uidOf(proc) === 0 ? "root" : proc.user.name, id: String(uidOf(proc)) },
  };
  const self = { pid: proc.pid, entity_id: proc.guid.slice(1, -1).toLowerCase(), executable: proc.program.image, name };
  if (event.kind === "net") {
    const network = {
      destination: { ip: event.ip, port: event.port, domain: event.hostname },
      network: { transport: "tcp", direction: "egress" },
    };
    return `${JSON.stringify({ ...common, event: { kind: "event", category: ["network"], type: ["start"], action: "connected-to" }, process: self, ...network })}\n`;
  }
  if (event.kind !== "start") return undefined;
  const parent = proc.parent && {
    pid: proc.parent.pid,
    executable: proc.parent.program.image,
    args: proc.parent.args,
    entity_id: proc.parent.guid.slice(1, -1).toLowerCase(),
  };
  const process = {
    ...self,
    args: proc.args,
    args_count: proc.args?.length,
    working_directory: proc.directory,
    parent,
  };
  return `${JSON.stringify({ ...common, event: { kind: "event", category: ["process"], type: ["start"], action: "exec" }, process })}\n`;
}
