import type { Catalog } from "../catalog/catalog.ts";
import { baseName } from "../invocations/glob.ts";
import type { Event } from "../model/event.ts";
import { shortHost } from "../model/host.ts";
import { dayOf } from "./days.ts";
import type { History } from "./history.ts";
import { effectKeys, keyOf, kindKey, partsOf } from "./keys.ts";

/** The program whose doing an event is: of a process start the parent. */
export const actorImage = (event: Event): string | undefined =>
  event.kind === "processCreation" ? event.parent.image : event.process.image;

/** The catalogue's id of a program by its file; undefined for one that it does not describe. */
export function idOfImage(image: string | undefined, event: Event, catalog: Catalog): string | undefined {
  return image === undefined ? undefined : catalog.byName(baseName(image), event.platform)?.id;
}

/**
 * Whether a known program does what it was never seen to do here: loads such a library, calls such a host, starts such a child. False
 * where the past cannot know: too young, too old, of other hosts, without that kind of event, or without that program. What too few hosts
 * showed, or only lately, does not count as seen (see History); what this very host has long done is no news.
 */
export function isNewEffect(event: Event, catalog: Catalog, history: History): boolean {
  const binary = idOfImage(actorImage(event), event, catalog);
  if (binary === undefined) return false;
  const [key] = effectKeys(event, binary);
  if (key === undefined) return false;
  const asked = {
    host: shortHost(event.host),
    ...(event.time !== undefined && { day: dayOf(event.time) }),
  };
  const seen = (one: string) => history.ask(one, keyOf("binary", binary), asked);
  const { surprise, watched, own, settled } = seen(key);
  if (surprise === undefined || !watched || own || settled > 0) return false;
  return seen(keyOf("binary", binary)).settled > 0 && seen(kindKey(partsOf(key).kind)).settled > 0;
}
