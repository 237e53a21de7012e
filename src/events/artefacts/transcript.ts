import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { integer } from "../fields.ts";
import { processOf } from "../process.ts";
import { commandOf } from "../windows/powershell-binding.ts";
import { artefact } from "./artefact.ts";

const event = defineEvent("commandExecution", {
  platform: (record) => (record.get("hostApplication")?.startsWith("/") ? "linux" : "windows"),
  user: "user",
  process: processOf({ pid: integer("pid") }),
  text: (record) => textOf(record) ?? "",
  dialect: (record) => (record.get("hostApplication") === undefined ? "powershell" : "commandLine"),
  origin: (record) => (record.get("hostApplication") === undefined ? "transcript" : "hostApplication"),
});

/** What was typed; where PowerShell wrote only what was bound, that, written as a command again. */
function textOf(record: LogRecord): string | undefined {
  const bound = record.get("bound");
  return record.get("hostApplication") ?? record.get("command") ?? (bound === undefined ? undefined : commandOf(bound));
}

/** Commands in PowerShell's transcripts, and the command line of the program that ran them. */
export const transcript = artefact("transcript", ["commandExecution"], (record) =>
  textOf(record) === undefined ? undefined : event(record),
);
