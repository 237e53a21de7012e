import { assign } from "./assign.ts";
import { keepWritten } from "./contents.ts";
import { behind, type Context, type Output } from "./context.ts";
import { openFor, readsOpen } from "./descriptors.ts";
import { effectOf } from "./effects.ts";
import { expandWord, type Substitute } from "./expansion/expand.ts";
import { noteOutputs, noteTurns } from "./origins.ts";
import { passedOn } from "./output.ts";
import { handedOn } from "./pipes.ts";
import { isLeft } from "./read.ts";
import { readRedirects, silenced } from "./redirects.ts";
import { charge, type Draft, type State } from "./state.ts";
import type { Node, Part, Redirect } from "./syntax/tree.ts";
import { MAX_COMMANDS, type ShellInput } from "./types.ts";

type Of<K extends Node["kind"]> = Extract<Node, { kind: K }>;

/** Loops over more words than this are walked for the first of them only. */
const MAX_TURNS = 64;

/** Walks a tree in the order of the shell, adds its commands to the state, and gives what they print. */
export function walk(node: Node, state: State, context: Context): Output {
  if (state.drafts.length >= MAX_COMMANDS) {
    state.limits.cut ??= "commands";
    return undefined;
  }
  switch (node.kind) {
    case "simple":
      return simple(node, state, context);
    case "list":
      return list(node, state, context);
    case "pipeline":
      return pipeline(node, state, context);
    case "block":
      return block(node, state, context);
    case "for":
      return loop(node, state, context);
    case "coproc":
      return coprocess(node, state, context);
    case "function":
      state.functions.set(node.name, { body: node.body, size: node.size, called: false, active: false });
      return "";
  }
}

function list(node: Of<"list">, state: State, context: Context): Output {
  let output: Output = "";
  for (const [index, item] of node.items.entries()) {
    const printed = walk(item.node, state, index === 0 ? context : behind(item.op, context));
    if (item.op === "||" && index > 0) continue;
    output = output === undefined || printed === undefined ? undefined : output + printed;
  }
  return output;
}

function pipeline(node: Of<"pipeline">, state: State, context: Context): Output {
  const { depth, parent, redirects } = context;
  let output: Output;
  let { stdin } = context;
  const mark = state.printed.length;
  for (const [index, item] of node.items.entries()) {
    const first = state.drafts.length;
    state.printed.length = mark;
    output = walk(item.node, state, index === 0 ? context : { op: item.op, depth, parent, stdin, redirects });
    stdin = handedOn(output, first, mark, state);
  }
  return output;
}

function block(node: Of<"block">, state: State, context: Context): Output {
  const kept = node.subshell ? snapshot(state) : undefined;
  const mark = state.printed.length;
  const inner = enter(node.redirects, state, context);
  for (const word of node.words) expandWord(word, state, substituter(state, inner));
  let output: Output = "";
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const taken = inner.stdin ? (state.taken.get(inner.stdin) ?? 0) : 0;
    for (const [index, body] of node.bodies.entries()) {
      const printed = walk(body, state, index + turn === 0 ? inner : behind(";", inner));
      output = output === undefined || printed === undefined ? undefined : output + printed;
    }
    // A loop that reads goes on as long as there is something to read.
    if (node.size === 0 || !isLeft(inner.stdin, taken, state) || !charge(state, node.size)) break;
  }
  if (kept) restore(state, kept);
  if (silenced(inner.redirects)) state.printed.length = mark;
  if (!node.certain) return output === "" ? "" : undefined;
  return silenced(inner.redirects) ? "" : output;
}

/** Descriptors that bash gives to the two ends of what runs beside it. */
const BESIDE = ["63", "60"];

/** `coproc NAME { … }`: what it prints is read by its descriptor. */
function coprocess(node: Of<"coproc">, state: State, context: Context): Output {
  const first = state.drafts.length;
  const mark = state.printed.length;
  const input = handedOn(walk(node.body, state, context), first, mark, state);
  state.printed.length = mark;
  state.vars.set(node.name, BESIDE);
  if (input) state.descriptors.set(Number(BESIDE[0]), input);
  return "";
}

/** The variables as they are; not taken where copies of many variables would cost more than the text. */
const snapshot = (state: State): State["vars"] | undefined =>
  charge(state, state.vars.size >> 4) ? new Map(state.vars) : undefined;

function restore(state: State, vars: State["vars"]): void {
  state.vars.clear();
  for (const [name, value] of vars) state.vars.set(name, value);
}

/** The context inside a group: one level deeper, with the group's own redirections. */
function enter(redirects: readonly Redirect[], state: State, context: Context): Context {
  const { list, stdin } = readRedirects(redirects, state, substituter(state, context));
  return {
    op: context.op,
    depth: context.depth + 1,
    parent: context.parent,
    stdin: stdin ?? context.stdin,
    redirects: [...context.redirects, ...list],
  };
}

function loop(node: Of<"for">, state: State, context: Context): Output {
  const inner = enter(node.redirects, state, context);
  const expanded = node.words?.map((word) => expandWord(word, state, substituter(state, inner)));
  const counted = node.name === "";
  const words = counted ? [] : (expanded?.flatMap(({ fields }) => fields) ?? state.positional ?? []);
  const literal = expanded?.every((each) => each.literal) ?? state.positional !== undefined;
  if (counted || !literal || words.length > MAX_TURNS) {
    if (!counted) {
      state.vars.set(node.name, undefined);
      noteTurns(node.name, node.words, state);
    }
    walk(node.body, state, inner);
    return undefined;
  }
  let output: Output = "";
  for (const [turn, word] of words.entries()) {
    if (turn > 0 && !charge(state, node.size)) return undefined;
    state.vars.set(node.name, word);
    const printed = walk(node.body, state, turn === 0 ? inner : behind(";", inner));
    output = output === undefined || printed === undefined ? undefined : output + printed;
  }
  return silenced(inner.redirects) ? "" : output;
}

function substituter(state: State, context: Context, parent?: number): Substitute {
  return (part) => {
    const kept = snapshot(state);
    const mark = state.printed.length;
    const depth = context.depth + 1;
    const outer = parent ?? context.parent;
    // What the command writes to it is its input.
    const stdin: ShellInput | undefined =
      part.open === ">(" && outer !== undefined ? { kind: "pipe", from: outer } : undefined;
    const output = walk(part.body, state, { op: part.open, depth, parent: outer, redirects: [], stdin });
    if (kept) restore(state, kept);
    state.printed.length = mark;
    if (part.kind === "process" && output !== undefined && charge(state, output.length))
      state.files.set(part.raw, output);
    return output;
  };
}

function simple(node: Of<"simple">, state: State, context: Context): Output {
  if (node.words.length + node.assignments.length + node.redirects.length === 0) return "";
  const index = state.drafts.length;
  const draft: Draft = {
    argv: [],
    assignments: Object.create(null),
    redirects: [],
    op: context.op,
    depth: context.depth,
    raw: node.raw,
    literal: true,
    ...(context.parent !== undefined && { parent: context.parent }),
  };
  state.drafts.push(draft);
  const substitute = substituter(state, context, index);
  for (const word of node.words) {
    const { fields, literal } = expandWord(word, state, substitute);
    for (const field of fields) draft.argv.push(field);
    draft.literal &&= literal;
    if (!literal) noteOutputs(word, draft, state);
  }
  const { list, stdin, opened, literal } = readRedirects(node.redirects, state, substitute, context.stdin);
  draft.redirects = [...list, ...context.redirects];
  draft.literal &&= literal;
  const closed = openFor(draft, opened, state);
  const input = readsOpen(draft, state) ?? stdin ?? context.stdin;
  if (input) draft.stdin = input;
  for (const each of node.assignments) assign(each, draft, state, substitute);
  const mark = state.printed.length;
  // What an unknown output holds was walked as a command of eval's words, and what it says is not known.
  const unread = !draft.literal && node.words.slice(1).every((word) => word.every(isOutput));
  const output = draft.argv[0] === "eval" && unread ? undefined : effectOf(draft, state, context, index, walk);
  closed();
  if (draft.redirects.length > 0) keepWritten(draft, output, state);
  const printed = silenced(draft.redirects) ? "" : draft.literal ? output : undefined;
  if (printed !== undefined) state.printed.splice(mark, state.printed.length, ...(printed === "" ? [] : [printed]));
  else if (draft.stdin?.kind === "pipe" && draft.stdin.known !== undefined)
    state.printed.push(passedOn(draft.argv, draft.stdin.known));
  return printed;
}

/** A part of a word that is what another command prints. */
const isOutput = (part: Part): boolean =>
  part.kind === "commands" || part.kind === "param" || (part.kind === "text" && part.text === "");
