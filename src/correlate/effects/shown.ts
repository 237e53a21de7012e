import type { Behaviour } from "../../catalog/types.ts";
import { namedPayload } from "../../invocations/payload.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { Event } from "../../model/event.ts";
import type { Payload } from "../../model/payload.ts";

const NONE: readonly Payload[] = [];

/** A behaviour as an event shows it: a library that it loaded is run, a file that it made is written, of others no payload is known. */
export function shownBy(event: Event, behaviour: Behaviour): ResolvedBehaviour {
  const { id, techniques } = behaviour;
  const context = { platform: event.platform };
  const runs =
    event.kind === "moduleLoad" && event.module !== undefined
      ? [namedPayload(event.module, { what: "library" }, context)]
      : NONE;
  const writes =
    event.kind === "fileCreation" && event.path !== undefined
      ? [namedPayload(event.path, { what: "auto" }, context)]
      : NONE;
  return { id, techniques, runs, fetches: NONE, reads: NONE, writes, behaviour };
}
