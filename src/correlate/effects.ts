import type { Catalog } from "../catalog/catalog.ts";
import type { Behaviour, CatalogEntry } from "../catalog/types.ts";
import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import { baseName } from "../invocations/glob.ts";
import { identify } from "../invocations/identify.ts";
import { namedPayload } from "../invocations/payload.ts";
import type { Resolution, ResolvedInvocation } from "../invocations/types.ts";
import type { Event, ModuleLoad, RegistryKeyModification } from "../model/event.ts";

/** What an event of a trusted binary says of a payload, where the binary's own start is not in the log. */
interface Effect {
  readonly path: string;
  readonly component: "moduleLoad" | "registryKeyModification";
}

const LIBRARY = /^"?([a-z]:\\[^"<>|*?]{1,400}\.(?:dll|ocx|cpl|ax))"?$/i;

function ofRegistry({ value, action }: RegistryKeyModification): Effect | undefined {
  const path = action === "setValue" ? LIBRARY.exec(value?.trim() ?? "")?.[1] : undefined;
  return path === undefined ? undefined : { path, component: "registryKeyModification" };
}

function ofModule({ module, signature }: ModuleLoad): Effect | undefined {
  if (module === undefined || signature?.signed !== false || !LIBRARY.test(module)) return undefined;
  return { path: module, component: "moduleLoad" };
}

/** The behaviour that such an event confirms, by the catalogue. */
function confirmed(entry: CatalogEntry, { component }: Effect): Behaviour | undefined {
  return entry.behaviours.find(
    ({ confirmedBy, bindings }) =>
      confirmedBy.some((text) => text.startsWith(component) && !/\.\w+$/.test(text)) &&
      bindings.some(({ role, what, from }) => role === "runs" && what === "library" && from.length > 0),
  );
}

/**
 * An invocation that only its effect tells of: a library from an unusual place, loaded unsigned or registered by a binary whose
 * start nobody logged. Undefined where the library lies where software is installed.
 */
export function ofEffect(event: Event, catalog: Catalog): Resolution | undefined {
  if (event.platform !== "windows" || event.process.image === undefined) return undefined;
  const effect =
    event.kind === "registryKeyModification"
      ? ofRegistry(event)
      : event.kind === "moduleLoad"
        ? ofModule(event)
        : undefined;
  const entry = effect && catalog.byName(baseName(event.process.image), "windows");
  const behaviour = entry && confirmed(entry, effect);
  if (!behaviour) return undefined;
  const { directoryClass } = classifyValue(effect.path, "windows");
  if (directoryClass === "system" || directoryClass === "programFiles") return undefined;
  const image = event.process.image;
  const { binary } = identify(catalog, { program: undefined, image, originalFileName: undefined }, "windows");
  const binding = behaviour.bindings.find(({ role }) => role === "runs");
  const payload = namedPayload(effect.path, { what: "library" }, { platform: "windows" }, binding?.entry);
  const invocation: ResolvedInvocation = {
    binary,
    entry,
    canonical: binary.name,
    behaviours: [
      {
        id: behaviour.id,
        techniques: behaviour.techniques,
        runs: [payload],
        fetches: [],
        reads: [],
        writes: [],
        behaviour,
      },
    ],
    normal: [],
    obfuscation: [],
    arguments: 0,
    depth: 0,
  };
  return { request: { image, platform: "windows" }, platform: "windows", invocations: [invocation] };
}
