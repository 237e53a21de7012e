import type { Platform } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { Reader } from "../define.ts";
import { account, firstOf, integer, text, time } from "../fields.ts";
import { processOf } from "../process.ts";

/** The tables do not name the operating system; their paths show it. */
export function platform(record: LogRecord): Platform {
  const path = record.get("InitiatingProcessFolderPath") || record.get("FolderPath") || "";
  if (!path.startsWith("/")) return "windows";
  return /^\/(?:Applications|System|Library|Users)\//.test(path) ? "macos" : "linux";
}

/** `FolderPath` is the whole path where Defender writes it, and the folder alone in some exports. */
export function path(folder: string, name: string): Reader<string | undefined> {
  return (record) => {
    const at = record.get(folder);
    const file = record.get(name);
    if (!at) return file || undefined;
    if (!file || at.toLowerCase().endsWith(file.toLowerCase())) return at;
    const separator = at.includes("\\") ? "\\" : "/";
    return at.endsWith(separator) ? at + file : at + separator + file;
  };
}

/** The process that acts. Ids are unique on their machine only, so the key is made of pid and creation time. */
export const initiator = processOf({
  pid: integer("InitiatingProcessId"),
  start: time("InitiatingProcessCreationTime"),
  image: path("InitiatingProcessFolderPath", "InitiatingProcessFileName"),
});

/** The process that is created, opened or written to. */
export const subject = processOf({
  pid: integer("ProcessId"),
  start: time("ProcessCreationTime"),
  image: path("FolderPath", "FileName"),
});

export const user = firstOf(
  account("InitiatingProcessAccountDomain", "InitiatingProcessAccountName"),
  text("InitiatingProcessAccountUpn", ""),
);

/** `SHA256=…` of the file that the event is about. */
export function hashes(record: LogRecord): string | undefined {
  const found = ["SHA256", "SHA1", "MD5"].flatMap((name) => {
    const value = record.get(name);
    return value ? [`${name}=${value.toUpperCase()}`] : [];
  });
  return found.length === 0 ? undefined : found.join(",");
}

/** A member of `AdditionalFields`, which is an object, or JSON text of one. */
export function additional(name: string): Reader<string | undefined> {
  return (record) => record.get(`AdditionalFields.${name}`) || member(record.get("AdditionalFields"), name);
}

function member(json: string | undefined, name: string): string | undefined {
  if (json === undefined || !json.startsWith("{") || json.length > 262_144) return undefined;
  try {
    const value = (JSON.parse(json) as Readonly<Record<string, unknown>>)[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch {
    return undefined;
  }
}
