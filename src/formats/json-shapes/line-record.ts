import type { JsonObject } from "../../decode/json/parse.ts";
import { type Line, LineObject } from "../../decode/json/skim/line-object.ts";
import type { ObjectRef } from "../../decode/json/skim/pattern.ts";
import type { LogRecord } from "../../model/record.ts";
import { own, text, texts } from "./fields.ts";
import { type At, type Lazily, namesOf } from "./object-record.ts";

/** What the records of one pattern have in common. */
export interface Alike {
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
  readonly channel: string | undefined;
  readonly lazily: Lazily;
  /** Where a line of the pattern has the record's object. */
  readonly object: ObjectRef;
}

/** The record of a line that fits a pattern: a few words, as long as nobody asks. Its texts are made when asked for. */
export class LineRecord implements LogRecord {
  readonly shape = "winevent";
  readonly file: string;
  readonly index: number;
  readonly #alike: Alike;
  readonly #object: LineObject;
  #fields: JsonObject | undefined;

  constructor(alike: Alike, line: Line, at: At) {
    this.file = at.file;
    this.index = at.index;
    this.#alike = alike;
    this.#object = new LineObject(alike.object, line);
  }

  get provider(): string | undefined {
    return this.#alike.provider;
  }

  get eventId(): number | undefined {
    return this.#alike.eventId;
  }

  get channel(): string | undefined {
    return this.#alike.channel;
  }

  get recordId(): number | undefined {
    return this.#alike.lazily.recordId(this.#object);
  }

  get host(): string | undefined {
    return this.#alike.lazily.host(this.#object);
  }

  get time(): number | undefined {
    return this.#alike.lazily.time(this.#object);
  }

  get(name: string): string | undefined {
    return text(own(this.#read(), name));
  }

  list(name: string): readonly string[] | undefined {
    return texts(own(this.#read(), name));
  }

  names(): readonly string[] {
    return namesOf(this.#read());
  }

  #read(): JsonObject {
    this.#fields ??= this.#alike.lazily.fields(this.#object, this.#alike);
    return this.#fields;
  }
}
