import { parseCmd } from "../../cmdline/cmd/cmd.ts";
import { echoed } from "../../cmdline/cmd/kept-lines.ts";
import { parseShell } from "../../cmdline/shell/shell.ts";
import type { ShellCommand, ShellInput, ShellRedirect } from "../../cmdline/shell/types.ts";
import type { Obfuscation } from "../../model/invocation.ts";
import type { AllOf } from "../../model/shape.ts";
import { words } from "./words.ts";

/** Text that is read as shell text of one kind, or handed to the system as it is. */
export type Dialect = "plain" | "cmd" | "sh";

export interface Redirect {
  /** The descriptor in front of it, where one is written. */
  readonly fd?: number;
  /** `>`, `>>`, `<` and their relatives. */
  readonly op: string;
  readonly target: string;
}

/** Whether it takes what a command prints into a file. */
export const isOutput = ({ fd, op }: Redirect): boolean => op.startsWith(">") && !op.includes("&") && (fd ?? 1) === 1;

/** What is known of a command's standard input. */
export interface Input {
  readonly text?: string;
  readonly file?: string;
}

/** One simple command of a text. */
export interface SimpleCommand {
  /** Words, where the shell itself splits them (sh). */
  readonly argv?: readonly string[];
  /** Text, where the program splits it (Windows). */
  readonly text?: string;
  readonly redirects: readonly Redirect[];
  readonly assigned: Readonly<Record<string, string>>;
  readonly stdin?: Input;
  /** Indices of the commands of this text whose output it is given on its input. */
  readonly feeds?: readonly number[];
  /** What it is given on its input is written to it, as to a file: where its writer prints to says nothing of that. */
  readonly aside?: boolean;
  /** Index of the command that prints the known text on its input. */
  readonly speaker?: number | undefined;
  /** Indices of those whose output, or the file that holds it, stands among its words. */
  readonly words?: readonly number[];
  readonly obfuscation: readonly Obfuscation[];
  /** Joined to another command: by an operator, a pipe, a substitution. */
  readonly joined: boolean;
}

/** All that may be known of a command: they have one shape, so that they are quick to read. */
function commandOf(known: Known): SimpleCommand {
  const {
    argv,
    text,
    redirects = [],
    assigned = {},
    stdin,
    feeds,
    aside,
    speaker,
    words,
    obfuscation = [],
    joined = false,
  } = known;
  return { argv, text, redirects, assigned, stdin, feeds, aside, speaker, words, obfuscation, joined } as SimpleCommand;
}

type Known = Partial<AllOf<SimpleCommand>>;

export interface Split {
  readonly commands: readonly SimpleCommand[];
  readonly cut?: string;
  /** Whether that is the number of its commands, or how deep they stand. */
  readonly overfull?: true;
  /** Known texts of what stands in place of files. */
  readonly files?: ReadonlyMap<string, string>;
}

/** What the limits of the readers of shell text mean. */
const CUT: Readonly<Record<string, string>> = {
  text: "a shell's text is longer than is read of it",
  commands: "a shell's text holds more commands than are read of it",
  beside: "a command of a shell's text has more redirections and assignments than are read of it",
  depth: "a shell's text is nested deeper than it is read",
  expansion: "expansions make a shell's text longer than is read of it",
  loops: "loops make a shell's text longer than is read of it",
  quote: "a shell's text ends within quotes",
};

const OVERFULL = new Set(["commands", "beside", "depth"]);

const cutOf = (limit: string | undefined) =>
  limit === undefined ? {} : { cut: CUT[limit] ?? limit, ...(OVERFULL.has(limit) && { overfull: true as const }) };

/** Substitutions whose output, or whose file, stands among the words of a command. */
const SUBSTITUTION = new Set(["$(", "`", "<("]);

/** The substitutions of each command, by their places among those that are kept. */
function wordsOf(script: readonly ShellCommand[], kept: readonly ShellCommand[]): ReadonlyMap<ShellCommand, number[]> {
  const words = new Map<ShellCommand, number[]>();
  for (const [index, { op, parent }] of kept.entries()) {
    const outer = parent !== undefined && SUBSTITUTION.has(op) ? script[parent] : undefined;
    if (!outer) continue;
    const inner = words.get(outer);
    if (inner) inner.push(index);
    else words.set(outer, [index]);
  }
  return words;
}

/** Input of which nothing is known is still not the input of whoever contains the command. */
function inputOf(stdin: ShellInput): Input {
  if (stdin.kind === "text") return { text: stdin.text };
  if (stdin.kind === "pipe" && stdin.known !== undefined) return { text: stdin.known };
  return stdin.kind === "file" ? { file: stdin.path } : {};
}

/** A line that no shell could carry out: the mark by which programs with commands of their own call the shell. */
const ESCAPE = /^[:\\]?!(?![\s(=])/;

/** What is said to programs where somebody has written down a whole conversation: the lines that call the shell behind each. */
function spokenTo(commands: readonly ShellCommand[]): ReadonlyMap<ShellCommand, Input> {
  const spoken = new Map<ShellCommand, { text: string }>();
  let program: ShellCommand | undefined;
  for (const command of commands) {
    if (!ESCAPE.test(command.raw)) program = command;
    else if (program && command.op === ";") {
      const input = spoken.get(program);
      if (input) input.text += `${command.raw}\n`;
      else spoken.set(program, { text: `${command.raw}\n` });
    }
  }
  return spoken;
}

/** Words that a shell takes as they stand, and the first of them not for its own. */
const PLAIN =
  /^ *(?!(?:if|while|until|for|select|case|function|coproc|then|do|else|time|eval|trap)(?: |$))[\w./:,@%+-]+(?: +[\w./:,@%+=-]+)* *$/;
const MAX_PLAIN = 4096;

/** Redirections but those to a command, which is one of the text itself. */
const toFiles = (redirects: readonly ShellRedirect[]): readonly Redirect[] =>
  redirects.some(({ command }) => command) ? redirects.filter(({ command }) => !command) : redirects;

function splitSh(text: string, env: Readonly<Record<string, string>> | undefined): Split {
  if (text.length <= MAX_PLAIN && PLAIN.test(text)) {
    return { commands: [commandOf({ argv: words(text), feeds: [] })] };
  }
  const script = parseShell(text, env ? { env } : {});
  const kept = script.filter((command) => command.op !== "function");
  const at = new Map(kept.map((command, index) => [command, index]));
  const within = wordsOf(script, kept);
  const spoken = spokenTo(kept);
  const commands = kept.map((command): SimpleCommand => {
    const { stdin } = command;
    const keptOf = (indices: readonly number[]) =>
      indices.flatMap((index) => at.get(script[index] as ShellCommand) ?? []);
    return commandOf({
      argv: command.argv,
      redirects: toFiles(command.redirects),
      assigned: command.assignments,
      joined: command.op !== "",
      aside: command.op === ">(",
      feeds: stdin?.kind === "pipe" ? keptOf([stdin.from, ...(stdin.others ?? [])]) : [],
      speaker: stdin?.kind === "text" && stdin.from !== undefined ? keptOf([stdin.from])[0] : undefined,
      words: [...(within.get(command) ?? []), ...keptOf(command.outputs ?? [])],
      stdin: stdin ? inputOf(stdin) : spoken.get(command),
    });
  });
  return { commands, ...cutOf(script.cut), ...(script.files && { files: script.files }) };
}

function splitCmd(text: string, env: Readonly<Record<string, string>> | undefined): Split {
  const parsed = parseCmd(text, env);
  const commands = parsed.map((command, index): SimpleCommand => {
    const before = parsed[index - 1];
    const piped = command.op === "|" && before ? echoed(before.text) : undefined;
    const input = command.redirects.find((redirect) => redirect.op === "<");
    const given = piped === undefined ? undefined : { text: piped };
    return commandOf({
      text: command.text,
      redirects: command.redirects,
      obfuscation: command.obfuscation,
      joined: command.op !== "",
      feeds: command.op === "|" ? [index - 1] : undefined,
      stdin: input ? { file: input.target } : given,
    });
  });
  return { commands, ...cutOf(parsed.cut) };
}

export function split(text: string, dialect: Dialect, env?: Readonly<Record<string, string>>): Split {
  if (dialect === "sh") return splitSh(text, env);
  if (dialect === "cmd") return splitCmd(text, env);
  return { commands: [commandOf({ text })] };
}
