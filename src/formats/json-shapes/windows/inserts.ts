import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { has, own, text, texts } from "../fields.ts";
import type { Head } from "../object-record.ts";

const SUBJECT = ["SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId"];
const TASK = [...SUBJECT, "TaskName", "TaskContent"];

/** Names of the values of an event, in the order of its template (the providers' manifests), by provider and id. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  "microsoft-windows-security-auditing/4688": [
    ...SUBJECT,
    ...["NewProcessId", "NewProcessName", "TokenElevationType", "ProcessId", "CommandLine", "TargetUserSid"],
    ...["TargetUserName", "TargetDomainName", "TargetLogonId", "ParentProcessName", "MandatoryLabel"],
  ],
  "microsoft-windows-security-auditing/4697": [...SUBJECT, "ServiceName", "ServiceFileName"],
  "microsoft-windows-security-auditing/4698": TASK,
  "microsoft-windows-security-auditing/4702": [...SUBJECT, "TaskName", "TaskContentNew"],
  "microsoft-windows-security-auditing/4657": [
    ...SUBJECT,
    ...["ObjectName", "ObjectValueName", "HandleId", "OperationType", "OldValueType", "OldValue", "NewValueType"],
    ...["NewValue", "ProcessId", "ProcessName"],
  ],
  "microsoft-windows-security-auditing/4663": [
    ...SUBJECT,
    ...["ObjectServer", "ObjectType", "ObjectName", "HandleId", "AccessList", "AccessMask", "ProcessId"],
    "ProcessName",
  ],
  "microsoft-windows-security-auditing/5156": [
    ...["ProcessID", "Application", "Direction", "SourceAddress", "SourcePort", "DestAddress", "DestPort", "Protocol"],
  ],
  "service control manager/7045": ["ServiceName", "ImagePath", "ServiceType", "StartType", "AccountName"],
  "microsoft-windows-powershell/4103": ["ContextInfo", "UserData", "Payload"],
  "microsoft-windows-powershell/4104": ["MessageNumber", "MessageTotal", "ScriptBlockText", "ScriptBlockId", "Path"],
  "microsoft-windows-taskscheduler/106": ["TaskName", "UserContext"],
  "microsoft-windows-taskscheduler/129": ["TaskName", "Path", "ProcessID", "Priority"],
  "microsoft-windows-taskscheduler/140": ["TaskName", "UserName"],
  "microsoft-windows-taskscheduler/200": ["TaskName", "ActionName"],
  "microsoft-windows-taskscheduler/201": ["TaskName", "TaskInstanceId", "ActionName", "ResultCode"],
};

const LISTS = ["StringInserts", "EventData", "ReplacementStrings", "string_inserts", "strings"];

/** Values in which a bar may stand. */
const FREE: ReadonlySet<string> = new Set(
  "CommandLine ScriptBlockText TaskContent TaskContentNew Payload ImagePath ServiceFileName NewValue ActionName".split(
    " ",
  ),
);
const MOST_VALUES = 512;

/** Log Parser's column `Strings`: values parted by bars, of which one that is free to hold bars takes those that are too many. */
function barred(object: JsonObject, names: readonly string[]): readonly string[] | undefined {
  const strings = text(own(object, "Strings"));
  if (strings === undefined || has(object, "EventData")) return undefined;
  const values = strings.split("|", MOST_VALUES);
  const at = names.findIndex((name) => FREE.has(name));
  const surplus = values.length - names.length;
  if (at < 0 || surplus <= 0) return values;
  return [...values.slice(0, at), values.slice(at, at + surplus + 1).join("|"), ...values.slice(at + surplus + 1)];
}

/**
 * The values of an event that come without their names, in a list: of Fluent Bit, of Fluentd and the Kinesis agent, of `Get-EventLog`, of Log
 * Parser. Named where the template is known; else `Data`, which is what providers without templates have. undefined where there is no such list.
 */
export function insertedFields(object: JsonObject, head: Head): JsonObject | undefined {
  const key = `${head.provider ?? ""}/${head.eventId ?? ""}`.toLowerCase();
  const names = entryOf(TEMPLATES, key) ?? [];
  const listed = LISTS.map((name) => texts(own(object, name))).find((list) => list !== undefined && list.length > 0);
  const values = listed ?? barred(object, names);
  if (values === undefined) return undefined;
  return { Data: values, ...Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) };
}

/** In every language: a sentence with two numbers, the script, then its id and path behind labels. */
const BLOCK = /^[^\n(]{1,80}\((\d{1,6})\D{1,20}(\d{1,6})\)\s?[:：]\r?\n/;
const BLOCK_END = /\r?\n\r?\n[^\n:：]{1,64}[:：] ?([0-9a-f-]{36})(?:\r?\n[^\n:：]{1,64}[:：] ?(.{0,1024}))?\s*$/;
const LONGEST_END = 1300;

/** The fields of a script block (4104) that its message shows around the script; undefined where it is no such message. */
export function scriptBlockFields(message: string): JsonObject | undefined {
  const start = BLOCK.exec(message);
  if (!start) return undefined;
  // The script may hold the words of the end itself: the last ones count.
  const from = Math.max(message.length - LONGEST_END, start[0].length);
  const end = BLOCK_END.exec(message.slice(from));
  return {
    MessageNumber: start[1],
    MessageTotal: start[2],
    ScriptBlockText: message.slice(start[0].length, end ? from + end.index : undefined),
    ScriptBlockId: end?.[1] ?? null,
    Path: end?.[2]?.trim() || null,
  };
}
