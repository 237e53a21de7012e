import { type AuditLine, parseAuditLine } from "../../decode/audit/line.ts";
import type { JsonObject } from "../../decode/json/parse.ts";
import { commandIn } from "../syslog/message.ts";
import { parseSyslog } from "../syslog/prefix.ts";
import { firstText, firstTime, has, integer } from "./fields.ts";
import { type JsonShape, ObjectRecord } from "./object-record.ts";
import { nxlogAuditLine } from "./products/nxlog.ts";
import { pickedByWazuh } from "./products/wazuh.ts";
import { pathText } from "./properties.ts";

/** Keys under which collectors put the line of a file as it stood there. */
const KEYS = ["message", "log", "msg", "_raw", "event.original", "MESSAGE", "SyslogMessage"];
/** Where they say whose file it is. */
const HOSTS = [
  "host.name",
  "host.hostname",
  "hostname",
  "host",
  "Hostname",
  "agent.hostname",
  "agent.name",
  "source_host",
  "HostName",
  "Computer",
  "source",
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

/** How the messages begin and end that are told of below: most others are not looked at further. */
const TELLS = /COMMAND=| CMD \(| ran command | cmd /;

/** Wazuh's alerts and NXLog have it under names of their own. */
const LINES = [...KEYS, "Message", "full_log"];

/** Where collectors that took a line apart put its program, the number of its process, and its time. */
const PROGRAMS = [
  "application_name",
  "appname",
  "app_name",
  "program",
  "programname",
  "program_name",
  "ident",
  "log.syslog.appname",
  "syslog.appname",
  "process.name",
  "SourceName",
];
const PIDS = ["process_id", "procid", "pid", "log.syslog.procid", "process.pid", "ProcessID"];
const TIMES = ["@timestamp", "timestamp", "EventTime", "time", "date", "TimeGenerated"];

/** A line of a system log that a collector shipped, as text or taken apart: a command of sudo, doas or cron. */
export const logLine: JsonShape = {
  marks: ["message"],
  recognise(object, at) {
    const line = firstText(object, LINES);
    if (line === undefined || !TELLS.test(line)) return undefined;
    const program = pathText(object, PROGRAMS);
    // The line has no year, and was written before it was collected.
    const collected = firstTime(object, TIMES);
    const parsed = parseSyslog(line, collected ?? Date.now());
    const apart = program === undefined ? undefined : { program, pid: integer(pathText(object, PIDS)), message: line };
    const command = (parsed && commandIn(parsed)) ?? (apart && commandIn(apart));
    if (!command) return undefined;
    const head = {
      time: parsed?.time ?? collected,
      host: parsed?.host ?? pathText(object, HOSTS),
      pickedBy: pickedByWazuh(object),
    };
    return new ObjectRecord("mapped", at, head, command);
  },
};
