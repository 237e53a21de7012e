import type { Contents } from "../../catalog/types.ts";
import type { Line } from "../../grammar/types.ts";
import type { Written } from "../commands/files.ts";
import type { Draft } from "../draft.ts";
import type { BindingPlan } from "../plan.ts";
import type { Context, State } from "../state.ts";
import { contentsOf, readContents } from "./contents.ts";
import { type Found, namedPayload } from "./payload.ts";

/** A program with what it is given. */
interface Started {
  readonly program: string | undefined;
  readonly line: Line;
}

const NOTHING: readonly Found[] = [];

/** The interpreter of a script with its one argument, as the kernel reads its first line (execve(2)). */
const INTERPRETER = /^#![ \t]*(\S{1,255})(?:[ \t]+(\S[^\n]{0,255}))?/;

/** The words that start the interpreter of a script; undefined where it names none. */
function interpreterOf(text: string): readonly string[] | undefined {
  const [, program, argument] = INTERPRETER.exec(text) ?? [];
  if (program === undefined) return undefined;
  return argument === undefined ? [program] : [program, argument.trimEnd()];
}

/** What a program does whose file the line itself has written or copied: a text that names no interpreter is a shell's (execvp(3)). */
export function carriedOut({ program, line }: Started, state: State, context: Context): readonly Found[] {
  const { files } = state;
  if (program === undefined) return NOTHING;
  const file = files.program(program);
  if (file === undefined) return NOTHING;
  const text = files.writtenTo(file);
  if (text === undefined) {
    const original = files.copied(file);
    return original === undefined ? NOTHING : [copyOfFile(original, state)];
  }
  const contents = () =>
    state.platform === "windows"
      ? readContents(text, contentsOf(file), state, context)
      : interpreted(interpreterOf(text) ?? ["sh"], file, line, state, context);
  return files.reading(file, contents) ?? NOTHING;
}

/** What an interpreter runs of the file that it is given. */
function interpreted(
  interpreter: readonly string[],
  file: string,
  { args }: Line,
  state: State,
  context: Context,
): readonly Found[] {
  const first = state.invocations.length;
  state.resolver.argv([...interpreter, file, ...args.map(({ value }) => value)], state, context);
  const [reader, ...rest] = state.invocations.slice(first);
  if (!reader) return NOTHING;
  // What a program does with a script that nobody knows stays unknown: it runs for all that.
  const unknown: readonly Found[] = reader.entry
    ? NOTHING
    : [{ role: "runs", payload: namedPayload(interpreter[0] ?? "", { what: "executable" }, state) }];
  const carried = [reader, ...rest]
    .flatMap(({ depth, behaviours }) => (depth === context.depth ? behaviours.flatMap(({ runs }) => runs) : []))
    .filter(({ value }) => value !== file)
    .map((payload): Found => ({ role: "runs", payload }));
  return [...unknown, ...carried];
}

/** What was found in a program that an invocation started, whose file the line itself has made. */
export const carriedBy = (draft: Draft | undefined): readonly Found[] => draft?.carries ?? NOTHING;

/** What a file does that the line itself has just made: the one that was found, or those that are looked for in the folder that was found. */
export function withWritten(found: Found, binding: BindingPlan, state: State, context: Context): readonly Found[] {
  const { value, where } = found.payload;
  const { files } = state;
  if (!files.hasWritten || where === "web" || where === "inline") return [found];
  const isRun = binding.role === "runs";
  const text = files.writtenTo(value);
  const from = isRun ? files.copied(value) : undefined;
  if (text !== undefined || from !== undefined) {
    const contents = binding.contents ?? contentsOf(value, isRun);
    return [
      found,
      ...read({ file: value, text, from }, contents, isRun && binding.what === "executable", state, context),
    ];
  }
  const others = binding.within ? files.within(value, binding.within) : [];
  return [
    found,
    ...others.flatMap((one) => read(one, binding.contents ?? contentsOf(one.file, true), isRun, state, context)),
  ];
}

/** @param isProgram whether it is started though its text names no interpreter */
function read(
  { file, text, from }: Written,
  contents: Contents | undefined,
  isProgram: boolean,
  state: State,
  context: Context,
): readonly Found[] {
  if (text === undefined) return from === undefined ? NOTHING : [copyOfFile(from, state)];
  if (contents !== undefined) return readContents(text, contents, state, context);
  const isRun = state.platform !== "windows" && (isProgram || interpreterOf(text) !== undefined);
  const program = file.includes("/") ? file : `./${file}`;
  return isRun ? carriedOut({ program, line: { args: [], text: undefined } }, state, context) : NOTHING;
}

const copyOfFile = (original: string, state: State): Found => ({
  role: "runs",
  payload: namedPayload(original, { what: "executable" }, state),
});
