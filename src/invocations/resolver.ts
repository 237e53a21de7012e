import type { Catalog } from "../catalog/catalog.ts";
import { createLookup, expandVariables } from "../cmdline/normal/environment.ts";
import { wholeName } from "../cmdline/normal/folder.ts";
import { extensionOf } from "../cmdline/normal/names.ts";
import { isNamedShare } from "../cmdline/normal/reach.ts";
import { splitProgram } from "../cmdline/windows/program.ts";
import { asWord, splitArguments } from "../cmdline/windows/tokens.ts";
import { parseBy } from "../grammar/parse.ts";
import { type Arg, argOf, Collector, type Line } from "../grammar/types.ts";
import type { Platform } from "../model/event.ts";
import { behavioursOf } from "./behaviours.ts";
import { openerOf } from "./commands/association.ts";
import { handedDown, isEmpty, joined, tellsLoader, type Variables, withoutLoader } from "./commands/environment.ts";
import { nameFetched } from "./commands/made-files.ts";
import { resolveScript } from "./commands/script.ts";
import { searchedFor } from "./commands/search-path.ts";
import { toldByVariables } from "./commands/shell-variables.ts";
import { awaitsInput } from "./conditions/awaits.ts";
import { Elements } from "./conditions/elements.ts";
import { anyHolds } from "./conditions/tests.ts";
import { Uses } from "./conditions/uses.ts";
import { Draft } from "./draft.ts";
import { baseName } from "./glob.ts";
import { fittingOf } from "./identify/fit.ts";
import { fittedAs, identify } from "./identify/identify.ts";
import { broughtIn } from "./payloads/brought.ts";
import { onDrive } from "./payloads/drives.ts";
import { backHome } from "./payloads/elsewhere.ts";
import { carriedOut } from "./payloads/written.ts";
import { planOf } from "./plan.ts";
import { type Context, contextAt, type Resolver, type State } from "./state.ts";

/** A program line before it is known who runs. */
interface Program {
  readonly program: string | undefined;
  readonly line: Line;
}

const OPTIONISH = /^[-/]/;

/** Cuts a Windows line; the name may be missing from it (`/s x.dll` with regsvr32 as the image). */
function windowsProgram(text: string, context: Context): Program {
  const cut = splitProgram(text, context.image, context.typed);
  if (cut.program.value.startsWith("%"))
    return { program: expandVariables(cut.program.value, createLookup(context.env)), line: { args: cut.args, text } };
  if (context.image !== undefined && OPTIONISH.test(cut.program.value))
    return { program: undefined, line: { args: [cut.program, ...cut.args], text } };
  return { program: cut.program.value, line: { args: cut.args, text } };
}

const SCHEME = /^([a-z][\w+.-]{2,40}:)(.*)$/is;

/** `ms-settings:…`: an address whose scheme stands for a program, which is given the rest. */
function byScheme(whole: Program, catalog: Catalog): Program {
  const { program, line } = whole;
  if (program === undefined || program.indexOf(":", 3) < 0) return whole;
  const [, scheme, rest = ""] = SCHEME.exec(program) ?? [];
  if (scheme === undefined || !catalog.byName(scheme, "windows")) return { program, line };
  const text = [rest, ...line.args.map((arg) => arg.raw)].join(" ").trim();
  return { program: scheme, line: { args: splitArguments(text), text } };
}

/** `a.vbs x`: a file is opened by the program that its ending stands for, unless it is a script that is known itself. */
function byAssociation(whole: Program, catalog: Catalog): Program {
  const { program, line } = whole;
  const opener = program === undefined ? undefined : openerOf(program);
  if (program === undefined || !opener || catalog.byName(baseName(program), "windows")) return whole;
  return windowsWords([...opener, program, ...line.args.map(({ value }) => value)]);
}

/** The words of a Windows program, with the line that its starter makes of them: programs that cut their own line read that. */
function windowsWords(argv: readonly string[]): Program {
  let text = "";
  const args = argv.map((value): Arg => {
    const raw = asWord(value);
    const start = text.length === 0 ? 0 : text.length + 1;
    text = text.length === 0 ? raw : `${text} ${raw}`;
    return { value, raw, start, end: text.length, quoted: raw !== value };
  });
  return { program: argv[0], line: { args: args.slice(1), text } };
}

function argvProgram(argv: readonly string[], platform: Platform): Program {
  if (platform === "windows") return windowsWords(argv);
  const args = argv.slice(1).map(argOf);
  return { program: argv[0], line: { args, text: undefined } };
}

/** Roughly how many characters a line has; a word takes room though it be short. */
const sizeOf = ({ text, args }: Line): number => text?.length ?? args.length * 4;

/** A copy that the line itself made is known by what was copied. */
function originalOf(program: string | undefined, state: State): string | undefined {
  if (program === undefined || !state.files.hasWritten) return undefined;
  const original = state.files.copied(state.files.program(program) ?? program);
  return original && baseName(original);
}

function open({ program, line }: Program, state: State, context: Context): Draft {
  const who = identify(
    state.catalog,
    {
      program: originalOf(program, state) ?? program,
      image: context.image,
      originalFileName: context.originalFileName,
      knownAs: context.knownAs,
    },
    state.platform,
  );
  const fitting =
    who.entry === undefined
      ? fittingOf(state.catalog, line, who.twin, state.platform, who.binary.path, context.image !== undefined)
      : undefined;
  const { name } = who.binary;
  const binary = fitting ? fittedAs(who.binary, fitting) : who.binary;
  const draft = new Draft(binary, who.entry ?? fitting, context.depth, line, name, context.obfuscation);
  if (context.parent !== undefined) draft.parent = context.parent;
  if (state.elsewhere?.system === "remote") draft.machine = state.elsewhere.machine;
  state.add(draft);
  return draft;
}

/** Resolves one program line; nested lines become invocations of their own. Returns its index, or -1 where a limit cut it. */
function resolveProgram(program: Program, state: State, context: Context): number {
  if (!state.allows(context.depth, sizeOf(program.line))) return -1;
  const index = state.invocations.length;
  const draft = open(program, state, context);
  const { entry } = draft;
  const env = joined(context.env, context.assigned);
  const plan = entry && planOf(entry);
  const keepsInput = plan?.keepsInput === true;
  const inner = contextAt(context.depth + 1, index);
  // A shell of Linux is told of the loader as the programs that it starts are; cmd is no program of .NET.
  inner.env = state.platform === "windows" ? env : withoutLoader(env);
  inner.stdin = context.stdin && keepsInput ? {} : context.stdin;
  inner.piped = keepsInput ? undefined : context.piped;
  if (tellsLoader(env)) preload(draft, env, state, inner);
  const searched = searchedFor(program.program, draft, env, state);
  if (searched) draft.behaviours.push(searched);
  if (!isEmpty(env)) draft.behaviours.push(...toldByVariables(program.program, draft, env, state));
  if (state.files.hasWritten) draft.carries = carriedOut(program, state, inner);
  if (!entry || !plan || context.blind) return index;
  const parsed = parseBy(plan.layout, program.line);
  if (parsed.unknown.length > 0) draft.unknown = parsed.unknown;
  const parentDraft = context.parent === undefined ? undefined : state.invocations[context.parent];
  const around = {
    domain: state.domain,
    arguments: program.line.args.length,
    stdin: context.stdin,
    piped: context.piped,
    output: context.output,
    env,
    parent: parentDraft?.binary.name,
    image: draft.binary.path,
  };
  const elements = new Elements(parsed, around);
  if (plan.normal.length > 0) draft.usedAs(new Uses(plan, elements));
  if (plan.exports.length > 0) inner.env = joined(inner.env, handedDown(plan.exports, parsed));
  const shown = behavioursOf(plan, elements, state, inner);
  // Redirections within what it runs are behaviours of its own, and come first.
  draft.behaviours = draft.behaviours.length === 0 ? shown : [...draft.behaviours, ...shown];
  if (plan.prints) draft.prints = anyHolds(plan.prints, elements) !== undefined;
  draft.awaits = awaitsInput(plan, program.line, elements);
  const told = draft.awaits && plan.obeys ? broughtIn(draft, plan.obeys, context, state) : undefined;
  if (told) draft.behaviours = [...draft.behaviours, told];
  nameLibraries(draft, index, state);
  remember(draft, state);
  return index;
}

/** A library of the system that acts on a binary's arguments is an actor too, though what it does is told of the binary. */
function nameLibraries({ behaviours, depth, entry }: Draft, parent: number, state: State): void {
  if (entry?.libraries === undefined) return;
  const names = new Set(behaviours.flatMap(({ behaviour: { library } }) => library ?? []));
  for (const name of names)
    if (state.allows(depth + 1, 0)) {
      const draft = new Draft({ name, renamed: false, platform: state.platform }, undefined, depth + 1, name);
      draft.parent = parent;
      state.add(draft);
    }
}

/** What the environment makes the dynamic loader, or the runtime of .NET, do in any program, known to the catalogue or not. */
function preload(draft: Draft, env: Variables, state: State, context: Context): void {
  const loader = state.catalog.byName(state.platform === "windows" ? "mscoree.dll" : "ld.so", state.platform);
  if (!loader || draft.entry === loader) return;
  const plan = planOf(loader);
  const elements = new Elements(new Collector(plan.layout.numbering), { arguments: 0, env });
  if (plan.normal.length > 0) draft.usedAs(new Uses(plan, elements));
  draft.behaviours.push(...behavioursOf(plan, elements, state, context));
}

/** Keeps what this line copies and fetches, for later commands of the same text. */
function remember(draft: Draft, state: State): void {
  for (const { behaviour, techniques, fetches, reads, writes } of draft.behaviours) {
    const [to] = writes;
    const from = reads[0] ?? fetches[0];
    // Where as many are written as are brought, each is one of them.
    const areParted = writes.length > 1 && writes.length === Math.max(reads.length, fetches.length);
    if (from === undefined) continue;
    // What lies on a file server of the site is copied from one place to another.
    if (fetches.length > 0 && !(behaviour.category === "copy" && isNamedShare(from.value, state.domain))) {
      for (const [at, { value }] of writes.entries()) {
        const origin = fetches[areParted ? at : 0]?.value ?? "";
        state.files.make(value, "fetched", origin);
        // A target without an ending is a folder, most often, in which the file keeps its name.
        const isFolder = behaviour.category === "copy" && extensionOf(value) === "" && extensionOf(origin) !== "";
        if (isFolder) state.files.make(wholeName(value, baseName(origin), state.platform), "fetched", origin);
      }
      if (to === undefined && behaviour.category === "download")
        for (const { value } of fetches) state.files.make(nameFetched(value), "fetched", value);
    }
    for (const { value, what } of reads)
      if (what === "package" || techniques.includes("T1140")) state.files.unpack(value);
    if (to === undefined || behaviour.category !== "copy") continue;
    // A new name stands alone: its file stays where it lies.
    const beside = behaviour.id.endsWith("/rename") ? from.value.slice(0, -baseName(from.value).length) : "";
    state.files.copy(from.value, beside + to.value);
    if (areParted)
      for (const [at, { value }] of writes.entries())
        if (at > 0) state.files.copy((reads[at] ?? fetches[at])?.value ?? "", value);
  }
}

/** Resolves an argument vector: program first. */
export function resolveArgv(argv: readonly string[], state: State, context: Context): number {
  const [program = ""] = argv;
  if (program === "") return -1;
  const home = state.elsewhere && backHome(argv, state);
  const onHome = (word: string) => onDrive(word) ?? word;
  if (home) return resolveArgv(argv.map(onHome), home, context);
  return resolveProgram(argvProgram(argv, state.platform), state, context);
}

/** Resolves one Windows command line that no shell reads any more. */
export function resolveLine(text: string, state: State, context: Context): number {
  if (text.trim() === "") return -1;
  const whole = byScheme(windowsProgram(text, context), state.catalog);
  return resolveProgram(opensFiles(state, context) ? byAssociation(whole, state.catalog) : whole, state, context);
}

/** Whether what starts a line is a shell, or somebody at one. Others say more of what they do with a file than its program could. */
function opensFiles(state: State, { image, originalFileName, parent }: Context): boolean {
  if (parent !== undefined) return state.invocations[parent]?.entry?.category === "shell";
  // Who is logged as running is a program itself.
  return image === undefined && originalFileName === undefined;
}

export const RESOLVER: Resolver = { argv: resolveArgv, line: resolveLine, script: resolveScript };
