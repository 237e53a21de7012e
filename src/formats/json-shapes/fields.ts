import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import { LineObject } from "../../decode/json/skim/line-object.ts";
import { parseTime } from "./time.ts";

/** An own property; never one that every object inherits. */
export function own(object: JsonObject, key: string): unknown {
  if (object instanceof LineObject) return object.value(key);
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function has(object: JsonObject, key: string): boolean {
  return object instanceof LineObject ? object.has(key) : Object.hasOwn(object, key);
}

export function keysOf(object: JsonObject): readonly string[] {
  return object instanceof LineObject ? object.keys() : Object.keys(object);
}

/** An object whose properties are JavaScript's own, to be spread or walked. */
export function propertiesOf(object: JsonObject): JsonObject {
  return object instanceof LineObject
    ? Object.fromEntries(object.keys().map((key) => [key, object.value(key)]))
    : object;
}

/** A JSON value as field text: undefined for null, objects and lists of several. Elasticsearch wraps single values in lists. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) && value.length === 1 ? text(value[0]) : undefined;
}

/** A JSON list as texts; undefined where it is no list. Elements that are no text become JSON. */
export function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => text(element) ?? JSON.stringify(element));
}

/** A whole number, also written as text; undefined where it is none. */
export function integer(value: unknown): number | undefined {
  const number = Number(text(value) || Number.NaN);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The value of the first of these properties that has one as text. */
export function firstText(object: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const found = text(own(object, key));
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}

/** The first of these properties that is a time. */
export function firstTime(object: JsonObject, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const time = parseTime(own(object, key));
    if (time !== undefined) return time;
  }
  return undefined;
}

/**
 * A dotted path in nested objects, dotted keys, or both mixed (`process.parent.name` as `{"process":{"parent.name":…}}`).
 * Long paths are cut: no field of any schema is that deep, and each dot doubles the ways to read a path.
 */
export function lookup(object: JsonObject, path: string, dots = 8): unknown {
  if (has(object, path)) return own(object, path);
  if (dots === 0) return undefined;
  for (const [key, rest] of splitsOf(path)) {
    const child = own(object, key);
    const found = isObject(child) ? lookup(child, rest, dots - 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

type Splits = readonly (readonly [key: string, rest: string])[];

/** A key that is cut out anew each time is looked for far more slowly than one that was looked for before. */
const splits = new Map<string, Splits>();
const MOST_SPLITS = 1 << 12;

/** A dotted path at each of its dots. */
function splitsOf(path: string): Splits {
  const known = splits.get(path);
  if (known) return known;
  const all: [string, string][] = [];
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1))
    all.push([path.slice(0, dot), path.slice(dot + 1)]);
  if (splits.size >= MOST_SPLITS) splits.clear();
  splits.set(path, all);
  return all;
}

/** Dotted paths of all leaves, lists being leaves. At most `limit`. */
export function paths(object: JsonObject, limit = 2000): string[] {
  const found: string[] = [];
  const open: [string, JsonObject][] = [["", object]];
  for (let next = open.shift(); next && found.length < limit; next = open.shift()) {
    for (const [key, value] of Object.entries(next[1])) {
      if (isObject(value)) open.push([`${next[0]}${key}.`, value]);
      else if (value !== null) found.push(next[0] + key);
    }
  }
  return found;
}
