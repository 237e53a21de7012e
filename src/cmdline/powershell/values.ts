import type { PayloadWhere } from "../../model/payload.ts";

/** What is known of a PowerShell value from the text alone. */
export type Value =
  | { readonly kind: "text"; readonly text: string; readonly char?: boolean }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** A script block. */
  | { readonly kind: "block"; readonly code: string }
  /** A .NET type or encoding, lower case, without `system.`. */
  | { readonly kind: "type"; readonly name: string }
  /** An object made by New-Object, by a type accelerator, or by a member of such an object. */
  | { readonly kind: "object"; readonly type: string; readonly args: readonly Value[]; readonly member?: string }
  /** Contents of a web address, a file, or another place that `where` names. */
  | { readonly kind: "contents"; readonly from: string; readonly where?: PayloadWhere }
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Value> }
  /** Compressed or encrypted data. */
  | { readonly kind: "sealed"; readonly why: string }
  | { readonly kind: "unknown"; readonly source: string };

export const UNKNOWN: Value = { kind: "unknown", source: "" };

/** Type of an object that stands for a key of the registry; its properties are the key's values. */
export const REGISTRY_KEY = "\0registry key";

/** What a statement without output gives. */
export const NOTHING: Value = { kind: "list", items: [] };

export function text(value: string, char = false): Value {
  return char ? { kind: "text", text: value, char } : { kind: "text", text: value };
}

export function number(value: number): Value {
  return { kind: "number", number: value };
}

export function list(items: readonly Value[]): Value {
  return { kind: "list", items };
}

/** Text as string conversion gives it; undefined where it is not known. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === "text") return value.text;
  if (value?.kind === "number") return String(value.number);
  if (value?.kind !== "list") return value?.kind === "block" ? value.code : undefined;
  const parts = value.items.map(textOf);
  return parts.every((part) => part !== undefined) ? parts.join(" ") : undefined;
}

/** Text for people and for names of files: what is not known stays as written. */
export function shownText(value: Value | undefined): string {
  if (value === undefined) return "";
  if (value.kind === "unknown") return value.source;
  if (value.kind === "contents") return value.from;
  return textOf(value) ?? (value.kind === "list" ? value.items.map(shownText).join(" ") : "");
}

export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind === "number") return value.number;
  if (value?.kind !== "text") return undefined;
  if (value.char) return value.text.charCodeAt(0);
  const trimmed = value.text.trim();
  return /^[-+]?(?:\d{1,15}|0x[0-9a-f]{1,12})$/i.test(trimmed) ? Number(trimmed) : undefined;
}

/** Items as enumeration gives them: a text is one item. */
export function itemsOf(value: Value): readonly Value[] {
  if (value.kind === "list") return value.items;
  if (value.kind === "bytes") return [...value.bytes].map(number);
  return value === UNKNOWN ? [] : [value];
}

/** What was last assigned to a member of an object. */
export const memberOf = ({ args }: Value & { kind: "object" }, name: string): Value | undefined =>
  args.flatMap((one) => (one.kind === "map" ? (one.entries.get(name) ?? []) : [])).at(-1);

/** Bytes of a value: a byte array, or a list of numbers. */
export function bytesOf(value: Value | undefined): Uint8Array | undefined {
  if (value?.kind === "bytes") return value.bytes;
  if (value?.kind !== "list") return undefined;
  const numbers = value.items.map(numberOf);
  return numbers.every((one) => one !== undefined && one >= 0 && one < 256)
    ? Uint8Array.from(numbers as number[])
    : undefined;
}
