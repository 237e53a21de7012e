import { createDetector, type DetectorOptions } from "../../src/correlate/detector.ts";
import type { Event } from "../../src/model/event.ts";
import type { Finding } from "../../src/model/finding.ts";
import { testCatalog } from "./events.ts";

/** All that a detector tells of these events, with the catalogue as its sources are now. */
export function findingsOf(
  events: readonly Event[],
  options: Omit<DetectorOptions, "catalog"> = {},
): readonly Finding[] {
  const detector = createDetector({ catalog: testCatalog(), ...options });
  return [...events.flatMap((event) => detector.push(event)), ...detector.end()];
}
