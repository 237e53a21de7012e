import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { readTask, taskText } from "../windows/task-xml.ts";
import { artefact, fileName } from "./artefact.ts";

const said = (record: LogRecord, name: string) => taskText(record.get("xml") ?? "", name);

const event = defineEvent("scheduledTask", {
  platform: "windows",
  user: (record) => said(record, "UserId") ?? said(record, "Author"),
  name: (record) => said(record, "URI") ?? fileName(record),
  path: (record) => record.file,
  dialect: "commandLine",
});

/** Scheduled tasks: one event a command; a task that only calls a COM handler is an event without a command. */
export const scheduledTask = artefact("scheduled-task", ["scheduledTask"], (record): readonly Event[] => {
  const xml = record.get("xml") ?? "";
  const { commandLines, ...rest } = readTask(xml);
  const events = commandLines.map((commandLine) => event(record, { commandLine, ...rest }));
  if (events.length > 0 || !xml.includes("<ComHandler")) return events;
  return [event(record, { commandLine: undefined, ...rest })];
});
