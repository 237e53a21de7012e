import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { tableOf } from "../../../model/entry.ts";
import { own, text, texts } from "../fields.ts";

/** Keys under which a list of names and values has its names. */
const NAMES = ["field", "key", "name", "Name", "Key"];
const VALUES = ["value", "Value"];
/** A process has as many values at least, and no event more. */
const FEWEST = 3;
const MOST = 500;

/**
 * What a list of names and values says, as the object that it stands for; of several of a name the first. undefined where it is no such
 * list.
 */
export function namedValues(list: readonly JsonObject[]): JsonObject | undefined {
  const [first] = list;
  const name = first && NAMES.find((key) => typeof own(first, key) === "string");
  const value = first && VALUES.find((key) => own(first, key) !== undefined);
  if (name === undefined || value === undefined || list.length < FEWEST || list.length > MOST) return undefined;
  const found = tableOf<unknown>();
  for (const one of list) {
    const [key, said] = [own(one, name), own(one, value)];
    if (typeof key !== "string" || isObject(said)) return undefined;
    if (text(said) !== undefined || texts(said) !== undefined) found[key] ??= said;
  }
  return found;
}
