import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { atLeast, type Level } from "../model/level.ts";
import { placeOf } from "../policies/cure/costs/by-logs.ts";

/** What is so grave is no ordinary use. */
export const ALERTED: Level = "medium";

/** Places of records, and processes, that are remembered as those of findings. */
const MOST_PLACES = 500_000;

/** Which records belong to findings. What is at medium or above is no ordinary use, and neither is what its processes did. */
export class Found {
  readonly #alerted = new Set<string>();
  readonly #lesser = new Set<string>();
  readonly #processes = new Set<string>();

  add({ level, source, related }: Pick<Finding, "level" | "source" | "related">): void {
    const places = atLeast(level, ALERTED) ? this.#alerted : this.#lesser;
    for (const place of [source, ...related]) if (places.size < MOST_PLACES) places.add(placeOf(place));
  }

  /** Whether an event, of those in the order of time on its host, is ordinary, and whether a lesser finding rests on it. */
  of(event: Event): "ordinary" | "lesser" | "alerted" {
    const place = placeOf(event.record);
    const { host, process } = event;
    const own = process.key === undefined ? undefined : `${host}|${process.key}`;
    const above =
      event.kind === "processCreation" && event.parent.key !== undefined ? `${host}|${event.parent.key}` : undefined;
    const isAlerted =
      this.#alerted.has(place) || [own, above].some((key) => key !== undefined && this.#processes.has(key));
    if (!isAlerted) return this.#lesser.has(place) ? "lesser" : "ordinary";
    if (event.kind === "processCreation" && own !== undefined && this.#processes.size < MOST_PLACES)
      this.#processes.add(own);
    return "alerted";
  }
}
