import type { Behaviour, CatalogEntry } from "../../catalog/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { namedPayload } from "../../invocations/payloads/payload.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { ModuleLoad, RegistryKeyModification } from "../../model/event.ts";

/** A library that a binary loaded unsigned, or registered, and where it was registered. */
interface Library {
  readonly path: string;
  readonly component: "moduleLoad" | "registryKeyModification";
  readonly key: string;
}

const LIBRARY = /^"?([a-z]:\\[^"<>|*?]{1,400}\.(?:dll|ocx|cpl|ax))"?$/i;

function libraryOf(event: ModuleLoad | RegistryKeyModification): Library | undefined {
  if (event.kind === "moduleLoad") {
    const { module, signature } = event;
    if (module === undefined || signature?.signed !== false || !LIBRARY.test(module)) return undefined;
    return { path: module, component: "moduleLoad", key: "" };
  }
  const { value, action, path: key = "" } = event;
  const path = action === "setValue" ? LIBRARY.exec(value?.trim() ?? "")?.[1] : undefined;
  return path === undefined ? undefined : { path, component: "registryKeyModification", key };
}

/** Whether an event is of the place that stands behind its component: a part of the key. */
function isPlace(text: string, { component, key }: Library): boolean {
  const place = text.slice(component.length).trim();
  return place === "" || place === "payload" || key.toLowerCase().includes(place.toLowerCase());
}

/** The behaviour that such an event confirms, by the catalogue: that of the place, or the only one there is. */
function confirmed(entry: CatalogEntry, library: Library): Behaviour | undefined {
  const confirms = (text: string) => text.startsWith(library.component) && !/\.\w+$/.test(text);
  const all = entry.behaviours.filter(
    ({ confirmedBy, bindings }) =>
      confirmedBy.some(confirms) &&
      bindings.some(({ role, what, from }) => role === "runs" && what === "library" && from.length > 0),
  );
  if (library.component === "moduleLoad" || all.length === 1) return all[0];
  return all.find(({ confirmedBy }) => confirmedBy.some((text) => confirms(text) && isPlace(text, library)));
}

/** A library from an unusual place, loaded unsigned or registered; undefined where it lies where software is installed. */
export function ofLibrary(
  event: ModuleLoad | RegistryKeyModification,
  entry: CatalogEntry,
): ResolvedBehaviour | undefined {
  const library = libraryOf(event);
  const behaviour = library && confirmed(entry, library);
  if (!behaviour) return undefined;
  const { directoryClass } = classifyValue(library.path, "windows");
  if (directoryClass === "system" || directoryClass === "programFiles") return undefined;
  const binding = behaviour.bindings.find(({ role }) => role === "runs");
  const payload = namedPayload(library.path, { what: "library" }, { platform: "windows" }, binding?.entry);
  const { id, techniques } = behaviour;
  return { id, techniques, runs: [payload], fetches: [], reads: [], writes: [], behaviour };
}
