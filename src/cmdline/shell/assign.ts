import { setElement } from "./builtins.ts";
import { expandText, expandWord, type Substitute } from "./expansion/expand.ts";
import { noteOrigin } from "./origins.ts";
import { charge, type Draft, type State } from "./state.ts";
import type { Assignment, Word } from "./syntax/tree.ts";

/** A name that environments do not have: theirs are in capitals. */
const OWN_NAME = /^[a-z_]\w*$/;

/** Whether a variable that nothing has set yet is made longer: `n=$n$c`, `n+=$c`. Before the first time there is nothing in it. */
function growsFromNothing(name: string, append: boolean, value: Word, state: State): boolean {
  if (state.vars.has(name) || !OWN_NAME.test(name)) return false;
  const isSelf = (part: Word[number]) =>
    part.kind === "param" && part.name === name && part.raw.length < name.length + 4;
  return append || value.some(isSelf);
}

/** What an assignment sets, on the command that it stands before and, where it stands alone, in the shell. */
export function assign(
  { name, append, index, value }: Assignment,
  draft: Draft,
  state: State,
  substitute: Substitute,
): void {
  if (!("elements" in value)) {
    if (index === undefined && growsFromNothing(name, append, value, state)) state.vars.set(name, "");
    const first = state.drafts.length;
    const { text, known } = expandText(value, state, substitute);
    noteOrigin(name, value, first, state);
    const before = append ? state.vars.get(name) : "";
    const whole = typeof before === "string" && charge(state, before.length) ? before + text : undefined;
    draft.assignments[name] = whole ?? text;
    draft.literal &&= known;
    if (draft.argv.length !== 0 && draft.argv[0] !== "eval") return;
    if (index === undefined) state.vars.set(name, known ? whole : undefined);
    else setElement(name, index, known ? text : undefined, state);
    return;
  }
  const words = value.elements.map((word) => expandWord(word, state, substitute));
  const list = words.flatMap(({ fields }) => fields);
  const before = append ? state.vars.get(name) : [];
  draft.assignments[name] = list.join(" ");
  const known = words.every(({ literal }) => literal) && before !== undefined;
  state.vars.set(name, known ? [...(typeof before === "string" ? [before] : before), ...list] : undefined);
}
