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
  target: (record) => desktopExec(entry("Exec")(record) ?? "")[0] ?? entry("URL")(record),
  arguments: (record) => shellQuote(desktopExec(entry("Exec")(record) ?? "").slice(1)) || undefined,
  workingDirectory: entry("Path"),
  icon: entry("Icon"),
  startup: () => false,
  oddities: () => [],
});

/** Desktop entries: in a folder of automatic starts they run at logon, unless hidden; elsewhere they are launchers. */
export const desktopEntry = artefact("desktop-entry", ["runKey", "shortcut"], (record): Event | undefined => {
  const exec = entry("Exec")(record);
  if (!AUTOSTART.test(record.file)) return (exec ?? entry("URL")(record)) ? launcher(record) : undefined;
  return exec === undefined || entry("Hidden")(record)?.toLowerCase() === "true" ? undefined : autostart(record);
});
