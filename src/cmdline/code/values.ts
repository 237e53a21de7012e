/** What constant folding knows of an expression. */
export type Value =
  /** `known` is false where the text holds the source of something that is not constant. */
  | { readonly kind: "text"; readonly text: string; readonly known: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, Value>; readonly items: readonly Value[] }
  /** A function, module, class or object, by the path of its name, such as `os.system`. */
  | { readonly kind: "name"; readonly path: string }
  /** A method of a value, not yet called. */
  | { readonly kind: "method"; readonly receiver: Value; readonly name: string }
  /** What a file or address holds; `finding` is the index of the finding that read it. */
  | { readonly kind: "source"; readonly finding: number }
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

export const numberOf = (value: Value | undefined): number | undefined =>
  value?.kind === "number"
    ? value.value
    : value?.kind === "text" && /^-?\d{1,15}$/.test(value.text)
      ? Number(value.text)
      : undefined;

/** The texts of a value and of the lists in it, in order; what is not constant is left out. */
export function flatten(values: readonly Value[]): string[] {
  return values.flatMap((value) => (value.kind === "list" ? flatten(value.items) : (textOf(value) ?? [])));
}
