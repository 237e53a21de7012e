/**
 * Where well-known exports keep their records: keys from the top, joined by dots. Elasticsearch and Kibana (`hits.hits`),
 * Graph and Defender APIs (`value`, `Results`), Splunk, Falcon and others (`results`, `resources`), CloudTrail-like (`Records`).
 */
const ARRAYS = new Set([
  "Events",
  "Events.Event",
  "events",
  "hits.hits",
  "rawResponse.hits.hits",
  "Records",
  "records",
  "Results",
  "resources",
  "results",
  "value",
  "data",
  "logs",
]);

/** Keys that tell that an object is a record itself, whatever arrays it holds. */
const OF_A_RECORD = new Set([
  "@timestamp",
  "EventID",
  "Event",
  "System",
  "activity_id",
  "category_uid",
  "class_uid",
  "eventName",
  "eventVersion",
  "finding_info",
  "Timestamp",
  "TimeCreated",
  "type_uid",
  "_raw",
  "winlog",
  "workload",
]);

/** Whether a key of the outermost object tells that. */
export const isOfRecord = (key: string): boolean => OF_A_RECORD.has(key);

export const LONGEST_KEY = 32;

/** Follows the keys of an object's first three levels to tell a record from an envelope around records. */
export class EnvelopeProbe {
  /** False once a record has been seen: an envelope comes first or not at all. */
  active = true;
  /** Whether a key of the value at hand tells a record. */
  ofRecord = false;
  private readonly path: string[] = [];
  private key = "";

  startKey(): void {
    this.key = "";
  }

  addToKey(bytes: Uint8Array, from: number, to: number): void {
    const end = Math.min(to, from + LONGEST_KEY - this.key.length);
    for (let at = from; at < end; at += 1) this.key += String.fromCharCode(bytes[at]!);
  }

  /** `depth` counts the objects and arrays that are open, one for the outermost. */
  endKey(depth: number): void {
    this.path.length = Math.min(this.path.length, depth - 1);
    while (this.path.length < depth - 1) this.path.push("");
    this.path.push(this.key);
    if (depth === 1 && OF_A_RECORD.has(this.key)) this.ofRecord = true;
  }

  /** Whether an array that opens as the value of the key just seen is called as one of records. */
  isNamed(depth: number): boolean {
    return this.path.length === depth && ARRAYS.has(this.path.join("."));
  }
}

/** Deepest level at which keys are followed. */
export const PROBED_DEPTH = 3;
