import type { JsonObject } from "../../decode/json/parse.ts";
import { entryOf, own, texts } from "./fields.ts";
import type { Head } from "./object-record.ts";

/** Names of the values of an event, in the order of its template (the providers' manifests), by provider and id. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  "service control manager/7045": ["ServiceName", "ImagePath", "ServiceType", "StartType", "AccountName"],
  "microsoft-windows-powershell/4103": ["ContextInfo", "UserData", "Payload"],
  "microsoft-windows-powershell/4104": ["MessageNumber", "MessageTotal", "ScriptBlockText", "ScriptBlockId", "Path"],
  "microsoft-windows-taskscheduler/106": ["TaskName", "UserContext"],
  "microsoft-windows-taskscheduler/129": ["TaskName", "Path", "ProcessID", "Priority"],
  "microsoft-windows-taskscheduler/140": ["TaskName", "UserName"],
  "microsoft-windows-taskscheduler/200": ["TaskName", "ActionName"],
  "microsoft-windows-taskscheduler/201": ["TaskName", "TaskInstanceId", "ActionName", "ResultCode"],
};

/**
 * The values of an event that come without their names: the list `StringInserts` of Fluent Bit's Windows inputs. Named where the
 * template is known; else `Data`, which is what providers without templates have. undefined where there is no such list.
 */
export function insertedFields(object: JsonObject, head: Head): JsonObject | undefined {
  const values = texts(own(object, "StringInserts"));
  if (values === undefined || values.length === 0) return undefined;
  const key = `${head.provider ?? ""}/${head.eventId ?? ""}`.toLowerCase();
  const names = entryOf(TEMPLATES, key) ?? [];
  return { Data: values, ...Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) };
}

const BLOCK = /^Creating Scriptblock text \((\d{1,6}) of (\d{1,6})\):\r?\n/;
const BLOCK_END = /\r?\n\r?\nScriptBlock ID: ([0-9a-f-]{36})(?:\r?\nPath: ?(.{0,1024}))?\s*$/;

/** The fields of a script block (4104) that its English message shows around the script; undefined where it is no such message. */
export function scriptBlockFields(message: string): JsonObject | undefined {
  const start = BLOCK.exec(message);
  if (!start) return undefined;
  // The script may hold the words of the end itself: the last ones count.
  const from = Math.max(message.lastIndexOf("ScriptBlock ID:") - 4, start[0].length);
  const end = BLOCK_END.exec(message.slice(from));
  return {
    MessageNumber: start[1],
    MessageTotal: start[2],
    ScriptBlockText: message.slice(start[0].length, end ? from + end.index : undefined),
    ScriptBlockId: end?.[1] ?? null,
    Path: end?.[2]?.trim() || null,
  };
}
