import { splitProgram } from "../../src/cmdline/windows/program.ts";
import type { Request } from "../../src/invocations/types.ts";
import type { Dice } from "../../test/fuzz/random.ts";
import { splitArgv } from "../evaluate/argv.ts";
import type { Case } from "./cases.ts";
import { DECOYS } from "./decoys.ts";
import { cutWords, join, type Words } from "./lines.ts";
import { LINUX } from "./linux.ts";
import { lineOf, SHELL_FORMS, WRAPPERS } from "./shell.ts";
import { LINUX_SURROUNDINGS, surround, WINDOWS_SURROUNDINGS } from "./surroundings.ts";
import { WINDOWS } from "./windows.ts";
import { WINDOWS_WRAPPERS } from "./wrappers.ts";

/** One act written plainly and otherwise. */
export interface Attempt {
  readonly rewriting: string;
  readonly plain: Request;
  readonly other: Request;
  /** The other line holds the plain one's acts and those of whatever hands it on. */
  readonly within: boolean;
  /** Said among other words of a shell, which may stand in another folder: payloads go by what is written. */
  readonly among?: true;
}

/** What a shell would read before the program does; such lines are not rewritten. */
const SHELL = /[&|<>^%\n]|^\s*(?:set|start|call|for|echo|\.|&)\s/i;

const base = (path: string) =>
  path
    .replaceAll('"', "")
    .replace(/^.*[\\/]/, "")
    .replace(/\.exe$/i, "")
    .toLowerCase();

const isOwn = ({ entry }: Case, program: string): boolean =>
  [entry.name, ...entry.aliases].map(base).includes(base(program));

/** Whether a renamed copy is known by the form of its line alone, of which the endings of its files are a part. */
const isKnownByForm = (one: Case): boolean =>
  one.request.image !== undefined && one.request.originalFileName === undefined && !isOwn(one, one.request.image);

function windowsWords(one: Case): Words | undefined {
  const { entry, request } = one;
  const line = request.commandLine;
  if (line === undefined || SHELL.test(line) || entry.category === "shell") return undefined;
  const cut = splitProgram(line, request.image, request.as !== "logged");
  const own = isOwn(one, cut.program.raw);
  if (!own && request.image === undefined && request.originalFileName === undefined) return undefined;
  return /^[-/]/.test(cut.program.raw) ? undefined : cutWords(one, cut.program.raw, cut.args);
}

function* windowsAttempts(one: Case, dice: Dice): Generator<Attempt> {
  const words = windowsWords(one);
  if (!words) return;
  const { request } = one;
  const commandLine = join(words);
  const { originalNames } = one.entry;
  const place = `C:\\Windows\\System32\\${one.entry.name}`;
  const logged = request.image === undefined && one.entry.name.endsWith(".exe") && dice.below(2) === 0;
  const plain: Request = {
    ...request,
    commandLine,
    ...(logged && { image: place, ...(originalNames[0] !== undefined && { originalFileName: originalNames[0] }) }),
  };
  const bare: Request = { ...request, commandLine };
  const written = (rewriting: string, text: string | undefined): Attempt[] =>
    text === undefined || text === commandLine
      ? []
      : [{ rewriting, plain, other: { ...plain, commandLine: text }, within: false }];
  const isByForm = isKnownByForm(one);
  for (const [name, rewrite] of Object.entries(WINDOWS)) {
    const text = rewrite(words, dice);
    if (name !== "extension" || !isByForm) yield* written(name, text);
  }
  for (const [name, make] of Object.entries(DECOYS)) {
    const made = make(words, dice);
    yield* written(`decoy/${name}`, made && [words.program, ...made].join(" "));
  }
  if (request.image !== undefined || request.parent !== undefined) return;
  for (const [name, write] of commandLine.includes('"') ? [] : Object.entries(WINDOWS_SURROUNDINGS)) {
    const text = surround(write, commandLine, true, dice);
    if (text !== undefined)
      yield {
        rewriting: `among/${name}`,
        plain: bare,
        other: { ...bare, commandLine: text },
        within: true,
        among: true,
      };
  }
  for (const [name, wrap] of Object.entries(WINDOWS_WRAPPERS)) {
    const text = wrap(commandLine, dice);
    if (text !== undefined)
      yield { rewriting: `wrapper/${name}`, plain: bare, other: { ...bare, commandLine: text }, within: true };
  }
  const placed = one.entry.behaviours.some(
    ({ id, when }) => id === one.behaviour && when.flat().some(({ element }) => element === "$image"),
  );
  if (placed || originalNames[0] === undefined || !one.entry.name.endsWith(".exe")) return;
  const image = "C:\\Users\\Public\\Music\\svc-host7.exe";
  const renamed = [dice.pick(["svc-host7.exe", `"${image}"`, image]), ...words.words.map(({ raw }) => raw)].join(" ");
  yield {
    rewriting: "renamed",
    plain: { ...plain, image: place },
    other: { ...plain, commandLine: renamed, image, originalFileName: originalNames[0] },
    // A program that lies elsewhere shows what might be planted beside it.
    within: true,
  };
}

/** The argument vector of a vector of Linux, where it has one or a shell would pass the line on word by word. */
function argvOf({ request }: Case): readonly string[] {
  return request.args ?? (request.commandLine === undefined ? undefined : splitArgv(request.commandLine)) ?? [];
}

function* linuxAttempts(one: Case, dice: Dice): Generator<Attempt> {
  const [program, ...args] = argvOf(one);
  const { entry, request } = one;
  if (program === undefined || entry.category === "shell") return;
  if (![entry.name, ...entry.aliases].includes(base(program)) && !request.image) return;
  const { commandLine: _, ...rest } = request;
  const argv = [program, ...args];
  const plain: Request = { ...rest, args: argv };
  // What the loader is told in the environment is told of the outermost program.
  const loader = Object.keys(request.env ?? {}).some((name) => /^(?:LD_|GCONV)/.test(name));
  if (request.image === undefined && !loader) {
    const { args: __, ...bare } = rest;
    for (const [name, write] of Object.entries(SHELL_FORMS)) {
      const commandLine = write(argv, dice);
      if (commandLine !== undefined)
        yield { rewriting: `shell/${name}`, plain, other: { ...bare, as: "typed", commandLine }, within: true };
    }
    for (const [name, write] of Object.entries(LINUX_SURROUNDINGS)) {
      const commandLine = surround(write, lineOf(argv), false, dice);
      if (commandLine === undefined) continue;
      const other = { ...bare, as: "typed", commandLine } as const;
      yield { rewriting: `among/${name}`, plain, other, within: true, among: true };
    }
    for (const [name, wrap] of argv.includes(";") ? [] : Object.entries(WRAPPERS))
      yield { rewriting: `wrapper/${name}`, plain, other: { ...rest, args: wrap(argv, dice) }, within: true };
  }
  if (entry.grammar.reader !== undefined) return;
  const words = cutWords(
    one,
    program,
    args.map((value) => ({ value, raw: value })),
  );
  const made = Object.entries(LINUX).map(([name, rewrite]) => [name, rewrite(words, dice)] as const);
  const decoys = Object.entries(DECOYS).map(([name, make]) => [`decoy/${name}`, make(words, dice)] as const);
  for (const [rewriting, changed] of [...made, ...decoys])
    if (changed) yield { rewriting, plain, other: { ...rest, args: [program, ...changed] }, within: false };
}

/** Every other way of writing that fits the case, one draw of each. */
export function attempts(one: Case, dice: Dice): Generator<Attempt> {
  return one.request.platform === "windows" ? windowsAttempts(one, dice) : linuxAttempts(one, dice);
}
