import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { artefact, fileName } from "./artefact.ts";

const event = defineEvent("scheduledTask", {
  platform: "linux",
  user: "user",
  name: (record) => record.get("name") ?? fileName(record),
  path: (record) => record.file,
  commandLine: "command",
  dialect: "sh",
  trigger: "schedule",
  env: environment,
});

const VARIABLE = "env.";

/** The variables that are set above the job. */
function environment(record: LogRecord): Readonly<Record<string, string>> | undefined {
  const names = record.names().filter((name) => name.startsWith(VARIABLE));
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name.slice(VARIABLE.length), record.get(name) ?? ""]));
}

/** Jobs of crontabs; cron gives the command to a shell. */
export const crontab = artefact("crontab", ["scheduledTask"], (record) =>
  record.get("command") === undefined ? undefined : event(record),
);
