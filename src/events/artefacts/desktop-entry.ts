import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { shellQuote } from "../linux/quote.ts";
import { artefact, fileName, last } from "./artefact.ts";
import { desktopExec } from "./desktop-exec.ts";

/** ~/.config/autostart, /etc/xdg/autostart, and those of desktops. */
const AUTOSTART = /(?:^|[\\/!])autostart[\\/][^\\/]+$/i;

const entry = (name: string) => (record: LogRecord) => last(record, `Desktop Entry.${name}`);

const autostart = defineEvent("runKey", {
  platform: "linux",
  path: (record) => record.file,
  name: (record) => entry("Name")(record) ?? fileName(record),
  commandLine: (record) => shellQuote(desktopExec(entry("Exec")(record) ?? "")),
  dialect: "sh",
});

const launcher = defineEvent("shortcut", {
  platform: "linux",
  path: (record) => record.file,
  target: (record) => entry("URL")(record),
  workingDirectory: entry("Path"),
  icon: entry("Icon"),
  startup: () => false,
  oddities: () => [],
});

const MAX_ACTIONS = 32;

/** What the entry itself and its further actions run. */
function launchers(record: LogRecord): readonly Event[] {
  const actions = record.names().filter((name) => /^Desktop Action [^.]*\.Exec$/.test(name));
  const execs = ["Desktop Entry.Exec", ...actions.slice(0, MAX_ACTIONS)].map((name) => last(record, name));
  const events = execs.flatMap((exec) => {
    const [target, ...rest] = desktopExec(exec ?? "");
    return target === undefined ? [] : [launcher(record, { target, arguments: shellQuote(rest) || undefined })];
  });
  return events.length > 0 || entry("URL")(record) === undefined ? events : [launcher(record)];
}

/** As a user turns an entry off: hidden by the specification, or by the switch of GNOME and its kin. */
function isOff(record: LogRecord): boolean {
  const says = (name: string) => entry(name)(record)?.toLowerCase();
  return says("Hidden") === "true" || says("X-GNOME-Autostart-enabled") === "false";
}

/** Desktop entries: in a folder of automatic starts they run at logon, unless turned off; elsewhere they are launchers. */
export const desktopEntry = artefact("desktop-entry", ["runKey", "shortcut"], (record): readonly Event[] => {
  if (!AUTOSTART.test(record.file)) return launchers(record);
  const exec = entry("Exec")(record);
  return exec === undefined || isOff(record) ? [] : [autostart(record)];
});
