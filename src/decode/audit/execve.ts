import { fieldText, type RawField } from "./fields.ts";
import { decodeHex, isHex } from "./hex.ts";

/** More arguments than Linux itself would take from one execve on common settings. */
const MAX_ARGS = 65_536;

/** Keys of arguments and of pieces of arguments. */
export const ARGUMENT = /^a(\d{1,7})(?:\[(\d{1,7})\])?$/;

/**
 * The argument vector from all EXECVE records of an event, in whatever order they came: `a0="x"`, and for long arguments
 * `a1_len=… a1[0]=… a1[1]=…`, spread over several records. An argument whose record was lost is left out.
 */
export function execveArgs(records: readonly ReadonlyMap<string, RawField>[]): readonly string[] {
  return (records.length === 1 ? plainArgs(records[0]!) : undefined) ?? pieced(records);
}

/** The usual case: one record, all arguments whole and in order; undefined where it is another. */
function plainArgs(fields: ReadonlyMap<string, RawField>): readonly string[] | undefined {
  const count = Number(fields.get("argc")?.text);
  if (!(count <= MAX_ARGS)) return undefined;
  const args: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const field = fields.get(`a${index}`);
    if (!field) return undefined;
    args.push(fieldText("a", field));
  }
  return args;
}

function pieced(records: readonly ReadonlyMap<string, RawField>[]): readonly string[] {
  const pieces = new Map<number, Map<number, RawField>>();
  for (const fields of records) {
    for (const [key, field] of fields) {
      const match = ARGUMENT.exec(key);
      if (!match) continue;
      const index = Number(match[1]);
      let argument = pieces.get(index);
      if (!argument) {
        if (pieces.size >= MAX_ARGS) continue;
        argument = new Map();
        pieces.set(index, argument);
      }
      argument.set(Number(match[2] ?? 0), field);
    }
  }
  return inOrder(pieces).map((argument) => join(inOrder(argument)));
}

function inOrder<T>(numbered: ReadonlyMap<number, T>): T[] {
  return [...numbered].sort(([left], [right]) => left - right).map(([, value]) => value);
}

/** A character may be cut between two pieces, so that runs of hex are joined before they are decoded. */
function join(fields: readonly RawField[]): string {
  let text = "";
  let hex = "";
  for (const field of fields) {
    if (!field.quoted && isHex(field.text)) {
      hex += field.text;
      continue;
    }
    text += decodeHex(hex) + field.text;
    hex = "";
  }
  return text + decodeHex(hex);
}
