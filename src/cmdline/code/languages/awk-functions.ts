import { nameText, opText, type Token } from "../lex.ts";

/** A function of the code's own, whose body stands in these tokens. */
export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Functions that awk code defines: `function NAME(a, b) { … }`. */
export function functionsOf(tokens: readonly Token[]): ReadonlyMap<string, AwkFunction> {
  const found = new Map<string, AwkFunction>();
  for (let at = 0; at < tokens.length; at++) {
    const name = nameText(tokens[at + 1]);
    if (!/^func(?:tion)?$/.test(nameText(tokens[at])) || name === "" || opText(tokens[at + 2]) !== "(") continue;
    const parameters: string[] = [];
    let from = at + 3;
    for (; from < tokens.length && opText(tokens[from]) !== ")"; from++) {
      const parameter = nameText(tokens[from]);
      if (parameter !== "") parameters.push(parameter);
    }
    while (from < tokens.length && opText(tokens[from]) !== "{") from++;
    let depth = 0;
    let to = from;
    for (; to < tokens.length; to++) {
      if (opText(tokens[to]) === "{") depth++;
      else if (opText(tokens[to]) === "}" && --depth === 0) break;
    }
    found.set(name, { parameters, from: from + 1, to });
    at = to;
  }
  return found;
}
