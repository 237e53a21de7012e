import type { Catalog } from "../catalog/catalog.ts";
import { readCode } from "../cmdline/code/code.ts";
import { Memory } from "../cmdline/memory.ts";
import { isInstalled } from "../cmdline/normal/classify.ts";
import { domainOfHost, hostOf, isNumbered, reachOf } from "../cmdline/normal/reach.ts";
import { withCalls } from "../cmdline/shell/startup.ts";
import { splitProgram } from "../cmdline/windows/program.ts";
import { inStartupFolder } from "../events/artefacts/shortcut.ts";
import { baseName } from "../invocations/glob.ts";
import type { Request } from "../invocations/types.ts";
import { clip } from "../model/clip.ts";
import type {
  CommandExecution,
  Event,
  FileCreation,
  NetworkConnection,
  ProcessCreation,
  RegistryKeyModification,
  Shortcut,
} from "../model/event.ts";
import { shown } from "../signals/text.ts";
import { openedWith } from "./associations.ts";
import { ofJob } from "./jobs.ts";
import { type Named, reason, registrarOf, requestOf, VERB } from "./named.ts";

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

/** Origins whose commands run again without anybody asking, in words. */
const PERSISTENT: ReadonlyMap<string, string> = new Map([
  ["service", "service"],
  ["wmiConsumer", "WMI consumer"],
  ["startupScript", "start-up script"],
  ["configuration", "configuration"],
  ["cron", "crontab"],
]);

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

/** Whose doing it is that a command of one of these origins stands where it does. */
function registers(origin: string, name: string | undefined, text: string): Request | undefined {
  if (origin === "service")
    return registrarOf(["service-control-manager", "create", name ?? "service", "binPath=", serviceLine(text)]);
  // Installed software subscribes to events, too.
  if (origin !== "wmiConsumer" || isInstalled(splitProgram(text).program.value, "windows")) return undefined;
  const words = ["path", "commandlineeventconsumer", "create", `commandlinetemplate=${text}`];
  return registrarOf(["event-subscriptions", ...words]);
}

/** What a shell reads when it starts, by its name; scripts that are started define functions for themselves. */
const READ_BY_SHELLS =
  /^(?:\.\w*(?:profile|login|aliases|shrc|shenv)|profile|bash\.bashrc|bashrc|z(?:shrc|shenv|profile|login))$/;

/** The text of a file that shells read, with what comes of it where it puts something in the place of a program. */
function withReplaced(text: string, { dialect, origin, name = "" }: CommandExecution, catalog: Catalog): string {
  if (origin !== "startupScript" || dialect !== "sh" || !READ_BY_SHELLS.test(name)) return text;
  return withCalls(text, (called) => catalog.byName(called, "linux") !== undefined).text;
}

function ofCommand(event: CommandExecution, catalog: Catalog): Named | undefined {
  const { dialect, platform, origin, name, built } = event;
  const text = dialect === "vbscript" || dialect === "jscript" ? runByScript(dialect, event.text) : event.text;
  if (text === undefined) return undefined;
  const isPowerShell = dialect === "powershell";
  const isTyped = dialect === "cmd" || dialect === "sh";
  const hosted = origin === "hostApplication" ? hostedWords(text) : undefined;
  const request = requestOf({
    commandLine: isPowerShell || hosted ? undefined : withReplaced(text, event, catalog),
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
  const keeper = PERSISTENT.get(origin);
  const what = name === undefined ? keeper : `${keeper} ${shown(name)}`;
  return {
    request,
    commandLine: built ? undefined : text,
    registrar: platform === "windows" ? registers(origin, name, text) : undefined,
    reasons: keeper
      ? [reason("persistence", `The command stands in the ${what}, which runs it again without anybody asking.`)]
      : [],
  };
}

/** Registry values that hold a command line which Windows will run. */
const RUNS_COMMAND =
  /\\(?:run|runonce|runonceex|runservices|policies\\explorer\\run|winlogon|services\\[^\\]+|command|app paths\\[^\\]+|image file execution options\\[^\\]+|silentprocessexit\\[^\\]+|environment|localserver32|shell\\[^\\]+|active setup\\installed components\\[^\\]+)(?:\\[^\\]*)?$/i;

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

/** Scripts and libraries: nobody who publishes software has the transfer service bring them by themselves. */
const SCRIPT = /\.(?:ps1|psm1|bat|cmd|vbs|vbe|js|jse|wsf|hta|sct|dll)(?:[?#]|$)/i;

/** As much of an address as tells jobs apart. */
const MAX_URL = 1024;

/** A job leaves several records, and programs ask for the same again and again. */
const knownTransfers = new Memory<boolean>(1 << 16);

/** Whether a job of the transfer service tells by its address alone: it is told of a script, or of a machine without a name. */
export const isToldTransfer = (url: string): boolean =>
  knownTransfers.get(url, () => (SCRIPT.test(url) || isNumbered(hostOf(url))) && reachOf(url) === "external");

/** A job of the transfer service, in a record that does not say who gave it. */
function ofTransfer({ url, process, platform }: NetworkConnection): Named | undefined {
  if (url === undefined || process.image !== undefined || platform !== "windows" || !isToldTransfer(url))
    return undefined;
  const request = registrarOf(["background-transfer", "/transfer", "job", url]);
  return {
    request,
    registrar: request,
    commandLine: undefined,
    reasons: [],
    once: clip(url, MAX_URL),
  };
}

/** The command line in an event that is no process start; undefined where there is none worth resolving. */
export function namedBy(event: Event, catalog: Catalog): Named | undefined {
  switch (event.kind) {
    case "commandExecution":
      return ofCommand(event, catalog);
    case "registryKeyModification":
      return ofRegistry(event, catalog);
    case "shortcut":
      return ofShortcut(event);
    case "scheduledTask":
    case "runKey":
      return ofJob(event);
    case "fileCreation":
      return ofDrop(event);
    case "networkConnection":
      return ofTransfer(event);
    default:
      return undefined;
  }
}
