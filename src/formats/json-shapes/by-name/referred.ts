import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { own, text } from "../fields.ts";

/** How deep objects refer to one another, and how many are put in for all of a list. */
const DEEPEST = 4;
const MOST = 4096;

/**
 * Objects with those put in that they refer to: each has a number (`$id`), and stands by it in others (`{"$ref":"4"}`), as Json.NET writes
 * them; so the entities of Sentinel's alerts refer to their host, account and file.
 */
export function withReferred(list: readonly JsonObject[]): readonly JsonObject[] {
  const known = new Map<string, JsonObject>();
  for (const object of list) number(object, known, DEEPEST);
  if (known.size === 0) return list;
  let left = MOST;
  const filled = (value: unknown, depth: number): unknown => {
    if (!isObject(value) || depth === 0 || left <= 0) return value;
    left -= 1;
    const whole = known.get(text(own(value, "$ref")) ?? "") ?? value;
    const named = Object.entries(whole).filter(([key]) => key !== "$id" && key !== "$ref");
    return Object.fromEntries(named.map(([key, one]) => [key, filled(one, depth - 1)]));
  };
  return list.map((object) => filled(object, DEEPEST) as JsonObject);
}

function number(object: JsonObject, known: Map<string, JsonObject>, depth: number): void {
  const id = text(own(object, "$id"));
  if (id !== undefined && !known.has(id)) known.set(id, object);
  if (depth === 0 || known.size >= MOST) return;
  for (const value of Object.values(object)) if (isObject(value)) number(value, known, depth - 1);
}
