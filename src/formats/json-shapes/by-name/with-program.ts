import { WEAK_LINE } from "./field-roles.ts";
import type { Line, Value } from "./leaves.ts";

/** Shells and boxes of many tools, which are started by other names than their files'. */
const MANY_NAMES = /^(?:\w{0,8}sh|busybox|toybox|coreutils)$/;

/**
 * The command line or its words, with the program before them where only the arguments were given: what comes first is then an option, or
 * no name of the program's.
 */
export function withProgram(
  { leaf: { value }, meaning: { rank } }: Line,
  image: string | undefined,
  name: string | undefined,
  platform: string,
): { readonly commandLine?: string; readonly args?: readonly string[] } {
  const isText = typeof value === "string";
  const word = isText ? firstWord(value) : (value[0] ?? "");
  const program = image ?? name;
  const isWhole =
    program === undefined ||
    names(word, program) ||
    (name !== undefined && names(word, name)) ||
    mayNameOther(word, program, rank, platform);
  if (!isText) return { args: isWhole ? value : [baseOf(program), ...value] };
  return { commandLine: isWhole ? value : `${/\s/.test(program) ? `"${program}"` : program} ${value}` };
}

/** What a program is started as may differ from its file: on Windows it is then a program all the same; elsewhere, where the whole line is given. */
function mayNameOther(word: string, program: string, rank: number, platform: string): boolean {
  if (/^[-/][A-Za-z?-]{1,24}$/.test(word) && platform === "windows") return false;
  if (platform === "windows") return /\.(?:exe|com|scr|bat|cmd)$/i.test(word) || word.includes("%");
  if (rank < WEAK_LINE) return !/^--?[A-Za-z]/.test(word) || word === `-${baseOf(program)}`;
  return MANY_NAMES.test(baseOf(program)) && !word.startsWith("-");
}

/** Whether the first word of a command line is this program. */
export function isProgramOf(line: Value, program: string): boolean {
  return names(typeof line === "string" ? firstWord(line) : (line[0] ?? ""), program);
}

function firstWord(line: string): string {
  const quoted = /^\s{0,8}"([^"]{0,1024})"/.exec(line);
  return quoted ? quoted[1]! : (/^\s{0,8}(\S{1,1024})/.exec(line)?.[1] ?? "");
}

/** The kernel keeps so many letters of a name. */
const CUT = 14;

/** Whether a word names a program: the same file name, perhaps with its version behind it (`python`, `python3.11`), or cut short. */
function names(word: string, program: string): boolean {
  const [one, other] = [stemOf(word), stemOf(program)].sort((a, b) => a.length - b.length) as [string, string];
  return one !== "" && other.startsWith(one) && (one.length >= CUT || !/^[a-z]/.test(other.slice(one.length)));
}

function stemOf(path: string): string {
  return baseOf(path)
    .toLowerCase()
    .replace(/\.(?:exe|com|scr)$/, "");
}

function baseOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
