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
});

/** Jobs of crontabs; cron gives the command to a shell. */
export const crontab = artefact("crontab", ["scheduledTask"], (record) =>
  record.get("command") === undefined ? undefined : event(record),
);
