import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { tableOf } from "../../../model/entry.ts";
import { firstText, has, integer, keysOf, lookup, own, propertiesOf, text } from "../fields.ts";
import { eagerRecord, type Head, type JsonShape, type Lazily } from "../object-record.ts";
import { parseTime } from "../time.ts";
import { messageFields } from "./message.ts";
import { providerByFields } from "./winevent-flat.ts";

const EVENT_DATA = "winlog.event_data.";

/** Fields of which one is there unless an ingest pipeline moved all of them to ECS. */
const KEPT = ["Image", "SourceImage", "NewProcessName", "CommandLine", "ScriptBlockText", "TargetUserName", "param1"];

const lazily: Lazily = {
  recordId: (object) =>
    integer(lookup(object, "winlog.record_id") ?? firstText(object, ["record_id", "record_number"])),
  host: (object) =>
    winlog(object, "computer_name") ??
    firstText(object, ["computer_name", "computer"]) ??
    text(lookup(object, "host.name")),
  time: (object) =>
    parseTime(own(object, "@timestamp") ?? own(object, "system_time")) ??
    parseTime(own(eventData(object) ?? {}, "UtcTime")),
  fields: fieldsOf,
};

/**
 * Windows events as Winlogbeat and the Elastic Agent ship them: `winlog.*`, nested or dotted; also with
 * `event_data` at the top, as before version 7 and from OpenTelemetry's receiver. Where the Sysmon module has moved the fields to ECS, the record is left to that shape.
 */
export const winlogbeat: JsonShape = {
  marks: ["winlog.event_id", "winlog.event_data"],
  recognise(object, at) {
    const eventId = integer(
      lookup(object, "winlog.event_id") ?? lookup(object, "event_id.id") ?? own(object, "event_id"),
    );
    const data = eventData(object);
    if (eventId === undefined || (!data && lookup(object, "winlog.provider_name") === undefined)) return undefined;
    const fields = data ?? {};
    if (lookup(object, "process.executable") !== undefined && !KEPT.some((name) => has(fields, name))) {
      return undefined;
    }
    const provider =
      winlog(object, "provider_name") ?? text(own(object, "source_name") ?? lookup(object, "provider.name"));
    const channel = winlog(object, "channel") ?? firstText(object, ["log_name", "channel"]);
    const head = {
      eventId,
      provider: provider ?? (channel === undefined ? providerByFields(fields) : undefined),
      channel,
    };
    return eagerRecord(lazily, object, head, at);
  },
  lazily,
};

/** The fields, and with them the rendered message, in which some are that stand nowhere else. */
function fieldsOf(object: JsonObject, head: Head): JsonObject {
  const found = eventData(object) ?? {};
  const data = head.eventId === 4104 ? { ...scriptBlock(object), ...propertiesOf(found) } : found;
  const message = own(object, "message");
  return messageFields(message ? { message, ...propertiesOf(data) } : data, head);
}

/** Where the PowerShell module of Winlogbeat and Elastic's integration put what event 4104 says, by the names that Windows has for it. */
const OF_SCRIPT: Readonly<Record<string, string>> = {
  ScriptBlockText: "powershell.file.script_block_text",
  ScriptBlockId: "powershell.file.script_block_id",
  MessageNumber: "powershell.sequence",
  MessageTotal: "powershell.total",
  Path: "file.path",
};

function scriptBlock(object: JsonObject): JsonObject {
  const by = { AccountName: winlog(object, "user.name") ?? null, Domain: winlog(object, "user.domain") ?? null };
  if (lookup(object, "powershell.file.script_block_text") === undefined) return by;
  return {
    ...by,
    ...Object.fromEntries(Object.entries(OF_SCRIPT).map(([name, path]) => [name, lookup(object, path)])),
  };
}

function winlog(object: JsonObject, name: string): string | undefined {
  return text(lookup(object, `winlog.${name}`));
}

/** The event's own fields: EventData, or UserData's. */
function eventData(object: JsonObject): JsonObject | undefined {
  for (const path of ["winlog.event_data", "winlog.user_data", "event_data", "user_data"]) {
    const found = lookup(object, path);
    if (isObject(found)) return named(found);
  }
  const fields = tableOf<unknown>();
  for (const key of keysOf(object)) {
    if (key.startsWith(EVENT_DATA)) fields[key.slice(EVENT_DATA.length)] = own(object, key);
  }
  return Object.keys(fields).length > 0 ? fields : undefined;
}

/** OpenTelemetry lists the fields, each an object of one key, under `data`. */
function named(data: JsonObject): JsonObject {
  const list = own(data, "data");
  return Array.isArray(list) ? Object.fromEntries(list.filter(isObject).flatMap(Object.entries)) : data;
}
