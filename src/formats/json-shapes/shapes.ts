import type { JsonObject } from "../../decode/json/parse.ts";
import type { LogRecord } from "../../model/record.ts";
import { ecs } from "./ecs.ts";
import type { At, JsonShape } from "./object-record.ts";
import { unwrap } from "./unwrap.ts";
import { flatWinevent } from "./winevent-flat.ts";
import { nestedWinevent } from "./winevent-nested.ts";
import { winlogbeat } from "./winlogbeat.ts";

/** The shapes in the order in which they are tried: the more telling marks first. */
const SHAPES: readonly JsonShape[] = [nestedWinevent, winlogbeat, flatWinevent, ecs];

/** Field names by which a record would have been recognised, for diagnostics. */
export const MARKS: readonly string[] = SHAPES.flatMap((shape) => shape.marks.slice(0, 2));

/** The record that a JSON object is; undefined where no shape fits. */
export function recognise(object: JsonObject, at: At): LogRecord | undefined {
  const inner = unwrap(object);
  for (const shape of SHAPES) {
    const record = shape.recognise(inner, at);
    if (record) return record;
  }
  return undefined;
}
