import { decodeEntities } from "../../decode/xml/entities.ts";
import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { readTask } from "../windows/task-xml.ts";
import { artefact, fileName } from "./artefact.ts";

const event = defineEvent("scheduledTask", {
  platform: "windows",
  user: (record) => element(record, "UserId") ?? element(record, "Author"),
  name: (record) => element(record, "URI") ?? fileName(record),
  path: (record) => record.file,
  dialect: "commandLine",
});

/** The text of the first element of this name; such texts are short. */
function element(record: LogRecord, name: string): string | undefined {
  const xml = record.get("xml") ?? "";
  const open = xml.indexOf(`<${name}>`);
  const end = open < 0 ? -1 : xml.indexOf("<", open + 1);
  return end < 0 ? undefined : decodeEntities(xml.slice(open + name.length + 2, end).trim()) || undefined;
}

/** Scheduled tasks: one event a command; a task that only calls a COM handler is an event without a command. */
export const scheduledTask = artefact("scheduled-task", ["scheduledTask"], (record): readonly Event[] => {
  const xml = record.get("xml") ?? "";
  const { commandLines, ...rest } = readTask(xml);
  const events = commandLines.map((commandLine) => event(record, { commandLine, ...rest }));
  if (events.length > 0 || !xml.includes("<ComHandler")) return events;
  return [event(record, { commandLine: undefined, ...rest })];
});
