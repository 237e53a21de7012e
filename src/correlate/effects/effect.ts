import { actorImage } from "../../baseline/news.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { parseUrl } from "../../cmdline/normal/url.ts";
import { baseName } from "../../invocations/glob.ts";
import { identify, unversioned } from "../../invocations/identify/identify.ts";
import { resolve } from "../../invocations/resolve.ts";
import type { Resolution, ResolvedBehaviour, ResolvedInvocation } from "../../invocations/types.ts";
import type { Event } from "../../model/event.ts";
import { isStray } from "../../signals/loose.ts";
import { ofProcess } from "../requests.ts";
import { type Site, UNTOLD } from "../site/site.ts";
import { ofAlone } from "./alone.ts";
import { ofConfirmed } from "./confirmed.ts";
import { ofLibrary } from "./library.ts";
import { ofTellingFile } from "./told-file.ts";
import { graveByValue, isEditor, startedByValue } from "./value.ts";

type Done = Pick<ResolvedInvocation, "entry" | "normal" | "behaviours">;

/** What the program's entry says of what it did. */
function byEntry(event: Event, entry: CatalogEntry, catalog: Catalog, site: Site): Done | undefined {
  const { kind } = event;
  if (kind === "registryKeyModification") {
    if (event.platform !== "windows") return undefined;
    const registered = isEditor(entry) ? undefined : ofLibrary(event, entry);
    return registered ? { entry, normal: [], behaviours: [registered] } : startedByValue(event, catalog);
  }
  const loaded = kind === "moduleLoad" && event.platform === "windows" ? ofLibrary(event, entry) : undefined;
  const written = kind === "fileCreation" ? ofTellingFile(event, entry) : undefined;
  const behaviour = loaded ?? written ?? ofConfirmed(event, entry, site);
  return behaviour && { entry, normal: [], behaviours: [behaviour] };
}

/** What a program did that has no entry, whose own line tells nothing. Whoever lies where no program is at home has no reason for any of it. */
function byNobody(event: Event, catalog: Catalog): Done | undefined {
  if (event.kind !== "registryKeyModification" || event.platform !== "windows") return undefined;
  const { image } = event.process;
  return image !== undefined && isStray(image, "windows")
    ? startedByValue(event, catalog)
    : graveByValue(event, catalog);
}

/** What Sysmon calls the process of the kernel, which loads drivers: their events name none. */
const KERNEL = "System";
const EXPLORER = "explorer.exe";

const KINDS: ReadonlySet<Event["kind"]> = new Set<Event["kind"]>([
  "processCreation",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
  "registryKeyModification",
  "osApiExecution",
  "policyDecision",
  "shortcut",
]);

/** Who acts in an event that names no process: the kernel loads drivers, what a shortcut names is started, Explorer shows the rest. */
function actorWithout(event: Event, odd: ResolvedBehaviour | undefined): string | undefined {
  if (event.kind === "shortcut") {
    const isShown = odd?.runs.length === 0 || (event.target !== undefined && parseUrl(event.target));
    return isShown ? EXPLORER : event.target;
  }
  return event.kind === "moduleLoad" ? KERNEL : undefined;
}

/** What the line of a start tells, for one that is told of by who caused it: what it runs and writes is then that one's doing, too. */
function ofLine(event: Event, catalog: Catalog, actor: string | undefined): readonly ResolvedBehaviour[] {
  if (event.kind !== "processCreation") return [];
  return resolve(ofProcess(event, actor), catalog).invocations.flatMap(({ behaviours }) => behaviours);
}

/**
 * An invocation that only an effect tells of, whose start nobody logged: what the binary's entry has such events confirm, a value of the
 * registry that has something started, and what an event tells of by itself, whoever is behind it. Of a start that is the one behind it.
 * @param isStarted whether its start is in the log, and nothing was found in it: then what the line could have told is out of question
 * @param actor whose doing it is, where more is known than the event says
 */
export function ofEffect(
  event: Event,
  catalog: Catalog,
  site: Site = UNTOLD,
  isStarted = false,
  actor = actorImage(event),
): Resolution | undefined {
  if (!KINDS.has(event.kind)) return undefined;
  const { platform } = event;
  const odd = ofAlone(event, catalog, site, actor);
  if (isStarted && !odd && event.kind !== "registryKeyModification") return undefined;
  const image = actor ?? actorWithout(event, odd);
  if (image === undefined) return undefined;
  const name = baseName(image);
  // Most events tell nothing, and names of Windows bear no versions.
  const known = catalog.byName(name, platform);
  const entry = known ?? (platform === "windows" ? undefined : catalog.byName(unversioned(name), platform));
  const byItself = () => (entry ? byEntry(event, entry, catalog, site) : byNobody(event, catalog));
  const own = (entry ? isStarted : odd) ? undefined : byItself();
  if (!own && !odd) return undefined;
  const { binary } = identify(catalog, { program: undefined, image, originalFileName: undefined }, platform);
  const behaviours = [...(own?.behaviours ?? []), ...(odd ? [odd, ...ofLine(event, catalog, actor)] : [])];
  const rest = { canonical: binary.name, obfuscation: [], arguments: 0, depth: 0, awaits: false };
  const invocations = [{ binary, entry: own?.entry ?? entry, normal: own?.normal ?? [], behaviours, ...rest }];
  return { request: { image, platform }, platform, invocations };
}
