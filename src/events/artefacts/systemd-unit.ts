import { START_KEYS, STOP_KEYS } from "../../decode/text/systemd-keys.ts";
import { type Event, WHEN_STOPPED } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { shellQuote } from "../linux/quote.ts";
import { artefact, fileName, last } from "./artefact.ts";
import { quadletCommands } from "./quadlet.ts";
import { splitWords, systemdCommands } from "./systemd-exec.ts";

/** Sections of units that run commands. */
const SECTIONS = ["Service", "Socket", "Mount", "Swap"] as const;
const MAX_EVENTS = 256;
/** Variables that make a program load or run something else before its own work. */
const STEERING = /^(?:LD_\w+|BASH_ENV|ENV|PYTHON\w+|PERL\w+|RUBY\w+|NODE_OPTIONS|_?JAVA_\w*OPTIONS)$/;

const TIMERS = ["OnCalendar", "OnBootSec", "OnStartupSec", "OnActiveSec", "OnUnitActiveSec", "OnUnitInactiveSec"];

const event = defineEvent("scheduledTask", {
  platform: "linux",
  user: (record) => last(record, "Service.User"),
  name: fileName,
  path: (record) => record.file,
  dialect: "sh",
  trigger,
});

/** When it runs: the timer's settings, or the target that wants it. */
function trigger(record: LogRecord): string | undefined {
  const timers = TIMERS.flatMap((key) => (record.list(`Timer.${key}`) ?? []).map((value) => `${key}=${value}`));
  const wanted = [...(record.list("Install.WantedBy") ?? []), ...(record.list("Install.RequiredBy") ?? [])];
  return [...timers, ...wanted].filter((text) => text !== "").join(", ") || undefined;
}

/** An empty value takes back those before it. */
function effective(values: readonly string[]): readonly string[] {
  return values.slice(values.lastIndexOf("") + 1);
}

function environment(record: LogRecord): ReadonlyMap<string, string> {
  const env = new Map<string, string>();
  for (const { text } of effective(record.list("Service.Environment") ?? []).flatMap(splitWords)) {
    const equals = text.indexOf("=");
    if (equals > 0) env.set(text.slice(0, equals), text.slice(equals + 1));
  }
  return env;
}

/** Units of systemd, those that podman makes, and the services of D-Bus: one event a command; a timer is an event without a command. */
export const systemdUnit = artefact("systemd-unit", ["scheduledTask"], (record): readonly Event[] => {
  const given = environment(record);
  const others = [...given].filter(([name]) => !STEERING.test(name));
  const env = others.length > 0 ? Object.fromEntries(others) : undefined;
  const steering = [...given]
    .filter(([name]) => STEERING.test(name))
    .map(([name, value]) => `${name}=${shellQuote([value])} `)
    .join("");
  const linesOf = (keys: readonly string[]) =>
    keys.flatMap((key) => SECTIONS.flatMap((section) => effective(record.list(`${section}.${key}`) ?? [])));
  const commandsIn = (lines: readonly string[]) =>
    lines.flatMap((line) => systemdCommands(line, given)).map((words) => steering + shellQuote(words));
  const starting = [...linesOf(START_KEYS), ...(record.list("D-BUS Service.Exec") ?? [])];
  const events = [
    ...commandsIn(starting).map((commandLine) => event(record, { commandLine, env })),
    ...quadletCommands(record).map((words) => event(record, { commandLine: shellQuote(words) })),
    ...commandsIn(linesOf(STOP_KEYS)).map((commandLine) => event(record, { commandLine, env, trigger: WHEN_STOPPED })),
  ].slice(0, MAX_EVENTS);
  const isTimer = TIMERS.some((key) => record.list(`Timer.${key}`) !== undefined);
  return isTimer ? [...events, event(record, { commandLine: undefined })] : events;
});
