import { classifyValue } from "../../cmdline/normal/classify.ts";
import { parsePowerShellLine } from "../../cmdline/powershell/command-line.ts";
import type { Line } from "../../grammar/types.ts";

/**
 * A library, a comma, and a function of it: nobody but rundll32 reads that; what icons are named by has a number behind the comma. As
 * Windows takes paths: of a device, too, and with dots behind that it leaves out.
 */
const LIBRARY_AND_ENTRY =
  /^(?!-)(?:\\\\\?\\)?[^,*?<>|"=]{1,400}\.(?:dll|cpl|ocx|ax)\.{0,8}"?,(?:#\d{1,5}|[a-z_]\w{1,128})$/i;

/** The same, with a blank behind the comma: a word of its own. */
const LIBRARY_AND_COMMA = /^(?!-)(?:\\\\\?\\)?[^,*?<>|"=]{1,400}\.(?:dll|cpl|ocx|ax)\.{0,8}"?,$/i;
const ENTRY = /^(?:#\d{1,5}|[a-z_]\w{1,128})$/i;

/** The same of a file with another ending, by its whole path; the function has a capital letter, as most have and lists of words have not. */
const FILE_AND_ENTRY = /^"?([A-Za-z]:\\[^,*?<>|"=:]{1,400}\.\w{1,5})"?,(?:#\d{1,5}|[A-Z]\w{2,128})$/;

/** Code in front of the library whose function reads it. */
const INLINE_ENTRY = /^(?:javascript|vbscript):.{1,400},\s*RunHTMLApplication\b/i;

/** How rundll32 is told to start a class. */
const CLASS_OPTION = /^[-/](?:sta|localserver)$/i;
const CLASS = /^"?\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}"?$/i;

function isRundll32({ args: [first, second] }: Line): boolean {
  if (first === undefined) return false;
  if (second !== undefined && CLASS_OPTION.test(first.value) && CLASS.test(second.value)) return true;
  if (!first.value.includes(",")) return false;
  if (second !== undefined && LIBRARY_AND_COMMA.test(first.value) && ENTRY.test(second.value)) return true;
  if (LIBRARY_AND_ENTRY.test(first.value) || INLINE_ENTRY.test(first.value)) return true;
  const file = FILE_AND_ENTRY.exec(first.value)?.[1];
  return file !== undefined && classifyValue(file, "windows").userWritable;
}

const POWERSHELL_OPTION = /^[-/](?:e|ec|en\w*|ep|ex\w*|w\w*|nop\w*|noni\w*)$/i;
const POWERSHELL_OPTIONS = new Set(["noprofile", "noninteractive", "windowstyle", "executionpolicy"]);
/** Shorter code in Base64 may as well be a word. */
const LEAST_CODE = 6;

/** Two of its own options, or code in Base64. */
function isPowerShell({ args }: Line): boolean {
  if (!args.some(({ value }) => POWERSHELL_OPTION.test(value))) return false;
  const { options, encoded, code } = parsePowerShellLine(args.map(({ value }) => value));
  const own = options.filter(({ name }) => POWERSHELL_OPTIONS.has(name)).length;
  return code !== undefined && (encoded ? code.length >= LEAST_CODE && /^[\t\r\n -~]*$/.test(code) : own >= 2);
}

/** Lines that no other program understands, by who does, where that is not told by words on them (`knownBy` in the catalogue). */
const MARKS: readonly (readonly [name: string, isItsOwn: (line: Line) => boolean])[] = [
  ["rundll32.exe", isRundll32],
  ["powershell.exe", isPowerShell],
];

/** The program whose own syntax a line is written in; undefined for most. */
export function markedAs(line: Line): string | undefined {
  return MARKS.find(([, isItsOwn]) => isItsOwn(line))?.[0];
}
