/** The beginning of a text, at most `most` characters: a copy, so that the engine may forget the whole one. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : Buffer.from(text.slice(0, most), "utf16le").toString("utf16le");
}
