import { arithmetic } from "./expansion/arithmetic.ts";
import { literalOutput } from "./output.ts";
import { charge, type State } from "./state.ts";
import { parseTree } from "./syntax/parser.ts";

/** Builtins that set variables or names of commands; they print nothing. Undefined for any other command. */
export function builtin(name: string, args: readonly string[], state: State, literal: boolean): string | undefined {
  const values = args.filter((arg) => !arg.startsWith("-"));
  switch (name) {
    case "":
      return "";
    case "export":
    case "declare":
    case "typeset":
    case "local":
    case "readonly":
      for (const arg of values) {
        const at = arg.indexOf("=");
        if (at > 0) state.vars.set(arg.slice(0, at), literal ? arg.slice(at + 1) : undefined);
      }
      return "";
    case "printf":
      if (args[0] !== "-v" || args[1] === undefined) return undefined;
      state.vars.set(args[1], literal ? literalOutput(["printf", ...args.slice(2)], undefined) : undefined);
      return "";
    case "alias":
      for (const arg of values) alias(arg, state);
      return "";
    case "unset":
      for (const arg of values) state.vars.set(arg, "");
      return "";
    case "set":
      if (args[0] === "--") state.positional = args.slice(1);
      return "";
    case "shift":
      state.positional = state.positional?.slice(Number(values[0] ?? 1) || 1);
      return "";
    default:
      return undefined;
  }
}

/** `alias name=text`: a command of that name is the text with its own words behind it. One that only adds options to its name changes nobody. */
function alias(given: string, state: State): void {
  const [, name, text = ""] = /^([^\s=$`'"/]{1,64})=(.*)$/s.exec(given) ?? [];
  if (name === undefined || text.trim() === "" || text.trimStart().split(/\s/, 1)[0] === name) return;
  if (!charge(state, text.length)) return;
  const body = parseTree(`${text} "$@"`, state.limits);
  state.functions.set(name, { body, size: text.length, called: true, active: false });
}

/** Longest list that elements are put into one by one. */
const MAX_ELEMENTS = 256;

/** `name[index]=text`. */
export function setElement(name: string, index: string, text: string | undefined, state: State): void {
  const at = arithmetic(index, (each) => {
    const value = state.vars.get(each);
    return typeof value === "string" ? value : undefined;
  });
  const before = state.vars.get(name);
  const unknown = text === undefined || at === undefined || at < 0 || at >= MAX_ELEMENTS;
  if (unknown || (before === undefined && state.vars.has(name))) {
    state.vars.set(name, undefined);
    return;
  }
  const list = typeof before === "object" ? [...before] : before === undefined ? [] : [before];
  while (list.length < at) list.push("");
  list[at] = text;
  if (charge(state, text.length + list.length)) state.vars.set(name, list);
}
