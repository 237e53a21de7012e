import { insertedText } from "../cmdline/code/inserted.ts";
import type { Payload } from "../model/payload.ts";
import { contentsOf, readContents } from "./contents.ts";
import type { BehaviourPlan } from "./plan.ts";
import { type Context, contextAt, type State } from "./state.ts";
import { carriedOutAs } from "./telling.ts";

/** What will run of a text that a line puts into files that are carried out some day. */
export function runsLater(
  files: readonly Payload[],
  text: string | undefined,
  state: State,
  { depth, parent, env }: Pick<Context, "depth" | "parent" | "env">,
): readonly Payload[] {
  if (text === undefined || text.trim() === "") return [];
  return files.flatMap((file) => {
    const as = carriedOutAs(file, state.platform);
    if (as === undefined) return [];
    const inner = contextAt(depth, parent);
    inner.env = env;
    const found = readContents(text, as === "byName" ? contentsOf(file.value) : as, state, inner);
    return found.flatMap(({ role, payload }) => (role === "runs" ? [payload] : []));
  });
}

/** The text that a program itself puts into the files that it writes: what an editing script adds, or its known input. */
export function textPut(
  { behaviour, bindings }: BehaviourPlan,
  roles: { readonly runs: readonly Payload[]; readonly reads: readonly Payload[] },
  stdin: Context["stdin"],
): string | undefined {
  const language = bindings.find(({ binding }) => binding.as.startsWith("code:"))?.binding.as.slice(5);
  const code = roles.runs.find(({ what }) => what === "inlineCode");
  if (language !== undefined && code) return insertedText(language, code.value);
  return behaviour.category === "copy" && roles.reads.length === 0 ? stdin?.text : undefined;
}
