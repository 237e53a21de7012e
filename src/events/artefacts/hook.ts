import type { CommandExecution } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { artefact, fileName } from "./artefact.ts";

const DIALECTS = ["sh", "commandLine", "vbscript", "jscript"] as const;

const event = defineEvent("commandExecution", {
  platform: (record) => (record.get("platform") === "linux" ? "linux" : "windows"),
  text: (record) => record.get("command") ?? "",
  dialect: (record: LogRecord): CommandExecution["dialect"] =>
    DIALECTS.find((name) => name === record.get("language")) ?? "commandLine",
  built: (record) => record.get("built") === "true" || undefined,
  origin: () => "configuration",
  name: fileName,
});

/** Commands that configuration names and something else runs. */
export const hook = artefact("hook", ["commandExecution"], (record) =>
  record.get("command") === undefined ? undefined : event(record),
);
