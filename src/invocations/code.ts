import { readCode } from "../cmdline/code/code.ts";
import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import { kindOf } from "./kinds.ts";
import { commandPayload, type Found, inlinePayload, namedPayload } from "./payload.ts";
import type { Context, State } from "./state.ts";

/** What code in a line runs, fetches, reads and writes; commands in it are resolved as nested invocations. */
export function readInline(language: string, code: string, state: State, context: Context): readonly Found[] {
  const windows = state.platform === "windows";
  return readCode(language, code).flatMap((finding): readonly Found[] => {
    const { role, what, value, args = [] } = finding;
    if (what === "inlineCode") return [{ role, payload: inlinePayload(value) }];
    if (role !== "runs" || (what !== "command" && what !== "executable"))
      return [
        {
          role,
          payload: namedPayload(
            value,
            { what: what === "document" ? kindOf(classifyValue(value).extension) : what },
            state,
          ),
        },
      ];
    if (finding.shell) {
      const payloads = state.resolver.script(value, windows ? "cmd" : "sh", state, context);
      return payloads.map((payload) => ({ role, payload }));
    }
    if (finding.commandLine !== undefined) {
      const payloads = state.resolver.script(finding.commandLine, windows ? "plain" : "sh", state, context);
      return payloads.map((payload) => ({ role, payload }));
    }
    state.resolver.argv([value, ...args], state, context);
    return [{ role, payload: commandPayload(value, args, state, args.length > 0 ? "command" : "executable") }];
  });
}
