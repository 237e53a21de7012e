import { isObject, type JsonObject, parseShallow } from "../../decode/json/parse.ts";
import { firstText, own } from "./fields.ts";
import type { Head } from "./object-record.ts";
import { eventFields, fieldsOfXml } from "./winevent-nested.ts";

/** Labels of the English message of Security 4688, and the names of the fields that they show. Twice-used labels are left out. */
const LABELS_4688: Readonly<Record<string, string>> = {
  "New Process ID": "NewProcessId",
  "New Process Name": "NewProcessName",
  "Token Elevation Type": "TokenElevationType",
  "Mandatory Label": "MandatoryLabel",
  "Creator Process ID": "ProcessId",
  "Creator Process Name": "ParentProcessName",
  "Process Command Line": "CommandLine",
};

/** Fields that any export with extracted fields has, so that the message need not be read. */
const EXTRACTED = ["UtcTime", "ProcessGuid", "NewProcessName", "Image", "SourceImage", "event_data"];

/**
 * The fields of a flat event. Where they are not there, those of its EventData as XML or JSON text, or of its rendered message,
 * which is all that some exports have (Get-WinEvent, Splunk's plain text): Sysmon's message shows each field as
 * `Name: value`, the Security log's in English labels. `object` itself where fields are there.
 */
export function messageFields(object: JsonObject, head: Head): JsonObject {
  const kept = keptFields(object);
  if (kept) return { ...object, ...kept };
  const sysmon = head.provider?.toLowerCase() === "microsoft-windows-sysmon";
  if (!sysmon && head.eventId !== 4688) return object;
  if (EXTRACTED.some((name) => Object.hasOwn(object, name) && own(object, name) !== null)) return object;
  const message = firstText(object, ["Message", "message", "RenderedDescription"]);
  if (message === undefined) return object;
  const fields: Record<string, unknown> = { ...object };
  for (const line of message.split("\n").slice(1, 200)) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const label = line.slice(0, colon).trim();
    const name = sysmon ? label : Object.hasOwn(LABELS_4688, label) ? LABELS_4688[label]! : "";
    if (/^[A-Za-z]+$/.test(name)) fields[name] = line.slice(colon + 1).trim();
  }
  return fields;
}

/** EventData as text: XML in Log Analytics, JSON in EvtxECmd's `Payload`. */
function keptFields(object: JsonObject): JsonObject | undefined {
  const data = own(object, "EventData");
  if (typeof data === "string" && data.startsWith("<")) return fieldsOfXml(data);
  const payload = own(object, "Payload");
  if (typeof payload !== "string" || !/^\{"(?:EventData|UserData)":/.test(payload)) return undefined;
  const parsed = parseShallow(payload);
  return isObject(parsed) ? eventFields(parsed, {}) : undefined;
}
