import { readCode } from "../../cmdline/code/code.ts";
import type { Given } from "../../cmdline/code/sink.ts";
import type { CodeFinding } from "../../cmdline/code/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { kindOf } from "../../cmdline/normal/kinds.ts";
import type { Payload } from "../../model/payload.ts";
import type { Context, State } from "../state.ts";
import { commandPayload, type Found, inlinePayload, namedPayload } from "./payload.ts";

/** Code that looks at what its caller gives it; of most nothing has to be looked up. */
const ASKS: ReadonlyMap<string, RegExp> = new Map([["awk", /\b(?:ENVIRON|ARGV)\b|\bsystem\s*\(|\|/]]);

/** What a code is given by the environment, under its own names, and by its arguments, under their numbers. */
function givenTo(language: string, code: string, args: readonly string[], { env = {} }: Context): Given | undefined {
  if (!ASKS.get(language)?.test(code)) return undefined;
  const given: Record<string, string> = Object.assign(Object.create(null), env);
  for (const [at, arg] of args.entries()) given[at + 1] = arg;
  return given;
}

/**
 * What code in a line runs, fetches, reads and writes; commands in it are resolved as nested invocations.
 * @param args words that the code is given
 */
export function readInline(
  language: string,
  code: string,
  state: State,
  context: Context,
  args: readonly string[] = [],
): readonly Found[] {
  const found: Found[] = [];
  for (const finding of readCode(language, code, givenTo(language, code, args, context))) {
    const { role } = finding;
    for (const payload of payloadsOf(finding, state, context)) found.push({ role, payload });
  }
  return found;
}

function payloadsOf(finding: CodeFinding, state: State, context: Context): readonly Payload[] {
  const { role, what, value, args = [], shell, commandLine } = finding;
  if (what === "inlineCode") return [inlinePayload(value)];
  if (role !== "runs" || (what !== "command" && what !== "executable")) {
    const kind = what === "document" ? kindOf(classifyValue(value).extension) : what;
    return [namedPayload(value, { what: kind }, state)];
  }
  const windows = state.platform === "windows";
  if (shell) return state.resolver.script(value, windows ? "cmd" : "sh", state, context);
  if (commandLine !== undefined) return state.resolver.script(commandLine, windows ? "plain" : "sh", state, context);
  state.resolver.argv([value, ...args], state, context);
  return [commandPayload(value, args, state)];
}
