import type { State } from "../state.ts";

/** Words of a shell that only steer it. */
const SILENT = new Set([
  ..."echo set setlocal endlocal cd chdir pushd popd rem if for exit title color mode prompt path ver vol cls pause break".split(
    " ",
  ),
  ..."shift goto call chcp timeout true false : test [ [[ export unset printf read return local declare readonly wait trap".split(
    " ",
  ),
  ..."umask ulimit alias unalias type hash help history jobs fg bg let pwd sleep".split(" "),
]);

/** Words of a POSIX shell that only say how it finds or starts the program behind them. */
const PREFIXES = new Set(["command", "builtin", "exec"]);

/** The program and its arguments behind such words and their options. */
export function behindPrefixes(argv: readonly string[]): readonly string[] {
  let at = 0;
  while (PREFIXES.has(argv[at] ?? "")) {
    at++;
    // `command -v NAME` asks where a program is, and starts none.
    if (argv[at - 1] === "command" && /^-p?[vV]$/.test(argv[at] ?? "")) return [];
    while (/^-[acl]+$/.test(argv[at] ?? "") || argv[at] === "-p" || argv[at] === "--")
      at += argv[at]?.includes("a") ? 2 : 1;
  }
  return at < argv.length ? argv.slice(at) : argv;
}

/** Whether such words stand alone: then the shell opens what is redirected, and starts nothing. */
export const isPrefixAlone = ({ argv }: { readonly argv?: readonly string[] | undefined }, name: string): boolean =>
  argv !== undefined && PREFIXES.has(name);

/** The longest of a shell's own words. */
const LONGEST = Math.max(...Array.from(SILENT, ({ length }) => length));

/** A shell's own word, as cmd knows it: the sign that keeps a line from being shown is not a part of it. Empty for a longer name. */
export function wordOf(name: string): string {
  const from = name.startsWith("@") ? 1 : 0;
  return name.length - from > LONGEST ? "" : name.slice(from).toLowerCase();
}

/** What a word of cmd is on Linux: a program that runs another. */
const PROGRAMS_OF_LINUX = new Set(["timeout"]);

/** Whether a word (as `wordOf` gives it) only steers a shell: it is no payload. */
export const isSilent = (word: string, { platform }: State): boolean =>
  SILENT.has(word) && (platform === "windows" || !PROGRAMS_OF_LINUX.has(word));

/** Words with which cmd starts a program itself. */
export const STARTING = new Set(["start", "call"]);
