import { createUnderstander } from "../../src/events/registry.ts";
import { detect } from "../../src/formats/detect.ts";
import { FORMATS } from "../../src/formats/registry.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Event } from "../../src/model/event.ts";
import type { RecordSink } from "../../src/model/record.ts";

/** Reads a text by the format that it is taken for. */
function readText(text: string, file: string, sink: RecordSink): void {
  const bytes = Buffer.from(text);
  const reader = detect(bytes, file, FORMATS)?.open({ file }, sink);
  reader?.push(bytes);
  reader?.end();
}

/** The events of a text, by the format that it is taken for. Those of formats that lend their records must be asked for at once. */
export function eventsIn(text: string, file = "sample"): Event[] {
  const understander = createUnderstander();
  const events: Event[] = [];
  readText(text, file, {
    record: (record) => events.push(...understander.understand(record)),
    diagnostic: () => {},
  });
  return events;
}

/** What reading a text says of it. */
export function diagnosticsIn(text: string, file = "sample"): Diagnostic[] {
  const said: Diagnostic[] = [];
  readText(text, file, { record: () => {}, diagnostic: (diagnostic) => said.push(diagnostic) });
  return said;
}
