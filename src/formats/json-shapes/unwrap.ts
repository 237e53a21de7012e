import { isObject, type JsonObject, parseJson } from "../../decode/json/parse.ts";
import { own } from "./fields.ts";

/** Keys of search results that hold nothing but the record, and a key that such a wrapper has beside it. */
const WRAPPERS: readonly (readonly [key: string, beside: string])[] = [
  ["_source", ""],
  ["result", "preview"],
  ["result", "offset"],
  ["result", "lastrow"],
];

/** Keys that hold one record as JSON text: Splunk's raw event, Filebeat's unparsed line. */
const JSON_TEXTS = ["_raw", "message", "MESSAGE", "event.original"];

/** The record inside what a search result (Elasticsearch, Splunk) or a forwarder wraps around it. */
export function unwrap(object: JsonObject): JsonObject {
  let inner = object;
  for (const [key, beside] of WRAPPERS) {
    const child = own(inner, key);
    if (isObject(child) && (beside === "" || Object.hasOwn(inner, beside))) inner = child;
  }
  for (const key of JSON_TEXTS) {
    const raw = own(inner, key);
    if (typeof raw !== "string" || !/^\s{0,8}\{\s{0,8}"/.test(raw)) continue;
    const parsed = shallow(raw) ? parseJson(raw) : undefined;
    if (isObject(parsed)) return parsed;
  }
  return inner;
}

/** JSON inside JSON must not be nested deeper than an ordinary record. */
function shallow(raw: string): boolean {
  let brackets = 0;
  for (let at = 0; at < raw.length && brackets <= 200; at += 1) {
    const code = raw.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) brackets += 1;
  }
  return brackets <= 200;
}
