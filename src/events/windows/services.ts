import { defineEvent } from "../define.ts";
import { type LogSource, winevent } from "../source.ts";

/** 7045: a service was installed. Drivers are installed so too; their ImagePath is a command line in name only. */
const installed = defineEvent("commandExecution", {
  platform: "windows",
  text: () => "",
  dialect: "commandLine",
  origin: () => "service",
  name: "ServiceName",
});

export const sources: readonly LogSource[] = [
  winevent("system/7045", "Service Control Manager", [7045], ["commandExecution"], (record) => {
    const text = record.get("ImagePath");
    return text ? installed(record, { text }) : undefined;
  }),
];
