import { type Command, Option } from "commander";
import { jsonLine, jsonPretty } from "../outputs/escape.ts";
import { checkChoice, either } from "./flags.ts";

/** Words of other commands and tools for a format. */
const SYNONYMS: Readonly<Record<string, string>> = { table: "text", text: "table", jsonl: "ndjson" };

/** The one of a command's formats that a word means. */
export function formatNamed<T extends string>(word: unknown, names: readonly T[]): T | undefined {
  return names.find((name) => name === word) ?? names.find((name) => name === SYNONYMS[String(word)]);
}

/**
 * Gives a command `-t, --format`; an unknown format is refused before any work.
 * @param standard the format of those who name none, in words
 * @param json what `--json` means in commands that were once asked in this way
 */
export function formatOption<T extends string>(
  command: Command,
  names: readonly T[],
  standard: string,
  json?: T,
): Command {
  command.option("-t, --format <name>", `${either(names)} (default: ${standard})`, (word: string) => {
    const format = formatNamed(word, names);
    checkChoice("--format", format ?? word, names);
    return format;
  });
  if (json !== undefined) command.addOption(new Option("--json").hideHelp().implies({ format: json }));
  return command;
}

/** A result for other programs: one JSON document, or as NDJSON a line for each item of a list. */
export function dataText(result: unknown, format: "json" | "ndjson"): string {
  if (format === "json") return `${jsonPretty(result)}\n`;
  const items = Array.isArray(result) ? result : [result];
  return items.map((item) => `${jsonLine(item)}\n`).join("");
}
