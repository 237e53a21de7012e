import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, has, integer, own, text } from "../fields.ts";
import { eagerRecord, type JsonShape, type Lazily } from "../object-record.ts";
import { hasZone, parseTime } from "../time.ts";
import { messageFields } from "./message.ts";

const IDS = ["EventID", "EventId", "event_id", "EventCode", "Event ID", "event_identifier"];
const PROVIDERS = [
  "SourceName",
  "ProviderName",
  "Provider",
  "EventSourceName",
  "source_name",
  "provider_name",
  "provider",
  "Source",
];
const CHANNELS = ["Channel", "LogName", "EventLog", "log_name", "channel", "Log Name"];
const RECORDS = [
  "EventRecordID",
  "EventRecordId",
  "RecordID",
  "RecordId",
  "record_id",
  "RecordNumber",
  "record_number",
  "event_record_id",
];
const HOSTS = [
  "Hostname",
  "Computer",
  "ComputerName",
  "MachineName",
  "HostName",
  "computer_name",
  "computer",
  "host",
  "Host",
];
const TIMES = [
  "TimeCreated",
  "SystemTime",
  "EventTime",
  "@timestamp",
  "TimeGenerated",
  "_time",
  "Date and Time",
  "UtcTime",
  "time_created",
  "datetime",
];

/** Providers that write to a channel of their own, for exports that leave the provider out. */
const PROVIDER_OF: Readonly<Record<string, string>> = {
  Security: "Microsoft-Windows-Security-Auditing",
  System: "Service Control Manager",
  "Windows PowerShell": "PowerShell",
};

/** Providers by the name that Event Viewer shows for them, which renderings have in place of their own. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  "Microsoft Windows security auditing.": "Microsoft-Windows-Security-Auditing",
  "Microsoft-Windows-Service Control Manager": "Service Control Manager",
};

const lazily: Lazily = {
  recordId: (object) => integer(firstText(object, RECORDS)),
  host: (object) => firstText(object, HOSTS),
  time: timeOf,
  fields: messageFields,
};

/**
 * Windows events as one flat object, EventData beside the system fields: Security-Datasets, NXLog, Get-WinEvent, Splunk's
 * extracted fields, Log Analytics tables, EvtxECmd; also rows of CSV.
 */
export const flatWinevent: JsonShape = {
  marks: ["EventID", "Channel", "SourceName"],
  recognise(object, at) {
    const eventId = integer(firstText(object, IDS) ?? winEventId(object));
    if (eventId === undefined) return undefined;
    const channel = firstText(object, CHANNELS) ?? splunkChannel(object);
    const written =
      firstText(object, PROVIDERS) ?? sourceOf(object, channel) ?? providerOf(channel) ?? providerByFields(object);
    if (written === undefined) return undefined;
    const provider = entryOf(SHOWN_AS, written) ?? written;
    return eagerRecord(lazily, object, { eventId, channel, provider }, at);
  },
  lazily,
};

/** A time that names its zone goes before one that does not, as forwarders write local time without saying so. */
function timeOf(object: JsonObject): number | undefined {
  let fallback: number | undefined;
  for (const key of TIMES) {
    const value = own(object, key);
    const time = value === undefined ? undefined : parseTime(value);
    if (time === undefined) continue;
    // Sysmon's UtcTime is UTC by definition.
    if (key === "UtcTime" || hasZone(value)) return time;
    fallback ??= time;
  }
  return fallback;
}

/** Get-WinEvent calls it `Id`, as many others call other things. */
function winEventId(object: JsonObject): unknown {
  return has(object, "LogName") || has(object, "ProviderName") ? own(object, "Id") : undefined;
}

/** Grafana's collectors call it `source`, as others call files; channels that several share do not tell it. */
function sourceOf(object: JsonObject, channel: string | undefined): string | undefined {
  const source = channel === "Application" || channel === "System" ? text(own(object, "source")) : undefined;
  return source !== undefined && /^[\w .-]{1,128}$/.test(source) ? source : undefined;
}

function providerOf(channel: string | undefined): string | undefined {
  if (channel === undefined) return undefined;
  return entryOf(PROVIDER_OF, channel) ?? channel.split("/")[0];
}

/** Splunk's forwarder names the channel in `source` or `sourcetype`: `XmlWinEventLog:Security`. */
function splunkChannel(object: JsonObject): string | undefined {
  return /^(?:xml)?wineventlog:(.{1,256})$/i.exec(firstText(object, ["source", "sourcetype"]) ?? "")?.[1];
}

/** Fields that the events of one provider only have. */
export function providerByFields(object: JsonObject): string | undefined {
  if (has(object, "ScriptBlockText")) return "Microsoft-Windows-PowerShell";
  if (has(object, "NewProcessName")) return "Microsoft-Windows-Security-Auditing";
  const looksSo =
    (has(object, "UtcTime") && has(object, "RuleName")) || (has(object, "ProcessGuid") && has(object, "Image"));
  return looksSo ? "Microsoft-Windows-Sysmon" : undefined;
}
