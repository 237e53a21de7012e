import { type Event, TURNED_OFF } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { NO_PROCESS, processOf } from "../process.ts";
import type { LogSource } from "../source.ts";
import { commandsOf, isAutostart } from "../windows/registry-path.ts";
import { column, columnNumber, platformOf, ROW, rowTime } from "./osquery-fields.ts";

const MAX_ARGS = 65_536;

const processCreation = defineEvent("processCreation", {
  ...ROW,
  image: column("path"),
  commandLine: column("cmdline"),
  args: (record) => exactArguments(column("json_cmdline")(record)),
  // osquery keeps the quotes that auditd put around the directory.
  currentDirectory: (record) => column("cwd")(record)?.replace(/^"(.*)"$/, "$1"),
  parent: processOf({ pid: columnNumber("parent", "ppid") }),
  integrityLevel: column("mandatory_label"),
});

/** bpf_process_events has argv as JSON. */
function exactArguments(json: string | undefined): readonly string[] | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    const isList = Array.isArray(value) && value.length <= MAX_ARGS && value.every((arg) => typeof arg === "string");
    return isList ? (value as string[]) : undefined;
  } catch {
    return undefined;
  }
}

const shellHistory = defineEvent("commandExecution", {
  time: rowTime,
  platform: "linux",
  user: column("username", "uid"),
  text: (record) => column("command")(record) ?? "",
  dialect: "sh",
  origin: () => "history",
  name: column("history_file"),
});

const scriptBlock = defineEvent("commandExecution", {
  time: rowTime,
  platform: "windows",
  text: (record) => column("script_text")(record) ?? "",
  dialect: "powershell",
  origin: () => "scriptBlock",
  name: column("script_name", "script_path"),
});

const crontab = defineEvent("scheduledTask", {
  platform: "linux",
  path: column("path"),
  commandLine: column("command"),
  dialect: "sh",
  trigger: (record) =>
    column("event")(record) ??
    (["minute", "hour", "day_of_month", "month", "day_of_week"]
      .flatMap((name) => column(name)(record) ?? [])
      .join(" ") ||
      undefined),
});

const scheduledTask = defineEvent("scheduledTask", {
  platform: "windows",
  name: column("name"),
  path: column("path"),
  commandLine: column("action"),
  dialect: "commandLine",
  trigger: (record) => (column("enabled")(record) === "0" ? TURNED_OFF : undefined),
});

const startupItem = defineEvent("runKey", {
  platform: platformOf,
  user: column("username"),
  path: column("source"),
  name: column("name"),
  commandLine: (record) => [column("path")(record), column("args")(record)].filter(Boolean).join(" ") || undefined,
  dialect: (record) => (platformOf(record) === "windows" ? "commandLine" : "sh"),
});

const autostart = defineEvent("runKey", {
  platform: "windows",
  path: column("path"),
  name: column("name"),
  dialect: "commandLine",
});

/** `registry`: what Windows would start by a value. */
function autostarts(record: LogRecord): readonly Event[] {
  const path = column("path")(record) ?? "";
  if (!isAutostart(path)) return [];
  return commandsOf(path, column("data")(record) ?? "").map((commandLine) => autostart(record, { commandLine }));
}

const networkConnection = defineEvent("networkConnection", {
  ...ROW,
  initiated: (record) => column("action", "syscall")(record) === "connect",
  sourceIp: column("local_address"),
  sourcePort: columnNumber("local_port"),
  destinationIp: column("remote_address"),
  destinationPort: columnNumber("remote_port"),
});

/** `file_events`. */
const fileCreation = defineEvent("fileCreation", {
  ...ROW,
  process: () => NO_PROCESS,
  path: column("target_path"),
  action: (record) => (column("action")(record) === "UPDATED" ? "modify" : "create"),
  hashes: (record) => {
    const hash = column("sha256")(record);
    return hash === undefined ? undefined : `SHA256=${hash}`;
  },
});

/** `es_process_file_events` (macOS): who did it stands in the columns of processes. */
const endpointFile = defineEvent("fileCreation", {
  ...ROW,
  platform: "macos",
  path: column("dest_filename", "filename"),
  action: (record) => (column("event_type")(record) === "write" ? "modify" : "create"),
});
const MADE_HERE = /^(?:create|write|rename|link|clone|copyfile)$/;

/** `ntfs_journal_events` (Windows): what the journal of the volume says was done to a file. */
const journalled = defineEvent("fileCreation", {
  ...ROW,
  platform: "windows",
  process: () => NO_PROCESS,
  path: column("path"),
  action: (record) => (column("action")(record) === "FileWrite" ? "modify" : "create"),
});
const JOURNALLED = /^(?:FileCreation|FileWrite|FileRename_NewName|HardLinkCreation)$/;

const MADE = /^(?:CREATED|UPDATED|MOVED_TO)$/;

type Understand = (record: LogRecord) => Event | readonly Event[] | undefined;

/** What a row means, by the columns that its table alone has; queries may be named and cut as their writer liked. */
const TABLES: readonly (readonly [columns: readonly string[], understand: Understand])[] = [
  [["remote_address", "pid"], (record) => (isConnection(record) ? networkConnection(record) : undefined)],
  [
    ["target_path", "action"],
    (record) => (MADE.test(column("action")(record) ?? "") ? fileCreation(record) : undefined),
  ],
  [
    ["filename", "event_type"],
    (record) => (MADE_HERE.test(column("event_type")(record) ?? "") ? endpointFile(record) : undefined),
  ],
  [
    ["path", "action", "drive_letter"],
    (record) => (JOURNALLED.test(column("action")(record) ?? "") ? journalled(record) : undefined),
  ],
  [["key", "path", "data", "type"], (record) => autostarts(record)],
  [["script_text"], (record) => scriptBlock(record)],
  [["history_file", "command"], (record) => shellHistory(record)],
  [["command", "day_of_week"], (record) => crontab(record)],
  [["action", "next_run_time"], (record) => scheduledTask(record)],
  [["action", "last_run_time"], (record) => scheduledTask(record)],
  [["path", "source", "status", "type"], (record) => startupItem(record)],
  // What a query chose of `shell_history`, the file left out.
  [["command", "uid"], (record) => (isHistory(record) ? shellHistory(record) : undefined)],
  [["path", "cmdline"], (record) => (isProcessStart(record) ? processCreation(record) : undefined)],
];

function isHistory(record: LogRecord): boolean {
  return /history/i.test(record.get("name") ?? "") && column("pid", "path")(record) === undefined;
}

/** Columns of `processes`, which lists what runs and not what started; of exits and forks, which have the same columns. */
function isProcessStart(record: LogRecord): boolean {
  if (column("resident_size", "on_disk", "total_size", "user_time")(record) !== undefined) return false;
  const type = column("event_type", "type", "syscall")(record);
  return type === undefined || /^exec|^ProcessStart$/.test(type);
}

function isConnection(record: LogRecord): boolean {
  const call = column("action", "syscall")(record);
  return call === "connect" || call === "accept" || call === "accept4";
}

/** Results of osquery's scheduled queries, one row a record. */
export const osquery: LogSource = {
  id: "linux/osquery",
  shape: "osquery",
  kinds: ["processCreation", "commandExecution", "fileCreation", "scheduledTask", "runKey", "networkConnection"],
  understand(record) {
    if (record.get("action") === "removed") return undefined;
    const table = TABLES.find(([columns]) => columns.every((name) => column(name)(record) !== undefined));
    return table?.[1](record);
  },
};
