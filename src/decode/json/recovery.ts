import { CLOSE_ARRAY, COMMA, isSpace, NEWLINE, OPEN_OBJECT } from "./bytes.ts";
import { Position } from "./position.ts";
import type { JsonValues, Place } from "./values.ts";

type State = "between" | "value" | "string" | "text" | "skip";

/** Where a splitter stands, and how it passes over what is no JSON. */
export abstract class Recovery {
  protected readonly values: JsonValues;
  protected readonly position = new Position();
  protected block: Buffer = Buffer.alloc(0);
  protected state: State = "between";
  /** Depth outside of the records: 0, or that of the array whose elements they are. */
  protected base = 0;
  /** Where the value at hand begins. */
  protected place: Place = { offset: 0, line: 1 };
  protected column = 0;
  /** The line of the last byte that is not space. */
  protected lastLine = 0;

  constructor(values: JsonValues) {
    this.values = values;
  }

  /** Text that is no JSON: a line, or an element of an array up to its comma. */
  protected text(start: number): number {
    for (let at = start; at < this.block.length; at += 1) {
      const byte = this.block[at]!;
      if (byte !== NEWLINE && !(this.base > 0 && (byte === COMMA || byte === CLOSE_ARRAY))) continue;
      this.values.damaged("text", this.place);
      this.state = "between";
      return at;
    }
    return this.block.length;
  }

  protected skip(start: number): number {
    for (let at = start; at < this.block.length; at += 1) {
      const byte = this.block[at]!;
      if (byte === NEWLINE) this.position.newline(at);
      if (isSpace(byte)) continue;
      const opens = byte === OPEN_OBJECT || (byte === CLOSE_ARRAY && this.base > 0);
      if (opens && this.position.line !== this.lastLine && this.position.columnOf(at) <= this.column) {
        this.state = "between";
        return at;
      }
      this.lastLine = this.position.line;
    }
    return this.block.length;
  }
}
