import { REMOVED, type RunKey, type ScheduledTask, TURNED_OFF, WHEN_STOPPED } from "../model/event.ts";
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
    registrar:
      event.kind === "scheduledTask" && platform === "windows"
        ? registrarOf(["task-scheduler", "/create", "/tn", name ?? "task", "/tr", commandLine])
        : undefined,
    reasons: [
      reason("persistence", text, seldom === undefined ? 1 : SELDOM_SHARE),
      ...(event.kind === "scheduledTask" && event.hidden && !OF_WINDOWS.test(name ?? "")
        ? [reason("task-hidden", "Lists of tasks leave it out, for it is set up as a hidden one.")]
        : []),
    ],
    isVerb: event.kind === "runKey" && VERB.test(event.path ?? ""),
  };
}
