import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { resolve } from "../../invocations/resolve.ts";
import type { ResolvedBehaviour, ResolvedInvocation } from "../../invocations/types.ts";
import type { RegistryKeyModification } from "../../model/event.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import { isLooseImage } from "../../signals/loose.ts";

/** The entry whose behaviours say what a value of the registry has started; PowerShell's cmdlets are told in its words, too. */
const EDITOR = "reg.exe";

export const isEditor = (entry: CatalogEntry) => entry.name === EDITOR;

/** Nothing else is asked about, of the many values that programs write: a path, a program, or a handler that is emptied. */
const TELLING =
  /[\\/]|\.(?:dll|exe|com|cmd|bat|ps1|vbs|js|hta|scr)\b|^"?(?:cmd|powershell|pwsh|%comspec%)\b|^\(Empty\)$/i;
const MAX_VALUE = 8192;

/** Sysmon prints numbers and what is no text so. */
const NUMBER = /^[DQ]WORD \((0x[0-9a-f]+)/i;
const OPAQUE = "Binary Data";
const EMPTY = "(Empty)";

/** Keys of a user under the name of the account, and keys of all users under their short name. */
const HIVES: readonly (readonly [RegExp, string])[] = [
  [/^(?:HKU|HKEY_USERS)\\S-1-5-21-[\d-]+_Classes(?=\\)/i, "HKCU\\Software\\Classes"],
  [/^(?:HKU|HKEY_USERS)\\S-1-5-21-[\d-]+(?=\\)/i, "HKCU"],
  [/^(?:HKCR|HKEY_CLASSES_ROOT)(?=\\)/i, "HKLM\\Software\\Classes"],
];

function keyOf(path: string): string {
  for (const [hive, name] of HIVES) if (hive.test(path)) return path.replace(hive, name);
  return path;
}

function dataOf(value: string): readonly string[] {
  if (value === OPAQUE) return [];
  return ["/d", value === EMPTY ? "" : (NUMBER.exec(value)?.[1] ?? value)];
}

/** What installed software registers of its own, or names without a folder, is as it should be. */
function isOdd(payload: Payload): boolean {
  const path = resolvedOf(payload);
  const { directoryClass, userWritable } = classifyValue(path, "windows");
  const isInstalled = (directoryClass === "system" || directoryClass === "programFiles") && !userWritable;
  return !isInstalled && /[\\/]/.test(path);
}

const isHostile = ({ behaviour }: ResolvedBehaviour) => behaviour.usual === "hostile";

/** What hardly any program does: to other places programs of every kind write, installers above all. */
const isGrave = ({ behaviour: { usual } }: ResolvedBehaviour) => usual === "rare" || usual === "hostile";

/** No software is installed loose among the folders of others. */
const isLoose = (payload: Payload) => isLooseImage(resolvedOf(payload));

type Started = Pick<ResolvedInvocation, "entry" | "normal" | "behaviours">;

/**
 * What a value that was written has started later, or loaded, as if it had been given to reg.exe; undefined where it has nothing, or
 * something that is where software is installed.
 */
export function startedByValue(event: RegistryKeyModification, catalog: Catalog): Started | undefined {
  const { path, value, action } = event;
  if (action !== "setValue" || path === undefined || value === undefined) return undefined;
  if (value.length > MAX_VALUE || !TELLING.test(value)) return undefined;
  const cut = path.lastIndexOf("\\");
  const name = path.slice(cut + 1);
  const named = name === "" || name.toLowerCase() === "(default)" ? ["/ve"] : ["/v", name];
  const args = [EDITOR, "add", keyOf(path.slice(0, cut)), ...named, ...dataOf(value)];
  const [invocation] = resolve({ args, platform: "windows", as: "logged" }, catalog).invocations;
  if (!invocation) return undefined;
  const behaviours = invocation.behaviours.filter(
    (one) => one.behaviour.bindings.some(({ role }) => role === "runs") && (isHostile(one) || one.runs.some(isOdd)),
  );
  return behaviours.length === 0 ? undefined : { entry: invocation.entry, normal: invocation.normal, behaviours };
}

/** The same of a program that the catalogue does not know, where hardly any program has a reason to write, or starts what lies loose. */
export function graveByValue(event: RegistryKeyModification, catalog: Catalog): Started | undefined {
  const started = startedByValue(event, catalog);
  const behaviours = started?.behaviours.filter((one) => isGrave(one) || one.runs.some(isLoose));
  return started && behaviours?.length ? { ...started, behaviours } : undefined;
}
