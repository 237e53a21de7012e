import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, has, integer, keysOf, own, text } from "../fields.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";
import { hayabusaNames } from "./hayabusa-names.ts";

/** Channels as Hayabusa shortens them, and who writes the events there that matter. */
const CHANNELS: Readonly<Record<string, readonly [channel: string, provider: string]>> = {
  Sysmon: ["Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon"],
  Sec: ["Security", "Microsoft-Windows-Security-Auditing"],
  Sys: ["System", "Service Control Manager"],
  PwSh: ["Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell"],
  PwShCore: ["PowerShellCore/Operational", "PowerShellCore"],
  PwShClassic: ["Windows PowerShell", "PowerShell"],
  BitsCli: ["Microsoft-Windows-Bits-Client/Operational", "Microsoft-Windows-Bits-Client"],
  Defender: ["Microsoft-Windows-Windows Defender/Operational", "Microsoft-Windows-Windows Defender"],
  TaskSch: ["Microsoft-Windows-TaskScheduler/Operational", "Microsoft-Windows-TaskScheduler"],
  WMI: ["Microsoft-Windows-WMI-Activity/Operational", "Microsoft-Windows-WMI-Activity"],
  CodeInteg: ["Microsoft-Windows-CodeIntegrity/Operational", "Microsoft-Windows-CodeIntegrity"],
  AppLocker: ["Microsoft-Windows-AppLocker/EXE and DLL", "Microsoft-Windows-AppLocker"],
};

/** Columns with fields of the event, the ones with their own names last, so that they win. */
const COLUMNS = ["Details", "ExtraFieldInfo", "AllFieldInfo"];

/** What stands between two fields of a cell, and what begins the next one: a value may hold the same bar. */
const NEXT = / ¦ (?=[A-Za-z][\w .-]{0,60}: )/;
const MOST_FIELDS = 256;

/**
 * Rows of Hayabusa's timelines (csv-timeline, json-timeline): each is a rule's match, with fields of the event under short names of the
 * tool's own. An event that several rules match comes as often.
 */
export const hayabusa: JsonShape = {
  marks: ["RuleTitle"],
  recognise(object, at) {
    if (!has(object, "RuleTitle") || !COLUMNS.some((name) => has(object, name))) return undefined;
    const eventId = integer(own(object, "EventID"));
    if (eventId === undefined) return undefined;
    const short = text(own(object, "Channel"));
    const [channel, provider] = entryOf(CHANNELS, short ?? "") ?? [short, short?.split("/")[0]];
    const head = {
      eventId,
      channel,
      provider: firstText(object, ["Provider"]) ?? provider,
      recordId: integer(own(object, "RecordID")),
      host: firstText(object, ["Computer"]),
      time: parseTime(own(object, "Timestamp")),
      pickedBy: "Hayabusa",
    };
    return new ObjectRecord("winevent", at, head, fieldsOf(object, short ?? "", eventId));
  },
};

function fieldsOf(object: JsonObject, channel: string, eventId: number): JsonObject {
  const fields = Object.create(null) as Record<string, unknown>;
  const names = hayabusaNames(channel, eventId);
  for (const column of COLUMNS) {
    for (const [name, value] of written(own(object, column))) {
      // What it could not find it writes as `-` or `n/a`.
      if (value === "-" || value === "n/a") continue;
      fields[(column === "Details" ? names.get(name.toLowerCase()) : undefined) ?? name] = value;
    }
  }
  splitRegistryValue(fields);
  return fields;
}

/** The fields in a cell: an object in JSON, else `Name: value ¦ Name: value`. */
function written(cell: unknown): readonly (readonly [name: string, value: unknown])[] {
  if (isObject(cell)) return keysOf(cell).map((name) => [name, own(cell, name)]);
  if (typeof cell !== "string") return [];
  return cell.split(NEXT, MOST_FIELDS).flatMap((part) => {
    const colon = part.indexOf(": ");
    return colon > 0 ? [[part.slice(0, colon).trim(), part.slice(colon + 2)] as const] : [];
  });
}

/** Earlier rule sets write a registry value behind its key: `HKLM\…\Run\x: C:\a.exe`. */
function splitRegistryValue(fields: Record<string, unknown>): void {
  const target = fields.TargetObject;
  const colon = typeof target === "string" && fields.Details === undefined ? target.indexOf(": ") : -1;
  if (colon < 0) return;
  fields.TargetObject = (target as string).slice(0, colon);
  fields.Details = (target as string).slice(colon + 2);
}
