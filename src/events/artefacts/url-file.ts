import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { artefact, last } from "./artefact.ts";
import { inStartupFolder } from "./shortcut.ts";

const field = (name: string) => (record: LogRecord) => last(record, `InternetShortcut.${name}`);

const event = defineEvent("shortcut", {
  platform: "windows",
  path: (record) => record.file,
  target: (record) => pathOfUrl(field("URL")(record) ?? ""),
  workingDirectory: field("WorkingDirectory"),
  icon: field("IconFile"),
  startup: (record) => inStartupFolder(record.file),
  oddities,
});

/** A `file:` URL as the path that Explorer opens; any other URL as it stands. */
export function pathOfUrl(url: string): string {
  const match = /^file:(?:\/\/([^/\\]*)[/\\]|\/?)(.*)$/i.exec(url.trim());
  if (!match) return url.trim();
  const host = match[1] ?? "";
  const path = unescapeUrl(match[2] ?? "").replaceAll("/", "\\");
  // More slashes than a local path takes lead to a host all the same.
  if (host === "" || host.toLowerCase() === "localhost") return path.replace(/^\\+/, "\\\\");
  return /^[a-z]:$/i.test(host) ? `${host}\\${path}` : `\\\\${host}\\${path}`;
}

function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `\\host\…`, with WebDAV's `@SSL` and port too, or a URL of the web. */
const REMOTE = /^(?:\\\\[^\\]|https?:)/i;

function oddities(record: LogRecord): readonly string[] {
  const url = field("URL")(record) ?? "";
  const found: string[] = [];
  if (REMOTE.test(pathOfUrl(url)) && !/^https?:/i.test(url)) found.push("remoteFile");
  if (REMOTE.test(field("WorkingDirectory")(record) ?? "")) found.push("remoteWorkingDirectory");
  if (REMOTE.test(field("IconFile")(record) ?? "")) found.push("remoteIcon");
  const scheme = /^([a-z][a-z0-9+.-]{1,40}):/i.exec(url.trim())?.[1]?.toLowerCase();
  if (scheme !== undefined && !["http", "https", "file"].includes(scheme)) found.push(`scheme:${scheme}`);
  return found;
}

/** Internet shortcuts. */
export const urlFile = artefact("url-file", ["shortcut"], (record) =>
  field("URL")(record) === undefined ? undefined : event(record),
);
