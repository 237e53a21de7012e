import type { Argument } from "./arguments.ts";
import { bind } from "./binding.ts";
import { closeOf, inside, skipTrivia } from "./scan.ts";
import { MAX_DEPTH, type Procedure, type Session } from "./session.ts";
import { list, UNKNOWN, type Value } from "./values.ts";

const MAX_PARAMETERS = 64;
const NAME = /\$\{?([a-z_]\w{0,127})\}?/iy;
const PARAM = /(?:\[\s{0,8}cmdletbinding[^\]]{0,256}\]\s{0,64})?param\s{0,64}\(/iy;

/** Names in a list of parameters: types, attributes and defaults are passed over. */
function namesIn(code: string): string[] {
  const names: string[] = [];
  let wanted = true;
  for (let at = 0; at < code.length && names.length < MAX_PARAMETERS; ) {
    at = skipTrivia(code, at, true);
    NAME.lastIndex = at;
    const name = wanted ? NAME.exec(code)?.[1] : undefined;
    if (name !== undefined) names.push(name.toLowerCase());
    const char = code[at];
    if (name !== undefined) [at, wanted] = [NAME.lastIndex, false];
    else if (char !== undefined && '[({"'.includes(char)) at = closeOf(code, at);
    else {
      if (char === ",") wanted = true;
      at++;
    }
  }
  return names;
}

/** A function or block, its parameters listed before it or at its beginning. @param head what stands in brackets behind the name */
export function procedureOf(body: string, head?: string): Procedure {
  PARAM.lastIndex = skipTrivia(body, 0, true);
  const match = head === undefined ? PARAM.exec(body) : null;
  if (!match) return { body, parameters: head === undefined ? [] : namesIn(head), called: false };
  const open = match.index + match[0].length - 1;
  const end = closeOf(body, open);
  return { body: body.slice(end), parameters: namesIn(inside(body, open, end)), called: false };
}

/** Carries a function or block out with its arguments; gives what it returns, or what it leaves behind. */
export function callProcedure(
  { body, parameters }: Procedure,
  args: readonly Argument[],
  input: Value | undefined,
  session: Session,
  depth: number,
): Value {
  if (depth >= MAX_DEPTH) return UNKNOWN;
  const bound = bind(args, parameters, parameters);
  const values = new Map<string, Value>([["args", list(bound.rest)]]);
  for (const name of parameters) values.set(name, bound.get(name) ?? UNKNOWN);
  if (input !== undefined) for (const name of ["_", "input"]) values.set(name, input);
  const before = [...values.keys()].map((name) => [name, session.variables.get(name)] as const);
  for (const [name, value] of values) set(session, name, value);
  const outer = session.returned;
  session.returned = undefined;
  const left = session.evaluate(body, depth + 1);
  const value = session.returned ?? left;
  session.returned = outer;
  for (const [name, known] of before) set(session, name, known);
  return value;
}

function set(session: Session, name: string, value: Value | undefined): void {
  if (value === undefined || value === UNKNOWN) session.variables.delete(name);
  else session.variables.set(name, value);
}
