import { isObject, type JsonObject, parseShallow } from "../../decode/json/parse.ts";
import { mayNameLine } from "./named-fields.ts";
import { namedProcess } from "./named-process.ts";

/** A list that stands as text in a table: entities of alerts in Log Analytics. */
const LIST = /^\s{0,8}\[\s{0,8}\{\s{0,8}"/;
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
  const list = typeof value === "string" && LIST.test(value) ? parseShallow(value) : value;
  if (!Array.isArray(list)) return undefined;
  const listed = list.filter(isObject);
  return listed.some((one) => mayNameLine(one)) ? listed : undefined;
}
