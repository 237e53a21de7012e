import type { LogRecord } from "./record.ts";

/** Kinds of events are ATT&CK data components, and artefacts at rest; each with the name that ATT&CK gives the component. */
export const DATA_COMPONENT = {
  processCreation: "Process Creation",
  processTermination: "Process Termination",
  commandExecution: "Command Execution",
  moduleLoad: "Module Load",
  fileCreation: "File Creation",
  networkConnection: "Network Connection Creation",
  registryKeyModification: "Windows Registry Key Modification",
  osApiExecution: "OS API Execution",
  policyDecision: "Application Log Content",
  shortcut: "File Metadata",
  scheduledTask: "Scheduled Job Metadata",
  runKey: "Windows Registry Key Modification",
} as const;

export type EventKind = keyof typeof DATA_COMPONENT;

export const EVENT_KINDS = Object.keys(DATA_COMPONENT) as [EventKind, ...EventKind[]];

export type Platform = "windows" | "linux" | "macos";

/** A process as an event names it. `key` joins events: the GUID or entity id, else host + pid + start time, else undefined. */
export interface ProcessRef {
  readonly key: string | undefined;
  readonly pid: number | undefined;
  readonly image: string | undefined;
}

/** Signature facts as the log carries them; absent where the source has none. */
export interface Signature {
  readonly signed: boolean | undefined;
  readonly signer: string | undefined;
  readonly status: string | undefined;
}

/** A field that a source does not carry is undefined, and undefined is neither a match nor a non-match. */
interface Base {
  readonly record: LogRecord;
  /** Milliseconds since the epoch, UTC; undefined where the record has no readable time. */
  readonly time: number | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly platform: Platform;
  /** The process that acts (for a process creation: the new process). */
  readonly process: ProcessRef;
}

export interface ProcessCreation extends Base {
  readonly kind: "processCreation";
  readonly image: string | undefined;
  readonly commandLine: string | undefined;
  /** Where the log has argv itself (Linux); it is exact, `commandLine` is not. */
  readonly args: readonly string[] | undefined;
  readonly originalFileName: string | undefined;
  readonly currentDirectory: string | undefined;
  readonly parent: ProcessRef;
  readonly parentCommandLine: string | undefined;
  readonly integrityLevel: string | undefined;
  /** As logged, such as `SHA256=…,IMPHASH=…`. */
  readonly hashes: string | undefined;
  readonly company: string | undefined;
  readonly product: string | undefined;
  readonly signature: Signature | undefined;
  /** Environment variables where the log has them. */
  readonly env: Readonly<Record<string, string>> | undefined;
}

export interface ProcessTermination extends Base {
  readonly kind: "processTermination";
}

/** Commands seen elsewhere than in a process start: script blocks, shell history, services, WMI consumers. */
export interface CommandExecution extends Base {
  readonly kind: "commandExecution";
  /** The text as logged; `dialect` says how it is to be read. */
  readonly text: string;
  readonly dialect: "powershell" | "cmd" | "sh" | "commandLine" | "vbscript" | "jscript";
  /** True where the log has no such text: it was put together from what the log does say. */
  readonly built: boolean | undefined;
  /** What ran it: scriptBlock, service, wmiConsumer, history, sudo … */
  readonly origin: string;
  /** Name of the service, task, script or consumer, where there is one. */
  readonly name: string | undefined;
}

export interface ModuleLoad extends Base {
  readonly kind: "moduleLoad";
  readonly module: string | undefined;
  readonly originalFileName: string | undefined;
  readonly hashes: string | undefined;
  readonly company: string | undefined;
  readonly signature: Signature | undefined;
}

export interface FileCreation extends Base {
  readonly kind: "fileCreation";
  readonly path: string | undefined;
  readonly action: "create" | "modify" | "stream" | "delete" | "timestamp";
  /** Text of the stream, such as a Zone.Identifier, where the log has it. */
  readonly contents: string | undefined;
  readonly hashes: string | undefined;
}

export interface NetworkConnection extends Base {
  readonly kind: "networkConnection";
  /** True where this process opened it; false for an inbound connection. */
  readonly initiated: boolean | undefined;
  readonly sourceIp: string | undefined;
  readonly sourcePort: number | undefined;
  readonly destinationIp: string | undefined;
  readonly destinationHost: string | undefined;
  readonly destinationPort: number | undefined;
  readonly protocol: string | undefined;
  /** DNS question where the event is a query. */
  readonly query: string | undefined;
  /** Full URL where the log has it (BITS). */
  readonly url: string | undefined;
}

export interface RegistryKeyModification extends Base {
  readonly kind: "registryKeyModification";
  /** Key and value name as logged, such as `HKLM\…\Run\x`. */
  readonly path: string | undefined;
  readonly action: "createKey" | "deleteKey" | "setValue" | "deleteValue" | "rename";
  readonly value: string | undefined;
}

export const API_CALLS = [
  "processAccess",
  "createRemoteThread",
  "processTampering",
  "ptrace",
  "memfd",
  "handle",
  "comActivation",
] as const;

type ApiCall = (typeof API_CALLS)[number];

export interface OsApiExecution extends Base {
  readonly kind: "osApiExecution";
  readonly api: ApiCall;
  readonly target: ProcessRef;
  readonly access: string | undefined;
  readonly startModule: string | undefined;
  readonly startFunction: string | undefined;
}

/** What a product ruled: AppLocker, App Control, ASR, Defender, the firewall. */
interface PolicyDecision extends Base {
  readonly kind: "policyDecision";
  readonly product: "applocker" | "appcontrol" | "asr" | "defender" | "firewall";
  /** `withdrawn`: a rule was taken away, whatever it ruled. */
  readonly decision: "allow" | "audit" | "block" | "withdrawn";
  readonly path: string | undefined;
  readonly rule: string | undefined;
}

/** A shortcut at rest (.lnk, .url, .desktop): what opening it would run. */
export interface Shortcut extends Base {
  readonly kind: "shortcut";
  /** Path of the shortcut itself. */
  readonly path: string;
  readonly target: string | undefined;
  readonly arguments: string | undefined;
  readonly workingDirectory: string | undefined;
  readonly icon: string | undefined;
  /** True where the shortcut stands in a folder whose contents run at logon. */
  readonly startup: boolean;
  /** Why a reader should be wary: padded arguments, target hidden in extra data, machine of another network. */
  readonly oddities: readonly string[];
}

/** A scheduled job at rest or being registered: task XML, crontab line, systemd unit or timer. */
export interface ScheduledTask extends Base {
  readonly kind: "scheduledTask";
  readonly name: string | undefined;
  readonly path: string | undefined;
  readonly commandLine: string | undefined;
  readonly dialect: "commandLine" | "sh";
  /** When it runs, as the source says; `WHEN_STOPPED` for what a service runs as it ends, `TURNED_OFF` for what waits to be turned on. */
  readonly trigger: string | undefined;
  /** Class whose server it calls in place of a command, `{…}`. */
  readonly handler: string | undefined;
  /** True where the task is not shown in lists. */
  readonly hidden: boolean | undefined;
  /** Environment variables that the source gives to the command. */
  readonly env: Readonly<Record<string, string>> | undefined;
}

/** The trigger of commands that clear away behind a service. */
export const WHEN_STOPPED = "when stopped";

/** The trigger of a task that somebody has deleted. */
export const REMOVED = "removed";
/** The trigger of a task that is disabled. */
export const TURNED_OFF = "turned off";

/** An autostart entry at rest: Run key in an export, autostart .desktop, service ImagePath. */
export interface RunKey extends Base {
  readonly kind: "runKey";
  readonly path: string | undefined;
  readonly name: string | undefined;
  readonly commandLine: string | undefined;
  readonly dialect: "commandLine" | "sh";
}

export type Event =
  | ProcessCreation
  | ProcessTermination
  | CommandExecution
  | ModuleLoad
  | FileCreation
  | NetworkConnection
  | RegistryKeyModification
  | OsApiExecution
  | PolicyDecision
  | Shortcut
  | ScheduledTask
  | RunKey;
