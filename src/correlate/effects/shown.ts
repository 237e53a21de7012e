import type { StepTest } from "../../catalog/chains/types.ts";
import type { Behaviour } from "../../catalog/types.ts";
import { parseUrl } from "../../cmdline/normal/url.ts";
import { namedPayload } from "../../invocations/payloads/payload.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { Event, Shortcut } from "../../model/event.ts";
import type { Payload, Payloads } from "../../model/payload.ts";

const NONE: readonly Payload[] = [];

const LIBRARY = /^[^"<>|*?]{1,400}\.dll$/i;

/** The library that was loaded, or that a value of the registry has loaded. */
function libraryOf(event: Event): string | undefined {
  if (event.kind === "moduleLoad") return event.module;
  if (event.kind === "policyDecision") return event.path;
  const value = event.kind === "registryKeyModification" ? event.value?.trim() : undefined;
  return value !== undefined && LIBRARY.test(value) ? value : undefined;
}

/** A folder, written so that it is told from a file. */
const asFolder = (path: string): string => (/[\\/]$/.test(path) || parseUrl(path) ? path : `${path}\\`);

/** What a shortcut borrows, by what was asked of it: its picture runs nothing, in its folder something may, and a page is only opened. */
function borrowedBy({ workingDirectory, target, icon, platform }: Shortcut, asked: StepTest): Borrowed {
  const context = { platform };
  if (asked.icon && icon !== undefined) return { runs: NONE, fetches: [namedPayload(icon, { what: "auto" }, context)] };
  if (asked.workingIn && workingDirectory !== undefined)
    return { runs: [namedPayload(asFolder(workingDirectory), { what: "document" }, context)], fetches: NONE };
  if (target === undefined || parseUrl(target)) return { runs: NONE, fetches: NONE };
  return { runs: [namedPayload(target, { what: "executable" }, context)], fetches: NONE };
}

type Borrowed = Pick<Payloads, "runs" | "fetches">;

/** What an event says was run: the library that it names, or the program that was started. */
function runBy(event: Event): readonly Payload[] {
  const { platform } = event;
  const library = libraryOf(event);
  if (library !== undefined) return [namedPayload(library, { what: "library" }, { platform })];
  if (event.kind !== "processCreation" || event.image === undefined) return NONE;
  return [namedPayload(event.image, { what: "executable" }, { platform })];
}

/**
 * A behaviour as an event shows it: what was loaded or started is run, a file that it made is written, of others no payload is known.
 * @param asked what was asked of the event, where the catalogue's analytics did
 */
export function shownBy(event: Event, behaviour: Behaviour, asked: StepTest = {}): ResolvedBehaviour {
  const { id, techniques } = behaviour;
  const { runs, fetches } =
    event.kind === "shortcut" ? borrowedBy(event, asked) : { runs: runBy(event), fetches: NONE };
  const writes =
    event.kind === "fileCreation" && event.path !== undefined
      ? [namedPayload(event.path, { what: "auto" }, { platform: event.platform })]
      : NONE;
  return { id, techniques, runs, fetches, reads: NONE, writes, behaviour };
}
