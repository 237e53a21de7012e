import { entryOf } from "../../model/entry.ts";
import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { type LogSource, winevent } from "../source.ts";
import { undoublePercent, unescapeMarkup } from "./repair.ts";
import { dialectOf } from "./script-dialect.ts";
import { own, process } from "./sysmon-fields.ts";

type Action = "createKey" | "deleteKey" | "setValue" | "deleteValue" | "rename";

/** Words of the EventType field, in lower case. */
const ACTIONS: Readonly<Record<string, Action>> = {
  createkey: "createKey",
  deletekey: "deleteKey",
  setvalue: "setValue",
  deletevalue: "deleteValue",
  renamekey: "rename",
  renamevalue: "rename",
};

/** What the event id alone says, for exports without EventType. */
const BY_ID: Readonly<Record<number, Action>> = { 12: "createKey", 13: "setValue", 14: "rename" };

function action(record: LogRecord): Action {
  return entryOf(ACTIONS, record.get("EventType")?.toLowerCase() ?? "") ?? BY_ID[record.eventId ?? 0] ?? "setValue";
}

const change = defineEvent("registryKeyModification", {
  ...own,
  platform: "windows",
  process,
  path: "TargetObject",
  action,
  // A rename carries the new name; a set value its data, or only its type where Sysmon does not print the data.
  value: (record) => {
    const data = record.get("Details") || record.get("NewName");
    return data ? undoublePercent(unescapeMarkup(data)) : undefined;
  },
});

/** Of event 20 only consumers that run a command line or a script; the log quotes as WMI does: `\\` for `\`, `\"` for `"`. */
const consumer = defineEvent("commandExecution", {
  ...own,
  platform: "windows",
  text: () => "",
  dialect: "commandLine",
  origin: () => "wmiConsumer",
  name: (record) => {
    const name = record.get("Name");
    return name === undefined ? undefined : unquoteWmi(name);
  },
});

function unquoteWmi(value: string): string {
  const trimmed = value.trim();
  const quoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
  const inner = quoted ? trimmed.slice(1, -1) : trimmed;
  return inner.replace(/\\([\\"])/g, "$1");
}

/** 20: Sysmon does not log the engine of a script; VBScript is what nearly all are written in, and the script itself tells. */
function consumed(record: LogRecord): Event | undefined {
  const type = record.get("Type")?.toLowerCase() ?? "";
  const text = unquoteWmi(record.get("Destination") ?? "");
  if (text === "") return undefined;
  if (type.startsWith("command line")) return consumer(record, { text });
  return type.startsWith("script") ? consumer(record, { text, dialect: dialectOf(text) }) : undefined;
}

export const sources: readonly LogSource[] = [
  winevent("sysmon/12", "Microsoft-Windows-Sysmon", [12, 13, 14], change),
  // 19 (a filter) and 21 (a binding) name what belongs together, but nothing that runs.
  winevent("sysmon/20", "Microsoft-Windows-Sysmon", [20], ["commandExecution"], consumed),
];
