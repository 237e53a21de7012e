import type { JsonObject } from "../decode/json/parse.ts";
import { WhatranError } from "../errors.ts";
import { clip } from "../model/clip.ts";
import type { LogRecord } from "../model/record.ts";
import { integer, lookup, text, texts } from "./json-shapes/fields.ts";
import { type At, ObjectRecord } from "./json-shapes/object-record.ts";
import { parseTime } from "./json-shapes/time.ts";

/** Which columns stand for which properties of one kind of event. */
interface MappedEvent {
  /** Kind of event, such as `processCreation`. */
  readonly kind: string;
  /** Columns and the values of which one must stand in them; empty: every row. */
  readonly when: ReadonlyMap<string, readonly string[]>;
  /** Event property (`commandLine`, `parent.image`) → column, or dotted path in JSON. */
  readonly fields: ReadonlyMap<string, string>;
  /** Properties that are the same in every row, such as `platform: linux`. */
  readonly values: ReadonlyMap<string, string>;
}

/** What a mapping file says. */
export interface Mapping {
  /** Columns of the record itself. */
  readonly time: string | undefined;
  readonly host: string | undefined;
  readonly recordId: string | undefined;
  readonly events: readonly MappedEvent[];
}

/** What is wrong with a mapping, and at which path of it. */
export class MappingError extends WhatranError {
  readonly path: readonly string[];
  /** It is the name that is wrong, not what it stands for. */
  readonly isName: boolean;

  constructor(path: readonly string[], message: string, isName = false) {
    super("config", message);
    this.path = path;
    this.isName = isName;
  }
}

/**
 * Reads a mapping that was parsed from YAML:
 * `{time, host, recordId: column, events: {<kind>: {when?: {column: value or values}, fields: {property: column}, values?: {property: value}}}}`.
 * @throws MappingError where it is wrong, as it is the operator's own file
 */
export function readMapping(value: unknown): Mapping {
  const root = entriesOf(value, []);
  allow(root, ["time", "host", "recordId", "events"], []);
  const column = (key: string): string | undefined => (root.has(key) ? textOf(root.get(key), [key]) : undefined);
  const events = [...entriesOf(root.get("events"), ["events"])].map(([kind, event]) => readEvent(kind, event));
  if (events.length === 0) throw new MappingError(["events"], "events is empty");
  return { time: column("time"), host: column("host"), recordId: column("recordId"), events };
}

function readEvent(kind: string, value: unknown): MappedEvent {
  const path = ["events", kind];
  const event = entriesOf(value, path);
  allow(event, ["when", "fields", "values"], path);
  const when = new Map<string, readonly string[]>();
  for (const [name, wanted] of event.has("when") ? entriesOf(event.get("when"), [...path, "when"]) : []) {
    const values = Array.isArray(wanted) ? wanted : [wanted];
    when.set(
      name,
      values.map((one) => textOf(one, [...path, "when", name])),
    );
  }
  const values = event.has("values") ? event.get("values") : {};
  return {
    kind,
    when,
    fields: textsOf(event.get("fields"), [...path, "fields"]),
    values: textsOf(values, [...path, "values"]),
  };
}

function allow(map: ReadonlyMap<string, unknown>, known: readonly string[], path: readonly string[]): void {
  for (const key of map.keys())
    if (!known.includes(key))
      throw new MappingError([...path, key], `“${clip(key, 64)}” is unknown; known are ${known.join(", ")}`, true);
}

function textsOf(value: unknown, path: readonly string[]): Map<string, string> {
  return new Map([...entriesOf(value, path)].map(([name, one]) => [name, textOf(one, [...path, name])]));
}

function entriesOf(value: unknown, path: readonly string[]): Map<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MappingError(path, `${path.length === 0 ? "the mapping" : path.join(".")} must have names and values`);
  return new Map(Object.entries(value));
}

function textOf(value: unknown, path: readonly string[]): string {
  const found = text(value);
  if (found === undefined) throw new MappingError(path, `${path.join(".")} must be a text`);
  return found;
}

/** The event that a mapping sees in a row or an object; undefined where it sees none. */
export function mappedRecord(mapping: Mapping, object: JsonObject, at: At): LogRecord | undefined {
  for (const { kind, when, fields, values: fixed } of mapping.events) {
    if (![...when].every(([column, values]) => values.includes(text(lookup(object, column)) ?? ""))) continue;
    const found: [string, unknown][] = [...fields].map(([property, column]) => [property, lookup(object, column)]);
    if (found.every(([, value]) => text(value) === undefined && texts(value) === undefined)) continue;
    const value = (column: string | undefined): unknown => (column === undefined ? undefined : lookup(object, column));
    const head = {
      time: parseTime(value(mapping.time)),
      host: text(value(mapping.host)),
      recordId: integer(value(mapping.recordId)),
    };
    return new ObjectRecord("mapped", at, head, Object.fromEntries([["kind", kind], ...fixed, ...found]));
  }
  return undefined;
}
