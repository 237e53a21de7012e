import { headText } from "../../decode/json/encoding.ts";

/** The first lines of a text in any encoding that marks itself; none where the bytes are no text. */
export function firstLines(head: Uint8Array, count = 200): readonly string[] {
  const text = headText(head.subarray(0, 16_384));
  if (text.includes("\0")) return [];
  const lines = text.split(/\r?\n/, count + 1);
  // The last line may be cut where the head ends; a script may be one long line.
  return (head.length > 16_384 && lines.length > 1) || lines.length > count ? lines.slice(0, -1) : lines;
}

/** A file's name below the folders and archives above it, in lower case, each behind a `/`. */
export function pathOf(name: string): string {
  return `/${name.replace(/[\\!]/g, "/").toLowerCase()}`;
}

/** What is behind the last `/` of such a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
