import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from "../bytes.ts";
import { KIND, MAX_SLOTS } from "./layout.ts";

/** Keys by which lines of one pattern are told apart further. */
export interface Telling {
  /** What stands under these keys, at any depth, decides what a record is: it must be the same. */
  readonly decisive: ReadonlySet<string>;
  /** Texts under these keys are looked into for records inside. */
  readonly texts: ReadonlySet<string>;
}

/** A text that stands in every line of a pattern, and what kind of value follows. */
export interface Step {
  readonly text: Buffer;
  readonly kind: (typeof KIND)[keyof typeof KIND];
}

/** Where a value of a line is found: in a slot, or as a part of the pattern, the same in every line. */
export type Ref =
  | { readonly is: "string" | "number"; readonly slot: number }
  | { readonly is: "same"; readonly value: unknown }
  | { readonly is: "list"; readonly items: readonly Ref[] }
  | ObjectRef;

export interface ObjectRef {
  readonly is: "object";
  readonly members: ReadonlyMap<string, Ref>;
}

/**
 * What lines of one exporter and kind of event have in common: keys, nesting, types of values, and the values that decide what
 * the record is. A line that follows the steps is one JSON object, as the line was from which they were taken.
 */
export interface Pattern {
  readonly steps: readonly Step[];
  readonly slots: number;
  /** The whole line's value; undefined where its keys are such that an object would not hold them as they stand. */
  readonly value: ObjectRef | undefined;
}

/** A key that comes first among an object's own whatever its place, or is none of its own. */
const UNUSUAL_KEY = /^\d+$|^__proto__$/;

/** A text with a Windows event in it, as XML or as Splunk writes it. */
const RECORD_INSIDE = /<Event|EventCode/;

/** Of a line that is one JSON object in UTF-8; undefined where it has too many values, or a record may be in one of its texts. */
export function patternOf(line: Buffer, telling: Telling): Pattern | undefined {
  const reader = new PatternReader(line, telling);
  const value = reader.value("", false);
  if (reader.slots > MAX_SLOTS || !reader.isPlain) return undefined;
  reader.step(KIND.end);
  return {
    steps: reader.steps,
    slots: reader.slots,
    value: reader.isUsual && value.is === "object" ? value : undefined,
  };
}

/** Where an object that stands in a line's value does so in its pattern. */
export function objectIn(ref: Ref, value: unknown, wanted: object): ObjectRef | undefined {
  if (ref.is !== "object") return undefined;
  if (value === wanted) return ref;
  for (const [key, member] of ref.members) {
    const found = objectIn(member, (value as Readonly<Record<string, unknown>>)[key], wanted);
    if (found) return found;
  }
  return undefined;
}

/** Whether the text between two places, as JSON writes it, surely holds no record: it neither begins like JSON nor names an event. */
export function isPlainText(bytes: Buffer, from: number, to: number): boolean {
  const first = bytes[from]!;
  if (from < to && (first <= 0x20 || first >= 0x80 || first === OPEN_OBJECT || first === BACKSLASH)) return false;
  return !RECORD_INSIDE.test(bytes.toString("latin1", from, to));
}

/** Follows text that is known to be JSON. */
class PatternReader {
  readonly steps: Step[] = [];
  isUsual = true;
  isPlain = true;
  slots = 0;
  readonly #line: Buffer;
  readonly #telling: Telling;
  #at = 0;
  /** Where the text of the next step begins. */
  #from = 0;

  constructor(line: Buffer, telling: Telling) {
    this.#line = line;
    this.#telling = telling;
  }

  step(kind: Step["kind"]): void {
    this.steps.push({ text: Buffer.from(this.#line.subarray(this.#from, this.#at)), kind });
  }

  /** `key` is the one that it stands under, or that its list does; `isSame` where it is decisive. */
  value(key: string, isSame: boolean): Ref {
    this.#blanks();
    const byte = this.#line[this.#at]!;
    if (byte === OPEN_OBJECT) return this.#object(isSame);
    if (byte === OPEN_ARRAY) return this.#list(key, isSame);
    if (byte === QUOTE) return this.#string(key, isSame);
    const start = this.#at;
    const end = this.#wordEnd();
    if (isSame || byte > 0x39) return this.#same(start, end);
    this.step(KIND.number);
    this.#at = end;
    this.#from = end;
    return { is: "number", slot: this.slots++ };
  }

  #object(isSame: boolean): Ref {
    const members = new Map<string, Ref>();
    this.#at++;
    for (this.#blanks(); this.#line[this.#at] !== CLOSE_OBJECT; this.#blanks()) {
      if (this.#line[this.#at] === COMMA) {
        this.#at++;
        continue;
      }
      const start = this.#at;
      this.#at = this.#stringEnd();
      const key = JSON.parse(this.#line.toString("utf8", start, this.#at)) as string;
      if (members.has(key) || UNUSUAL_KEY.test(key)) this.isUsual = false;
      this.#blanks();
      if (this.#line[this.#at] === COLON) this.#at++;
      members.set(key, this.value(key, isSame || this.#telling.decisive.has(key)));
    }
    this.#at++;
    return { is: "object", members };
  }

  #list(key: string, isSame: boolean): Ref {
    const items: Ref[] = [];
    this.#at++;
    for (this.#blanks(); this.#line[this.#at] !== CLOSE_ARRAY; this.#blanks()) {
      if (this.#line[this.#at] === COMMA) this.#at++;
      else items.push(this.value(key, isSame));
    }
    this.#at++;
    return { is: "list", items };
  }

  #string(key: string, isSame: boolean): Ref {
    const start = this.#at;
    const end = this.#stringEnd();
    if (isSame) return this.#same(start, end);
    this.#at++;
    const isText = this.#telling.texts.has(key);
    if (isText && !isPlainText(this.#line, start + 1, end - 1)) this.isPlain = false;
    this.step(isText ? KIND.text : KIND.string);
    this.#at = end;
    this.#from = end - 1;
    return { is: "string", slot: this.slots++ };
  }

  #same(start: number, end: number): Ref {
    this.#at = end;
    return { is: "same", value: JSON.parse(this.#line.toString("utf8", start, end)) };
  }

  #blanks(): void {
    while (isSpace(this.#line[this.#at]!)) this.#at++;
  }

  /** Behind the quote that closes the string which opens here. */
  #stringEnd(): number {
    let at = this.#at + 1;
    while (this.#line[at] !== QUOTE) at += this.#line[at] === BACKSLASH ? 2 : 1;
    return at + 1;
  }

  #wordEnd(): number {
    let at = this.#at;
    while (at < this.#line.length && !isSpace(this.#line[at]!) && !ENDS_WORD.has(this.#line[at]!)) at++;
    return at;
  }
}

const ENDS_WORD = new Set([COMMA, CLOSE_ARRAY, CLOSE_OBJECT]);
