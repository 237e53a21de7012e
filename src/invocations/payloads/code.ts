import { readCode } from "../../cmdline/code/code.ts";
import type { CodeFinding } from "../../cmdline/code/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { kindOf } from "../../cmdline/normal/kinds.ts";
import type { Payload } from "../../model/payload.ts";
import type { Context, State } from "../state.ts";
import { commandPayload, type Found, inlinePayload, namedPayload } from "./payload.ts";

/** What code in a line runs, fetches, reads and writes; commands in it are resolved as nested invocations. */
export function readInline(language: string, code: string, state: State, context: Context): readonly Found[] {
  const found: Found[] = [];
  for (const finding of readCode(language, code)) {
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
