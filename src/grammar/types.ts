import { View } from "../cmdline/normal/view.ts";
import { bitOf, type Named, type Numbering } from "./numbering.ts";

/** One argument with its place in the text that it was cut from. */
export interface Arg {
  /** Quotes and escapes resolved. */
  readonly value: string;
  /** As written. */
  readonly raw: string;
  /** Offsets in the text; both 0 where there is no text (a logged argv). */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** An argument of a logged argv. */
export const argOf = (value: string): Arg => ({ value, raw: value, start: 0, end: 0, quoted: false });

/** A part of an argument as one by itself. Arguments have few shapes, so that they are quick to read. */
export function partOf(arg: Arg, value: string, raw = arg.raw): Arg {
  const { start, end, quoted } = arg;
  return { value, raw, start, end, quoted };
}

const NO_ARGS: readonly Arg[] = [];

/** What one grammar element was given. */
export class Value extends View {
  /** A behaviour has tested or bound it: a later, more general one that would only repeat it does not show. */
  claimed = false;
  /** For `rest`, `until` and `...`: the arguments it is made of. */
  readonly args: readonly Arg[];

  constructor(text: string, args = NO_ARGS) {
    super(text);
    this.args = args;
  }
}

export interface Parsed {
  /** Element → values in order. A flag has one value with an empty text. */
  readonly values: ReadonlyMap<string, readonly Value[]>;
  /** Options that the grammar does not know, as written. */
  readonly unknown: readonly string[];
  /** Whether the line may be one of the program all the same, as it has none of these or hundreds of options. */
  readonly whole: boolean;
}

/** Line of a program after its name. */
export interface Line {
  readonly args: readonly Arg[];
  /** The text that `start` and `end` refer to; undefined for a logged argv. */
  readonly text: string | undefined;
}

/** What one element was given on a line, and what was given to another before it: lines give few elements something. */
class Given {
  readonly named: Named;
  readonly values: Value[];
  readonly before: Given | undefined;

  constructor(named: Named, value: Value, before: Given | undefined) {
    this.named = named;
    this.values = [value];
    this.before = before;
  }
}

/** Collects values while a line is parsed, and has them then. */
export class Collector {
  readonly unknown: string[] = [];
  whole = true;
  /** Bits of the elements that have values. */
  present = 0;
  readonly #numbering: Numbering;
  #last: Given | undefined;
  /** Of elements without a number, of which a line may name any number. */
  #others: Map<string, Value[]> | undefined;

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  /** Tells of a word that the grammar does not know; `taken` where the program may know it. */
  tell(word: string, taken = false): void {
    this.unknown.push(word);
    if (!taken) this.whole = false;
  }

  add(named: Named, text: string, args?: readonly Arg[]): void {
    const { element } = named;
    const values = this.#valuesOf(element);
    if (values) values.push(new Value(text, args));
    else {
      this.#last = new Given(named, new Value(text, args), this.#last);
      this.present |= bitOf(element);
    }
  }

  /** The same of an element by its name, as readers have it. */
  put(name: string, text: string, args?: readonly Arg[]): void {
    const named = this.#numbering.find(name);
    if (named) {
      this.add(named, text, args);
      return;
    }
    this.#others ??= new Map();
    const values = this.#others.get(name);
    if (values) values.push(new Value(text, args));
    else this.#others.set(name, [new Value(text, args)]);
  }

  get(element: number): readonly Value[] | undefined {
    return this.#valuesOf(element);
  }

  /** The same of an element of the grammar by its name. */
  named(name: string): readonly Value[] | undefined {
    const named = this.#numbering.find(name);
    return named && this.#valuesOf(named.element);
  }

  /** All values by the names of their elements: the numbered ones, and the others, each in the order in which they were met. */
  get values(): ReadonlyMap<string, readonly Value[]> {
    const all: [string, readonly Value[]][] = [];
    for (let one = this.#last; one; one = one.before) all.push([one.named.name, one.values]);
    return new Map([...all.reverse(), ...(this.#others ?? [])]);
  }

  #valuesOf(element: number): Value[] | undefined {
    for (let one = this.#last; one; one = one.before) if (one.named.element === element) return one.values;
    return undefined;
  }
}

/** The text from one argument to the end of the line as written; for an argv the arguments joined by spaces. */
export function restOf(line: Line, from: number): string {
  const first = line.args[from];
  if (!first) return "";
  if (line.text === undefined)
    return line.args
      .slice(from)
      .map((arg) => arg.value)
      .join(" ");
  return line.text.slice(first.start).trimEnd();
}
