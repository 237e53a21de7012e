import { entryOf } from "../../model/entry.ts";
import type { LogRecord, Shape } from "../../model/record.ts";

/** Fields by name: texts, or lists of texts; undefined ones are absent. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A record of something at rest: it has no time, no host and no provider of its own. */
export class FieldRecord implements LogRecord {
  readonly shape: Shape;
  readonly file: string;
  readonly index: number;
  readonly recordId = undefined;
  readonly provider: string | undefined;
  readonly eventId = undefined;
  readonly channel = undefined;
  readonly host = undefined;
  readonly time: number | undefined;
  private readonly fields: Fields;

  constructor(shape: Shape, file: string, index: number, fields: Fields, provider?: string, time?: number) {
    this.shape = shape;
    this.file = file;
    this.index = index;
    this.fields = fields;
    this.provider = provider;
    this.time = time;
  }
  get(name: string): string | undefined {
    const value = entryOf(this.fields, name);
    return typeof value === "string" ? value : undefined;
  }
  list(name: string): readonly string[] | undefined {
    const value = entryOf(this.fields, name);
    return typeof value === "string" ? undefined : value;
  }
  names(): readonly string[] {
    return Object.keys(this.fields).filter((name) => this.fields[name] !== undefined);
  }
}
