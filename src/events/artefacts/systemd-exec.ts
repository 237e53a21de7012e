import { entryOf } from "../../model/entry.ts";
import { quotedWords, type Word } from "./quoted-words.ts";

const MAX_COMMANDS = 64;
const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  s: " ",
};

/**
 * Reads the value of `ExecStart=` and its kin (systemd.service(5), "Command lines"; quoting after systemd.syntax(7)):
 * prefixes `@ - : + !` are dropped, `;` separates commands, and variables of `Environment=` are put in, as `$NAME` where it
 * is a word of its own (then split at blanks) and as `${NAME}` anywhere. Variables not set there, and specifiers, stay.
 */
export function systemdCommands(value: string, env: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const word of splitWords(value)) {
    if (!word.quoted && word.text === ";" && commands.length < MAX_COMMANDS) commands.push([]);
    else commands.at(-1)!.push(!word.quoted && word.text === "\\;" ? ";" : word.text);
  }
  return commands.filter((words) => words.length > 0).map((words) => command(words, env));
}

function command(words: readonly string[], env: ReadonlyMap<string, string>): readonly string[] {
  const prefix = /^[@:+!|-]*/.exec(words[0]!)![0];
  const program = words[0]!.slice(prefix.length);
  // With `@` the second word is argv[0], which names nothing that runs.
  const args = words.slice(prefix.includes("@") ? 2 : 1);
  return [program, ...(prefix.includes(":") ? args : args.flatMap((arg) => expand(arg, env)))];
}

function expand(arg: string, env: ReadonlyMap<string, string>): readonly string[] {
  const whole = /^\$([A-Za-z_]\w*)$/.exec(arg);
  const value = whole && env.get(whole[1]!);
  if (value !== undefined && value !== null) return value.split(/\s+/).filter((word) => word !== "");
  const braced = arg.replace(/\$\{([A-Za-z_]\w*)\}/g, (all, name: string) => env.get(name) ?? all);
  return [braced.replaceAll("$$", "$").replaceAll("%%", "%")];
}

/** Words by systemd's rules: quotes of both kinds with C escapes; outside of quotes too. */
export const splitWords = (text: string): readonly Word[] =>
  quotedWords(text, { quotes: `"'`, blank: /[ \t]/, escapeAt });

/** The character that an escape stands for, and how long the escape is; an unknown one stays as it is. */
function escapeAt(text: string, at: number): readonly [string, number] {
  const code = text[at + 1] ?? "";
  const hex = /^\\x([0-9a-fA-F]{2})/.exec(text.slice(at, at + 4));
  if (hex) return [String.fromCharCode(Number.parseInt(hex[1]!, 16)), 4];
  if (code === "\\" || code === '"' || code === "'") return [code, 2];
  const letter = entryOf(ESCAPES, code);
  return letter === undefined ? [`\\${code}`, 1 + code.length] : [letter, 2];
}
