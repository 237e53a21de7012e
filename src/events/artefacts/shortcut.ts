import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import type { LogSource } from "../source.ts";

/**
 * The folder whose contents run at logon, of a user or of all: `…\Start Menu\Programs\Startup\x.lnk`. Since Windows Vista its name on
 * disk is the same in every language. Collectors often copy that folder alone, so its own name is enough.
 */
const STARTUP = /(?:^|[\\/!])startup[\\/][^\\/]+$/i;

/** Whether a file at this path runs when a user logs on. */
export function inStartupFolder(path: string): boolean {
  return STARTUP.test(path.slice(-400));
}

const event = defineEvent("shortcut", {
  platform: "windows",
  path: (record) => record.file,
  target: "target",
  arguments: "arguments",
  workingDirectory: "workingDirectory",
  icon: "icon",
  startup: (record) => inStartupFolder(record.file),
  oddities: (record) => [...(record.list("oddities") ?? []), ...nameOddities(record)],
});

/** Endings of documents: a link called `x.pdf.lnk` shows as `x.pdf`. */
const DOCUMENT = /\.(?:pdf|docx?|xlsx?|pptx?|rtf|txt|jpe?g|png|gif|mp[34]|zip|rar|7z|html?|csv|eml|msg)\s{0,64}\.lnk$/i;

function nameOddities(record: LogRecord): readonly string[] {
  return DOCUMENT.test(record.file.slice(-200)) ? ["namedAsDocument"] : [];
}

/** Windows shell links. */
export const shortcut: LogSource = {
  id: "artefacts/shortcut",
  shape: "shortcut",
  kinds: ["shortcut"],
  understand: (record) => (record.get("target") === undefined ? undefined : event(record)),
};
