import type { CommandExecution } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { account, firstOf, integer, text, toInteger, unnamed } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";
import { commandOf } from "./powershell-binding.ts";

const POWERSHELL = "Microsoft-Windows-PowerShell";
const CORE = "PowerShellCore";
const CLASSIC = "PowerShell";
/** PowerShell logs its own events, so the writer is the process that ran the command. */
const process = processOf({ pid: firstOf(integer("System.ProcessID"), integer("ExecutionProcessID")) });
const only = ["commandExecution"] as const;

/**
 * A line of the context block, `  Host Application = x` (4103) or `\tHostApplication=x` (400, 600, 800). The value may
 * itself have several lines, so it ends where the next known label begins.
 */
function contextValue(block: string, label: string, next: string): string | undefined {
  const at = block.indexOf(label);
  if (at < 0) return undefined;
  const start = at + label.length;
  const end = block.indexOf(next, start);
  const value = block.slice(start, end < 0 ? block.length : end).trim();
  return value === "" ? undefined : value;
}

/** Context of the classic log: the third unnamed field, the second of event 800, or the rendered message. */
function context(record: LogRecord): string {
  return (record.eventId === 800 ? unnamed(record, 2) : unnamed(record, 3)) ?? record.get("Message") ?? "";
}

const classic = {
  platform: "windows",
  user: (record: LogRecord) => contextValue(context(record), "\tUserId=", "\n"),
  name: (record: LogRecord) => contextValue(context(record), "\tScriptName=", "\n"),
} as const;

/** Engine start: HostApplication is the command line of the process that hosts it. */
const engine = defineEvent("commandExecution", {
  ...classic,
  text: (record) => hostApplication(record) ?? "",
  dialect: "commandLine",
  origin: () => "hostApplication",
});

function hostApplication(record: LogRecord): string | undefined {
  return contextValue(context(record), "\tHostApplication=", "\tEngineVersion=");
}

/** 600 comes once a provider; the registry provider starts first, so one of them speaks for all. */
function engineStart(record: LogRecord): CommandExecution | undefined {
  if (record.eventId === 600 && !context(record).includes("ProviderName=Registry")) return undefined;
  const line = hostApplication(record);
  return line === undefined ? undefined : engine(record, { text: line });
}

const pipeline = defineEvent("commandExecution", {
  ...classic,
  text: () => "",
  dialect: "powershell",
  origin: () => "pipeline",
});

/** 800: the source line of the pipeline; where that is empty, what was bound. */
function pipelineRun(record: LogRecord): CommandExecution | undefined {
  const block = context(record);
  const line = unnamed(record, 1)?.trim() || contextValue(block, "\tCommandLine=", "\nDetails:");
  const run = line || commandOf(unnamed(record, 3) ?? "");
  return run ? pipeline(record, { text: run }) : undefined;
}

/** The user stands before the connected user and the shell, which end the block in every language. */
function boundBy(block: string): string | undefined {
  const named = contextValue(block, " User = ", "\n");
  if (named !== undefined) return named;
  const line = block.slice(-2048).trimEnd().split("\n").at(-3) ?? "";
  return contextValue(line, " = ", "\n");
}

/** 4103: a command with its parameters as they were bound, so after variables and concatenations were resolved. */
const bound = defineEvent("commandExecution", {
  platform: "windows",
  process,
  user: (record) => boundBy(record.get("ContextInfo") ?? ""),
  text: () => "",
  dialect: "powershell",
  origin: () => "pipeline",
  name: (record) => contextValue(record.get("ContextInfo") ?? "", " Script Name = ", "\n"),
});

function boundCommand(record: LogRecord): CommandExecution | undefined {
  const command = commandOf(record.get("Payload") ?? "");
  return command === undefined ? undefined : bound(record, { text: command });
}

const block = defineEvent("commandExecution", {
  platform: "windows",
  process,
  // The event itself has the account's SID only; forwarders look its name up.
  user: account("Domain", "AccountName"),
  text: (record) => record.get("ScriptBlockText") ?? "",
  dialect: "powershell",
  origin: () => "scriptBlock",
  name: text("Path", ""),
});

/** 4104 splits a long script over several records: `MessageNumber` of `MessageTotal`, with one `ScriptBlockId`. */
function scriptBlock(record: LogRecord): CommandExecution | undefined {
  const script = record.get("ScriptBlockText");
  if (!script) return undefined;
  const total = toInteger(record.get("MessageTotal")) ?? 1;
  const id = record.get("ScriptBlockId");
  if (total <= 1 || !id) return block(record, { text: script });
  return block(record, { text: script }, { id, number: toInteger(record.get("MessageNumber")) ?? 1, total });
}

/** Windows PowerShell and PowerShell 7 (`PowerShellCore`) write the same events. */
export const sources: readonly LogSource[] = [
  winevent("powershell/400", CLASSIC, [400, 600], only, engineStart),
  winevent("powershell/800", CLASSIC, [800], only, pipelineRun),
  ...[POWERSHELL, CORE].flatMap((provider) => [
    winevent(`${provider.toLowerCase()}/4103`, provider, [4103], only, boundCommand),
    winevent(`${provider.toLowerCase()}/4104`, provider, [4104], only, scriptBlock),
  ]),
];
