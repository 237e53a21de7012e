import type { Language } from "./language.ts";
import { comprehension, type Repeater } from "./repeated.ts";
import { MAX_ITEMS } from "./types.ts";
import { type Group, UNKNOWN, type Value } from "./values.ts";

/** An evaluator, as far as lists of values need it. */
interface ArgumentReader extends Repeater {
  readonly language: Language;
  /** A name as the language compares it. */
  fold(name: string): string;
}

/** What stands between brackets, from the opening one on: items, and those that have names. */
export function group(reader: ArgumentReader, close: string): Group {
  const items: Value[] = [];
  const named = new Map<string, Value>();
  let trailing = false;
  reader.at++;
  reader.brackets++;
  while (reader.peek() && !reader.isOp(close)) {
    const before = reader.at;
    trailing = reader.isOp(",", ";");
    if (trailing) reader.at++;
    else takeArgument(reader, items, named, close);
    if (reader.at === before) {
      // Not an expression of the kind that is folded: the item is not constant.
      if (items.length > 0 && !reader.isOp(":", "=>")) items[items.length - 1] = UNKNOWN;
      reader.at++;
    }
  }
  reader.brackets--;
  if (reader.at < reader.tokens.length) reader.at++;
  return { items, named, trailing };
}

/** Arguments without brackets, up to the end of the line or of the statement. */
export function bareArguments(reader: ArgumentReader): Group {
  const items: Value[] = [];
  const named = new Map<string, Value>();
  for (;;) {
    const before = reader.at;
    takeArgument(reader, items, named, "");
    // What is nested too deeply to be read moves nothing on.
    const isNext = reader.at > before && followsBare(reader, items);
    if (!isNext && !reader.isOp(",")) return { items, named, trailing: false };
    if (!isNext) reader.at++;
  }
}

/** True where the next argument follows without a comma: after a block, or in languages that need none. */
function followsBare(reader: ArgumentReader, items: readonly Value[]): boolean {
  const isString = reader.peek()?.kind === "string";
  return (
    (items.length === 1 && items[0]!.kind === "object" && (isString || reader.isOp("("))) ||
    (reader.language.spaced === true && (isString || reader.isOp("[")))
  );
}

function takeArgument(reader: ArgumentReader, items: Value[], named: Map<string, Value>, close: string): void {
  const name = reader.takeKey(close);
  if (name !== "") {
    named.set(reader.fold(name), reader.expression());
    return;
  }
  const before = reader.at;
  const spread = reader.isOp("*", "...");
  if (spread) reader.at++;
  const value = reader.expression();
  const isRepeated = reader.language.comprehends && reader.at > before && reader.word(0) === "for";
  const made = isRepeated ? comprehension(reader, before) : value;
  if ((spread || (made !== value && close === "]")) && made.kind === "list")
    items.push(...made.items.slice(0, Math.max(0, MAX_ITEMS - items.length)));
  else if (reader.at > before) items.push(made);
}
