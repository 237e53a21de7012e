import type { Catalog } from "../catalog/catalog.ts";
import type { Behaviour, CatalogEntry } from "../catalog/types.ts";
import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import { baseName } from "../invocations/glob.ts";
import { identify } from "../invocations/identify.ts";
import { namedPayload } from "../invocations/payload.ts";
import type { Resolution, ResolvedInvocation } from "../invocations/types.ts";
import type { Event, ModuleLoad, RegistryKeyModification } from "../model/event.ts";
import { isEditor, startedByValue } from "./registry-effect.ts";

/** What an event of a trusted binary says of a payload, where the binary's own start is not in the log. */
interface Effect {
  readonly path: string;
  readonly component: "moduleLoad" | "registryKeyModification";
  /** Where it was registered. */
  readonly key?: string;
}

const LIBRARY = /^"?([a-z]:\\[^"<>|*?]{1,400}\.(?:dll|ocx|cpl|ax))"?$/i;

function ofRegistry({ value, action, path: key = "" }: RegistryKeyModification): Effect | undefined {
  const path = action === "setValue" ? LIBRARY.exec(value?.trim() ?? "")?.[1] : undefined;
  return path === undefined ? undefined : { path, component: "registryKeyModification", key };
}

function ofModule({ module, signature }: ModuleLoad): Effect | undefined {
  if (module === undefined || signature?.signed !== false || !LIBRARY.test(module)) return undefined;
  return { path: module, component: "moduleLoad" };
}

/** Whether an event is of the place that stands behind its component: a part of the key. */
function isPlace(text: string, { component, key = "" }: Effect): boolean {
  const place = text.slice(component.length).trim();
  return place === "" || place === "payload" || key.toLowerCase().includes(place.toLowerCase());
}

/** The behaviour that such an event confirms, by the catalogue: that of the place, or the only one there is. */
function confirmed(entry: CatalogEntry, effect: Effect): Behaviour | undefined {
  const confirms = (text: string) => text.startsWith(effect.component) && !/\.\w+$/.test(text);
  const all = entry.behaviours.filter(
    ({ confirmedBy, bindings }) =>
      confirmedBy.some(confirms) &&
      bindings.some(({ role, what, from }) => role === "runs" && what === "library" && from.length > 0),
  );
  if (effect.component === "moduleLoad" || all.length === 1) return all[0];
  return all.find(({ confirmedBy }) => confirmedBy.some((text) => confirms(text) && isPlace(text, effect)));
}

/** An invocation of which nothing is known but what it did. */
function done(
  image: string,
  what: Pick<ResolvedInvocation, "entry" | "normal" | "behaviours">,
  catalog: Catalog,
): Resolution {
  const { binary } = identify(catalog, { program: undefined, image, originalFileName: undefined }, "windows");
  const { entry, normal, behaviours } = what;
  const rest = { canonical: binary.name, obfuscation: [], arguments: 0, depth: 0 };
  const invocations = [{ binary, entry, behaviours, normal, ...rest }];
  return { request: { image, platform: "windows" }, platform: "windows", invocations };
}

/**
 * An invocation that only its effect tells of: a library from an unusual place, loaded unsigned or registered by a binary whose
 * start nobody logged, or a value of the registry that has something started. Undefined where that lies where software is installed.
 */
export function ofEffect(event: Event, catalog: Catalog): Resolution | undefined {
  const { image } = event.process;
  const entry =
    event.platform === "windows" && image !== undefined ? catalog.byName(baseName(image), "windows") : undefined;
  if (!entry || image === undefined) return undefined;
  const effect =
    event.kind === "registryKeyModification"
      ? ofRegistry(event)
      : event.kind === "moduleLoad"
        ? ofModule(event)
        : undefined;
  const behaviour = effect && !isEditor(entry) ? confirmed(entry, effect) : undefined;
  if (!effect || !behaviour) {
    const started = event.kind === "registryKeyModification" ? startedByValue(event, catalog) : undefined;
    return started && done(image, started, catalog);
  }
  const { directoryClass } = classifyValue(effect.path, "windows");
  if (directoryClass === "system" || directoryClass === "programFiles") return undefined;
  const binding = behaviour.bindings.find(({ role }) => role === "runs");
  const payload = namedPayload(effect.path, { what: "library" }, { platform: "windows" }, binding?.entry);
  const { id, techniques } = behaviour;
  const shown = { id, techniques, runs: [payload], fetches: [], reads: [], writes: [], behaviour };
  return done(image, { entry, normal: [], behaviours: [shown] }, catalog);
}
