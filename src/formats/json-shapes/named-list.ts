import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import { mayNameLine } from "./named-fields.ts";
import { namedProcess } from "./named-process.ts";

/** How deep a list may stand in an alert. */
const DEEPEST = 3;
const NOWHERE = { file: "", index: 0 };

/**
 * The processes that an alert of no known shape lists, each with what stands beside the list, which says where and when; undefined where
 * no list of it holds any.
 */
export function listedProcesses(object: JsonObject, depth = DEEPEST): readonly JsonObject[] | undefined {
  for (const [key, value] of Object.entries(object)) {
    const listed = Array.isArray(value) ? value.filter(isObject) : [];
    const inner = isObject(value) && depth > 1 ? listedProcesses(value, depth - 1) : undefined;
    const each = inner ?? (listed.some((one) => mayNameLine(one)) ? listed : undefined);
    const whole = each?.map((one) => ({ ...object, [key]: one }));
    if (whole?.some((one) => namedProcess.recognise(one, NOWHERE))) return whole;
  }
  return undefined;
}
