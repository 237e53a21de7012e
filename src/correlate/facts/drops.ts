import { classifyValue, isInstalled } from "../../cmdline/normal/classify.ts";
import { wholeName } from "../../cmdline/normal/folder.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../invocations/glob.ts";
import type { FileCreation } from "../../model/event.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import { shown } from "../../signals/text.ts";
import type { Host, Written } from "../host.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { sourceOf } from "../refs.ts";
import { factOf, isDocumented, payloadsOf, span } from "./fact.ts";

/** Longest place of origin that is kept. */
const MAX_ORIGIN = 300;

/** Where a Zone.Identifier says that a file came from: its address, "" for the internet at large, undefined for elsewhere. */
function originOf(contents: string | undefined): string | undefined {
  if (contents === undefined || !/ZoneId\s*=\s*[34]/i.test(contents)) return undefined;
  const url = /(?:HostUrl|ReferrerUrl)\s*=\s*(https?:\/\/[^\s]+)/i.exec(contents)?.[1];
  return url?.slice(0, MAX_ORIGIN) ?? "";
}

/** Path of the file itself, without the name of a stream. */
const fileOf = (path: string): string =>
  path.replace(/:[^\\/:]+(?::\$DATA)?$/i, (stream, at: number) => (at === 1 ? stream : ""));

/** Remembers a file that was written; a mark of the web is added to what is known of its file. */
export function rememberFile(host: Host, event: FileCreation, actorKey: string | undefined): void {
  const { path, time, action, process, platform } = event;
  if (path === undefined || time === undefined || action === "delete") return;
  const stream = action === "stream" || /:Zone\.Identifier/i.test(path);
  const key = identity(stream ? fileOf(path) : path, platform);
  const known = host.files.get(key);
  const origin = originOf(event.contents) ?? known?.origin;
  const fresh: Written = { time, by: process.image, byKey: actorKey, source: sourceOf(event) };
  // The stream is written after its file: the file's own writer is the one to name.
  const base = stream && known ? known : fresh;
  host.files.set(key, { ...base, ...(origin !== undefined && { origin }) });
}

/** Folders in which files lie only on their way. */
const PASSING: ReadonlySet<string> = new Set(["temp", "downloads", "share", "web"]);

/** Programs that put files where they belong. */
export const INSTALLERS =
  /^(?:msiexec|tiworker|trustedinstaller|dism\w*|ccmexec|setup.*|.*installer|poqexec|wusa|drvinst)\.exe$|^(?:dpkg|rpm|dnf|yum|zypper|pacman|apk)$/i;

function writtenBefore(pending: Pending, host: Host, path: string, name: string): Corroboration[] {
  const { time, key } = pending.subject;
  const written = host.files.get(path);
  if (!written || time === undefined || written.time > time || written.byKey === key) return [];
  const apart = time - written.time;
  const common = { group: "drop", kind: "fileCreation", source: written.source, time: written.time, apart } as const;
  const by = written.by === undefined ? "another process" : shown(baseName(written.by));
  const { platform } = pending.resolution;
  const setUp = isInstalled(path, platform) && (isDocumented(pending) || INSTALLERS.test(baseName(written.by ?? "")));
  // Where people work, scripts are written and tried all day.
  const tried = platform !== "windows" && !PASSING.has(classifyValue(path, platform).directoryClass);
  const dropped = factOf({
    ...common,
    id: "payload-dropped",
    text: `${shown(name)} was written ${span(apart)} earlier by ${by}.`,
    ordinary: setUp || tried,
  });
  if (written.origin === undefined) return dropped ? [dropped] : [];
  const from = written.origin === "" ? "the internet" : shown(written.origin);
  const marked = factOf({
    ...common,
    id: "payload-from-web",
    text: `${shown(name)} carries the mark of the web: it came from ${from}, ${span(apart)} earlier.`,
  });
  return [dropped, marked].filter((one) => one !== undefined);
}

const NOTHING: readonly Corroboration[] = [];

/** A payload by which it is joined with files: one that is named without a drive lies in the folder in which its program works. */
function fileIdOf(payload: Payload, { origin, resolution: { platform } }: Pending): string {
  const resolved = resolvedOf(payload);
  const cwd = origin.kind === "request" ? origin.request.cwd : undefined;
  const isWhole = platform === "windows" ? /^(?:[a-z]:|[\\/%])/i.test(resolved) : /^[/~$]/.test(resolved);
  if (cwd === undefined || cwd === "" || isWhole || payload.where !== "local") return identity(resolved, platform);
  return identity(wholeName(cwd, resolved, platform), platform);
}

/** Payloads that another process left behind shortly before, and where they came from. */
export function fromDrop(pending: Pending, host: Host): readonly Corroboration[] {
  if (host.files.map.size === 0) return NOTHING;
  for (const payload of payloadsOf(pending)) {
    const found = writtenBefore(pending, host, fileIdOf(payload, pending), payload.value);
    if (found.length > 0) return found;
  }
  return NOTHING;
}
