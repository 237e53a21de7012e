import { createUnderstander } from "../../src/events/registry.ts";
import { detect } from "../../src/formats/detect.ts";
import { FORMATS } from "../../src/formats/registry.ts";
import type { Event } from "../../src/model/event.ts";

/** The events of a text, by the format that it is taken for. Those of formats that lend their records must be asked for at once. */
export function eventsIn(text: string, file = "sample"): Event[] {
  const bytes = Buffer.from(text);
  const format = detect(bytes, file, FORMATS);
  const understander = createUnderstander();
  const events: Event[] = [];
  const reader = format?.open(
    { file },
    { record: (record) => events.push(...understander.understand(record)), diagnostic: () => {} },
  );
  reader?.push(bytes);
  reader?.end();
  return events;
}
