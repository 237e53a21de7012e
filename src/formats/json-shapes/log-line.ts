import { type AuditLine, parseAuditLine } from "../../decode/audit/line.ts";
import type { JsonObject } from "../../decode/json/parse.ts";
import { commandIn } from "../syslog/message.ts";
import { parseSyslog } from "../syslog/prefix.ts";
import { firstText, has } from "./fields.ts";
import { type JsonShape, ObjectRecord } from "./object-record.ts";
import { nxlogAuditLine } from "./products/nxlog.ts";
import { pathText } from "./properties.ts";

/** Keys under which collectors put the line of a file as it stood there. */
const KEYS = ["message", "log", "msg", "_raw", "event.original", "MESSAGE", "SyslogMessage"];
/** Where they say whose file it is. */
const HOSTS = [
  "host.name",
  "host.hostname",
  "host",
  "hostname",
  "agent.hostname",
  "agent.name",
  "source_host",
  "HostName",
  "Computer",
];

/**
 * The record of the audit that a collector (Filebeat, Fluent Bit, Vector, Splunk) shipped as a line of text, or NXLog as its fields; undefined where the object
 * holds none, or holds the event itself beside it, as Auditbeat's do.
 */
export function auditLineIn(object: JsonObject): AuditLine | undefined {
  const fields = nxlogAuditLine(object);
  if (fields) return fields;
  const line = firstText(object, KEYS);
  if (line === undefined || !line.includes("audit(") || line.includes("\n") || has(object, "auditd")) return undefined;
  const audited = parseAuditLine(line);
  return audited && { ...audited, node: audited.node ?? pathText(object, HOSTS) };
}

/** A line of a system log that a collector shipped as text: a command of sudo or cron. */
export const logLine: JsonShape = {
  marks: ["message"],
  recognise(object, at) {
    const line = firstText(object, KEYS);
    if (line === undefined || !(line.includes("COMMAND=") || line.includes(" CMD ("))) return undefined;
    const parsed = parseSyslog(line, Date.now());
    const command = parsed && commandIn(parsed);
    if (!command) return undefined;
    return new ObjectRecord("mapped", at, { time: parsed.time, host: parsed.host ?? pathText(object, HOSTS) }, command);
  },
};
