import type { SimpleCommand } from "./dialects.ts";
import { type Context, State } from "./state.ts";

/** Most commands that output passes through on its way. */
const MAX_HOPS = 8;

/**
 * What the commands that feed one of a text bring from another machine and print: `curl URL | base64 -d | sh`. Undefined where none
 * does, and where it is kept in a file instead.
 */
export function fetchedFor(
  commands: readonly SimpleCommand[],
  { feeds = [] }: SimpleCommand,
  state: State,
  context: Context,
  hops = MAX_HOPS,
): string | undefined {
  for (const at of feeds) {
    const feeding = commands[at];
    if (!feeding || hops === 0) continue;
    // Resolved apart: it is an invocation of its own in its turn.
    const apart = new State(state.catalog, state.platform, state.resolver);
    const alone: Context = { depth: context.depth, env: context.env };
    if (feeding.argv) state.resolver.argv(feeding.argv, apart, alone);
    else state.resolver.script(feeding.text ?? "", "cmd", apart, alone);
    const behaviours = apart.invocations.flatMap((one) => one.behaviours);
    const fetched = behaviours.flatMap(({ fetches }) => fetches).find(({ remote }) => remote);
    if (fetched && behaviours.every(({ writes }) => writes.length === 0) && feeding.redirects.length === 0)
      return fetched.value;
    const before = fetchedFor(commands, feeding, state, context, hops - 1);
    if (before !== undefined) return before;
  }
  return undefined;
}
