import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { artefact } from "./artefact.ts";

const isPowerShell = (record: LogRecord) => record.get("shell") === "powershell";

const event = defineEvent("commandExecution", {
  platform: (record) => (isPowerShell(record) ? "windows" : "linux"),
  user: "user",
  text: (record) => record.get("command") ?? "",
  dialect: (record) => (isPowerShell(record) ? "powershell" : "sh"),
  origin: () => "history",
});

/** Commands that somebody typed, as shells remember them. */
export const shellHistory = artefact("shell-history", ["commandExecution"], (record) =>
  record.get("command") === undefined ? undefined : event(record),
);
