import type { CommandExecution } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { artefact, fileName } from "./artefact.ts";

const DIALECTS = ["powershell", "cmd", "sh", "vbscript", "jscript"] as const;

/** What dpkg runs once as it installs or removes, and not again by itself. */
const PACKAGE = /[\\/!]dpkg[\\/!]info[\\/!][^\\/!]+$/i;

function dialect(record: LogRecord): CommandExecution["dialect"] {
  return DIALECTS.find((name) => name === record.get("language")) ?? "commandLine";
}

const event = defineEvent("commandExecution", {
  platform: (record) => (record.get("language") === "sh" ? "linux" : "windows"),
  text: (record) => record.get("command") ?? "",
  dialect,
  origin: (record) => (PACKAGE.test(record.file) ? "packageScript" : "startupScript"),
  name: fileName,
});

/** What scripts run that are started because of where they lie. */
export const startupScript = artefact("startup-script", ["commandExecution"], (record) =>
  record.get("command") === undefined ? undefined : event(record),
);
