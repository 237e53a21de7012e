import { isObject, type JsonObject, parseShallow } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, has, own, propertiesOf } from "../fields.ts";
import type { Head } from "../object-record.ts";
import { fieldsByPlace } from "./any-language.ts";
import { insertedFields, scriptBlockFields } from "./inserts.ts";
import { unfolded } from "./one-line.ts";
import { isToldInSentence, sentenceFields } from "./sentences.ts";
import { eventFields, fieldsOfXml } from "./winevent-nested.ts";

/** A message has fewer lines; a command line may have many. */
const MOST_LINES = 200;

type Labels = Readonly<Record<string, string>>;

const ACTOR: Labels = {
  "Process Information/Process ID": "ProcessId",
  "Process Information/Process Name": "ProcessName",
};

/**
 * Labels of the English messages of the Security log, below the heading under which they stand, and the names of the fields that they
 * show (Microsoft's pages on each event).
 */
const LABELS: Readonly<Record<number, Labels>> = {
  4657: {
    ...ACTOR,
    "Object/Object Name": "ObjectName",
    "Object/Object Value Name": "ObjectValueName",
    "Object/Operation Type": "OperationType",
    "Change Information/New Value": "NewValue",
  },
  4663: {
    ...ACTOR,
    "Object/Object Type": "ObjectType",
    "Object/Object Name": "ObjectName",
    "Access Request Information/Access Mask": "AccessMask",
  },
  4688: {
    "Process Information/New Process ID": "NewProcessId",
    "Process Information/New Process Name": "NewProcessName",
    "Process Information/Token Elevation Type": "TokenElevationType",
    "Process Information/Mandatory Label": "MandatoryLabel",
    "Process Information/Creator Process ID": "ProcessId",
    "Process Information/Creator Process Name": "ParentProcessName",
    "Process Information/Process Command Line": "CommandLine",
    "Target Subject/Account Name": "TargetUserName",
    "Target Subject/Account Domain": "TargetDomainName",
  },
  4689: ACTOR,
  4697: {
    "Service Information/Service Name": "ServiceName",
    "Service Information/Service File Name": "ServiceFileName",
  },
  7045: { "/Service Name": "ServiceName", "/Service File Name": "ImagePath" },
  5156: {
    "Application Information/Process ID": "ProcessID",
    "Application Information/Application Name": "Application",
    "Network Information/Direction": "Direction",
    "Network Information/Source Address": "SourceAddress",
    "Network Information/Source Port": "SourcePort",
    "Network Information/Destination Address": "DestAddress",
    "Network Information/Destination Port": "DestPort",
    "Network Information/Protocol": "Protocol",
  },
};
const SUBJECT: Labels = { "Account Name": "SubjectUserName", "Account Domain": "SubjectDomainName" };

/** The field that a label of the Security log shows; undefined where it is of no interest. */
function labelled(labels: Labels, heading: string, label: string): string | undefined {
  const key = `${heading}/${label}`;
  const isSubject = heading === "Subject" || heading === "Creator Subject";
  return entryOf(labels, key) ?? (isSubject ? entryOf(SUBJECT, label) : undefined);
}

/** Fields that any export with extracted fields has, so that the message need not be read. */
const EXTRACTED = [
  "UtcTime",
  "ProcessGuid",
  "NewProcessName",
  "Image",
  "SourceImage",
  "ScriptBlockText",
  "ImagePath",
  "event_data",
];

/**
 * The fields of a flat event. Where they are not there, those of its EventData as XML or JSON text, or of its rendered message,
 * which is all that some exports have (Get-WinEvent, Splunk's plain text): Sysmon's message shows each field as
 * `Name: value`, the Security log's in English labels. `object` itself where fields are there.
 */
export function messageFields(object: JsonObject, head: Head): JsonObject {
  const kept = keptFields(object);
  if (kept) return { ...propertiesOf(object), ...kept };
  const inserted = insertedFields(object, head);
  const all = inserted ? { ...propertiesOf(object), ...inserted } : object;
  const sysmon = head.provider?.toLowerCase() === "microsoft-windows-sysmon";
  const labels = sysmon ? undefined : LABELS[head.eventId ?? 0];
  const isScript = head.eventId === 4104;
  if (!sysmon && !labels && !isScript && !isToldInSentence(head)) return all;
  if (EXTRACTED.some((name) => has(all, name) && own(all, name) !== null)) return all;
  const message = firstText(object, ["Message", "message", "RenderedDescription", "Description"]);
  if (message === undefined) return all;
  if (isScript) return { ...propertiesOf(all), ...scriptBlockFields(message) };
  if (!sysmon && !labels) return { ...sentenceFields(message, head), ...propertiesOf(all) };
  const fields: Record<string, unknown> = { ...propertiesOf(all) };
  let heading = "";
  const lines = unfolded(message, sysmon).split("\n").slice(1, MOST_LINES);
  let known = 0;
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const label = line.slice(0, colon).trim();
    const text = line.slice(colon + 1).trim();
    const name = labels ? labelled(labels, heading, label) : label;
    if (name !== undefined && /^[A-Za-z]+$/.test(name)) {
      fields[name] = text;
      known += 1;
    }
    if (text === "" && !/^\s/.test(line)) heading = label;
  }
  return labels && known === 0 ? { ...fields, ...fieldsByPlace(lines, head.eventId ?? 0) } : fields;
}

/** EventData by itself: an object in Sentinel's WindowsEvent, XML or JSON as text in tables (Log Analytics, Promtail), JSON in EvtxECmd's `Payload`. */
function keptFields(object: JsonObject): JsonObject | undefined {
  const data = own(object, "EventData") ?? own(object, "event_data");
  if (isObject(data)) return eventFields({ EventData: data }, {});
  if (typeof data === "string" && data.startsWith("<"))
    return fieldsOfXml(/^<Data[ >]/.test(data) ? `<EventData>${data}</EventData>` : data);
  const kept = typeof data === "string" && data.startsWith("{") ? parseShallow(data) : undefined;
  if (isObject(kept)) return eventFields({ EventData: kept }, {});
  const payload = own(object, "Payload");
  if (typeof payload !== "string" || !/^\{"(?:EventData|UserData)":/.test(payload)) return undefined;
  const parsed = parseShallow(payload);
  return isObject(parsed) ? eventFields(parsed, {}) : undefined;
}
