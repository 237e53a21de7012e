import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { own } from "../fields.ts";

/** A value of OpenTelemetry's JSON deeper than this is left out: JSON itself is no deeper. */
const DEEPEST = 32;

/**
 * The log records in OpenTelemetry's own JSON (OTLP), as its file exporter writes it. A body of keys and values is the record; a body of
 * text is its `message`, with the record's attributes beside it. The resource says which host it is.
 */
export function otlpRecords(object: JsonObject): readonly JsonObject[] | undefined {
  const resources = own(object, "resourceLogs");
  if (!Array.isArray(resources)) return undefined;
  return resources.filter(isObject).flatMap((resource) => {
    const about = own(resource, "resource");
    const host = isObject(about) ? own(attributesOf(about), "host.name") : undefined;
    return listOf(resource, "scopeLogs").flatMap((scope) =>
      listOf(scope, "logRecords").map((record) => recordOf(record, host)),
    );
  });
}

function recordOf(record: JsonObject, host: unknown): JsonObject {
  const body = typedValue(own(record, "body"), 0);
  const head = {
    "@timestamp": own(record, "timeUnixNano") ?? own(record, "observedTimeUnixNano"),
    ...(host !== undefined && { "host.name": host }),
  };
  return isObject(body) ? { ...head, ...body } : { ...head, ...attributesOf(record), message: body };
}

function attributesOf(holder: JsonObject): JsonObject {
  return named(own(holder, "attributes"), 0);
}

function listOf(holder: JsonObject, key: string): readonly JsonObject[] {
  const list = own(holder, key);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Lists of `key` and `value` as an object. */
function named(pairs: unknown, depth: number): JsonObject {
  const list = Array.isArray(pairs) ? pairs.filter(isObject) : [];
  return Object.fromEntries(list.map((pair) => [String(own(pair, "key")), typedValue(own(pair, "value"), depth)]));
}

/** Each value stands below the name of its type. */
function typedValue(value: unknown, depth: number): unknown {
  if (!isObject(value) || depth > DEEPEST) return undefined;
  const pairs = own(value, "kvlistValue");
  if (isObject(pairs)) return named(own(pairs, "values"), depth + 1);
  const list = own(value, "arrayValue");
  if (isObject(list)) {
    const values = own(list, "values");
    return Array.isArray(values) ? values.map((one) => typedValue(one, depth + 1)) : [];
  }
  return ["stringValue", "intValue", "boolValue", "doubleValue"]
    .map((type) => own(value, type))
    .find((found) => found !== undefined);
}
