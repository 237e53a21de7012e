import { defineEvent } from "../define.ts";
import { integer, text, time } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";

/**
 * 17 of the compatibility assistant: a resolver looked at a file that was started. The log has no command line; its
 * resolver `ControlPanelApplet` says that the control panel was given the file to run.
 */
const applet = defineEvent("commandExecution", {
  platform: "windows",
  text: (record) => `control.exe "${record.get("ExePath") ?? ""}"`,
  dialect: "commandLine",
  built: () => true,
  origin: () => "compatibilityAssistant",
});

/** 500 and 505: a process was started with a compatibility fix. */
const fixed = defineEvent("processCreation", {
  platform: "windows",
  process: processOf({ pid: integer("ProcessId"), start: time("StartTime"), image: text("ExePath", "") }),
  image: text("ExePath", ""),
});

export const sources: readonly LogSource[] = [
  winevent(
    "compatibility-assistant/17",
    "Microsoft-Windows-Program-Compatibility-Assistant",
    [17],
    ["commandExecution"],
    (record) =>
      record.get("ExePath") && record.get("ResolverName") === "ControlPanelApplet" ? applet(record) : undefined,
  ),
  winevent("application-experience/500", "Microsoft-Windows-Application-Experience", [500, 505], fixed),
];
