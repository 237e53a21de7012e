import { defineEvent } from "../define.ts";
import { artefact } from "./artefact.ts";

const event = defineEvent("commandExecution", {
  platform: "linux",
  user: "user",
  text: (record) => record.get("command") ?? "",
  dialect: "commandLine",
  origin: () => "sudoers",
  name: "tags",
});

/** Commands that somebody may run as another; sudo runs them without a shell. */
export const sudoers = artefact("sudoers", ["commandExecution"], (record) =>
  record.get("command") === undefined ? undefined : event(record),
);
