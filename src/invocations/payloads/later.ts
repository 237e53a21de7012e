import type { Contents } from "../../catalog/types.ts";
import { insertedText } from "../../cmdline/code/inserted.ts";
import { type Followed, withCalls } from "../../cmdline/shell/startup.ts";
import type { Hook } from "../../formats/artefacts/hook-places.ts";
import { hookKind } from "../../formats/artefacts/hook-places.ts";
import { scriptPlace } from "../../formats/artefacts/script-places.ts";
import type { Value } from "../../grammar/types.ts";
import type { Payload } from "../../model/payload.ts";
import type { BehaviourPlan } from "../plan.ts";
import { type Context, contextAt, type State } from "../state.ts";
import { carriedOutAs } from "../telling/telling.ts";
import { contentsOf, readContents } from "./contents.ts";
import type { Found } from "./payload.ts";

/** Most commands that are read of one file. */
const MAX_HOOKS = 64;

/** How the languages of configuration files are read. */
const LANGUAGES: Readonly<Record<Hook["language"], Contents | undefined>> = {
  sh: "sh",
  commandLine: undefined,
  vbscript: "code:vbscript",
  jscript: "code:javascript",
};

/** What the commands do that a configuration file names by its own keys, where one lies. */
function hooksIn({ value }: Payload, text: string, state: State, context: Context): readonly Found[] {
  const kind = hookKind(value);
  if (!kind || (kind.platform === "windows") !== (state.platform === "windows")) return [];
  const found: Found[] = [];
  for (const { command, language } of kind.find(text)) {
    if (found.length >= MAX_HOOKS) break;
    const contents = LANGUAGES[language];
    if (contents !== undefined) found.push(...readContents(command, contents, state, context));
    else
      found.push(
        ...state.resolver
          .script(command, "plain", state, context)
          .map((payload) => ({ role: "runs", payload }) as const),
      );
  }
  return found;
}

/** What a file's text comes to where a shell reads it before its user's own commands: these call what it defines. */
function withWhatFollows({ value }: Payload, text: string): Followed {
  const place = scriptPlace(value);
  return place?.language === "sh" && !place.executed ? withCalls(text) : { text, isCall: () => false };
}

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
    const inner = contextAt(depth, parent);
    inner.env = env;
    const contents = as === "byName" ? contentsOf(file.value) : as;
    const { text: read, isCall } = withWhatFollows(file, text);
    const found = as === undefined ? hooksIn(file, text, state, inner) : readContents(read, contents, state, inner);
    return found.flatMap(({ role, payload }) => (role === "runs" && !isCall(payload.value) ? [payload] : []));
  });
}

/** What a page of a web server begins with that carries out code. */
const PAGE = /<[?%].*/s;

/** The page that a program's code writes, as far as it stands in there. @param values what was read as code */
export function pageIn(values: readonly Value[] | undefined): string | undefined {
  for (const { text } of values ?? []) {
    const page = PAGE.exec(text)?.[0];
    if (page !== undefined) return page;
  }
  return undefined;
}

/** The text that a program itself puts into the files that it writes: what an editing script adds, or its known input. */
export function textPut(
  { behaviour, language }: BehaviourPlan,
  roles: { readonly runs: readonly Payload[]; readonly reads: readonly Payload[] },
  stdin: Context["stdin"],
): string | undefined {
  const code = roles.runs.find(({ what }) => what === "inlineCode");
  if (language !== undefined && code) return insertedText(language, code.value);
  return behaviour.category === "copy" && roles.reads.length === 0 ? stdin?.text : undefined;
}
