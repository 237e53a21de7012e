import type { JsonObject } from "../../src/decode/json/parse.ts";
import { createUnderstander } from "../../src/events/registry.ts";
import { recognise, recordsIn } from "../../src/formats/json-shapes/shapes.ts";
import type { Event } from "../../src/model/event.ts";

/** The events of an object of JSON: of each record in it that has a known shape, understood by itself. */
export const eventsOf = (object: JsonObject): readonly Event[] =>
  recordsIn(object).flatMap((one) => {
    const record = recognise(one, { file: "f", index: 0 });
    return record ? createUnderstander().understand(record) : [];
  });
