import { classifyValue } from "../cmdline/normal/classify.ts";
import { splitProgram } from "../cmdline/windows/program.ts";
import { shellQuote } from "../events/linux/quote.ts";
import type { Request } from "../invocations/types.ts";
import { REMOVED, type RunKey, type ScheduledTask, TURNED_OFF, WHEN_STOPPED } from "../model/event.ts";
import { isLooseImage } from "../signals/loose.ts";
import { shown } from "../signals/text.ts";
import { openedWith } from "./associations.ts";
import { type Named, reason, registrarOf, VERB } from "./named.ts";

/** What clears away behind a service runs by itself, but seldom, and undoes what was set up; what is turned off waits: half counts. */
const SELDOM_SHARE = 0.5;

/** What is said of triggers that start something seldom; `called` is a name, or nothing. */
const SELDOM: ReadonlyMap<string | undefined, (called: string) => string> = new Map([
  [WHEN_STOPPED, (called) => `A service${called} runs it as it stops.`],
  [TURNED_OFF, (called) => `A scheduled task${called} holds it, and is turned off: it runs once somebody turns it on.`],
]);

/** Windows and its parts keep their own tasks below one folder. */
const OF_WINDOWS = /^\\?microsoft\\/i;

/** Updates of Windows take tasks away and bring them again. */
const BY_SYSTEM = /\$$|\b(?:system|s-1-5-18)$|\bautor|\bauthor/i;

/** A task that somebody else than the system has turned off or deleted. */
function ofWithdrawn({ trigger, user, name }: ScheduledTask): Named | undefined {
  const how = trigger === REMOVED ? ["/delete"] : trigger === TURNED_OFF ? ["/change", "/disable"] : undefined;
  if (how === undefined || name === undefined || user === undefined || BY_SYSTEM.test(user)) return undefined;
  return { request: registrarOf(["task-scheduler", ...how, "/tn", name]), commandLine: undefined, reasons: [] };
}

/** A task that calls a class: what runs stands in the registry, under its number. */
function ofHandler({ handler, platform, name = "task" }: ScheduledTask): Named | undefined {
  if (handler === undefined || platform !== "windows") return undefined;
  const isOwn = OF_WINDOWS.test(name);
  const text = `A scheduled task named ${shown(name)} calls a class. What runs stands in the registry, below CLSID\\${shown(handler)}.`;
  return {
    request: registrarOf(["task-scheduler", isOwn ? "/own" : "/create", "/tn", name, "/handler", handler]),
    commandLine: undefined,
    reasons: isOwn ? [] : [reason("persistence", text)],
  };
}

/** The program that a command of a shell begins with, behind the variables that are set for it. */
const FIRST = /^\s{0,64}(?:\w{1,64}=\S{0,256}\s{1,64}){0,8}["']?(\/[^\s;&|'"]{1,4096})/;

/** Whether a program lies where no software is installed: that it is started from there without anybody asking tells by itself. */
function liesLoose(commandLine: string, platform: string): boolean {
  if (platform === "windows") return isLooseImage(splitProgram(commandLine).program.value);
  const path = FIRST.exec(commandLine)?.[1];
  return path !== undefined && classifyValue(path, "linux").directoryClass === "temp";
}

const UNIT = /\.(?:service|timer|socket|mount|swap)$/;

/** Whose register holds what is started, told of where nobody knows the program. */
function registrar(event: ScheduledTask | RunKey, commandLine: string): Request | undefined {
  const { kind, platform, name } = event;
  if (kind === "scheduledTask" && platform === "windows")
    return registrarOf(["task-scheduler", "/create", "/tn", name ?? "task", "/tr", commandLine]);
  // Who writes a value is told of by that value.
  if (event.process.image !== undefined || !liesLoose(commandLine, platform)) return undefined;
  if (platform === "windows") {
    const key = (event.path ?? "").replace(/\\[^\\]*$/, "");
    return registrarOf(["registry", "add", key, "/v", name ?? "", "/d", commandLine]);
  }
  if (kind === "runKey") return undefined;
  const text = UNIT.test(name ?? "")
    ? `service-manager -u ${shellQuote([name ?? ""])} -- ${commandLine}`
    : `echo ${shellQuote([`${event.trigger ?? "@reboot"} ${commandLine}`])} | crontab -`;
  return { commandLine: text, platform, as: "typed" };
}

export function ofJob(event: ScheduledTask | RunKey): Named | undefined {
  const { commandLine, dialect, platform, name } = event;
  if (commandLine === undefined)
    return event.kind === "scheduledTask" ? (ofHandler(event) ?? ofWithdrawn(event)) : undefined;
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
    registrar: registrar(event, commandLine),
    reasons: [
      reason("persistence", text, seldom === undefined ? 1 : SELDOM_SHARE),
      ...(event.kind === "scheduledTask" && event.hidden && !OF_WINDOWS.test(name ?? "")
        ? [reason("task-hidden", "Lists of tasks leave it out, for it is set up as a hidden one.")]
        : []),
    ],
    isVerb: event.kind === "runKey" && VERB.test(event.path ?? ""),
  };
}
