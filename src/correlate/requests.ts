import type { Catalog } from "../catalog/catalog.ts";
import { readCode } from "../cmdline/code/code.ts";
import { domainOfHost } from "../cmdline/normal/reach.ts";
import { splitProgram } from "../cmdline/windows/program.ts";
import { inStartupFolder } from "../events/artefacts/shortcut.ts";
import { baseName } from "../invocations/glob.ts";
import type { Request } from "../invocations/types.ts";
import {
  type CommandExecution,
  type Event,
  type FileCreation,
  type ProcessCreation,
  type RegistryKeyModification,
  type RunKey,
  type ScheduledTask,
  type Shortcut,
  TURNED_OFF,
  WHEN_STOPPED,
} from "../model/event.ts";
import type { Reason } from "../score/score.ts";
import { weightOf } from "../score/score.ts";
import { shown } from "../signals/text.ts";
import { openedWith } from "./associations.ts";

/** A command line that an event names, and what the event itself says about it. */
export interface Named {
  readonly request: Request;
  readonly commandLine: string | undefined;
  readonly reasons: readonly Reason[];
  /** Whose register the event is of: who sets up what the line starts, where the line's own program is not known. */
  readonly registrar?: Request | undefined;
  /** True of a registered verb, where `%1` stands for whatever somebody opens with it. */
  readonly isVerb?: boolean;
}

const reason = (id: string, text: string, share = 1): Reason => ({
  id,
  group: "origin",
  weight: weightOf(id) * share,
  text,
});

/** A request with all its keys, in one order: V8 reads objects that are alike much faster. */
const requestOf = (request: { readonly [K in keyof Required<Request>]: Request[K] | undefined }) => request as Request;

/** What a process start asks; `parentImage` where the event does not name its parent's, `knownAs` where its hash is known. */
export function ofProcess(event: ProcessCreation, parentImage?: string, knownAs?: string): Request {
  const { commandLine, args, image, originalFileName, platform, env, currentDirectory, parent } = event;
  return requestOf({
    commandLine,
    // A program of Windows is given one line: where a log has words as well, somebody else split them.
    args: platform !== "windows" || !commandLine ? args : undefined,
    image,
    originalFileName,
    knownAs,
    platform,
    env,
    cwd: currentDirectory,
    parent: parent.image ?? parentImage,
    domain: platform === "windows" ? domainOfHost(event.host) : undefined,
    as: "logged",
  });
}

/** Origins whose commands run again without anybody asking. */
const PERSISTENT: readonly string[] = ["service", "wmiConsumer", "startupScript", "configuration", "cron"];

/** The first command that a script of the Windows Script Host runs; undefined where it runs none. */
function runByScript(language: string, code: string): string | undefined {
  const runs = readCode(language, code).filter(({ role }) => role === "runs");
  const found = runs.find(({ what }) => what === "command" || what === "executable");
  return found && (found.commandLine ?? [found.value, ...(found.args ?? [])].join(" "));
}

const SHELL = /^(?:powershell|pwsh)(?:\.exe)?$/i;

/**
 * The words of a shell of PowerShell that its engine names: it joins its arguments after the line was split, so that quotes are a part
 * of the code. Undefined for other hosts of the engine.
 */
function hostedWords(text: string): readonly string[] | undefined {
  const { program, args } = splitProgram(text);
  const [first] = args;
  if (!first || !SHELL.test(baseName(program.value))) return undefined;
  return [program.value, ...text.slice(first.start).split(" ").filter(Boolean)];
}

/** Drivers are given no arguments, so that all is their path, blanks as well; Windows takes either slash in it. */
const DRIVER = /^[a-z]:[\\/][^"]{1,1024}\.sys$/i;

const serviceLine = (text: string): string => (DRIVER.test(text) ? `"${text.replaceAll("/", "\\")}"` : text);

/** What a service or task that is set up means, told of the part of Windows that keeps it. */
function registrarOf(words: readonly string[]): Request {
  return requestOf({
    commandLine: undefined,
    args: words,
    image: undefined,
    originalFileName: undefined,
    knownAs: undefined,
    platform: "windows",
    env: undefined,
    cwd: undefined,
    parent: undefined,
    domain: undefined,
    as: undefined,
  });
}

function ofCommand(event: CommandExecution): Named | undefined {
  const { dialect, platform, origin, name, built } = event;
  const text = dialect === "vbscript" || dialect === "jscript" ? runByScript(dialect, event.text) : event.text;
  if (text === undefined) return undefined;
  const isPowerShell = dialect === "powershell";
  const isTyped = dialect === "cmd" || dialect === "sh";
  const hosted = origin === "hostApplication" ? hostedWords(text) : undefined;
  const request = requestOf({
    commandLine: isPowerShell || hosted ? undefined : text,
    args: isPowerShell ? ["powershell.exe", "-Command", text] : hosted,
    image: undefined,
    originalFileName: undefined,
    knownAs: undefined,
    platform,
    env: undefined,
    cwd: undefined,
    parent: undefined,
    domain: undefined,
    as: isPowerShell ? undefined : isTyped ? "typed" : "logged",
  });
  const what = name === undefined ? origin : `${origin} ${shown(name)}`;
  const persistent = PERSISTENT.includes(origin);
  return {
    request,
    commandLine: built ? undefined : text,
    registrar:
      origin === "service" && platform === "windows"
        ? registrarOf(["service-control-manager", "create", name ?? "service", "binPath=", serviceLine(text)])
        : undefined,
    reasons: persistent
      ? [reason("persistence", `The command stands in the ${what}, which runs it again without anybody asking.`)]
      : [],
  };
}

/** Registry values that hold a command line which Windows will run. */
const RUNS_COMMAND =
  /\\(?:run|runonce|runonceex|runservices|policies\\explorer\\run|winlogon|services\\[^\\]+|command|app paths\\[^\\]+|image file execution options\\[^\\]+|silentprocessexit\\[^\\]+|environment|localserver32|shell\\[^\\]+|active setup\\installed components\\[^\\]+)(?:\\[^\\]*)?$/i;

/** `HKCR\htafile\shell\open\command`. */
const VERB = /\\shell\\[^\\]+\\command(?:\\[^\\]*)?$/i;

function ofRegistry({ path, value, platform }: RegistryKeyModification, catalog: Catalog): Named | undefined {
  if (path === undefined || value === undefined || !RUNS_COMMAND.test(path)) return undefined;
  const program = splitProgram(value).program.value;
  if (!catalog.byName(baseName(program), "windows")) return undefined;
  const text = `The command line was written to ${shown(path)}, and Windows runs it from there later.`;
  return {
    request: { commandLine: value, as: "logged", platform },
    commandLine: value,
    reasons: [reason("persistence", text)],
    isVerb: VERB.test(path),
  };
}

/** Documents that somebody has had open before, with whatever program: nobody is led to open them by the shortcut. */
const RECENT = /[\\/!]recent[\\/][^\\/]+$/i;

function ofShortcut(event: Shortcut): Named | undefined {
  const { target, workingDirectory, startup, oddities, path } = event;
  if (target === undefined) return undefined;
  const commandLine = `"${target}"${event.arguments ? ` ${event.arguments}` : ""}`;
  const reasons = oddities.map((text) => reason("shortcut-oddity", `The shortcut is odd: ${shown(text)}.`));
  if (startup)
    reasons.unshift(
      reason("persistence", `The shortcut ${shown(baseName(path))} lies in a Startup folder and runs at every logon.`),
    );
  const opened = event.platform === "windows" && !RECENT.test(path.slice(-400)) ? openedWith(commandLine) : undefined;
  return {
    request: {
      commandLine: opened ?? commandLine,
      ...(opened === undefined && { image: target }),
      platform: event.platform,
      as: "logged",
      ...(workingDirectory !== undefined && { cwd: workingDirectory }),
    },
    commandLine,
    reasons,
  };
}

/** What clears away behind a service runs by itself, but seldom, and undoes what was set up; what is turned off waits: half counts. */
const SELDOM_SHARE = 0.5;

/** What is said of triggers that start something seldom; `called` is a name, or nothing. */
const SELDOM: ReadonlyMap<string | undefined, (called: string) => string> = new Map([
  [WHEN_STOPPED, (called) => `A service${called} runs it as it stops.`],
  [TURNED_OFF, (called) => `A scheduled task${called} holds it, and is turned off: it runs once somebody turns it on.`],
]);

function ofJob(event: ScheduledTask | RunKey): Named | undefined {
  const { commandLine, dialect, platform, name } = event;
  if (commandLine === undefined) return undefined;
  const kind = event.kind === "scheduledTask" ? "A scheduled task" : "An autostart entry";
  const called = name === undefined ? "" : ` named ${shown(name)}`;
  const seldom = event.kind === "scheduledTask" ? SELDOM.get(event.trigger)?.(called) : undefined;
  const text = seldom ?? `${kind}${called} runs it again without anybody asking.`;
  const opened = platform === "windows" ? openedWith(commandLine) : undefined;
  const env = event.kind === "scheduledTask" ? event.env : undefined;
  return {
    request: {
      commandLine: opened ?? commandLine,
      platform,
      as: dialect === "sh" ? "typed" : "logged",
      ...(env && { env }),
    },
    commandLine,
    registrar:
      event.kind === "scheduledTask" && platform === "windows"
        ? registrarOf(["task-scheduler", "/create", "/tn", name ?? "task", "/tr", commandLine])
        : undefined,
    reasons: [reason("persistence", text, seldom === undefined ? 1 : SELDOM_SHARE)],
    isVerb: event.kind === "runKey" && VERB.test(event.path ?? ""),
  };
}

/** A file that was put where Windows opens it at every logon: by whom shows in what else is known of the writer. */
function ofDrop({ action, path, platform }: FileCreation): Named | undefined {
  if (action !== "create" || platform !== "windows" || path === undefined || !inStartupFolder(path)) return undefined;
  const commandLine = `"${path}"`;
  const text = `${shown(baseName(path))} was put into a Startup folder and runs at every logon.`;
  return {
    request: { commandLine: openedWith(commandLine) ?? commandLine, platform, as: "logged" },
    commandLine: undefined,
    reasons: [reason("persistence", text)],
  };
}

/** The command line in an event that is no process start; undefined where there is none worth resolving. */
export function namedBy(event: Event, catalog: Catalog): Named | undefined {
  switch (event.kind) {
    case "commandExecution":
      return ofCommand(event);
    case "registryKeyModification":
      return ofRegistry(event, catalog);
    case "shortcut":
      return ofShortcut(event);
    case "scheduledTask":
    case "runKey":
      return ofJob(event);
    case "fileCreation":
      return ofDrop(event);
    default:
      return undefined;
  }
}
