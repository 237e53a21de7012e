import type { JsonObject } from "../../decode/json/parse.ts";
import { own } from "./fields.ts";
import { type At, PathRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";

/** An object of no known shape: a record that only a mapping file can give a meaning. */
export function unknownRecord(object: JsonObject, at: At): PathRecord {
  const time = parseTime(own(object, "@timestamp") ?? own(object, "timestamp") ?? own(object, "time"));
  return new PathRecord("mapped", at, { time }, object);
}
