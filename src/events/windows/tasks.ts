import { decodeEntities } from "../../decode/xml/entities.ts";
import { REMOVED, type ScheduledTask, TURNED_OFF } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { firstOf, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";
import { SECURITY, subject } from "./security-fields.ts";
import { readTask } from "./task-xml.ts";

const SCHEDULER = "Microsoft-Windows-TaskScheduler";

const registered = defineEvent("scheduledTask", {
  platform: "windows",
  user: subject,
  process: processOf({ pid: integer("ClientProcessId") }),
  name: "TaskName",
  dialect: "commandLine",
});

/** 4698 (created) and 4702 (updated) carry the whole definition; one event an action that runs a program. */
function definition(record: LogRecord): readonly ScheduledTask[] {
  const content = record.get("TaskContent") || record.get("TaskContentNew");
  if (!content) return [];
  // NXLog hands the definition on as it stands in the event's XML, escaped.
  const xml = /^\s{0,8}&lt;/.test(content) ? decodeEntities(content) : content;
  const { commandLines, ...rest } = readTask(xml);
  if (commandLines.length === 0 && rest.handler !== undefined) return [registered(record, rest)];
  return commandLines.map((commandLine) => registered(record, { commandLine, ...rest }));
}

/** 106 and 140 say only that a task was registered or updated, and by whom. */
const announced = defineEvent("scheduledTask", {
  platform: "windows",
  user: firstOf(text("UserContext", ""), text("UserName", "")),
  name: "TaskName",
  dialect: "commandLine",
});

/** 4701 and 142: a task was disabled; 4699 and 141: it was deleted. What it was to run no longer matters. */
const OFF: readonly number[] = [4701, 142];
const withdrawn = defineEvent("scheduledTask", {
  platform: "windows",
  user: firstOf(subject, text("UserContext", ""), text("UserName", "")),
  process: processOf({ pid: integer("ClientProcessId") }),
  name: "TaskName",
  dialect: "commandLine",
  trigger: (record) => record.get("TaskName") && (OFF.includes(record.eventId ?? 0) ? TURNED_OFF : REMOVED),
});

/** 129 (process created) has Path, 200 (action started) and 201 (completed) ActionName; all name the program without its arguments. */
const started = defineEvent("commandExecution", {
  platform: "windows",
  process: processOf({ pid: integer("ProcessID") }),
  text: (record) => record.get("Path") ?? record.get("ActionName") ?? "",
  dialect: "commandLine",
  origin: () => "task",
  name: "TaskName",
});

export const sources: readonly LogSource[] = [
  winevent("security/4698", SECURITY, [4698, 4702], ["scheduledTask"], definition),
  winevent("security/4699", SECURITY, [4699, 4701], withdrawn),
  winevent("taskscheduler/141", SCHEDULER, [141, 142], withdrawn),
  winevent("taskscheduler/106", SCHEDULER, [106, 140], announced),
  winevent("taskscheduler/200", SCHEDULER, [129, 200, 201], ["commandExecution"], (record) =>
    (record.get("Path") ?? record.get("ActionName")) ? started(record) : undefined,
  ),
];
