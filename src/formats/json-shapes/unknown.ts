import type { JsonObject } from "../../decode/json/parse.ts";
import { own } from "./fields.ts";
import { type At, PathRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";

/** An object of no known shape: a record that is counted, whose fields have no meaning until a mapping file gives it. */
export function unknownRecord(object: JsonObject, at: At): UnmappedRecord {
  const time = parseTime(own(object, "@timestamp") ?? own(object, "timestamp") ?? own(object, "time"));
  return new UnmappedRecord("mapped", at, { time }, object);
}

/** Its own names are those of the input, not those of event properties: none may be taken for one by chance. */
class UnmappedRecord extends PathRecord {
  override get(): undefined {
    return undefined;
  }

  override list(): undefined {
    return undefined;
  }
}
