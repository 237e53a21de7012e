import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../invocations/glob.ts";
import { clip } from "../../model/clip.ts";
import type { RegistryKeyModification } from "../../model/event.ts";
import { shown } from "../../signals/text.ts";
import type { Host, RegistryWrite } from "../host.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { sourceOf } from "../refs.ts";
import { factOf, payloadId, payloadsOf, span } from "./fact.ts";

/** Keys that decide what a name, a class or a program starts: COM classes, handlers, App Paths, control panel items. */
const DECIDES =
  /\\(?:clsid\\\{|app paths\\|control panel\\cpls|cpls\\|shell\\[^\\]+\\command|treatas|progid\\|scriptleturl|inprocserver32|localserver32|delegateexecute|protocols\\handler|environment\\(?:windir|systemroot|cor_))/i;
const GUID = /\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}/i;
const MAX_VALUE = 1024;
/** The value of a key that has no name; a sentence names the key. */
const UNNAMED = /\\\(Default\)$/i;

/** Remembers a write that may decide what a later invocation runs. */
export function rememberWrite(host: Host, event: RegistryKeyModification, actorKey: string | undefined): void {
  const { path, value, time, action, process } = event;
  if (path === undefined || time === undefined || action === "deleteKey" || action === "deleteValue") return;
  if (!DECIDES.test(path)) return;
  host.registry.set(path.toLowerCase(), {
    time,
    path: clip(path, MAX_VALUE),
    value: clip(value ?? "", MAX_VALUE),
    action,
    by: process.image,
    byKey: actorKey,
    source: sourceOf(event),
  });
}

/** Whether a write decides what an invocation of these payloads runs. */
export function isDecidedBy(
  write: RegistryWrite,
  paths: readonly { readonly shown: string; readonly id: string }[],
  image: string | undefined,
): boolean {
  const wanted = paths.flatMap(({ shown: text, id }) => [id, GUID.exec(text)?.[0].toLowerCase() ?? id]);
  return names(write, new Set(wanted), image);
}

/** Whether the program is the one that wrote: whoever writes the same value to a second key does not run it. */
const isByItself = ({ by }: RegistryWrite, image: string | undefined): boolean =>
  by !== undefined && image !== undefined && baseName(by).toLowerCase() === baseName(image).toLowerCase();

function names(write: RegistryWrite, wanted: ReadonlySet<string>, image: string | undefined): boolean {
  if (write.value !== "" && !isByItself(write, image) && wanted.has(identity(write.value, "windows"))) return true;
  const guid = GUID.exec(write.path)?.[0].toLowerCase();
  if (guid !== undefined && wanted.has(guid)) return true;
  const app = /\\app paths\\([^\\]+)/i.exec(write.path)?.[1]?.toLowerCase();
  return app !== undefined && image !== undefined && baseName(image).toLowerCase() === app;
}

/** The hive, and where a hive holds its classes: the same key is reached through several. */
const HIVE =
  /^(?:hkcu|hkcr|hklm|hkey_current_user|hkey_classes_root|hkey_local_machine|(?:hku|hkey_users|\\registry\\user)\\s-1-[\d-]{1,80}?)(?:_classes)?\\(?:software\\classes\\)?/;

const withoutHive = (path: string): string => path.toLowerCase().replace(HIVE, "");

/** Whether a write set a value of one of the keys that an invocation obeys. */
function isKept({ path, value }: RegistryWrite, keys: readonly string[]): boolean {
  if (value === "" || keys.length === 0) return false;
  const written = withoutHive(path);
  return keys.some((key) => written === key || written.startsWith(`${key}\\`));
}

/** A write to the registry, by another process, that made the invocation do what it does. */
export function fromRegistry(pending: Pending, host: Host): Corroboration | undefined {
  const { time, key, image } = pending.subject;
  if (time === undefined || host.registry.map.size === 0) return undefined;
  const wanted = new Set(
    payloadsOf(pending).flatMap((payload) => [payloadId(payload), GUID.exec(payload.value)?.[0].toLowerCase() ?? ""]),
  );
  wanted.delete("");
  const keys = payloadsOf(pending).flatMap(({ where, value }) => (where === "registry" ? [withoutHive(value)] : []));
  let latest: RegistryWrite | undefined;
  for (const write of host.registry.map.values())
    if (write.time <= time && write.byKey !== key && (names(write, wanted, image) || isKept(write, keys)))
      latest = write;
  if (!latest) return undefined;
  const apart = time - latest.time;
  const what = isKept(latest, keys) ? `It runs ${shown(latest.value)}: so says` : "What it runs is decided by";
  const by = latest.by === undefined ? "somebody" : shown(baseName(latest.by));
  return factOf({
    id: "registry-prepared",
    group: "registry",
    text: `${what} ${shown(latest.path.replace(UNNAMED, ""))}, which ${by} had written ${span(apart)} earlier.`,
    kind: "registryKeyModification",
    source: latest.source,
    time: latest.time,
    apart,
    ordinary: /\\(?:msiexec|tiworker|trustedinstaller)\.exe$/i.test(latest.by ?? ""),
  });
}
