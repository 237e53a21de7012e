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
  for (const key of Object.keys(object)) {
    const whole = eachIn(object[key], depth)?.map((one) => ({ ...object, [key]: one }));
    if (whole?.some((one) => namedProcess.recognise(one, NOWHERE))) return whole;
  }
  return undefined;
}

function eachIn(value: unknown, depth: number): readonly JsonObject[] | undefined {
  if (isObject(value)) return depth > 1 ? listedProcesses(value, depth - 1) : undefined;
  if (!Array.isArray(value)) return undefined;
  const listed = value.filter(isObject);
  return listed.some((one) => mayNameLine(one)) ? listed : undefined;
}
