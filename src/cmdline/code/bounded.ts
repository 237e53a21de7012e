import { MAX_TEXT } from "./types.ts";

/** Pieces into which a text is cut at most. */
const MAX_PIECES = 4096;

/** Joins texts; undefined where the whole would be longer than MAX_TEXT. */
export function joinBounded(texts: readonly string[], separator: string): string | undefined {
  let size = separator.length * texts.length;
  for (const text of texts) size += text.length;
  return size > MAX_TEXT ? undefined : texts.join(separator);
}

/** Replaces each `from` with `to`; undefined where the whole would be too long, or where there is nothing to look for. */
export function replaceBounded(text: string, from: string | undefined, to: string | undefined): string | undefined {
  return from === undefined || from === "" || to === undefined
    ? undefined
    : joinBounded(text.split(from, MAX_PIECES), to);
}

/** Replaces each match with what `value` gives for it and its first group; undefined where the whole would be too long. */
export function fillBounded(
  text: string,
  places: RegExp,
  value: (place: string, name: string) => string,
): string | undefined {
  let size = text.length;
  const filled = text.replace(places, (place: string, name: string | undefined) => {
    if (size > MAX_TEXT) return "";
    const put = value(place, name ?? "");
    size += put.length;
    return size > MAX_TEXT ? "" : put;
  });
  return size > MAX_TEXT ? undefined : filled;
}
