import { gunzipSync } from "node:zlib";
import { isObject, type JsonObject, parseShallow } from "../../decode/json/parse.ts";
import { listedProcesses } from "./by-name/list.ts";
import { namedValues } from "./by-name/named-values.ts";
import { NOWHERE } from "./object-record.ts";
import { recognise, recordsIn } from "./shapes.ts";

/** How deep an envelope's content may stand in it, how many are looked at, and how often one lies in another (SNS in SQS). */
const DEEPEST = 3;
const MOST_CONTENTS = 1000;
const MOST_OBJECTS = 8;
const MOST_LAYERS = 3;
const MOST_LISTS = 16;
/** A record has as many properties at least. */
const FEWEST = 4;
/** Records of a subscription are packed together; far above what a queue takes. */
const MOST_UNPACKED = 32 << 20;

const JSON_TEXT = /^\s{0,8}(?:\{\s{0,8}"|\[\s{0,8}\{)/;
/** How a JSON object or list begins in base64, and gzip. */
const BASE64 = /^(?:eyJ|eyA|ew0K|ewo|W3s|H4sI)[A-Za-z0-9+/_-]{12,}={0,2}$/;

/**
 * The records that an object of no known shape holds: those of known shapes and the processes that it lists, or what it is an envelope
 * of. undefined where there are none.
 */
export function innerRecords(object: JsonObject): readonly JsonObject[] | undefined {
  return listedRecords(object) ?? listedProcesses(object) ?? namedRecord(object) ?? new Envelope().open(object, 1);
}

/** Whether an object is a record, or lists some, by more than the words of its fields. */
export function isRecord(object: JsonObject): boolean {
  return recordsIn(object).some((one) => recognise(one, NOWHERE, true) !== undefined);
}

/** What stands in lists of records of known shapes, however these lists are called. */
function listedRecords(object: JsonObject): readonly JsonObject[] | undefined {
  const lists = listsIn(object, DEEPEST).filter((list) => list.slice(0, MOST_OBJECTS).some(isRecord));
  return lists.length === 0 ? undefined : lists.flatMap((list) => list.flatMap(recordsIn));
}

/** What a list of names and values tells by itself; when it was, the object says that it stands in. */
function namedRecord(object: JsonObject): readonly JsonObject[] | undefined {
  for (const list of listsIn(object, DEEPEST)) {
    const named = namedValues(list);
    if (named && recognise(named, NOWHERE) !== undefined) return [{ ...plainIn(object), ...named }];
  }
  return undefined;
}

/** Times of an object; what else it says of itself is not of the event. */
function plainIn(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => /(?:date|time|timestamp)$/i.test(key)));
}

function listsIn(object: JsonObject, depth: number): (readonly JsonObject[])[] {
  return Object.values(object)
    .flatMap((value) => {
      if (Array.isArray(value)) return [value.filter(isObject)];
      return isObject(value) && depth > 1 ? listsIn(value, depth - 1) : [];
    })
    .filter((list) => list.length > 0)
    .slice(0, MOST_LISTS);
}

/**
 * Records in the messages of queues and streams (Kafka, SQS, SNS, Pub/Sub, Kinesis, Event Hubs), of subscriptions (CloudWatch Logs) and
 * in cells of tables: an object below some key, or JSON as text, plain or in base64, perhaps packed. What envelope it is need not be known.
 */
class Envelope {
  private left = MOST_CONTENTS;

  /** The records, and what lies beside them in envelopes of the same kind. */
  open(envelope: JsonObject, layer: number): readonly JsonObject[] | undefined {
    const all: JsonObject[] = [];
    let found = false;
    for (const one of this.contentsOf(envelope)) {
      const isKnown = recognise(one, NOWHERE) !== undefined;
      const within = isKnown || layer >= MOST_LAYERS ? undefined : this.open(one, layer + 1);
      found ||= isKnown || within !== undefined;
      for (const record of within ?? [one]) all.push(record);
    }
    return found ? all : this.objectIn(envelope);
  }

  private contentsOf(envelope: JsonObject): JsonObject[] {
    return textsIn(envelope, DEEPEST).flatMap((text) => {
      this.left -= 1;
      const value = this.left < 0 ? undefined : parsedFrom(text);
      return (Array.isArray(value) ? value : [value]).filter(isObject).flatMap(recordsIn);
    });
  }

  /** The one object below that is a record. */
  private objectIn(envelope: JsonObject): readonly JsonObject[] | undefined {
    let open = [envelope];
    let tries = MOST_OBJECTS;
    for (let depth = 0; depth < DEEPEST; depth += 1) {
      open = open.flatMap((object) => Object.values(object).filter(isObject));
      for (const one of open) {
        if (Object.keys(one).length < FEWEST) continue;
        tries -= 1;
        if (tries < 0) return undefined;
        if (recognise(one, NOWHERE)) return [one];
      }
    }
    return undefined;
  }
}

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === "string") return JSON_TEXT.test(value) || BASE64.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null || depth < 0) return [];
  const texts: string[] = [];
  for (const one of Object.values(value)) {
    for (const text of textsIn(one, Array.isArray(value) ? depth : depth - 1)) texts.push(text);
    if (texts.length >= MOST_CONTENTS) break;
  }
  return texts;
}

function parsedFrom(text: string): unknown {
  if (!BASE64.test(text)) return parseShallow(text);
  const bytes = Buffer.from(text, "base64");
  if (bytes[0] !== 0x1f) return parseShallow(bytes.toString("utf8"));
  try {
    return parseShallow(gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString("utf8"));
  } catch {
    return undefined;
  }
}
