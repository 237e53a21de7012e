import { defineEvent } from "../define.ts";
import { unnamed } from "../fields.ts";
import { type LogSource, winevent } from "../source.ts";

/**
 * 10000 and 10001: a COM server could not be started; the log has the command line that was tried, and the class
 * (Microsoft's "COM General Functionality" events).
 */
const failed = defineEvent("commandExecution", {
  platform: "windows",
  text: (record) => unnamed(record, 1) ?? "",
  dialect: "commandLine",
  origin: () => "comServer",
  name: (record) => unnamed(record, 3),
});

export const sources: readonly LogSource[] = [
  winevent("dcom/10000", "Microsoft-Windows-DistributedCOM", [10000, 10001], ["commandExecution"], (record) =>
    unnamed(record, 1) ? failed(record) : undefined,
  ),
];
