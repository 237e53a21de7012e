import { inputOf } from "./contents.ts";
import { noteRead } from "./origins.ts";
import { charge, type Draft, type State } from "./state.ts";
import type { ShellInput } from "./types.ts";

/** Options of bash's `read` that take a word of their own. */
const VALUED = /^-[a-z]*[adinNptu]$/;

interface Asked {
  readonly names: readonly string[];
  /** Name of the list that takes all words. */
  readonly list: string | undefined;
  /** What ends the text; the end of the line unless said otherwise. */
  readonly end: string;
  readonly raw: boolean;
}

function asked(args: readonly string[]): Asked {
  let [list, end, raw]: [string | undefined, string, boolean] = [undefined, "\n", false];
  let at = 0;
  for (; args[at]?.startsWith("-") && args[at] !== "-"; at++) {
    const option = args[at]!;
    if (option === "--") {
      at++;
      break;
    }
    if (/^-[a-z]*r/.test(option)) raw = true;
    if (!VALUED.test(option)) continue;
    const value = args[++at];
    if (option.endsWith("a")) list = value;
    if (option.endsWith("d")) end = value ?? "";
  }
  return { names: args.slice(at), list, end, raw };
}

const charactersOf = (value: unknown): string => (typeof value === "string" ? value : " \t\n");

const strip = (text: string, separators: string): string => {
  let [from, to] = [0, text.length];
  while (from < to && separators.includes(text[from]!)) from++;
  while (to > from && separators.includes(text[to - 1]!)) to--;
  return text.slice(from, to);
};

/** The first words, and the rest as the last one. */
function wordsOf(line: string, separators: string, most: number): string[] {
  const words: string[] = [];
  let rest = strip(line, separators);
  while (words.length < most - 1 && rest !== "") {
    let end = 0;
    while (end < rest.length && !separators.includes(rest[end]!)) end++;
    words.push(rest.slice(0, end));
    rest = strip(rest.slice(end), separators);
  }
  if (rest !== "" || words.length === 0) words.push(rest);
  return words;
}

/** Most words that a list is given. */
const MAX_WORDS = 256;

/** What is left to be read of a known input, up to `end`, which is taken then; undefined where nobody knows it. */
function take(draft: Draft, end: string, state: State): string | undefined {
  const { stdin } = draft;
  const input = inputOf(draft, state);
  if (input === undefined || stdin === undefined) return undefined;
  const from = state.taken.get(stdin) ?? 0;
  const stop = end === "" ? input.length : input.indexOf(end, from);
  const to = stop < 0 ? input.length : stop;
  state.taken.set(stdin, Math.min(to + 1, input.length));
  return input.slice(from, to);
}

/** Whether something is left of an input of which `read` has taken a part since it had come to `before`. */
export function isLeft(stdin: ShellInput | undefined, before: number, state: State): boolean {
  const taken = stdin && state.taken.get(stdin);
  return stdin?.kind === "text" && taken !== undefined && taken > before && taken < stdin.text.length;
}

/** `mapfile`, `readarray`: a list gets the lines of the input. */
export function mapfile(words: readonly string[], draft: Draft, state: State): string {
  const name = words.length > 1 || /^\w/.test(words[0] ?? "") ? words.at(-1) : undefined;
  const isPlain = words.every((word) => word === "-t" || word === name);
  const text = draft.literal && isPlain ? inputOf(draft, state) : undefined;
  const lines =
    text !== undefined && charge(state, text.length)
      ? text.replace(/\n$/, "").split("\n").slice(0, MAX_WORDS)
      : undefined;
  const into = name !== undefined && /^\w+$/.test(name) ? name : "MAPFILE";
  state.vars.set(into, lines);
  noteRead(into, draft, state);
  return "";
}

/** `read`: variables get what the next line of the input says; without a known input, nobody knows what. */
export function read(given: readonly string[], draft: Draft, state: State): string {
  const { names, list, end, raw } = asked(given);
  const into = list === undefined ? (names.length > 0 ? names : ["REPLY"]) : [list];
  const text = draft.literal ? take(draft, end, state) : undefined;
  if (text === undefined || !charge(state, text.length)) {
    for (const name of into) {
      state.vars.set(name, undefined);
      noteRead(name, draft, state);
    }
    return "";
  }
  const line = raw ? text : text.replace(/\\(.)/gs, "$1");
  const separators = charactersOf(draft.assignments.IFS ?? state.vars.get("IFS"));
  const words = wordsOf(line, separators, list === undefined ? into.length : MAX_WORDS);
  if (list !== undefined) state.vars.set(list, words);
  else for (const [at, name] of into.entries()) state.vars.set(name, words[at] ?? "");
  return "";
}
