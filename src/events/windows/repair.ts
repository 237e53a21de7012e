import { decodeEntities } from "../../decode/xml/entities.ts";

/**
 * Sysmon for Windows doubles every `%` of CommandLine and of a registry value's Details, and none of ParentCommandLine.
 * A text in which some run of `%` has an odd length was therefore not doubled (or was repaired on its way here) and
 * stays as it is.
 */
export function undoublePercent(line: string): string {
  if (!line.includes("%%")) return line;
  const runs = line.match(/%+/g)!;
  return runs.some((run) => run.length % 2 === 1) ? line : line.replaceAll("%%", "%");
}

/** A bracket, or an ampersand that begins no entity: text that was escaped has neither. */
const UNESCAPED = /[<>]|&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot|apos);)/;

/**
 * Some exports (NXLog to JSON, for one) keep a field as it stood in the event's XML, so `2>&1` reads `2&gt;&amp;1`. Text in
 * which every `&` begins an entity and no `<` or `>` stands alone is taken for such; any other is not touched.
 */
export function unescapeMarkup(line: string): string {
  return !line.includes("&") || UNESCAPED.test(line) ? line : decodeEntities(line);
}
