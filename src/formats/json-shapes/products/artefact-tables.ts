import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { TURNED_OFF } from "../../../model/event.ts";
import { firstText, has, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, pathText, productRecord, type Source } from "../properties.ts";
import { parseTime } from "../time.ts";
import { isRegistryRow, registryRow } from "./registry-rows.ts";

/** Tables of what lies at rest, as triage tools write them: columns that only this tool has, and what a row means. */
interface Table {
  readonly columns: readonly string[];
  readonly read: (row: JsonObject) => Meaning | undefined;
  readonly time?: readonly string[];
}

const WINDOWS: Properties = { platform: () => "windows" };

const isOff = (row: JsonObject, ...names: readonly string[]): boolean =>
  /^(?:disabled|false|0|1_disabled)$/i.test(firstText(row, names) ?? "");

const together = (row: JsonObject, ...names: readonly string[]): string | undefined =>
  names.flatMap((name) => firstText(row, [name]) ?? []).join(" ") || undefined;

const quoted = (path: string | undefined): string | undefined =>
  path !== undefined && /\s/.test(path) && !path.startsWith('"') ? `"${path}"` : path;

/** A program in one column, its arguments in another. */
const commandOf = (program: string | undefined, args: string | undefined): string | undefined =>
  program && [quoted(program), args].filter(Boolean).join(" ");

const history = (line: string, file: string): Meaning => [
  "commandExecution",
  {
    user: ["Username", "User"],
    text: [line],
    platform: (row) => (isPowerShell(row, file) ? "windows" : "linux"),
    dialect: (row) => (isPowerShell(row, file) ? "powershell" : "sh"),
    origin: () => "history",
    name: [file],
  },
];

const isPowerShell = (row: JsonObject, file: string) => /ConsoleHost_history/i.test(pathText(row, [file]) ?? "");

/** Sysinternals' Autoruns: what starts by a command line; of the others the entry is a library or a class. */
const STARTS_COMMANDS = /^(?:logon|services|scheduled tasks|wmi|image hijacks|winlogon|boot execute|hijacks)?$/i;

/** What the journal of a volume says of a file (MFTECmd's table of it), the more telling first. */
const JOURNALLED: readonly (readonly [reason: RegExp, action: string])[] = [
  [/FileDelete/, "delete"],
  [/FileCreate|RenameNewName|HardLinkChange/, "create"],
  [/Data(?:Overwrite|Extend|Truncation)/, "modify"],
];

/** Paths begin at the root of a volume whose letter the journal does not know. */
const journalled = (row: JsonObject): string =>
  [firstText(row, ["ParentPath"])?.replace(/^\./, "C:"), firstText(row, ["Name"])].join("\\");

/** A start of which no command line is known. */
const ran = (image: Source): Meaning => ["processCreation", { ...WINDOWS, image }];

const LINK: Meaning = [
  "shortcut",
  {
    ...WINDOWS,
    path: ["SourceFile"],
    target: (row) =>
      firstText(row, ["LocalPath"]) ??
      (together(row, "NetworkPath", "CommonPath")?.replace(" ", "\\") ||
        firstText(row, ["TargetIDAbsolutePath"])?.replace(/^My Computer\\/, "")),
    arguments: ["Arguments"],
    workingDirectory: ["WorkingDirectory"],
    icon: ["IconLocation"],
  },
];

const TABLES: readonly Table[] = [
  {
    columns: ["Entry Location", "Entry"],
    read: (row) => {
      if (isOff(row, "Enabled") || !STARTS_COMMANDS.test(firstText(row, ["Category"]) ?? "")) return undefined;
      const isTask = /^(?:task scheduler|scheduled tasks)/i.test(firstText(row, ["Entry Location"]) ?? "");
      const commandLine = (event: JsonObject) =>
        firstText(event, ["Launch String"]) ?? quoted(firstText(event, ["Image Path"]));
      const stored = { ...WINDOWS, path: ["Entry Location"], name: ["Entry"], commandLine };
      return isTask ? ["scheduledTask", stored] : ["runKey", stored];
    },
  },
  {
    columns: ["TaskName", "Task To Run"],
    read: (row) =>
      firstText(row, ["Task To Run"]) === "COM handler"
        ? undefined
        : [
            "scheduledTask",
            {
              ...WINDOWS,
              user: ["Run As User"],
              name: ["TaskName"],
              commandLine: ["Task To Run"],
              trigger: isOff(row, "Scheduled Task State") ? () => TURNED_OFF : ["Schedule Type"],
            },
          ],
  },
  {
    columns: ["TaskName", "TaskPath", "Actions"],
    read: (row) => [
      "scheduledTask",
      {
        ...WINDOWS,
        user: ["Principal.UserId", "Author"],
        name: (event) => [firstText(event, ["TaskPath"]), firstText(event, ["TaskName"])].join(""),
        commandLine: (event) => {
          const [action] = listOf(own(event, "Actions"));
          return action && commandOf(firstText(action, ["Execute"]), firstText(action, ["Arguments"]));
        },
        trigger: isOff(row, "State") || text(own(row, "State")) === "1" ? () => TURNED_OFF : [],
      },
    ],
  },
  { columns: ["SourceFile", "Arguments", "TargetIDAbsolutePath"], read: () => LINK },
  { columns: ["SourceFile", "SourceCreated", "HeaderFlags"], read: () => LINK },
  {
    // Amcache tells that a program's file was there; whether it ran it does not.
    columns: ["FileKeyLastWriteTimestamp", "FullPath"],
    time: ["FileKeyLastWriteTimestamp"],
    read: () => [
      "fileCreation",
      { ...WINDOWS, path: ["FullPath"], action: () => "modify", hashes: hashesAt({ SHA1: ["SHA1"] }) },
    ],
  },
  {
    // Times of the shim cache are those of files.
    columns: ["ControlSet", "CacheEntryPosition", "Path"],
    read: (row) => (/^yes$/i.test(firstText(row, ["Executed"]) ?? "") ? ran(["Path"]) : undefined),
  },
  {
    columns: ["ExecutableName", "RunCount", "LastRun"],
    time: ["LastRun"],
    read: () => ran(loadedImage),
  },
  { columns: ["RunTime", "ExecutableName"], time: ["RunTime"], read: () => ran(["ExecutableName"]) },
  {
    columns: ["Executable", "LastRunTimes", "PrefetchFileName"],
    time: ["LastRunTimes"],
    read: () => ran(["Binary", "Executable"]),
  },
  {
    columns: ["ProcInfo", "Query", "ProcessID"],
    time: ["Time", "TimeStamp"],
    read: () => [
      "networkConnection",
      {
        ...WINDOWS,
        user: ["ProcInfo.Username"],
        "process.pid": ["ProcessID"],
        "process.image": ["ProcInfo.Exe", "ProcInfo.Name"],
        query: ["Query"],
        initiated: () => "true",
      },
    ],
  },
  {
    columns: ["UpdateReasons", "ParentPath", "Name"],
    time: ["UpdateTimestamp"],
    read: (row) => {
      const action = JOURNALLED.find(([reason]) => reason.test(firstText(row, ["UpdateReasons"]) ?? ""))?.[1];
      return action === undefined
        ? undefined
        : ["fileCreation", { ...WINDOWS, path: journalled, action: () => action }];
    },
  },
  {
    columns: ["ServiceName", "ImagePath", "StartType"],
    time: ["Timestamp"],
    read: () => [
      "commandExecution",
      { ...WINDOWS, text: ["ImagePath"], dialect: () => "commandLine", origin: () => "service", name: ["ServiceName"] },
    ],
  },
  {
    columns: ["data_type", "application", "parameters"],
    time: ["datetime"],
    read: () => [
      "scheduledTask",
      {
        ...WINDOWS,
        user: ["username"],
        name: ["filename", "display_name"],
        commandLine: (row) => commandOf(firstText(row, ["application"]), firstText(row, ["parameters"])),
      },
    ],
  },
  {
    columns: ["OSPath", "Command", "Arguments", "ComHandler"],
    read: () => [
      "scheduledTask",
      {
        ...WINDOWS,
        user: ["UserId"],
        path: ["OSPath"],
        name: ["OSPath"],
        commandLine: (row) => commandOf(firstText(row, ["ExpandedCommand", "Command"]), firstText(row, ["Arguments"])),
      },
    ],
  },
  {
    columns: ["OSPath", "Details", "Enabled"],
    read: (row) =>
      isOff(row, "Enabled")
        ? undefined
        : ["runKey", { ...WINDOWS, path: ["OSPath"], name: ["Name"], commandLine: ["Details"] }],
  },
  { columns: ["OSPath", "Line"], read: () => history("Line", "OSPath") },
  {
    columns: ["Command", "Location", "User"],
    read: () => [
      "runKey",
      { ...WINDOWS, user: ["User"], path: ["Location"], name: ["Name", "Caption"], commandLine: ["Command"] },
    ],
  },
  {
    columns: ["PathName", "StartMode"],
    read: (row) =>
      isOff(row, "StartMode")
        ? undefined
        : ["runKey", { ...WINDOWS, user: ["StartName", "UserAccount"], name: ["Name"], commandLine: ["PathName"] }],
  },
  {
    columns: ["CommandLineTemplate"],
    read: () => [
      "commandExecution",
      {
        ...WINDOWS,
        text: ["CommandLineTemplate", "ExecutablePath"],
        dialect: () => "commandLine",
        origin: () => "wmiConsumer",
        name: ["Name"],
      },
    ],
  },
];

const HOSTS = ["HostName", "Fqdn", "PSComputerName", "SystemName", "__SERVER", "ComputerName", "Hostname"];

/**
 * What starts by itself or has been run, as tools of triage list it: Autoruns, `schtasks /query /v /fo csv`, Get-ScheduledTask, LECmd,
 * JLECmd, PECmd, AmcacheParser, AppCompatCacheParser, RECmd, MFTECmd's journal, Velociraptor's artefacts, plaso's tasks, classes of WMI.
 */
export const artefactTable: JsonShape = {
  marks: ["Entry Location", "Task To Run", "OSPath"],
  recognise(object, at) {
    if (isRegistryRow(object)) return registryRow(object, at.file, at.index);
    const table = TABLES.find(({ columns }) => columns.every((name) => has(object, name)));
    if (!table) return undefined;
    const time = parseTime(pathText(object, table.time ?? []));
    const head = { provider: "artefacts", host: firstText(object, HOSTS), time };
    return productRecord(at, head, table.read(object), object);
  },
};

/** The whole path of what ran stands among the files that it loaded; prefetch files themselves have the name only. */
function loadedImage(row: JsonObject): string | undefined {
  const name = firstText(row, ["ExecutableName"]);
  const loaded = (firstText(row, ["FilesLoaded"]) ?? "").split(", ", 4096);
  return name && (loaded.find((path) => path.toUpperCase().endsWith(`\\${name.toUpperCase()}`)) ?? name);
}

function listOf(value: unknown): readonly JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}
