import { View } from "../cmdline/normal/view.ts";

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
}

/** Line of a program after its name. */
export interface Line {
  readonly args: readonly Arg[];
  /** The text that `start` and `end` refer to; undefined for a logged argv. */
  readonly text: string | undefined;
}

/** Collects values while a line is parsed. */
export class Collector {
  readonly values = new Map<string, Value[]>();
  readonly unknown: string[] = [];

  add(element: string, text: string, args?: readonly Arg[]): void {
    const values = this.values.get(element);
    if (values) values.push(new Value(text, args));
    else this.values.set(element, [new Value(text, args)]);
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
