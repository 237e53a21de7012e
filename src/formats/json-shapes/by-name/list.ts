import { isObject, type JsonObject, parseShallow } from "../../../decode/json/parse.ts";
import { NOWHERE } from "../object-record.ts";
import { mayNameLine } from "./leaves.ts";
import { namedProcess } from "./process.ts";
import { withReferred } from "./referred.ts";

/** A list that stands as text in a table: entities of alerts in Log Analytics. */
const LIST = /^\s{0,8}\[\s{0,8}\{\s{0,8}"/;
/** How deep a list may stand in an alert, how many fields stand beside it, and how many of its elements are tried. */
const DEEPEST = 3;
const MOST_BESIDE = 128;
const TRIES = 64;

/**
 * The processes that an alert of no known shape lists, each with what stands beside the list, which says where and when; undefined where
 * no list of it holds any.
 */
export function listedProcesses(object: JsonObject): readonly JsonObject[] | undefined {
  return new Search().in(object, DEEPEST);
}

class Search {
  private tries = TRIES;

  in(object: JsonObject, depth: number): readonly JsonObject[] | undefined {
    let beside: JsonObject | undefined;
    for (const key of Object.keys(object)) {
      const value = object[key];
      const each = isObject(value) ? this.below(value, depth) : (namingLines(value) ?? this.listed(value, depth));
      if (!each) continue;
      beside ??= withoutLists(object);
      const whole = (one: JsonObject) => ({ ...beside, [key]: one });
      if (isObject(value) || each.some((one) => this.holds(whole(one)))) return each.map(whole);
    }
    return undefined;
  }

  private below(object: JsonObject, depth: number): readonly JsonObject[] | undefined {
    return depth > 1 ? this.in(object, depth - 1) : undefined;
  }

  /** Of a list whose elements have lists of processes, each with what stands beside its own. Lists that are text are an envelope's. */
  private listed(value: unknown, depth: number): readonly JsonObject[] | undefined {
    if (!Array.isArray(value)) return undefined;
    const objects = value.slice(0, TRIES).filter(isObject).map(withoutTexts);
    const found = objects.flatMap((one) => this.below(one, depth) ?? []);
    return found.length === 0 ? undefined : found;
  }

  private holds(object: JsonObject): boolean {
    if (this.tries <= 0) return false;
    this.tries -= 1;
    return namedProcess.recognise(object, NOWHERE) !== undefined;
  }
}

/** The objects of a list, where one of them may name a command line. */
function namingLines(value: unknown): readonly JsonObject[] | undefined {
  const list = typeof value === "string" && LIST.test(value) ? parseShallow(value) : value;
  if (!Array.isArray(list)) return undefined;
  const listed = withReferred(list.filter(isObject));
  return listed.some((one) => mayNameLine(one)) ? listed : undefined;
}

function withoutTexts(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => typeof value !== "string" || !LIST.test(value)),
  );
}

function withoutLists(object: JsonObject): JsonObject {
  const isList = (value: unknown) => Array.isArray(value) || (typeof value === "string" && LIST.test(value));
  const keys = Object.keys(object).slice(0, MOST_BESIDE);
  return Object.fromEntries(keys.filter((key) => !isList(object[key])).map((key) => [key, object[key]]));
}
