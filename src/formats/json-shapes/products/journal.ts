import type { JsonObject } from "../../../decode/json/parse.ts";
import { commandIn } from "../../syslog/message.ts";
import { firstText, integer, own, text } from "../fields.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";

/**
 * Entries of the systemd journal (`journalctl -o json`, and as Vector ships them) and of Azure's table Syslog: commands of sudo and of cron; what else programs write has no meaning
 * here. Sysmon's XML and JSON in MESSAGE are recognised before this.
 */
export const journal: JsonShape = {
  marks: ["__REALTIME_TIMESTAMP", "MESSAGE"],
  recognise(object, at) {
    const message = messageOf(object);
    const program = firstText(object, ["SYSLOG_IDENTIFIER", "_COMM", "_SYSTEMD_UNIT", "ProcessName"]);
    const time = TIMES.map((key) => parseTime(text(own(object, key)))).find((one) => one !== undefined);
    if (message === undefined || (time === undefined && program === undefined)) return undefined;
    const head = { time, host: firstText(object, ["_HOSTNAME", "host", "HostName", "Computer"]), channel: "journal" };
    const pid = integer(own(object, "_PID") ?? own(object, "SYSLOG_PID") ?? own(object, "ProcessID"));
    return new ObjectRecord("mapped", at, head, commandIn({ program: program ?? "", pid, message }) ?? NOTHING);
  },
};

const TIMES = ["__REALTIME_TIMESTAMP", "_SOURCE_REALTIME_TIMESTAMP", "timestamp", "EventTime", "TimeGenerated"];

/** A kind of its own, so that fields of no meaning make no event. */
const NOTHING: JsonObject = { kind: "message" };

/** Text that is not UTF-8, or very long, stands in the journal as a list of bytes. */
function messageOf(object: JsonObject): string | undefined {
  const isShipped = own(object, "SYSLOG_IDENTIFIER") !== undefined || own(object, "_COMM") !== undefined;
  const message = own(object, "MESSAGE") ?? (isShipped ? own(object, "message") : own(object, "SyslogMessage"));
  if (typeof message === "string") return message;
  if (!Array.isArray(message) || !message.every((byte) => typeof byte === "number")) return undefined;
  return Buffer.from(message).toString("utf8");
}
