import type { Behaviour } from "../../catalog/types.ts";
import { namedPayload } from "../../invocations/payload.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { Event } from "../../model/event.ts";
import type { Payload } from "../../model/payload.ts";

const NONE: readonly Payload[] = [];

const LIBRARY = /^[^"<>|*?]{1,400}\.dll$/i;

/** The library that was loaded, or that a value of the registry has loaded. */
function libraryOf(event: Event): string | undefined {
  if (event.kind === "moduleLoad") return event.module;
  const value = event.kind === "registryKeyModification" ? event.value?.trim() : undefined;
  return value !== undefined && LIBRARY.test(value) ? value : undefined;
}

/** What an event says was run: the library that it names, or the program that was started. */
function runBy(event: Event): readonly Payload[] {
  const { platform } = event;
  const library = libraryOf(event);
  if (library !== undefined) return [namedPayload(library, { what: "library" }, { platform })];
  if (event.kind !== "processCreation" || event.image === undefined) return NONE;
  return [namedPayload(event.image, { what: "executable" }, { platform })];
}

/** A behaviour as an event shows it: what was loaded or started is run, a file that it made is written, of others no payload is known. */
export function shownBy(event: Event, behaviour: Behaviour): ResolvedBehaviour {
  const { id, techniques } = behaviour;
  const context = { platform: event.platform };
  const runs = runBy(event);
  const writes =
    event.kind === "fileCreation" && event.path !== undefined
      ? [namedPayload(event.path, { what: "auto" }, context)]
      : NONE;
  return { id, techniques, runs, fetches: NONE, reads: NONE, writes, behaviour };
}
