import type { Behaviour } from "../../catalog/types.ts";
import { parseUrl } from "../../cmdline/normal/url.ts";
import { namedPayload } from "../../invocations/payload.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { Event, Shortcut } from "../../model/event.ts";
import type { Payload } from "../../model/payload.ts";

const NONE: readonly Payload[] = [];

const LIBRARY = /^[^"<>|*?]{1,400}\.dll$/i;

/** The library that was loaded, or that a value of the registry has loaded. */
function libraryOf(event: Event): string | undefined {
  if (event.kind === "moduleLoad") return event.module;
  if (event.kind === "policyDecision") return event.path;
  const value = event.kind === "registryKeyModification" ? event.value?.trim() : undefined;
  return value !== undefined && LIBRARY.test(value) ? value : undefined;
}

/** What a shortcut has run: what lies where its program works, or its target; a page is opened and runs nothing. */
function borrowedBy({ workingDirectory, target, platform }: Shortcut): readonly Payload[] {
  const value = workingDirectory ?? target;
  if (value === undefined || parseUrl(value)) return NONE;
  return [namedPayload(value, { what: "executable" }, { platform })];
}

/** What an event says was run: the library that it names, or the program that was started. */
function runBy(event: Event): readonly Payload[] {
  const { platform } = event;
  const library = libraryOf(event);
  if (library !== undefined) return [namedPayload(library, { what: "library" }, { platform })];
  if (event.kind === "shortcut") return borrowedBy(event);
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
  const icon = event.kind === "shortcut" && runs.length === 0 ? event.icon : undefined;
  const fetches = icon === undefined ? NONE : [namedPayload(icon, { what: "auto" }, context)];
  return { id, techniques, runs, fetches, reads: NONE, writes, behaviour };
}
