import { splitProgram } from "../windows/program.ts";
import { rest } from "../windows/tokens.ts";

/** cmd.exe's own switches, and the text that it is to run. */
export interface CmdOptions {
  /** Switches in lower case, such as `/q` or `/v:on`. */
  readonly switches: readonly string[];
  /** Text behind `/c`, `/k` or `/r`, quotes stripped by cmd.exe's rule; undefined where there is none. */
  readonly command: string | undefined;
  /** True for `/k`: the prompt stays. */
  readonly stays: boolean;
  /** True for `/v:on`: `!NAME!` is expanded. */
  readonly delayed: boolean;
}

const SPECIAL = /[&<>()@^|]/;
/** Endings that can be left out of a name (PATHEXT), and of files that are opened by others. */
const PROGRAM = /\.(?:exe|com|bat|cmd|vb[se]|jse?|ws[fh]|msc|cpl|scr|pif|hta|msi|lnk)$/i;
/** What no name of one file holds: a program before a blank, an option, a second path. */
const SEVERAL = /^\S+\.(?:exe|com|bat|cmd)\s|\s(?:[-/]\w|[a-z]:\\|\\\\)/i;
const MAX_SWITCHES = 32;

/**
 * cmd.exe keeps the quotes of a command that is exactly one quoted program with a blank in it; otherwise a leading quote goes,
 * and the last quote of the line with it.
 */
function stripQuotes(command: string, always: boolean): string {
  if (!command.startsWith('"')) return command;
  const last = command.lastIndexOf('"');
  const inner = command.slice(1, last);
  const single =
    last > 0 &&
    !inner.includes('"') &&
    !SPECIAL.test(inner) &&
    /\s/.test(inner) &&
    PROGRAM.test(inner.trim()) &&
    !SEVERAL.test(inner) &&
    // A file whose name alone has a blank is seldom there to be run; a program and its argument are.
    /^\S*[\\/:]/.test(inner);
  if (single && !always) return command;
  return last === 0 ? command.slice(1) : command.slice(1, last) + command.slice(last + 1);
}

/** Reads cmd.exe's arguments, with or without the program before them. */
export function cmdOptions(text: string): CmdOptions {
  const trimmed = text.trimStart();
  const args = /^["]?[\s,;=]*\//.test(trimmed) ? trimmed : rest(trimmed, splitProgram(trimmed).program);
  const switches: string[] = [];
  let at = 0;
  while (switches.length < MAX_SWITCHES) {
    const match = /^[^/]{0,64}?\/[ \t]*([a-z?])(:[a-z0-9]{1,8})?/i.exec(args.slice(at, at + 96));
    if (!match) break;
    const letter = match[1]!.toLowerCase();
    at += match[0].length;
    switches.push(`/${letter}${match[2]?.toLowerCase() ?? ""}`);
    if (letter !== "c" && letter !== "k" && letter !== "r") continue;
    at -= match[2]?.length ?? 0;
    switches[switches.length - 1] = `/${letter}`;
    const outer = match[0].includes('"') ? args.slice(at).replace(/"\s*$/, "") : args.slice(at);
    const command = stripQuotes(outer.replace(/^[\s,;=]+/, "").trimEnd(), switches.includes("/s"));
    return { switches, command: command.trim(), stays: letter === "k", delayed: isDelayed(switches) };
  }
  return { switches, command: undefined, stays: false, delayed: isDelayed(switches) };
}

function isDelayed(switches: readonly string[]): boolean {
  return switches.some((one) => one === "/v" || one === "/v:on");
}
