import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import type { LogRecord, Shape } from "../../model/record.ts";
import { keysOf, lookup, own, paths, text, texts } from "./fields.ts";

/** Where a record stands. */
export interface At {
  readonly file: string;
  readonly index: number;
  /** What the line says around a record that was relayed, for records that do not say it themselves. */
  readonly host?: string | undefined;
  readonly time?: number | undefined;
  readonly pickedBy?: string | undefined;
}

/** The place of what is only looked at. */
export const NOWHERE: At = { file: "", index: 0 };

/** One shape of JSON records. */
export interface JsonShape {
  /** Field names that tell it, for diagnostics. */
  readonly marks: readonly string[];
  recognise(object: JsonObject, at: At): LogRecord | undefined;
  /** How it reads an object that it recognises and whose values are read when asked for. */
  readonly lazily?: Lazily;
}

/** What a shape finds in an object that it has recognised, piece by piece. */
export interface Lazily {
  recordId(object: JsonObject): number | undefined;
  host(object: JsonObject): string | undefined;
  /** Milliseconds since the epoch. */
  time(object: JsonObject): number | undefined;
  /** The object whose properties are the fields. */
  fields(object: JsonObject, head: Head): JsonObject;
}

/** The record of a recognised object, each of its parts read at once. */
export function eagerRecord(lazily: Lazily, object: JsonObject, head: Head, at: At): ObjectRecord {
  const whole = {
    ...head,
    recordId: lazily.recordId(object),
    host: lazily.host(object),
    time: lazily.time(object),
  };
  return new ObjectRecord("winevent", at, whole, lazily.fields(object, head));
}

/** What every record says about itself. */
export interface Head {
  readonly recordId?: number | undefined;
  readonly provider?: string | undefined;
  readonly eventId?: number | undefined;
  readonly channel?: string | undefined;
  readonly host?: string | undefined;
  readonly time?: number | undefined;
  readonly pickedBy?: string | undefined;
  /** What an object of a known shape lacks to tell of what it looks to tell of, as it follows “it has …, and”. */
  readonly lack?: string | undefined;
}

/** Names of the fields that are properties of an object. */
export function namesOf(fields: JsonObject): readonly string[] {
  return keysOf(fields).filter((name) => {
    const value = own(fields, name);
    return value !== null && value !== undefined && !isObject(value);
  });
}

/** A record whose fields are the properties of an object. */
export class ObjectRecord implements LogRecord {
  readonly shape: Shape;
  readonly file: string;
  readonly index: number;
  readonly recordId: number | undefined;
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
  readonly channel: string | undefined;
  readonly host: string | undefined;
  readonly time: number | undefined;
  readonly pickedBy: string | undefined;
  readonly lack: string | undefined;
  protected readonly fields: JsonObject;

  constructor(shape: Shape, at: At, head: Head, fields: JsonObject) {
    this.shape = shape;
    this.file = at.file;
    this.index = at.index;
    this.recordId = head.recordId;
    this.provider = head.provider;
    this.eventId = head.eventId;
    this.channel = head.channel;
    this.host = head.host ?? at.host;
    this.time = head.time ?? at.time;
    this.pickedBy = head.pickedBy ?? at.pickedBy;
    this.lack = head.lack;
    this.fields = fields;
  }

  get(name: string): string | undefined {
    return text(own(this.fields, name));
  }

  list(name: string): readonly string[] | undefined {
    return texts(own(this.fields, name));
  }

  names(): readonly string[] {
    return namesOf(this.fields);
  }
}

/** A record whose fields are dotted paths into an object. */
export class PathRecord extends ObjectRecord {
  override get(name: string): string | undefined {
    return text(lookup(this.fields, name));
  }

  override list(name: string): readonly string[] | undefined {
    return texts(lookup(this.fields, name));
  }

  override names(): readonly string[] {
    return paths(this.fields);
  }
}
