import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { fileTime, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";
import { scriptDialect } from "./script-dialect.ts";

const WMI = "Microsoft-Windows-WMI-Activity";

const consumer = defineEvent("commandExecution", {
  platform: "windows",
  text: () => "",
  dialect: "commandLine",
  origin: () => "wmiConsumer",
  name: (record) => property(record.get("PossibleCause") ?? "", "Name") ?? record.get("CONSUMER"),
});

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/**
 * A property in the MOF text of an instance, `Name = "value";`, with the escapes of MOF undone. The consumer comes after the
 * filter in the text, so the last one counts.
 */
function property(mof: string, name: string): string | undefined {
  const label = `${name} = "`;
  const at = mof.lastIndexOf(label);
  if (at < 0) return undefined;
  const quoted = /^(?:[^"\\]|\\[\s\S])*/.exec(mof.slice(at + label.length))![0];
  return quoted.replace(/\\([\\"nrt])/g, (_, code: string) => ESCAPES[code] ?? code);
}

/** 5861: a permanent subscription was bound. Its text holds the consumer; one that runs a command or a script is an event. */
function subscription(record: LogRecord): Event | undefined {
  const mof = record.get("PossibleCause") ?? "";
  const command = property(mof, "CommandLineTemplate") || property(mof, "ExecutablePath");
  if (command) return consumer(record, { text: command });
  const script = property(mof, "ScriptText");
  const dialect = script ? scriptDialect(property(mof, "ScriptingEngine")) : undefined;
  return script && dialect ? consumer(record, { text: script, dialect }) : undefined;
}

/** 23 (trace channel): Win32_Process.Create started a process for a client, which may be another machine. */
const created = defineEvent("processCreation", {
  platform: "windows",
  user: text("User", ""),
  process: processOf({ pid: integer("CreatedProcessId"), start: fileTime("CreatedProcessCreationTime") }),
  commandLine: "Commandline",
});

/** 5857: a provider library was loaded into its host. */
const provider = defineEvent("moduleLoad", {
  platform: "windows",
  process: processOf({ pid: integer("ProcessID"), image: text("HostProcess", "") }),
  module: text("ProviderPath", ""),
});

/** Field names: the provider's manifest. */
export const sources: readonly LogSource[] = [
  winevent("wmi/23", WMI, [23], ["processCreation"], (record) =>
    record.get("Commandline") ? created(record) : undefined,
  ),
  winevent("wmi/5857", WMI, [5857], ["moduleLoad"], (record) =>
    record.get("ProviderPath") ? provider(record) : undefined,
  ),
  winevent("wmi/5861", WMI, [5861], ["commandExecution"], subscription),
];
