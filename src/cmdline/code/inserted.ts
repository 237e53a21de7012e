import { entryOf } from "../../model/entry.ts";
import { insertedBySed } from "./languages/sed.ts";

const INSERTERS: Readonly<Record<string, (code: string) => readonly string[]>> = { sed: insertedBySed };

/** The lines that an editing script puts into the text that it edits, one a line; undefined where there are none or nobody knows. */
export function insertedText(language: string, code: string): string | undefined {
  const lines = entryOf(INSERTERS, language)?.(code) ?? [];
  return lines.length > 0 ? lines.join("\n") : undefined;
}
