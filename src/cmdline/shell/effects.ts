import { builtin } from "./builtins.ts";
import { inputOf, textOfFile } from "./contents.ts";
import { behind, type Context, type Output } from "./context.ts";
import { mktemp } from "./mktemp.ts";
import { literalOutput, ownFrom } from "./output.ts";
import { mapfile, read } from "./read.ts";
import { charge, type Draft, type ShellFunction, type State } from "./state.ts";
import { parseTree } from "./syntax/parser.ts";
import type { Node } from "./syntax/tree.ts";
import { MAX_DEPTH } from "./types.ts";

/** Words that a shell reads itself. */
const OWN = new Set(["eval", ".", "source", "read", "mapfile", "readarray"]);

function ownWords(argv: readonly string[]): readonly string[] {
  const at = ownFrom(argv);
  return at > 0 && OWN.has(argv[at] ?? "") ? argv.slice(at) : argv;
}

/** Walks a tree of commands, and gives what they print. */
type Walk = (node: Node, state: State, context: Context) => Output;

/**
 * What a command does to the shell itself: a function is called, a text evaluated, a variable read. Gives what the command prints.
 * @param index where the command stands among the drafts
 * @param walk what functions and evaluated texts are walked with
 */
export function effectOf(draft: Draft, state: State, context: Context, index: number, walk: Walk): Output {
  const [name = "", ...args] = ownWords(draft.argv);
  const inner: Context = { op: name, depth: context.depth + 1, parent: index, stdin: draft.stdin, redirects: [] };
  const called = state.functions.get(name);
  if (called || name === "eval") draft.contains = true;
  if (called) return call(called, args, state, inner, walk);
  const given = args[0] === "--" ? args.slice(1) : args;
  if (name === "eval") return evaluate(given.join(" "), state, inner, walk);
  if (name === "trap" && given.length > 1 && !given[0]!.startsWith("-")) {
    evaluate(given[0]!, state, inner, walk);
    return "";
  }
  const sourced = name === "source" || name === "." ? textOfFile(given[0], draft, state) : undefined;
  // What it reads is its commands' to read no more.
  if (sourced !== undefined) return evaluate(sourced, state, { ...inner, stdin: undefined }, walk);
  if (name === "mktemp") return mktemp(args, state);
  if (name === "read") return read(args, draft, state);
  if (name === "mapfile" || name === "readarray") return mapfile(args, draft, state);
  return (
    builtin(name, args, state, draft.literal) ??
    literalOutput(name === "cat" ? ["cat"] : draft.argv, inputOf(draft, state))
  );
}

function call(target: ShellFunction, args: string[], state: State, inner: Context, walk: Walk): Output {
  target.called = true;
  // A function that calls itself runs nothing that its first walk did not show.
  if (target.active || !charge(state, target.size)) return undefined;
  if (inner.depth > MAX_DEPTH) {
    state.limits.cut ??= "depth";
    return undefined;
  }
  const kept = state.positional;
  state.positional = args;
  target.active = true;
  const output = walk(target.body, state, behind("call", inner));
  target.active = false;
  state.positional = kept;
  return output;
}

function evaluate(text: string, state: State, inner: Context, walk: Walk): Output {
  if (inner.depth > MAX_DEPTH) {
    state.limits.cut ??= "depth";
    return undefined;
  }
  return charge(state, text.length) ? walk(parseTree(text, state.limits, inner.depth), state, inner) : undefined;
}
