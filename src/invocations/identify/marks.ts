import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { parsePowerShellLine } from "../../cmdline/powershell/command-line.ts";
import type { Line } from "../../grammar/types.ts";
import { baseName } from "../glob.ts";

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

const POWERSHELL_OPTION = /^[-/\u2013-\u2015](?:c|co\w*|e|ec|en\w*|ep|ex\w*|f|fi\w*|w\w*|nop\w*|noni\w*)(?::|$)/i;
const POWERSHELL_OPTIONS = new Set(["noprofile", "noninteractive", "windowstyle", "executionpolicy"]);
/** Shorter code in Base64 may as well be a word. */
const LEAST_CODE = 6;

/** Values that its own options have, and hardly one of others. */
const OWN_VALUE: Readonly<Record<string, RegExp>> = {
  executionpolicy: /^(?:bypass|unrestricted|remotesigned|allsigned|restricted)$/i,
  windowstyle: /^(?:h|hi\w{0,4}|1|min\w{0,6}|max\w{0,6}|normal)$/i,
};

/** What begins a statement of PowerShell, and of no other language: a cmdlet with what it is given, a type, a variable of the environment, aliases that run or fetch. */
const CODE =
  /(?:^|[;{(|=&]\s{0,8})(?:(?:Add|Clear|ConvertTo|Copy|Disable|Enable|Export|Get|Import|Invoke|Move|New|Out|Register|Remove|Rename|Reset|Set|Start|Stop|Unregister|Write)-[A-Z][A-Za-z]{2,40}(?=[\s)}|;]|$)|\[[\w.]{3,80}\]::\w|\$env:\w|(?:iex|iwr|irm|icm|gwmi|icim|saps)\b\s{0,8}[($"'{\w-])/i;

/** Without one of these there is none of it. */
const MAY_BE_CODE = /-[A-Z]|::|[$ (]/;
/** So much of a text tells its language. */
const MAX_READ = 512;

function hasCode(text: string): boolean {
  const begin = text.length > MAX_READ ? text.slice(0, MAX_READ) : text;
  return MAY_BE_CODE.test(begin) && CODE.test(begin);
}

/** Two of its own options or one with a value of its own, code in Base64, or code that nobody else reads. */
function isPowerShell({ args }: Line): boolean {
  const values = args.map(({ value }) => value);
  if (!values.some((value) => POWERSHELL_OPTION.test(value) || hasCode(value))) return false;
  const { options, encoded, code, file } = parsePowerShellLine(values);
  if (encoded) return code !== undefined && code.length >= LEAST_CODE && /^[\t\r\n -~]*$/.test(code);
  const own = options.filter(({ name }) => POWERSHELL_OPTIONS.has(name)).length;
  const isItsOwn = own >= 2 || options.some(({ name, value }) => OWN_VALUE[name]?.test(value ?? "") === true);
  if (file !== undefined) return isItsOwn && /\.ps1$/i.test(file);
  return code !== undefined && (isItsOwn || hasCode(code));
}

/** cmd's options in front of the one that takes a command: `/d /s /c`, `/q/c`. */
const CMD_OPTIONS = /^(?:\/(?:[adqsu]|[efv]:(?:on|off)|t:[\da-f]{2}))*\/[ck]/i;
const CMD_OPTION = /^(?:\/(?:[adqsu]|[efv]:(?:on|off)|t:[\da-f]{2}))+$/i;

/** The command that a line gives to cmd; undefined where it is none of cmd's. */
function commandOfCmd({ args }: Line): string | undefined {
  if (!args[0]?.value.startsWith("/")) return undefined;
  const at = args.findIndex(({ value }) => !CMD_OPTION.test(value));
  const first = args[at]?.value ?? "";
  const taken = CMD_OPTIONS.exec(first)?.[0];
  if (taken === undefined) return undefined;
  return [first.slice(taken.length), ...args.slice(at + 1).map(({ value }) => value)].join(" ").trim();
}

/** Whether the command begins with what cmd does itself, or starts a program of the catalogue. */
function isCmd(line: Line, catalog: Catalog): boolean {
  const command = commandOfCmd(line);
  const first = /^[@"(\s]*([^\s"&|<>()]{1,256})/.exec(command ?? "")?.[1];
  const entry = first === undefined ? undefined : catalog.byName(baseName(first), "windows");
  // Who starts cmd is most likely another that takes a command.
  return entry !== undefined && entry.name !== "cmd.exe";
}

/** Lines that no other program understands, by who does, where that is not told by words on them (`knownBy` in the catalogue). */
const MARKS: readonly (readonly [name: string, isItsOwn: (line: Line, catalog: Catalog) => boolean])[] = [
  ["rundll32.exe", isRundll32],
  ["powershell.exe", isPowerShell],
  ["cmd.exe", isCmd],
];

/** The program whose own syntax a line is written in; undefined for most. */
export function markedAs(line: Line, catalog: Catalog): CatalogEntry | undefined {
  const name = MARKS.find(([, isItsOwn]) => isItsOwn(line, catalog))?.[0];
  return name === undefined ? undefined : catalog.byName(name, "windows");
}
