import { opensConnection } from "../normal/connection.ts";
import type { Draft, State } from "./state.ts";
import type { Part, Word } from "./syntax/tree.ts";
import { MAX_OUTPUTS } from "./types.ts";

const parametersIn = (word: Word): readonly string[] =>
  word.flatMap((part: Part) => (part.kind === "param" && part.prefix === undefined ? [part.name] : []));

/** Keeps of which commands a variable holds the output: `x=$(curl …)`. @param first index of the first command of its value */
export function noteOrigin(name: string, value: Word, first: number, state: State): void {
  const own = state.drafts.slice(first).flatMap(({ op }, at) => (op === "$(" || op === "`" ? [first + at] : []));
  const passed = parametersIn(value).flatMap((other) => state.origins.get(other) ?? []);
  const origins = [...own, ...passed].slice(0, MAX_OUTPUTS);
  if (origins.length > 0) state.origins.set(name, origins);
  else state.origins.delete(name);
}

/** Keeps of which commands the variable of a loop holds the output: that of the variables whose words it gets in turn. */
export function noteTurns(name: string, words: readonly Word[] | undefined, state: State): void {
  const origins = words?.flatMap((word) => parametersIn(word).flatMap((other) => state.origins.get(other) ?? [])) ?? [];
  if (origins.length > 0) state.origins.set(name, origins.slice(0, MAX_OUTPUTS));
  else state.origins.delete(name);
}

/** Notes on a command what its words hold by way of variables that nobody knows the text of. */
export function noteOutputs(word: Word, draft: Draft, state: State): void {
  for (const name of parametersIn(word)) {
    const origins = state.origins.get(name);
    if (origins && state.vars.get(name) === undefined)
      draft.outputs = [...(draft.outputs ?? []), ...origins].slice(0, MAX_OUTPUTS);
  }
}

/** Keeps that a variable holds what is read of an input that nobody knows: `curl … | while read x`, `read x < /dev/tcp/HOST/PORT`. */
export function noteRead(name: string, draft: Draft, state: State): void {
  const { stdin } = draft;
  if (stdin?.kind === "file" && opensConnection(stdin.path)) state.origins.set(name, [state.drafts.lastIndexOf(draft)]);
  else if (stdin?.kind === "pipe") state.origins.set(name, [stdin.from, ...(stdin.others ?? [])].slice(0, MAX_OUTPUTS));
  else state.origins.delete(name);
}
