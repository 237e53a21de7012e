import { splitProgram } from "../cmdline/windows/program.ts";
import { openerOf } from "../invocations/commands/association.ts";

/** What a browser opens, whatever the name at its end. */
const WEB = /^(?:https?|ftp|mailto):/i;
/** Addresses of a scheme that a program of Windows serves. */
const SCHEME = /^(?!file:)[a-z][a-z0-9+.-]{1,40}:(?!\\)/i;

/**
 * The command line that opening this one makes Windows run, where it begins with a document and not with a program, or is the address
 * of a scheme; undefined otherwise.
 */
export function openedWith(commandLine: string): string | undefined {
  const bare = commandLine.trim().replace(/^"(.*)"$/s, "$1");
  if (WEB.test(bare)) return undefined;
  if (SCHEME.test(bare)) return `explorer.exe ${bare}`;
  const { program } = splitProgram(commandLine);
  const known = openerOf(program.value.trimEnd());
  if (!known) return undefined;
  return `${known.join(" ")} "${program.value.trim()}" ${commandLine.slice(program.end).trim()}`.trimEnd();
}
