/** What constant folding knows of an expression. */
export type Value =
  /** `known` is false where the text holds the source of something that is not constant; `bytes` are there where it is no text yet. */
  | { readonly kind: "text"; readonly text: string; readonly known: boolean; readonly bytes?: Uint8Array }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, Value>; readonly items: readonly Value[] }
  /** A function, module, class or object, by the path of its name, such as `os.system`. */
  | { readonly kind: "name"; readonly path: string }
  /** A method of a value, not yet called. */
  | { readonly kind: "method"; readonly receiver: Value; readonly name: string }
  /** What a file or address holds; `finding` is the index of the finding that read it. */
  | { readonly kind: "source"; readonly finding: number }
  /** Code that was decoded as far as it could be; `why` says what it is. */
  | { readonly kind: "sealed"; readonly why: string }
  /** A function that the code itself makes. */
  | { readonly kind: "function"; readonly call: (args: readonly Value[]) => Value }
  | { readonly kind: "unknown" };

/** What stands between brackets: items, and those that have names. */
export interface Group {
  readonly items: Value[];
  readonly named: Map<string, Value>;
  /** True where the last item is followed by a comma. */
  readonly trailing: boolean;
}

export const UNKNOWN: Value = { kind: "unknown" };
export const textValue = (text: string, known = true): Value => ({ kind: "text", text, known });

/** The text of a constant; undefined for anything that is not one. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === "text") return value.text;
  return value?.kind === "number" ? String(value.value) : undefined;
}

/** The text of a constant that is known to the last character. */
export function knownText(value: Value | undefined): string | undefined {
  return value?.kind === "text" && !value.known ? undefined : textOf(value);
}

/** Bytes of a constant; characters that are none stand for those of their encoding. */
export function bytesOf(value: Value | undefined): Uint8Array | undefined {
  const text = knownText(value);
  if (value?.kind !== "text" || text === undefined) return undefined;
  return value.bytes ?? Buffer.from(text, isLatin(text) ? "latin1" : "utf8");
}

const isLatin = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return false;
  return true;
};

/** Longest text that is taken apart; `flatten` puts no more together again. */
const MAX_TAKEN_APART = 4096;

/** What iterating over a constant gives: items, characters, or the numbers of bytes. */
export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === "list") return value.items;
  const text = knownText(value);
  if (value?.kind !== "text" || text === undefined || text.length > MAX_TAKEN_APART) return undefined;
  return value.bytes
    ? Array.from(value.bytes, (each) => ({ kind: "number", value: each }))
    : Array.from(text, (each) => textValue(each));
}

export const numberOf = (value: Value | undefined): number | undefined =>
  value?.kind === "number"
    ? value.value
    : value?.kind === "text" && /^-?\d{1,15}$/.test(value.text)
      ? Number(value.text)
      : undefined;

/** What `flatten` does at most: a list may hold itself many times over. */
const MAX_STEPS = 8192;
const MAX_CHARACTERS = 128 * 1024;

/** The texts of values and of the lists in them, in order; what is not constant is left out. */
export function flatten(values: readonly Value[]): string[] {
  const texts: string[] = [];
  const pending = [values[Symbol.iterator]()];
  let size = 0;
  for (let steps = 0; pending.length > 0 && steps < MAX_STEPS; steps++) {
    const { value, done } = pending.at(-1)!.next();
    const text = done ? undefined : textOf(value);
    if (done) pending.pop();
    else if (value.kind === "list") pending.push(value.items[Symbol.iterator]());
    if (text === undefined) continue;
    size += text.length;
    if (size > MAX_CHARACTERS) break;
    texts.push(text);
  }
  return texts;
}
