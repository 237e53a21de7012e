import { opensConnection } from "../cmdline/normal/connection.ts";
import type { Payload, PayloadWhat } from "../model/payload.ts";

/** Longest piece of a stranger's text within a sentence. */
const MAX_SHOWN = 120;

/** A stranger's text within a sentence: shortened, control characters replaced (outputs escape again for their medium). */
export function shown(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");
  return clean.length <= MAX_SHOWN ? clean : `${clean.slice(0, MAX_SHOWN - 1)}…`;
}

/** A text as a sentence begins with it. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A title as a sentence goes on with it. */
export const lowered = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** How the kinds of payload are called. */
export const NOUN: Readonly<Record<PayloadWhat, string>> = {
  library: "library",
  executable: "program",
  script: "script",
  scriptlet: "scriptlet",
  package: "package",
  installerInfo: "INF file",
  project: "project",
  document: "file",
  assembly: "assembly",
  comObject: "COM class",
  inlineCode: "inline code",
  command: "command",
  config: "configuration",
  process: "process",
};

/** A file that is named apart from the machine that it lies on. */
const OF_SERVER = /^t?ftp:\/\/[^/]+\/./;

/** Whether it is a machine or a name, of which nothing says what is kept there: `a.example.net`, `192.0.2.8:8443`. */
export const isBareAddress = ({ where, value, what, resolved }: Payload): boolean =>
  where === "web" && what !== "package" && !/[/\\\s]/.test(value) && !OF_SERVER.test(resolved ?? "");

/** What the registry names may be known, as a file. */
const PATH = /^(?:[a-z]:|\\)\\/i;

/** A drive, or a path that ends as one of a folder. */
const DRIVE = /^[a-z]:\\?$/i;
const FOLDER = /[\\/]$/;
/** Libraries of Linux have an ending: what has none is a folder in which they are looked for. */
const OF_LIBRARIES = /^\/(?:[^/]+\/)*\.?[^/.]+$/;
const SHARE = /^(?:\\\\|\/\/)[^\\/]+[\\/][^\\/]+[\\/]?$/;
/** What changes a package while it is installed. */
const TRANSFORM = /\.mst$/i;
const PIPE = /^\\\\[^\\]+\\pipe\\/i;

/** Whether it is the name of a place that holds the code, and no path: `clipboard`, `event log X`, `%X%`, `database (mysql -e …)`. */
export const isPlace = ({ where, value }: Payload): boolean =>
  where === "environment" &&
  /^(?:clipboard$|event log |WMI class |certificate |%[^%]+%$|[a-z ]{1,40} \([^)])/.test(value);

/** “library”: what a payload is, in one or two words. */
export function nounOf(payload: Payload): string {
  const { what, where, value } = payload;
  if (where === "registry" && !PATH.test(value)) return "registry entry";
  if (isPlace(payload)) return value.startsWith("%") ? "environment variable" : "";
  if (isBareAddress(payload)) return "address";
  if (opensConnection(value)) return "connection";
  if (what === "package" && TRANSFORM.test(value)) return "transform";
  if (where === "web") return NOUN[what];
  if (what === "command" || what === "process" || what === "comObject") return NOUN[what];
  if (PIPE.test(value)) return "pipe";
  if (what === "document" && SHARE.test(value)) return "share";
  if (DRIVE.test(value)) return "drive";
  return FOLDER.test(value) || (what === "library" && OF_LIBRARIES.test(value)) ? "folder" : NOUN[what];
}

/** “the library C:\x.dll”. */
export function named(payload: Payload): string {
  if (payload.what === "inlineCode") return "code written into the command line";
  return ["the", nounOf(payload), shown(payload.value)].filter(Boolean).join(" ");
}

/** What is done with each kind of payload that is handed on; others run. */
const VERB: Partial<Record<PayloadWhat, string>> = {
  document: "opens",
  config: "reads",
  library: "loads",
  assembly: "loads",
};

/** “loads the library C:\x.dll”. */
export function acted(payload: Payload): string {
  const noun = nounOf(payload);
  const verb =
    noun !== "folder" ? (VERB[payload.what] ?? "runs") : payload.what === "library" ? "loads what is in" : "uses";
  return `${verb} the ${noun} ${shown(payload.value)}`;
}

export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
