import { isObject, type JsonObject, parseShallow } from "../../decode/json/parse.ts";
import { has, lookup, own } from "./fields.ts";

/** Keys of search results and collectors that hold nothing but the record, and a key that such a wrapper has beside it. */
const WRAPPERS: readonly (readonly [key: string, beside: string])[] = [
  ["_source", ""],
  ["fields", "_index"],
  ["data", "event_record_id"],
  ["record", "table"],
  ["event", "sourcetype"],
  ["event", "fdr_event_type"],
  ["result", "preview"],
  ["result", "offset"],
  ["result", "lastrow"],
  ["json", "@timestamp"],
  ["body", "resource"],
  ["jsonPayload", "logName"],
];

/** Keys that hold one record as JSON text: Splunk's raw event and collector, Filebeat's unparsed line, a container's log by Docker, Loki's line. */
const JSON_TEXTS = ["_raw", "event", "log", "message", "MESSAGE", "event.original", "line"];

/** The record inside what a search result (Elasticsearch, Splunk) or a forwarder wraps around it. */
export function unwrap(object: JsonObject): JsonObject {
  let inner = object;
  for (const [key, beside] of WRAPPERS) {
    const child = own(inner, key);
    if (isObject(child) && (beside === "" || has(inner, beside))) inner = child;
  }
  for (const key of JSON_TEXTS) {
    const raw = own(inner, key);
    if (typeof raw !== "string" || !/^\s{0,8}\{\s{0,8}"/.test(raw)) continue;
    const parsed = parseShallow(raw);
    if (isObject(parsed)) return parsed;
  }
  return decodedByWazuh(inner) ?? ofTelegraf(inner) ?? inner;
}

/** Telegraf's Windows input: what is counted by among its tags, the values of the event under names of their own. */
function ofTelegraf(object: JsonObject): JsonObject | undefined {
  const [tags, fields] = [own(object, "tags"), own(object, "fields")];
  if (own(object, "name") !== "win_eventlog" || !isObject(tags) || !isObject(fields)) return undefined;
  const named = Object.entries(fields).map(([name, value]) => [name.replace(/^(?:Data|UserData)_/, ""), value]);
  return { ...tags, ...Object.fromEntries(named) };
}

/** Wazuh puts what its decoder of JSON read of a log under `data`; results of osquery one level deeper. Windows events and audit have shapes of their own. */
function decodedByWazuh(object: JsonObject): JsonObject | undefined {
  if (lookup(object, "decoder.name") !== "json") return undefined;
  const data = own(object, "data");
  if (!isObject(data) || has(data, "win")) return undefined;
  const osquery = own(data, "osquery");
  return isObject(osquery) ? osquery : data;
}
