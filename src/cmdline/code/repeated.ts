import type { Cursor } from "./cursor.ts";
import type { Sink } from "./sink.ts";
import { itemsOf, UNKNOWN, type Value } from "./values.ts";

/** An evaluator, as far as code that is read more than once needs it. */
export interface Repeater extends Cursor {
  readonly sink: Sink;
  expression(): Value;
  bind(name: string, value: Value): void;
}

/** Characters of code that reading a token again is counted as. */
const COST = 4;

/** Names up to a word or a sign, as in `x`, `(a, b)`; what stands there ends them. */
function names(reader: Repeater, ends: () => boolean): string[] {
  const found: string[] = [];
  while (reader.peek() && !ends()) {
    if (reader.word(0) !== "") found.push(reader.word(0));
    reader.at++;
  }
  return found;
}

function bindAll(reader: Repeater, targets: readonly string[], value: Value): void {
  const values = targets.length > 1 && value.kind === "list" ? value.items : [value];
  for (const [nth, name] of targets.entries()) reader.bind(name, values[nth] ?? UNKNOWN);
}

/** `… for x in items`, at the `for` behind the expression that begins at `start`: what that is for each of the items. */
export function comprehension(reader: Repeater, start: number): Value {
  const length = reader.at - start;
  reader.at++;
  const targets = names(reader, () => reader.word(0) === "in");
  reader.at++;
  const items = itemsOf(reader.expression());
  const end = reader.at;
  const partial = reader.word(0) === "if" || reader.word(0) === "for";
  if (items === undefined || partial || !reader.sink.affords(items.length * length * COST)) return UNKNOWN;
  const made = items.map((item) => {
    bindAll(reader, targets, item);
    reader.at = start;
    return reader.expression();
  });
  reader.at = end;
  return { kind: "list", items: made };
}

/** `lambda x, y: …`, at the word: the body is read as it stands, and again with what the function is given. */
export function lambda(reader: Repeater): Value {
  reader.at++;
  const parameters = names(reader, () => reader.isOp(":"));
  reader.at++;
  const start = reader.at;
  reader.expression();
  const length = reader.at - start;
  const call = (args: readonly Value[]): Value => {
    if (!reader.sink.affords(length * COST)) return UNKNOWN;
    const back = reader.at;
    for (const [nth, name] of parameters.entries()) if (args[nth]) reader.bind(name, args[nth]);
    reader.at = start;
    const value = reader.expression();
    reader.at = back;
    return value;
  };
  return { kind: "function", call };
}
