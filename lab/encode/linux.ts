import type { LabEvent, Proc } from "../world/events.ts";
import type { Host } from "../world/fleet.ts";
import { auditLines } from "../writers/audit.ts";

const FIRST_UID = 1000;

function uidOf(proc: Proc): number {
  return proc.user.sid === "S-1-5-18" ? 0 : FIRST_UID + (Number(proc.user.sid.split("-").pop()) % 100);
}

/** The lines of auditd for a process start; none for anything else. */
export function encodeAudit(event: LabEvent, serial: number, host: Host): string[] {
  if (event.kind !== "start") return [];
  const { proc } = event;
  const interactive = uidOf(proc) !== 0;
  return auditLines({
    time: event.time,
    serial,
    node: host.name,
    pid: proc.pid,
    parentPid: proc.parent?.pid ?? 1,
    uid: uidOf(proc),
    executable: proc.program.image,
    args: proc.args ?? [],
    directory: proc.directory,
    terminal: interactive ? "pts0" : "(none)",
    session: interactive ? 12 : 3,
  });
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
