/** Strings of JSON text; linear, as its two branches never begin alike. */
const STRINGS = /"(?:[^"\\]|\\[\s\S])*"/g;
/** Text with so few opening brackets cannot nest deeper than a record may. */
const MOST_BRACKETS = 200;
const CONTROL = /[\u0000-\u001f]/g;

/** The value of JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same for text whose strings hold control characters, which some exporters do not escape; undefined where that is not its fault. */
export function parseRepaired(text: string): unknown {
  if (text.search(CONTROL) < 0) return undefined;
  return parseJson(text.replace(STRINGS, (string) => string.replace(CONTROL, escaped)).replaceAll("\0", " "));
}

/** The same for JSON inside JSON, which the splitter has not measured; undefined where it may nest deeper than a record. */
export function parseShallow(text: string): unknown {
  let brackets = 0;
  for (let at = 0; at < text.length && brackets <= MOST_BRACKETS; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) brackets += 1;
  }
  return brackets <= MOST_BRACKETS ? parseJson(text) : undefined;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A parsed JSON object; its own properties only are data. */
export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
